// SPDX-License-Identifier: GPL-3.0-or-later

/// Exact order statistics and type 1 quantiles of a large array, without sorting it.
///
/// Each value maps to an integer key in the same order (its bits; for negative numbers all but
/// the sign flipped). One pass finds the range of the keys, one counts their leading bits within
/// that range, one copies the few bins that hold a wanted rank; the same then happens inside each
/// of those, until a bin is small enough to sort or holds one value. Range and bins adapt, so a
/// narrow distribution costs no more than a wide one. The result is a function of the values as a
/// set: order and machine do not show.
///
/// About three passes over the data; O(n) at any distribution, since each step narrows the range of
/// keys 4,096-fold.
package enum OrderStatistics {
  /// The rank of the type 1 quantile: the smallest k ≥ 1 with k/n ≥ level.
  ///
  /// ⌈n·level⌉, where a product within four units in the last place above a whole number counts as
  /// that number: 0.07·100 is 7, although the product of the two doubles is larger.
  ///
  /// Source: R. J. Hyndman, Y. Fan, "Sample quantiles in statistical packages", The American
  /// Statistician 50 (1996), definition 1.
  ///
  /// - Parameters:
  ///   - level: 0 ≤ level ≤ 1; 0 gives the minimum, 1 the maximum.
  ///   - count: n ≥ 1.
  package static func rank(level: Double, count: Int) -> Int {
    precondition(level >= 0 && level <= 1, "the level of a quantile lies between 0 and 1")
    precondition(count >= 1, "an empty sample has no quantile")
    let product = Double(count) * level
    let rank = Int((product - 4 * Double.ulpOfOne * product).rounded(.up))
    return min(max(rank, 1), count)
  }

  /// The type 1 quantiles of `values` at several levels.
  ///
  /// - Parameters:
  ///   - values: At least one value; ±∞ allowed, NaN is a programmer mistake. Not changed.
  ///   - levels: In any order, each in 0 ... 1.
  ///   - scratch: Working memory, reused from call to call; one caller at a time.
  /// - Returns: One value for each level, in the order of `levels`; −0 is given as 0.
  package static func quantiles(
    of values: UnsafeBufferPointer<Double>, levels: [Double], scratch: SelectionScratch
  ) -> [Double] {
    let ranks = levels.map { rank(level: $0, count: values.count) }
    return orderStatistics(of: values, ranks: ranks, scratch: scratch)
  }

  /// The order statistics of `values` at several ranks.
  ///
  /// - Parameters:
  ///   - values: At least one value; ±∞ allowed, NaN is a programmer mistake. Not changed.
  ///   - ranks: In any order, each in 1 ... values.count.
  ///   - scratch: Working memory, reused from call to call; one caller at a time.
  /// - Returns: One value for each rank, in the order of `ranks`; −0 is given as 0.
  package static func orderStatistics(
    of values: UnsafeBufferPointer<Double>, ranks: [Int], scratch: SelectionScratch
  ) -> [Double] {
    precondition(
      ranks.allSatisfy { $0 >= 1 && $0 <= values.count }, "a rank lies outside 1...count")
    guard !ranks.isEmpty else { return [] }
    var requests = ranks.indices.map { SelectionRequest(rank: ranks[$0] - 1, output: $0) }
    requests.sort { ($0.rank, $0.output) < ($1.rank, $1.output) }
    var results = [Double](repeating: 0, count: ranks.count)
    values.withMemoryRebound(to: Int64.self) { bits in
      guard let first = bits.baseAddress else { return }
      scratch.select(first, bits.count, requests, depth: 0, into: &results)
    }
    return results
  }
}

/// A wanted place within the values at hand, from 0, and where its value goes.
struct SelectionRequest {
  var rank: Int
  var output: Int
}
