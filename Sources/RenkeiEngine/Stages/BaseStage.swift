// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiModel

/// What every arm of a plan starts from: revenue of each year where the business is alive and sells,
/// as the calibrated arm earns it, with the draws of launch, delay and failure.
struct BaseStage {
  let revenue: RevenueStage
  let years: Int

  func run(
    _ plan: CompiledPlan, _ finance: CompiledFinance, _ money: MoneyWorkspace,
    in workspace: BlockWorkspace
  ) {
    let kernels = workspace.kernels.pointee
    revenue.startWalk(plan, in: workspace)
    let scale = revenue.level(plan, in: workspace)
    enter(plan, money, in: workspace)
    revenue.clockStage.run(plan, in: workspace)
    revenue.shockStage.prepare(plan, in: workspace)
    let level = workspace.level
    for year in plan.firstYear..<years {
      workspace.level = money.levels[year]
      let fixedRamp = revenue.rampStage.fixedLevel(plan, year: year)
      revenue.shockStage.step(
        plan, year: year, scale: plan.endTarget.constant * fixedRamp, in: workspace)
      if let scale { kernels.multiply(workspace.level, scale, workspace.level) }
      revenue.rampStage.run(plan, year: year, in: workspace)
      revenue.eventStage.apply(to: plan, year: year, in: workspace)
      if finance.delayed != nil {
        workspace.level = money.bare[year]
        kernels.walk(
          0, workspace.zero, workspace.zero, plan.endTarget.constant, workspace.walk,
          workspace.level)
        if let scale { kernels.multiply(workspace.level, scale, workspace.level) }
        revenue.eventStage.apply(to: plan, year: year, in: workspace)
      }
      ramp(plan, year: year, fixedRamp, money, in: workspace)
      limit(plan, year: year, money, in: workspace)
    }
    workspace.level = level
    lateSurvival(plan, finance, money, in: workspace)
  }

  /// Draws launch and delay. The ramp reads the delay also where the plan does not launch, as
  /// another arm may launch it.
  private func enter(
    _ plan: CompiledPlan, _ money: MoneyWorkspace, in workspace: BlockWorkspace
  ) {
    let kernels = workspace.kernels.pointee
    let delay = workspace.evaluate(plan.delay, into: workspace.entry, spare: workspace.scratch)
    let entry: EntryStage.Entry
    switch delay {
    case .constant(let years):
      money.delay.set(years)
      entry = .fixed(years)
    case .column(let column):
      money.delay.set(column: column)
      entry = .column(column)
    }
    if let (probability, address) = revenue.entryStage.launch(plan, in: workspace) {
      switch probability {
      case .constant(let number): money.launchProbability.set(number)
      case .column(let column):
        kernels.affine(1, column, 0, money.launchProbability.column)
        money.launchProbability.setColumn()
      }
      workspace.drawUniforms(address, into: money.launchUniform.column)
      money.launchUniform.setColumn()
    } else {
      money.launchProbability.set(1)
      money.launchUniform.set(0.5)
    }
    revenue.rampStage.prepare(plan, entry: entry, in: workspace)
    if case .certain = plan.launch, case .constant(let years) = delay {
      money.entry.set(years)
    } else {
      kernels.entry(
        money.launchUniform.operand, money.launchProbability.operand, money.one.operand,
        money.delay.operand, money.one.operand, money.entry.column)
      money.entry.setColumn()
    }
  }

  /// The ramp by itself, which fixed cost follows.
  private func ramp(
    _ plan: CompiledPlan, year: Int, _ fixed: Double, _ money: MoneyWorkspace,
    in workspace: BlockWorkspace
  ) {
    let slot = money.ramps[year]
    if case .fixed = plan.ramp { return slot.set(fixed) }
    if money.fixedCost.constant == 0 { return slot.set(0) }
    workspace.kernels.pointee.fill(1, slot.column)
    workspace.level = slot.column
    revenue.rampStage.run(plan, year: year, in: workspace)
    slot.setColumn()
  }

  /// A path lives while its clock is below the limit.
  private func limit(
    _ plan: CompiledPlan, year: Int, _ money: MoneyWorkspace, in workspace: BlockWorkspace
  ) {
    let slot = money.limits[year]
    let (_, limit) = revenue.clockStage.limit(
      plan, planYear: year - plan.firstYear, in: workspace)
    if case .drawn = plan.clock {
      workspace.kernels.pointee.affine(1, workspace.survival, 0, slot.column)
      slot.setColumn()
    } else {
      slot.set(limit)
    }
  }

  /// 1 − f of the last year.
  private func lateSurvival(
    _ plan: CompiledPlan, _ finance: CompiledFinance, _ money: MoneyWorkspace,
    in workspace: BlockWorkspace
  ) {
    if let survival = finance.lateSurvival { return money.lateSurvival.set(survival) }
    let last = money.limits[years - 1]
    if finance.planYears == 1 { return money.lateSurvival.set(column: last.column) }
    workspace.kernels.pointee.divide(
      last.column, money.limits[years - 2].column, money.lateSurvival.column)
    money.lateSurvival.setColumn()
  }
}
