// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiStatistics

/// The share of the paths whose total reaches the goal, with its error.
package struct GoalProbability {
  package let share: Proportion
  package let standardError: Double
  package let interval: ClosedRange<Double>

  /// - Parameters:
  ///   - totals: revenue over the horizon by path, at least one.
  ///   - unit: what errors are computed from.
  package init(_ totals: UnsafeBufferPointer<Double>, goal: Double, unit: ErrorUnit) {
    var units = unit == .path ? nil : UnitSums(unit: unit, cellCount: 1)
    var hits = 0
    for (block, first) in stride(from: 0, to: totals.count, by: ErrorUnit.blockPaths).enumerated() {
      let end = min(totals.count, first + ErrorUnit.blockPaths)
      for path in first..<end where totals[path] >= goal { hits += 1 }
      units?.endBlock(block, paths: end - first, sums: [Double(hits)])
    }
    let share = Proportion(hits: hits, trials: totals.count)
    let wilson = share.wilsonInterval()
    self.share = share
    guard let error = units?.standardErrorOfMean(cell: 0), let estimate = share.estimate else {
      standardError = share.standardError ?? 0
      interval = wilson.low...wilson.high
      return
    }
    standardError = error
    let own = Interval(
      around: estimate, standardError: error, unit.ninetyFive(paths: totals.count))
    // Few hits make unit means that hardly spread: the interval must not vanish with them.
    let (low, high) =
      share.isFewHits
      ? (min(own.low, wilson.low), max(own.high, wilson.high)) : (own.low, own.high)
    interval = max(0, low)...min(1, high)
  }
}
