// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiStatistics

extension ArmAssembly {
  func groupRows() -> [GroupRow] {
    var rows: [GroupRow] = []
    for (index, grouping) in model.groupings.enumerated() {
      var planCounts = [Int](repeating: 0, count: grouping.labels.count)
      var hasVariance = [Bool](repeating: true, count: grouping.labels.count)
      for (plan, group) in zip(model.plans, grouping.groupOfPlan) {
        planCounts[group] += 1
        if !plan.hasFiniteVariance { hasVariance[group] = false }
      }
      for (group, label) in grouping.labels.enumerated() {
        for measure in Measure.allCases {
          for year in 0..<model.horizonYears {
            let entity = tally.layout.groupOffsets[index] + group
            let cell = tally.layout.cell(entity, measure, year)
            rows.append(
              GroupRow(
                groupBy: grouping.column, group: label, planCount: planCounts[group],
                measure: measure, year: year + 1,
                amount: amount(
                  tally.groupMoments[cell], tally.unitError(.group(cell)), tally.groupHistograms,
                  cell,
                  levels: model.quantileLevels, hasVariance: hasVariance[group])))
          }
        }
      }
    }
    return rows
  }

  /// Year by year, the metrics in their declared order.
  func countRows() -> [CountRow] {
    (0..<model.horizonYears).flatMap { year in
      CountMetric.allCases.filter { $0 != .failedCash || model.support != nil }.map { metric in
        let series = tally.layout.countIndex(metric, year)
        return CountRow(
          year: year + 1, metric: metric, frequencies: tally.countFrequencies[series],
          unitError: tally.unitError(.count(series)))
      }
    }
  }

  /// Shares of plans, then of each grouping's groups, in the mean revenue over the horizon.
  func contributionRows() -> [ContributionRow] {
    let last = model.horizonYears - 1
    let total = tally.portfolioMoments[tally.layout.cell(0, .cumulative, last)].mean ?? 0
    let isWhole = tally.layout.planCount == model.plans.count
    let layout = isWhole ? tally.layout : TallyLayout(model: model)
    let shares = euler == nil ? [] : model.promiseShares(layout)
    func rows(
      _ groupBy: String, _ first: Int, _ means: [(name: String, mean: Double)]
    ) -> [ContributionRow] {
      let sorted = means.indices.sorted { i, j in
        let (a, b) = (means[i], means[j])
        return a.mean != b.mean
          ? a.mean > b.mean : a.name.utf8.lexicographicallyPrecedes(b.name.utf8)
      }
      return sorted.enumerated().map { place, index in
        let part = means[index]
        return ContributionRow(
          groupBy: groupBy, group: part.name, meanYen: part.mean,
          share: total > 0 ? part.mean / total : nil, rank: place + 1,
          euler: euler?.contribution(
            of: first + index, share: shares[first + index]))
      }
    }
    var all = rows("plan", 0, zip(model.plans, plans.totalMeans).map { ($0.id, $1) })
    for (index, grouping) in model.groupings.enumerated() {
      let offset = tally.layout.groupOffsets[index]
      all += rows(
        grouping.column, model.plans.count + offset,
        grouping.labels.enumerated().map { group, label in
          let cell = tally.layout.cell(offset + group, .cumulative, last)
          return (label, tally.groupMoments[cell].mean ?? 0)
        })
    }
    return all
  }

  private func amount(
    _ moments: ShiftedMoments, _ unitError: Double?, _ histograms: LogHistogramArena?, _ cell: Int,
    levels: [Double], hasVariance: Bool
  ) -> AmountSummary {
    guard let histograms else {
      return AmountSummary(
        moments, unitError: unitError, quantiles: [], hasVariance: hasVariance)
    }
    let ranks = levels.map { OrderStatistics.rank(level: $0, count: paths) }
    return AmountSummary(
      moments, unitError: unitError,
      quantiles: histograms.orderStatistics(ascendingRanks: ranks, cell: cell),
      hasVariance: hasVariance)
  }
}

extension CountRow {
  /// Summary of the number of plans on P paths: exact from integer frequencies.
  ///
  /// - Parameters:
  ///   - frequencies: at least one path.
  ///   - unitError: the error of the mean from independent units; nil: paths are independent.
  init(
    year: Int, metric: CountMetric, frequencies: CountFrequencies, unitError: Double? = nil
  ) {
    let entries = Array(frequencies.entries)
    let paths = entries.reduce(0) { $0 + $1.paths }
    let first = entries.first?.plans ?? 0
    // About the smallest count that occurs, so that a count that never varies has sd exactly 0.
    var moments = (sum: 0.0, squares: 0.0)
    for (count, number) in entries {
      let d = Double(count - first)
      moments.sum += d * Double(number)
      moments.squares += d * d * Double(number)
    }
    let summary = ShiftedMoments(
      count: paths, shift: Double(first), sum: moments.sum, sumOfSquares: moments.squares)
    func quantile(_ level: Double) -> Int {
      let rank = OrderStatistics.rank(level: level, count: paths)
      var below = 0
      for (count, number) in entries {
        below += number
        if below >= rank { return count }
      }
      return first
    }
    self.init(
      year: year, metric: metric, mean: summary.mean ?? 0,
      standardDeviation: summary.standardDeviation ?? 0,
      standardError: unitError ?? summary.standardErrorOfMean ?? 0,
      p05: quantile(0.05), p50: quantile(0.50), p95: quantile(0.95))
  }
}
