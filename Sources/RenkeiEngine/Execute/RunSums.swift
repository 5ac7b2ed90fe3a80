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

/// One thread's histograms of one arm; nil where quantiles are left out or nothing is counted.
struct ArmHistograms {
  let plans: HistogramBatch?
  let groups: HistogramBatch?
  let finance: FinanceTally?

  static var none: ArmHistograms { ArmHistograms(plans: nil, groups: nil, finance: nil) }

  private init(plans: HistogramBatch?, groups: HistogramBatch?, finance: FinanceTally?) {
    self.plans = plans
    self.groups = groups
    self.finance = finance
  }

  init(
    _ portfolio: CompiledPortfolio, arm: Int, planQuantiles: Bool,
    kernels: UnsafePointer<rk_kernels>
  ) {
    let layout = portfolio.layout
    let support = portfolio.support
    let earns = (support?.revenueArm[arm] ?? arm) == arm
    func batch(_ cells: Int) -> HistogramBatch? {
      planQuantiles && earns ? HistogramBatch(cells: cells, kernels: kernels) : nil
    }
    plans = batch(layout.planCellCount)
    groups = batch(layout.groupCellCount)
    finance = support.map {
      FinanceTally(
        layout: layout, planHistograms: planQuantiles, hasBaseline: $0.baseline != nil,
        arena: HistogramBatch.lazyArena)
    }
  }

  func endBlock(paths: Int) {
    plans?.endBlock(paths: paths)
    groups?.endBlock(paths: paths)
  }

  func flush() {
    plans?.flush()
    groups?.flush()
  }

  /// Adds another thread's counts; counts add in any order.
  func merge(from other: ArmHistograms) {
    if let counts = other.plans { plans?.arena.merge(from: counts.arena) }
    if let counts = other.groups { groups?.arena.merge(from: counts.arena) }
    guard let finance, let counts = other.finance else { return }
    finance.loanHistograms.merge(from: counts.loanHistograms)
    finance.costHistograms.merge(from: counts.costHistograms)
    if let coverage = counts.coverageHistograms {
      finance.coverageHistograms?.merge(from: coverage)
    }
  }
}
