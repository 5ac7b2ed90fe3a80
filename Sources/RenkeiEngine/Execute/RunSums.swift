// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiModel
import RenkeiStatistics

/// The values that the moments of one arm are taken about.
struct ArmShifts: Sendable {
  var tally: TallyShifts
  /// Nil where the scenario describes no support.
  var finance: FinanceShifts?

  /// Every cell about 0.
  init(_ portfolio: CompiledPortfolio) {
    tally = TallyShifts(layout: portfolio.layout)
    guard portfolio.support != nil else { return }
    let none = PlanMoney(years: portfolio.years)
    finance = FinanceShifts(
      PathFigures(
        effects: EffectMetric.allCases.map { _ in 0 }, flows: none.flows, loans: none.loans),
      baseline: nil)
  }
}

/// What a chunk of paths adds up under one arm.
struct ArmSums: Sendable {
  var tally: TallySums
  var finance: FinanceSums?

  init(layout: TallyLayout, shifts: ArmShifts, unit: ErrorUnit) {
    tally = TallySums(layout: layout, shifts: shifts.tally, unit: unit)
    finance = shifts.finance.map {
      FinanceSums(planCount: layout.planCount, shifts: $0, unit: unit)
    }
  }
}

/// What a chunk of paths adds up, by arm.
struct RunSums: Sendable, Mergeable {
  var arms: [ArmSums]

  /// - Parameter unit: what errors are computed from.
  init(layout: TallyLayout, shifts: [ArmShifts], unit: ErrorUnit = .path) {
    arms = shifts.map { ArmSums(layout: layout, shifts: $0, unit: unit) }
  }

  /// Ends a block: what it added becomes known by independent unit.
  mutating func endBlock(_ block: Int, paths: Int) {
    for arm in arms.indices {
      arms[arm].tally.endBlock(block, paths: paths)
      arms[arm].finance?.endBlock(block, paths: paths)
    }
  }

  mutating func merge(_ other: RunSums) {
    for arm in arms.indices {
      arms[arm].tally.merge(other.arms[arm].tally)
      if let finance = other.arms[arm].finance { arms[arm].finance?.merge(finance) }
    }
  }
}

/// Histograms of one arm that all threads fill; nil where quantiles are left out or nothing is
/// counted.
struct ArmHistogramStore: Sendable {
  let plans: SharedHistograms?
  let groups: SharedHistograms?

  init(_ portfolio: CompiledPortfolio, arm: Int, planQuantiles: Bool, isLast: Bool) {
    let isCounted = planQuantiles && portfolio.earns(arm)
    plans = isCounted ? SharedHistograms(cells: portfolio.layout.planCellCount) : nil
    groups = isCounted && isLast ? SharedHistograms(cells: portfolio.layout.groupCellCount) : nil
  }
}

/// One thread's way to the histograms of one arm.
struct ArmHistograms {
  let plans: HistogramBatch?
  let groups: HistogramBatch?
  /// The thread's own.
  let finance: FinanceTally?

  static var none: ArmHistograms { ArmHistograms(plans: nil, groups: nil, finance: nil) }

  private init(plans: HistogramBatch?, groups: HistogramBatch?, finance: FinanceTally?) {
    self.plans = plans
    self.groups = groups
    self.finance = finance
  }

  /// - Parameters:
  ///   - start: 0 ..< 1, where among the cells the thread begins to count.
  ///   - earlier: of the same thread and arm in the tile before, which is at least as large.
  init(
    _ portfolio: CompiledPortfolio, store: ArmHistogramStore, start: Double, planQuantiles: Bool,
    isLast: Bool, earlier: ArmHistograms?, kernels: UnsafePointer<rk_kernels>
  ) {
    let blocks = HistogramBatch.blocks(
      cells: portfolio.histogramCellCount, hasMoney: portfolio.support != nil)
    func batch(_ histograms: SharedHistograms) -> HistogramBatch {
      HistogramBatch(histograms, start: start, blocks: blocks, kernels: kernels)
    }
    plans = store.plans.map { earlier?.plans?.turning(to: $0) ?? batch($0) }
    groups = store.groups.map(batch)
    finance = portfolio.support.map {
      FinanceTally(
        layout: portfolio.layout, planHistograms: planQuantiles, hasBaseline: $0.baseline != nil,
        countsTotals: isLast)
    }
  }

  func beginBlock(paths: Int) {
    plans?.beginBlock(paths: paths)
    groups?.beginBlock(paths: paths)
  }

  func endBlock() {
    plans?.endBlock()
    groups?.endBlock()
  }

  func flush() {
    plans?.flush()
    groups?.flush()
  }

  /// Adds another thread's counts of some plans; counts add in any order.
  func mergePlans(_ places: Range<Int>, from other: ArmHistograms) {
    guard let own = finance?.coverageHistograms, let counts = other.finance?.coverageHistograms
    else { return }
    for place in places { own.merge(from: counts, cell: place, into: place) }
  }

  /// Adds another thread's counts of what is added up over plans.
  func mergeTotals(from other: ArmHistograms) {
    guard let finance, let counts = other.finance else { return }
    finance.loanHistograms.merge(from: counts.loanHistograms)
    finance.costHistograms.merge(from: counts.costHistograms)
  }
}

extension CompiledPortfolio {
  /// Cells of plans and groups under all arms that earn revenue of their own.
  var histogramCellCount: Int {
    (layout.planCellCount + layout.groupCellCount)
      * (0..<(support?.arms.count ?? 1)).count { earns($0) }
  }
}
