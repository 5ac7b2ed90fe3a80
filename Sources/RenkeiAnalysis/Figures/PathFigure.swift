// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiStatistics

/// A figure that follows from one number per path, such as a quantile of revenue.
package enum PathFigure: Sendable, Hashable {
  case mean
  /// With divisor n − 1.
  case standardDeviation
  /// Type 1 quantile at a level.
  case quantile(Double)
  /// Share of the paths whose number is at least this.
  case share(atLeast: Double)
  /// Mean of max(0, bound − x).
  case meanGap(below: Double)
  /// Mean of the worst 5% of these gaps.
  case tailGap(below: Double)

  /// The figure of `values`, of which there is at least one.
  ///
  /// - Complexity: O(values).
  package func estimate(_ values: [Double], scratch: SelectionScratch) -> Double {
    switch self {
    case .mean: return Self.mean(values)
    case .standardDeviation:
      var moments = ShiftedMoments(shift: values[0])
      for value in values { moments.add(value) }
      return moments.standardDeviation ?? 0
    case .quantile(let level):
      return values.withUnsafeBufferPointer {
        OrderStatistics.quantiles(of: $0, levels: [level], scratch: scratch)[0]
      }
    case .share(let bound): return Double(values.count { $0 >= bound }) / Double(values.count)
    case .meanGap(let bound): return Self.mean(values.map { max(0, bound - $0) })
    case .tailGap(let bound): return Self.tail(values, bound, scratch).estimate
    }
  }

  /// The influence of every path on the figure, up to a constant: to first order the figure is the
  /// mean of these, so that its error is that of a mean, and the error of a difference of figures on
  /// common draws that of the mean of the differences.
  ///
  /// - Returns: nil where the figure is as good as constant.
  /// - Complexity: O(values).
  ///
  /// Source: R. J. Serfling, "Approximation Theorems of Mathematical Statistics" (1980), section 2.3
  /// (quantiles) and chapter 6.
  package func influence(
    _ values: [Double], estimate: Double, scratch: SelectionScratch
  ) -> [Double]? {
    switch self {
    case .mean: return values
    case .standardDeviation:
      guard estimate > 0 else { return nil }
      let mean = values.reduce(0, +) / Double(values.count)
      return values.map { ($0 - mean) * ($0 - mean) / (2 * estimate) }
    case .quantile(let level):
      return quantileInfluence(values, estimate, level: level, scratch)
    case .share(let bound): return values.map { $0 >= bound ? 1 : 0 }
    case .meanGap(let bound): return values.map { max(0, bound - $0) }
    case .tailGap(let bound):
      let tail = Self.tail(values, bound, scratch)
      return values.map { max(0, max(0, bound - $0) - tail.threshold) / tail.share }
    }
  }

  private static func mean(_ values: [Double]) -> Double {
    var sum = NeumaierSum()
    for value in values { sum.add(value) }
    return sum.value / Double(values.count)
  }

  private static func tail(
    _ values: [Double], _ bound: Double, _ scratch: SelectionScratch
  ) -> TailMean {
    values.map { max(0, bound - $0) }.withUnsafeBufferPointer {
      TailMean(losses: $0, scratch: scratch)
    }
  }

  /// −1{x ≤ q}/f(q), the density from the spacing of order statistics n^(−1/3)/2 to either side.
  private func quantileInfluence(
    _ values: [Double], _ estimate: Double, level: Double, _ scratch: SelectionScratch
  ) -> [Double]? {
    let reach = min(level, 1 - level, 0.5 / Double.cubeRoot(Double(values.count)))
    let ends = values.withUnsafeBufferPointer {
      OrderStatistics.quantiles(of: $0, levels: [level - reach, level + reach], scratch: scratch)
    }
    guard ends[1] > ends[0], reach > 0 else { return nil }
    let weight = (ends[1] - ends[0]) / (2 * reach)
    return values.map { $0 <= estimate ? -weight : 0 }
  }
}

extension Double {
  /// The cube root by Newton's iteration, which needs no mathematics library.
  fileprivate static func cubeRoot(_ x: Double) -> Double {
    var root = x.squareRoot()
    for _ in 0..<60 { root = (2 * root + x / (root * root)) / 3 }
    return root
  }
}
