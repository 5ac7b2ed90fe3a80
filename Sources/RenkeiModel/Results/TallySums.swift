// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiStatistics

/// The value that each moment is taken about: the cell's revenue on path 0, in yen.
package struct TallyShifts: Sendable {
  /// By ``TallyLayout/cell(_:_:_:)`` of plans, of groups, and of the portfolio.
  package var plans: [Double]
  package var groups: [Double]
  package var portfolio: [Double]

  package init(plans: [Double], groups: [Double], portfolio: [Double]) {
    self.plans = plans
    self.groups = groups
    self.portfolio = portfolio
  }
}

/// The part of a tally that a chunk of paths produces by itself and that merges by addition.
package struct TallySums: Sendable, Mergeable {
  package var planMoments: [ShiftedMoments]
  package var planActive: [Int]
  package var planTargetMet: [Int]
  package var groupMoments: [ShiftedMoments]
  package var portfolioMoments: [ShiftedMoments]
  package var countFrequencies: [CountFrequencies]
  /// Sums by independent unit of plan cells, then group cells, portfolio cells and series of counts;
  /// nil where paths are independent.
  package private(set) var units: UnitSums?

  /// No paths yet.
  ///
  /// - Parameters:
  ///   - shifts: one value for each cell of `layout`; every chunk of an arm has the same.
  ///   - unit: what errors are computed from.
  package init(layout: TallyLayout, shifts: TallyShifts, unit: ErrorUnit = .path) {
    precondition(
      shifts.plans.count == layout.planCellCount && shifts.groups.count == layout.groupCellCount
        && shifts.portfolio.count == layout.portfolioCellCount,
      "shifts of another layout")
    planMoments = shifts.plans.map { ShiftedMoments(shift: $0) }
    groupMoments = shifts.groups.map { ShiftedMoments(shift: $0) }
    portfolioMoments = shifts.portfolio.map { ShiftedMoments(shift: $0) }
    planActive = [Int](repeating: 0, count: layout.planCellCount)
    planTargetMet = [Int](repeating: 0, count: layout.planCellCount)
    countFrequencies = [CountFrequencies](
      repeating: CountFrequencies(), count: CountMetric.allCases.count * layout.years)
    units = unit == .path ? nil : UnitSums(unit: unit, cellCount: layout.unitCellCount)
  }

  /// Ends a block of a chunk: what it added becomes known by unit. O(cells); nothing where paths
  /// are independent.
  package mutating func endBlock(_ block: Int, paths: Int) {
    guard let cellCount = units?.cellCount else { return }
    var sums: [Double] = []
    sums.reserveCapacity(cellCount)
    for moments in planMoments { sums.append(moments.sum) }
    for moments in groupMoments { sums.append(moments.sum) }
    for moments in portfolioMoments { sums.append(moments.sum) }
    for frequencies in countFrequencies { sums.append(Double(frequencies.sum)) }
    units?.endBlock(block, paths: paths, sums: sums)
  }

  /// Adds the sums of the paths that follow. O(cells).
  package mutating func merge(_ other: TallySums) {
    if let more = other.units { units?.merge(more) }
    for cell in planMoments.indices {
      planMoments[cell].merge(other.planMoments[cell])
      planActive[cell] += other.planActive[cell]
      planTargetMet[cell] += other.planTargetMet[cell]
    }
    for cell in groupMoments.indices { groupMoments[cell].merge(other.groupMoments[cell]) }
    for cell in portfolioMoments.indices {
      portfolioMoments[cell].merge(other.portfolioMoments[cell])
    }
    for row in countFrequencies.indices {
      countFrequencies[row].merge(other.countFrequencies[row])
    }
  }
}

extension ArmTally {
  /// A tally from merged sums, filled histograms and path totals.
  package init(
    layout: TallyLayout, sums: TallySums, planHistograms: LogHistogramArena?,
    groupHistograms: LogHistogramArena?, totals: PathTotals
  ) {
    self.init(
      layout: layout, planMoments: sums.planMoments, planActive: sums.planActive,
      planTargetMet: sums.planTargetMet, groupMoments: sums.groupMoments,
      portfolioMoments: sums.portfolioMoments, countFrequencies: sums.countFrequencies,
      planHistograms: planHistograms, groupHistograms: groupHistograms, totals: totals,
      units: sums.units)
  }

  /// An empty tally for ``record(path:revenue:launched:failed:)``.
  ///
  /// - Parameters:
  ///   - paths: P, the number of paths that will be recorded.
  ///   - histograms: whether plan and group quantiles are wanted; costs 36 KiB a cell.
  package init(layout: TallyLayout, paths: Int, histograms: Bool) {
    let shifts = TallyShifts(
      plans: [Double](repeating: 0, count: layout.planCellCount),
      groups: [Double](repeating: 0, count: layout.groupCellCount),
      portfolio: [Double](repeating: 0, count: layout.portfolioCellCount))
    self.init(
      layout: layout, sums: TallySums(layout: layout, shifts: shifts),
      planHistograms: histograms ? LogHistogramArena(cellCount: layout.planCellCount) : nil,
      groupHistograms: histograms ? LogHistogramArena(cellCount: layout.groupCellCount) : nil,
      totals: PathTotals(years: layout.years, paths: paths))
  }

  /// Adds the sums of further paths. O(cells).
  package mutating func merge(_ other: TallySums) {
    var sums = TallySums(self)
    sums.merge(other)
    self = ArmTally(
      layout: layout, sums: sums, planHistograms: planHistograms,
      groupHistograms: groupHistograms, totals: totals)
  }
}

extension TallySums {
  /// The sums of a tally.
  package init(_ tally: ArmTally) {
    planMoments = tally.planMoments
    planActive = tally.planActive
    planTargetMet = tally.planTargetMet
    groupMoments = tally.groupMoments
    portfolioMoments = tally.portfolioMoments
    countFrequencies = tally.countFrequencies
    units = tally.units
  }
}
