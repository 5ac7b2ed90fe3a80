// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiStatistics

/// Errors of means over paths, from the independent units that a sampling design leaves.
package enum PathMean {
  /// The standard error of the mean of a column; nil for fewer than two units.
  ///
  /// - Parameter values: one for each path of a run, in its order.
  /// - Complexity: O(values).
  package static func standardError(_ values: [Double], unit: ErrorUnit) -> Double? {
    guard let first = values.first else { return nil }
    guard unit != .path else {
      var moments = ShiftedMoments(shift: first)
      for value in values { moments.add(value) }
      return moments.standardErrorOfMean
    }
    var units = UnitSums(unit: unit, cellCount: 1)
    var sum = 0.0
    for (block, start) in stride(from: 0, to: values.count, by: ErrorUnit.blockPaths).enumerated() {
      let end = min(values.count, start + ErrorUnit.blockPaths)
      for path in start..<end { sum += values[path] - first }
      units.endBlock(block, paths: end - start, sums: [sum])
    }
    return units.standardErrorOfMean(cell: 0)
  }

  /// The standard error of the mean of the differences a − b, path by path.
  package static func standardError(
    _ a: [Double], minus b: [Double], unit: ErrorUnit
  ) -> Double? {
    precondition(a.count == b.count, "paired columns have as many paths")
    return standardError(zip(a, b).map { $0 - $1 }, unit: unit)
  }
}
