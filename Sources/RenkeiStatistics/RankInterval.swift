// SPDX-License-Identifier: GPL-3.0-or-later

/// The two order statistics that enclose a quantile with a given confidence, whatever the law.
///
/// With B ~ Binomial(n, p), P(X₍l₎ ≤ Q(p) ≤ X₍u₎) ≥ P(l ≤ B ≤ u − 1). `lower` is the largest l with
/// P(B ≤ l − 1) ≤ α/2 and `upper` the smallest u with P(B ≥ u) ≤ α/2; where no order statistic
/// qualifies the rank is nil and the interval is open on that side.
///
/// Exact for n ≤ 100,000; above that, l = ⌊np − z√(np(1 − p))⌋ and
/// u = ⌈np + z√(np(1 − p))⌉ + 1, each clipped to nil outside 1 ... n.
///
/// Source: H. A. David, H. N. Nagaraja, "Order Statistics", 3rd ed., section 7.1.
public struct RankInterval: Sendable, Hashable {
  /// The rank of the lower end, 1 ... n; nil where there is none.
  public let lower: Int?
  /// The rank of the upper end, 1 ... n; nil where there is none.
  public let upper: Int?

  /// The largest n for which the binomial probabilities are summed.
  static let exactLimit = 100_000

  /// The ranks for the quantile of `level` from `count` independent values.
  ///
  /// Depends on the arguments alone: compute once for many cells. O(√count).
  ///
  /// - Parameters:
  ///   - count: The number of values, n ≥ 0.
  ///   - level: p, 0 < p < 1.
  ///   - confidence: 1 − α.
  package init(count: Int, level: Double, confidence: ConfidenceLevel = .ninetyFive) {
    precondition(count >= 0, "a negative number of values")
    precondition(level > 0 && level < 1, "the level of a quantile interval lies between 0 and 1")
    var below: Int
    var above: Int
    if count <= Self.exactLimit {
      (below, above) = Self.exactRanks(count, level, tail: (1 - confidence.probability) / 2)
    } else {
      let n = Double(count)
      let half = confidence.normalQuantile * (n * level * (1 - level)).squareRoot()
      below = Int((n * level - half).rounded(.down))
      above = Int((n * level + half).rounded(.up)) + 1
    }
    lower = below >= 1 ? below : nil
    upper = above <= count ? above : nil
  }

  /// Probabilities relative to the mode by the recurrence of neighbours, then normalised:
  /// no factorial, no logarithm.
  private static func exactRanks(_ n: Int, _ p: Double, tail: Double) -> (Int, Int) {
    guard n > 0 else { return (0, 1) }
    let odds = p / (1 - p)
    let mode = min(n, Int((Double(n + 1) * p).rounded(.down)))
    let negligible = 1e-25
    var left: [Double] = []
    var weight = 1.0
    var k = mode
    while k > 0 && weight > negligible {
      weight *= Double(k) / (Double(n - k + 1) * odds)
      left.append(weight)
      k -= 1
    }
    var right: [Double] = []
    weight = 1
    k = mode
    while k < n && weight > negligible {
      weight *= Double(n - k) * odds / Double(k + 1)
      right.append(weight)
      k += 1
    }
    let leftSum = left.reversed().reduce(0, +)
    let rightSum = right.reversed().reduce(0, +)
    let limit = tail * (leftSum + 1 + rightSum)

    func weightAt(_ k: Int) -> Double {
      k == mode ? 1 : k < mode ? left[mode - k - 1] : right[k - mode - 1]
    }
    var lower = mode - left.count
    var sum = 0.0
    while lower <= mode + right.count {
      sum += weightAt(lower)
      if sum > limit { break }
      lower += 1
    }
    var upper = mode + right.count
    sum = 0
    while upper >= mode - left.count {
      sum += weightAt(upper)
      if sum > limit { break }
      upper -= 1
    }
    return (lower, upper + 1)
  }
}
