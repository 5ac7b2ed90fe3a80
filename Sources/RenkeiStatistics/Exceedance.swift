// SPDX-License-Identifier: GPL-3.0-or-later

/// Counts of values at or above each of a sorted list of thresholds: P(X ≥ t).
///
/// Counts are integers, so merging is exact in any order.
package struct Exceedance: Sendable, Hashable, Mergeable {
  /// The thresholds, ascending, in the unit of the values.
  package let thresholds: [Double]
  /// `cells[j]`: the number of values with exactly j thresholds ≤ value.
  private var cells: [Int]

  /// No values yet. The thresholds must ascend (equal neighbours allowed) and hold no NaN.
  package init(thresholds: [Double]) {
    precondition(thresholds.allSatisfy { !$0.isNaN }, "a threshold is not NaN")
    precondition(
      zip(thresholds, thresholds.dropFirst()).allSatisfy { $0 <= $1 }, "thresholds must ascend")
    self.thresholds = thresholds
    cells = [Int](repeating: 0, count: thresholds.count + 1)
  }

  /// Adds values in one pass. O(count · log thresholds). NaN is a programmer mistake.
  package mutating func add(_ values: UnsafeBufferPointer<Double>) {
    guard let base = values.baseAddress else { return }
    var sawNaN = false
    thresholds.withUnsafeBufferPointer { limits in
      cells.withUnsafeMutableBufferPointer { cells in
        let count = values.count
        var i = 0
        while i < count {
          let x = base[i]
          sawNaN = sawNaN || x != x
          // Halving without branches, which no processor could predict.
          var low = 0
          var remaining = limits.count
          while remaining > 1 {
            let half = remaining &>> 1
            low = limits[low &+ half &- 1] <= x ? low &+ half : low
            remaining = remaining &- half
          }
          if remaining == 1 && limits[low] <= x { low = low &+ 1 }
          cells[low] &+= 1
          i &+= 1
        }
      }
    }
    precondition(!sawNaN, "a value of an exceedance curve is NaN")
  }

  /// Adds the counts of `other`, whose thresholds must be the same.
  package mutating func merge(_ other: Exceedance) {
    precondition(thresholds == other.thresholds, "exceedance counts of different thresholds")
    for j in cells.indices { cells[j] += other.cells[j] }
  }

  /// The number of values seen.
  package var count: Int { cells.reduce(0, +) }

  /// P(X ≥ t) for each threshold, in their order.
  package var proportions: [Proportion] {
    let trials = count
    var above = trials
    return thresholds.indices.map { j in
      above -= cells[j]
      return Proportion(hits: above, trials: trials)
    }
  }
}
