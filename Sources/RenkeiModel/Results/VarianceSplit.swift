// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiStatistics

/// Where the variance of a figure comes from.
public enum VarianceSource: String, CaseIterable, Sendable {
  /// What is drawn once per path: named inputs, common optimism, the credit factor.
  case parameter
  /// What is drawn by year, plan and plan-year.
  case natural
  /// The variance of the estimated mean, which more paths make smaller; beside the other two, not
  /// part of their sum.
  case monteCarloError = "monte_carlo_error"
}

/// One part of the variance of a figure over the paths.
public struct VarianceSplitRow: Sendable {
  public let metric: EffectMetric
  public let source: VarianceSource
  /// In the square of the metric's unit.
  public let variance: Double
  /// Fraction of the variance over the paths; nil where that is 0.
  public let share: Double?
  /// Standard error of the share; nil where it is known exactly.
  public let standardError: Double?
  /// Of the share, within 0…1.
  public let interval95: ClosedRange<Double>?

  package init(
    metric: EffectMetric, source: VarianceSource, variance: Double, share: Double?,
    standardError: Double?, interval95: ClosedRange<Double>?
  ) {
    self.metric = metric
    self.source = source
    self.variance = variance
    self.share = share
    self.standardError = standardError
    self.interval95 = interval95
  }
}

/// The share of a variance that lies in what two paths have in common.
///
/// Pairs (u, v) of paths with the same programme-level draws and otherwise independent ones have
/// Cov(u, v) = Var(E[u | programme]), the parameter part. With pooled mean m and variance s² the
/// share is the intraclass correlation
///
///     ρ = Σ(u − m)(v − m) / ½Σ((u − m)² + (v − m)²)
///
/// and its standard error that of the mean of its influence function
/// ((u − m)(v − m) − ρ·½((u − m)² + (v − m)²))/s², so it asks for no normal distribution.
///
/// Source: S. R. Searle, G. Casella, C. E. McCulloch, "Variance Components" (1992), section 3.1.
package struct CommonVarianceShare: Sendable, Equatable {
  package let share: Double
  package let standardError: Double

  /// - Parameters:
  ///   - u: figures of the first of each pair, at least two.
  ///   - v: those of the second; as many.
  /// - Returns: nil where nothing varies.
  /// - Complexity: O(pairs).
  package init?(_ u: [Double], _ v: [Double]) {
    precondition(u.count == v.count && u.count > 1, "pairs of paths")
    let n = Double(u.count)
    var sum = NeumaierSum()
    for pair in u.indices { sum.add(u[pair] + v[pair]) }
    let mean = sum.value / (2 * n)
    var (products, squares) = (NeumaierSum(), NeumaierSum())
    for pair in u.indices {
      let (x, y) = (u[pair] - mean, v[pair] - mean)
      products.add(x * y)
      squares.add((x * x + y * y) / 2)
    }
    guard squares.value > 0 else { return nil }
    let rho = products.value / squares.value
    var influence = 0.0
    for pair in u.indices {
      let (x, y) = (u[pair] - mean, v[pair] - mean)
      let value = (x * y - rho * (x * x + y * y) / 2) * n / squares.value
      influence += value * value
    }
    share = min(1, max(0, rho))
    standardError = (influence / (n - 1) / n).squareRoot()
  }
}

extension VarianceSplitRow {
  /// The split of the total over the horizon and, where there is a goal, of reaching it.
  ///
  /// - Parameters:
  ///   - first: totals of the run's first paths.
  ///   - again: as many, of the same paths with other than programme-level draws.
  ///   - total: moments of the total over the whole run.
  ///   - goal: the whole run's; nil where there is none.
  /// - Complexity: O(paths of the replica).
  static func rows(
    _ first: [Double], again: [Double], total: ShiftedMoments, goal: GoalRow?, hasVariance: Bool
  ) -> [VarianceSplitRow] {
    guard again.count > 1 else { return [] }
    var rows: [VarianceSplitRow] = []
    if hasVariance { rows += split(.cumulativeRevenue, total, first, again) }
    if let goal {
      func hits(_ values: [Double]) -> [Double] { values.map { $0 >= goal.goalYen ? 1 : 0 } }
      let hit = Double(goal.hits)
      rows += split(
        .goalProbability,
        ShiftedMoments(count: goal.paths, shift: 0, sum: hit, sumOfSquares: hit),
        hits(first), hits(again))
    }
    return rows
  }

  private static func split(
    _ metric: EffectMetric, _ moments: ShiftedMoments, _ first: [Double], _ again: [Double]
  ) -> [VarianceSplitRow] {
    let variance = moments.variance ?? 0
    let common = CommonVarianceShare(first, again)
    let ownShare = variance > 0 ? common.map(\.share) : nil
    func row(_ source: VarianceSource, _ share: Double?) -> VarianceSplitRow {
      let error = share == nil ? nil : common?.standardError
      let half = ConfidenceLevel.ninetyFive.normalQuantile * (error ?? 0)
      return VarianceSplitRow(
        metric: metric, source: source, variance: (share ?? 0) * variance, share: share,
        standardError: error,
        interval95: share.map { max(0, $0 - half)...min(1, $0 + half) })
    }
    let parameter = row(.parameter, ownShare)
    let natural = row(.natural, ownShare.map { 1 - $0 })
    let count = Double(moments.count)
    return [
      parameter,
      VarianceSplitRow(
        metric: metric, source: .natural, variance: variance - parameter.variance,
        share: natural.share, standardError: natural.standardError,
        interval95: natural.interval95),
      VarianceSplitRow(
        metric: metric, source: .monteCarloError, variance: variance / count,
        share: variance > 0 ? 1 / count : nil, standardError: nil, interval95: nil),
    ]
  }
}
