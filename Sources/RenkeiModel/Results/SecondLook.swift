// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiStatistics

/// What an engine finds out about a run on some of its paths after the run: which plans make the gap
/// to the goal, and how much of the variance lies in what is drawn once per path.
package struct SecondLook: Sendable {
  /// By arm: totals of paths whose programme-level draws are those of the run's first paths and
  /// whose other draws are fresh.
  package let replicas: [PathTotals]
  /// By arm.
  package let contexts: [GapContext]
  package let gaps: [GapTally]

  package init(replicas: [PathTotals], contexts: [GapContext], gaps: [GapTally]) {
    self.replicas = replicas
    self.contexts = contexts
    self.gaps = gaps
  }

  /// Most paths that are looked at again.
  package static let mostPaths = 4_096
  /// A run is looked at on a sixteenth of its paths, and on so many at least where it has them.
  package static let fewestPaths = 512

  /// How many of a run's paths are looked at again: enough for a share of the variance to three
  /// points in a hundred, few enough to cost little.
  package static func paths(of run: Int) -> Int {
    min(run, mostPaths, max(fewestPaths, run / 16))
  }
}

/// How the totals of a whole run lie towards the goal under one arm.
package struct GapContext: Sendable {
  /// Share of the paths in the tail.
  package static let tailShare = 0.05

  /// Nil where the scenario states no goal.
  package let goalYen: Double?
  package let paths: Int
  /// Mean total.
  package let meanYen: Double
  package let standardDeviationYen: Double
  /// Gap to the goal at the tail's boundary; larger gaps are in the tail.
  package let thresholdYen: Double
  /// Weight in the tail of a path whose gap is the boundary.
  package let boundaryWeight: Double
  /// Mean and CVaR of the gap over the whole run.
  package let meanGapYen: Double
  package let tailGapYen: Double
  package let gapVariance: Double

  /// - Complexity: O(paths × years), in memory for one number a path where there is a goal.
  package init(_ totals: PathTotals, goalYen: Double?, scratch: SelectionScratch) {
    self.goalYen = goalYen
    paths = totals.paths
    var column = totals.cumulative
    let moments = ShiftedMoments(ofColumn: column)
    meanYen = moments.mean ?? 0
    standardDeviationYen = moments.standardDeviation ?? 0
    guard let goalYen else {
      (thresholdYen, boundaryWeight, meanGapYen, tailGapYen, gapVariance) = (0, 0, 0, 0, 0)
      return
    }
    for path in column.indices { column[path] = max(0, goalYen - column[path]) }
    let gapMoments = ShiftedMoments(ofColumn: column)
    meanGapYen = gapMoments.mean ?? 0
    gapVariance = gapMoments.variance ?? 0
    let tail = column.withUnsafeBufferPointer {
      TailMean(losses: $0, share: Self.tailShare, scratch: scratch)
    }
    thresholdYen = tail.threshold
    tailGapYen = tail.estimate
    var (above, at) = (0, 0)
    for gap in column {
      above += gap > tail.threshold ? 1 : 0
      at += gap == tail.threshold ? 1 : 0
    }
    boundaryWeight =
      at > 0 ? (Self.tailShare * Double(paths) - Double(above)) / Double(at) : 0
  }

  /// Whether the goal is missed, the gap, and the path's weight in the tail.
  func position(total: Double) -> (isShort: Bool, gap: Double, weight: Double) {
    guard let goalYen else { return (false, 0, 0) }
    let gap = max(0, goalYen - total)
    let weight = gap > thresholdYen ? 1 : (gap == thresholdYen ? boundaryWeight : 0)
    return (total < goalYen, gap, weight)
  }
}

extension PathTotals {
  /// Revenue over all years by path.
  package var cumulative: [Double] { cumulative(paths: paths) }

  /// Revenue over all years of the first paths.
  package func cumulative(paths count: Int) -> [Double] {
    var totals = Array(annual(year: 0).prefix(count))
    for year in 1..<max(1, years) {
      let revenue = annual(year: year)
      for path in 0..<count { totals[path] += revenue[path] }
    }
    return totals
  }
}

extension ShiftedMoments {
  /// Of a column, about its first value.
  fileprivate init(ofColumn values: [Double]) {
    self.init(shift: values.first ?? 0)
    values.withUnsafeBufferPointer { column in
      if let start = column.baseAddress { add(column: start, count: column.count) }
    }
  }
}
