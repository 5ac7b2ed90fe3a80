// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import RenkeiStatistics

/// The figures of one arm at one point, and their differences from another arm's.
///
/// Every figure but the ratio follows from one column of paths, so that a difference of figures on
/// common draws is judged path by path.
struct ArmFigures {
  /// As the point names the arm.
  let name: String
  let paths: PortfolioPaths
  /// Place in ``PortfolioPaths/arms``.
  let arm: Int
  let goalYen: Double?
  let quantileLevels: [Double]
  /// Revenue over the horizon by path.
  let totals: [Double]
  let scratch: SelectionScratch

  typealias Entry = (metric: SweepMetric, year: Int?, figure: SweptFigure)

  private var unit: ErrorUnit { paths.sampling.errorUnit }
  private var confidence: ConfidenceLevel { unit.ninetyFive(paths: paths.paths) }
  private var years: Int { paths.years }

  /// The goal, revenue to date and by year, and what the public pays.
  ///
  /// - Complexity: O(years × paths × quantiles).
  func entries() -> [Entry] {
    var entries: [Entry] = []
    if let goalYen {
      let goal = totals.withUnsafeBufferPointer {
        GoalProbability($0, goal: goalYen, unit: unit)
      }
      entries.append(
        (
          .goalProbability, years,
          SweptFigure(
            value: goal.share.estimate ?? 0, standardError: goal.standardError,
            interval: goal.interval)
        ))
      let gap = PathFigure.meanGap(below: goalYen)
      entries.append((.meanGap, years, estimated(gap, totals)))
    }
    var toDate = [Double](repeating: 0, count: paths.paths)
    var annual: [Entry] = []
    for year in 0..<years {
      let column = paths.arms[arm].totals.annual(year: year)
      for path in toDate.indices { toDate[path] += column[path] }
      entries += revenue(.cumulative, year, toDate)
      annual += revenue(.annual, year, Array(column))
    }
    entries += annual
    for (metric, column) in costs() {
      entries.append((metric, nil, estimated(.mean, column)))
    }
    if let ratio = paths.arms[arm].costPerExtraYen, let value = ratio.value {
      entries.append((.costPerExtraYen, nil, figure(of: ratio, value)))
    }
    return entries
  }

  /// Whether differences of the two can be taken path by path.
  func isComparable(with other: ArmFigures) -> Bool {
    paths.sharesDraws(with: other.paths) && years == other.years
  }

  /// Differences of what stands at the end of the horizon, path by path.
  ///
  /// - Parameter other: one that ``isComparable(with:)``.
  /// - Complexity: O(paths × quantiles).
  func differences(from other: ArmFigures) -> [Entry] {
    precondition(isComparable(with: other), "only common draws can be paired")
    var entries: [Entry] = []
    func add(_ metric: SweepMetric, _ own: PathFigure, _ others: PathFigure) {
      entries.append((metric, years, difference((own, totals), (others, other.totals))))
    }
    if let goalYen, let otherGoal = other.goalYen {
      add(.goalProbability, .share(atLeast: goalYen), .share(atLeast: otherGoal))
      add(.meanGap, .meanGap(below: goalYen), .meanGap(below: otherGoal))
    }
    add(.revenue(.cumulative, .mean), .mean, .mean)
    add(.revenue(.cumulative, .standardDeviation), .standardDeviation, .standardDeviation)
    for level in quantileLevels {
      add(.revenue(.cumulative, .quantile(level)), .quantile(level), .quantile(level))
    }
    let theirs = other.costs()
    for (metric, column) in costs() {
      guard let match = theirs.first(where: { $0.metric == metric }) else { continue }
      entries.append((metric, nil, difference((.mean, column), (.mean, match.column))))
    }
    return entries
  }

  /// Public cost by path, as far as it is known.
  private func costs() -> [(metric: SweepMetric, column: [Double])] {
    guard let costs = paths.costs else { return [] }
    return CostPaths.components.compactMap { component in
      // Without the baseline arm nobody knows what tax would have been paid.
      if component == .net, !paths.hasBaseline { return nil }
      return costs.column(component, arm: arm).map { (.publicCost(component), Array($0)) }
    }
  }

  private func revenue(_ measure: Measure, _ year: Int, _ column: [Double]) -> [Entry] {
    let amount = paths.arms[arm].amount(measure, year: year)
    var mean = SweptFigure(value: amount.mean, standardError: amount.standardError)
    mean.interval = amount.standardError.map { around(amount.mean, $0) }
    let spread = PathFigure.standardDeviation
    var entries: [Entry] = [
      (.revenue(measure, .mean), year + 1, mean),
      (
        .revenue(measure, .standardDeviation), year + 1,
        judged(spread, column, value: amount.standardDeviation)
      ),
    ]
    let quantiles = column.withUnsafeBufferPointer {
      OrderStatistics.quantiles(of: $0, levels: quantileLevels, scratch: scratch)
    }
    for (level, value) in zip(quantileLevels, quantiles) {
      var figure = judged(.quantile(level), column, value: value)
      if unit == .path { figure.interval = rankInterval(level, column) }
      entries.append((.revenue(measure, .quantile(level)), year + 1, figure))
    }
    return entries
  }

  /// The order statistics that enclose a quantile whatever the law; nil where they do not.
  private func rankInterval(_ level: Double, _ column: [Double]) -> ClosedRange<Double>? {
    let ranks = RankInterval(count: column.count, level: level)
    guard let low = ranks.lower, let high = ranks.upper else { return nil }
    let ends = column.withUnsafeBufferPointer {
      OrderStatistics.orderStatistics(of: $0, ranks: [low, high], scratch: scratch)
    }
    return ends[0]...ends[1]
  }

  private func estimated(_ figure: PathFigure, _ column: [Double]) -> SweptFigure {
    judged(figure, column, value: figure.estimate(column, scratch: scratch))
  }

  /// A figure with the error that its influence function tells.
  private func judged(_ figure: PathFigure, _ column: [Double], value: Double) -> SweptFigure {
    guard hasError(figure) else { return SweptFigure(value: value) }
    // A figure without influence is constant over the paths.
    let error =
      figure.influence(column, estimate: value, scratch: scratch)
      .flatMap { PathMean.standardError($0, unit: unit) } ?? 0
    return SweptFigure(value: value, standardError: error, interval: around(value, error))
  }

  private func difference(
    _ own: (figure: PathFigure, column: [Double]), _ other: (figure: PathFigure, column: [Double])
  ) -> SweptFigure {
    let values = [own, other].map { $0.figure.estimate($0.column, scratch: scratch) }
    let value = values[0] - values[1]
    guard hasError(own.figure) else { return SweptFigure(value: value) }
    let influences = zip([own, other], values).map { side, value in
      side.figure.influence(side.column, estimate: value, scratch: scratch)
        ?? [Double](repeating: 0, count: side.column.count)
    }
    let error = PathMean.standardError(influences[0], minus: influences[1], unit: unit) ?? 0
    return SweptFigure(value: value, standardError: error, interval: around(value, error))
  }

  /// Quantiles, shares and gaps, which a bound limits, have an error also where revenue has no
  /// variance. A single path tells none.
  private func hasError(_ figure: PathFigure) -> Bool {
    guard paths.paths > 1 else { return false }
    return switch figure {
    case .mean, .standardDeviation: paths.hasVariance
    case .quantile, .share, .meanGap, .tailGap: true
    }
  }

  private func around(_ value: Double, _ error: Double) -> ClosedRange<Double> {
    let interval = Interval(around: value, standardError: error, confidence)
    return interval.low...interval.high
  }

  /// A ratio has an interval where Fieller's is bounded.
  private func figure(of ratio: RatioEstimate, _ value: Double) -> SweptFigure {
    guard paths.hasVariance, paths.paths > 1 else { return SweptFigure(value: value) }
    let found = ratio.interval(confidence)
    var figure = SweptFigure(value: value, standardError: ratio.standardError)
    if found.kind == .bounded, let low = found.low, let high = found.high, low <= high {
      figure.interval = low...high
    }
    return figure
  }
}
