// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiModel

/// Adds a plan's year to everything that is kept: its own cells, the portfolio and its groups.
///
/// A class, for arms have one each and fetch it once a plan.
final class AccountStage {
  let layout: TallyLayout
  let shifts: TallyShifts
  /// Nil where quantiles of plans are left out.
  let histograms: HistogramBatch?

  init(layout: TallyLayout, shifts: TallyShifts, histograms: HistogramBatch?) {
    self.layout = layout
    self.shifts = shifts
    self.histograms = histograms
  }

  /// Revenue of the year where alive and selling, with its sums.
  ///
  /// - Parameter step: how a walk leads to the level; nil where the workspace holds the level.
  func run(
    _ plan: CompiledPlan, year: Int, entry: EntryStage.Entry, clock: UnsafePointer<Double>,
    limit: Double, step: rk_step? = nil, in workspace: BlockWorkspace, into tally: inout TallySums
  ) {
    let annual = layout.cell(plan.planIndex, .annual, year)
    let cumulative = layout.cell(plan.planIndex, .cumulative, year)
    let elapsed = plan.elapsed[year]
    let keepsRevenue =
      step == nil || !plan.groups.isEmpty || histograms != nil
      || workspace.revenueRecorder != nil
    var entryColumn: UnsafePointer<Double>?
    switch entry {
    case .fixed(let years):
      if years < elapsed { workspace.arm.counters.countSellingEverywhere(year: year) }
    case .column(let column): entryColumn = column
    }
    var account = rk_account(
      level: workspace.level, clock: clock, clock_limit: limit, entry: entryColumn,
      entry_limit: elapsed, revenue: keepsRevenue ? workspace.revenue : nil,
      cumulative: workspace.cumulative, portfolio: workspace.portfolio[year],
      counters: workspace.arm.counters.counters(year: year), ever: workspace.arm.counters.ever,
      shift: shifts.plans[annual], cumulative_shift: shifts.plans[cumulative],
      target: plan.target[year], cumulative_target: plan.cumulativeTarget[year],
      range_low: CountMetric.typicalRevenueYen.lowerBound,
      range_high: CountMetric.typicalRevenueYen.upperBound, paths: workspace.paths)
    if var step {
      workspace.kernels.pointee.walk_and_account(&step, &account, workspace.sums)
    } else {
      workspace.kernels.pointee.account(&account, workspace.sums)
    }
    tally.addPlan(
      annual: annual, cumulative: cumulative, paths: Int(workspace.paths), workspace.sums.pointee)
    for group in plan.groups {
      let column = workspace.groups[group * layout.years + year]
      workspace.kernels.pointee.add(column, workspace.revenue, column)
    }
    record(annual: annual, cumulative: cumulative, in: workspace)
    recordHorizon(of: plan, year: year, in: workspace)
  }

  /// Nothing sold so far; to be called before a plan's first year, `skip` included.
  func beginPlan(in workspace: BlockWorkspace) {
    workspace.kernels.pointee.fill(0, workspace.cumulative)
    workspace.sums.pointee = rk_account_sums()
    workspace.arm.counters.beginPlan()
  }

  /// A year before the plan's start: no revenue, nothing to add.
  func skip(
    _ plan: CompiledPlan, year: Int, in workspace: BlockWorkspace, into tally: inout TallySums
  ) {
    let annual = layout.cell(plan.planIndex, .annual, year)
    let cumulative = layout.cell(plan.planIndex, .cumulative, year)
    tally.addPlan(
      annual: annual, cumulative: cumulative, paths: Int(workspace.paths), rk_account_sums())
    if histograms != nil || workspace.revenueRecorder != nil {
      workspace.kernels.pointee.fill(0, workspace.revenue)
      record(annual: annual, cumulative: cumulative, in: workspace)
    }
    recordHorizon(of: plan, year: year, in: workspace)
  }

  /// Revenue of one plan under one arm, year by year, from the levels that its ledger read; a path
  /// ended by its ledger earns nothing from the next year on.
  func run(
    _ plan: CompiledPlan, _ finance: CompiledFinance, _ armPlan: ArmPlan,
    _ money: MoneyWorkspace, in workspace: BlockWorkspace, into tally: inout TallySums
  ) {
    let kernels = workspace.kernels.pointee
    let own = workspace.level
    let entry: EntryStage.Entry =
      armPlan.entry.mask == 0 ? .fixed(armPlan.entry.base[0]) : .column(armPlan.entry.base)
    beginPlan(in: workspace)
    for year in 0..<layout.years {
      if year < plan.firstYear {
        skip(plan, year: year, in: workspace, into: &tally)
        continue
      }
      let level = armPlan.isDelayed ? money.armLevels[year] : money.levels[year]
      workspace.level = level
      if armPlan.factor.mask != 0 {
        kernels.multiply(level, armPlan.factor.base, money.accountLevel)
        workspace.level = money.accountLevel
      }
      var clock = armPlan.clock
      var limit = money.limits[year].constant ?? 0
      if money.limits[year].constant == nil {
        kernels.scaled_sum(-1, money.limits[year].column, 1, clock, workspace.scratch)
        (clock, limit) = (UnsafePointer(workspace.scratch), 0)
      }
      if finance.enforces {
        if armPlan.factor.mask == 0 {
          kernels.affine(1, level, 0, money.accountLevel)
          workspace.level = money.accountLevel
        }
        kernels.affine(1, clock, 0, money.accountClock)
        clock = UnsafePointer(money.accountClock)
        kernels.stop_after(
          money.broke, Double(year - plan.firstYear + 1), money.accountLevel,
          money.accountClock, workspace.arm.counts(.failedCash, year: year))
      }
      run(
        plan, year: year, entry: entry, clock: clock, limit: limit, in: workspace, into: &tally)
    }
    workspace.level = own
  }

  private func recordHorizon(of plan: CompiledPlan, year: Int, in workspace: BlockWorkspace) {
    if year == layout.years - 1 { workspace.horizonRecorder?(plan.planIndex) }
  }

  private func record(annual: Int, cumulative: Int, in workspace: BlockWorkspace) {
    workspace.revenueRecorder?(annual, cumulative)
    histograms?.add(workspace.revenue, cell: annual)
    histograms?.add(workspace.cumulative, cell: cumulative)
  }
}
