// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiStatistics

/// Where the cells of one arm lie in flat arrays: plan or group outermost, then measure, then year;
/// and what the counting of a path needs to know about the plans.
package struct TallyLayout: Sendable {
  /// Plans that have cells: all, or those of a tile.
  package let planCount: Int
  /// All plans that paths count.
  package let countedPlans: Int
  /// Place of each plan in the plan list.
  package let planIndices: [Int]
  package let years: Int
  /// First flat index of each grouping's groups, with the total as a last entry.
  package let groupOffsets: [Int]
  /// For each grouping and plan the flat index of the plan's group.
  package let groupOfPlan: [[Int]]
  /// ``ProjectionModel/canonicalOrder``, in which engines add plans.
  package let canonicalOrder: [Int]
  /// Promised yen by plan cell.
  package let promised: [Double]

  package init(model: ProjectionModel) {
    planCount = model.plans.count
    countedPlans = planCount
    planIndices = Array(model.plans.indices)
    years = model.horizonYears
    var offsets = [0]
    for grouping in model.groupings {
      offsets.append(offsets[offsets.count - 1] + grouping.labels.count)
    }
    groupOffsets = offsets
    groupOfPlan = model.groupings.indices.map { index in
      model.groupings[index].groupOfPlan.map { offsets[index] + $0 }
    }
    canonicalOrder = model.canonicalOrder
    promised = Self.promised(model, planIndices)
  }

  /// The layout of a tile: some plans in canonical order, with the groups of all plans.
  ///
  /// - Parameter plans: places in the canonical order.
  package init(_ whole: TallyLayout, tile plans: Range<Int>, of model: ProjectionModel) {
    planCount = plans.count
    countedPlans = whole.planCount
    planIndices = Array(whole.canonicalOrder[plans])
    years = whole.years
    groupOffsets = whole.groupOffsets
    groupOfPlan = whole.groupOfPlan.map { groups in
      whole.canonicalOrder[plans].map { groups[$0] }
    }
    canonicalOrder = Array(0..<plans.count)
    promised = Self.promised(model, planIndices)
  }

  private static func promised(_ model: ProjectionModel, _ plans: [Int]) -> [Double] {
    var promised: [Double] = []
    promised.reserveCapacity(plans.count * 2 * model.horizonYears)
    for index in plans {
      let byYear = model.plans[index].promisedByYear
      promised += byYear
      var toDate = 0.0
      for yen in byYear {
        toDate += yen
        promised.append(toDate)
      }
    }
    return promised
  }

  /// Number of groups over all groupings.
  package var groupCount: Int { groupOffsets[groupOffsets.count - 1] }

  /// Flat index of (plan or group, measure, year), year from 0.
  package func cell(_ entity: Int, _ measure: Measure, _ year: Int) -> Int {
    (entity * 2 + (measure == .annual ? 0 : 1)) * years + year
  }

  package var planCellCount: Int { planCount * 2 * years }
  package var groupCellCount: Int { groupCount * 2 * years }
  package var portfolioCellCount: Int { 2 * years }

  /// Cells whose errors come from units: of plans, groups, the portfolio, and counts.
  package var unitCellCount: Int {
    planCellCount + groupCellCount + portfolioCellCount + CountMetric.allCases.count * years
  }

  /// Index into ``ArmTally/countFrequencies``, year from 0.
  package func countIndex(_ metric: CountMetric, _ year: Int) -> Int {
    let place = CountMetric.allCases.firstIndex(of: metric) ?? 0
    return place * years + year
  }
}

/// Raw sums of one arm: what an engine counts and adds, before it becomes an answer.
package struct ArmTally: Sendable {
  package let layout: TallyLayout
  /// By ``TallyLayout/cell(_:_:_:)`` of plans.
  package var planMoments: [ShiftedMoments]
  /// Paths with revenue above 0, by plan cell.
  package var planActive: [Int]
  /// Paths with revenue of at least the promise, by plan cell.
  package var planTargetMet: [Int]
  /// By cell of groups.
  package var groupMoments: [ShiftedMoments]
  /// By cell of one entity, the portfolio.
  package var portfolioMoments: [ShiftedMoments]
  /// For each (metric, year), index metric × years + year: number of paths by number of plans.
  package var countFrequencies: [[Int]]
  /// Histograms by plan cell and by group cell; nil where quantiles are left out.
  package var planHistograms: LogHistogramArena?
  package var groupHistograms: LogHistogramArena?
  /// Revenue of the portfolio by year and path.
  package let totals: PathTotals
  /// ``TallySums/units``.
  package let units: UnitSums?

  package init(
    layout: TallyLayout, planMoments: [ShiftedMoments], planActive: [Int], planTargetMet: [Int],
    groupMoments: [ShiftedMoments], portfolioMoments: [ShiftedMoments], countFrequencies: [[Int]],
    planHistograms: LogHistogramArena?, groupHistograms: LogHistogramArena?, totals: PathTotals,
    units: UnitSums? = nil
  ) {
    self.layout = layout
    self.planMoments = planMoments
    self.planActive = planActive
    self.planTargetMet = planTargetMet
    self.groupMoments = groupMoments
    self.portfolioMoments = portfolioMoments
    self.countFrequencies = countFrequencies
    self.planHistograms = planHistograms
    self.groupHistograms = groupHistograms
    self.totals = totals
    self.units = units
  }

  /// What a standard error belongs to.
  enum ErrorCell {
    case plan(Int)
    case group(Int)
    case portfolio(Int)
    /// Index into ``countFrequencies``.
    case count(Int)
  }

  /// The standard error of a cell's mean from independent units; nil where paths are independent.
  func unitError(_ cell: ErrorCell) -> Double? {
    let place =
      switch cell {
      case .plan(let cell): cell
      case .group(let cell): layout.planCellCount + cell
      case .portfolio(let cell): layout.planCellCount + layout.groupCellCount + cell
      case .count(let series):
        layout.planCellCount + layout.groupCellCount + layout.portfolioCellCount + series
      }
    return units.flatMap { $0.standardErrorOfMean(cell: place) }
  }
}

/// Revenue of the portfolio on every path, year by year, in memory that threads fill side by side.
///
/// Unchecked sendable: each path belongs to exactly one thread while the engine runs, and nothing
/// writes afterwards.
package final class PathTotals: @unchecked Sendable {
  package let years: Int
  package let paths: Int
  private let storage: UnsafeMutablePointer<Double>

  package init(years: Int, paths: Int) {
    self.years = years
    self.paths = paths
    // Zeros from the system, so that a page comes into being where a thread first writes to it.
    guard let memory = calloc(max(1, years * paths), MemoryLayout<Double>.stride) else {
      preconditionFailure("the memory preflight promised room for the totals")
    }
    storage = memory.bindMemory(to: Double.self, capacity: max(1, years * paths))
  }

  deinit { free(storage) }

  /// Yen by path in one year, year from 0.
  package func annual(year: Int) -> UnsafeMutableBufferPointer<Double> {
    UnsafeMutableBufferPointer(start: storage + year * paths, count: paths)
  }
}
