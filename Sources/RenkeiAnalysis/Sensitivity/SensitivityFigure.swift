// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import RenkeiStatistics

/// A figure of one arm that it is asked about: what it is on a path, and what can be said of it.
struct SensitivityFigure {
  let arm: Int
  let metric: EffectMetric
  let goalYen: Double?
  /// Whether the figure has a variance.
  let hasVariance: Bool

  /// The figure by path.
  func column(_ totals: [[Double]]) -> [Double] {
    guard metric == .goalProbability, let goalYen else { return totals[arm] }
    return totals[arm].map { $0 >= goalYen ? 1 : 0 }
  }

  /// Shares of the variance; nil where there is none, or too few paths tell of it.
  func indices(_ a: [[Double]], _ b: [[Double]]) -> SobolIndices? {
    let (columnA, columnB) = (column(a), column(b))
    guard hasVariance else { return nil }
    if metric == .goalProbability, Self.hits(columnA + columnB).tooFewForPoint { return nil }
    return SobolIndices(a: columnA, b: columnB)
  }

  /// The mean of the figure over paths with its error.
  func mean(
    _ column: [Double]
  ) -> (value: Double, standardError: Double?, interval95: ClosedRange<Double>?) {
    if metric == .goalProbability {
      let share = Self.hits(column)
      let wilson = share.wilsonInterval()
      return (share.estimate ?? 0, share.standardError, wilson.low...wilson.high)
    }
    let moments = Self.moments(column)
    let interval = hasVariance ? moments.meanInterval() : nil
    return (
      moments.mean ?? 0, hasVariance ? moments.standardErrorOfMean : nil,
      interval.map { $0.low...$0.high }
    )
  }

  /// The mean difference of two columns, path by path.
  func difference(_ high: [Double], _ low: [Double]) -> (value: Double, standardError: Double?) {
    let moments = Self.moments(zip(high, low).map { $0 - $1 })
    return (moments.mean ?? 0, hasVariance ? moments.standardErrorOfMean : nil)
  }

  private static func hits(_ column: [Double]) -> Proportion {
    Proportion(hits: column.count { $0 == 1 }, trials: column.count)
  }

  private static func moments(_ column: [Double]) -> ShiftedMoments {
    var moments = ShiftedMoments(shift: column.first ?? 0)
    for value in column { moments.add(value) }
    return moments
  }
}
