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

  /// Adds values in one pass. O(count + thresholds), as long as no bucket holds many thresholds.
  ///
  /// A bucket tells how many thresholds lie in buckets below its own, which is a lower bound for all
  /// its values since the mapping to buckets never falls; comparisons find the rest. NaN is a
  /// programmer mistake.
  package mutating func add(_ values: UnsafeBufferPointer<Double>) {
    guard let first = thresholds.first, let last = thresholds.last else {
      precondition(!values.contains { $0.isNaN }, "a value of an exceedance curve is NaN")
      cells[0] += values.count
      return
    }
    let top = Self.bucketCount - 1
    let width = (last - first) / Double(top)
    let bucketsPerUnit = width > 0 && width.isFinite ? 1 / width : 0
    func bucket(_ x: Double) -> Int {
      let position = (x - first) * bucketsPerUnit
      return position < Double(top) ? (position > 0 ? Int(position) : 0) : top
    }
    var below = [Int32](repeating: 0, count: Self.bucketCount)
    for threshold in thresholds where bucket(threshold) < top {
      below[bucket(threshold) + 1] += 1
    }
    for place in 1...top { below[place] += below[place - 1] }

    var sawNaN = false
    let limits = thresholds + [.infinity]
    let count = thresholds.count
    limits.withUnsafeBufferPointer { limits in
      below.withUnsafeBufferPointer { below in
        cells.withUnsafeMutableBufferPointer { cells in
          for x in values {
            sawNaN = sawNaN || x != x
            // Most buckets hold one threshold at most: one step without a branch, seldom more.
            var cell = Int(below[bucket(x)])
            cell = limits[cell] <= x ? min(cell &+ 1, count) : cell
            while cell < count && limits[cell] <= x { cell = cell &+ 1 }
            cells[cell] &+= 1
          }
        }
      }
    }
    precondition(!sawNaN, "a value of an exceedance curve is NaN")
  }

  /// Enough for a grid of a hundred steps to a scale and twenty scales.
  private static let bucketCount = 4_096

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
