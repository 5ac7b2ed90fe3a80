// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiModel

/// Revenue of one plan, year by year:
///
///     R[t] = T · ramp(t − start − delay) · attainment · exp(X[t]) · launched · alive[t] · events[t]
///
/// Attainment and X add up in one walk in powers of two, so a year costs one exponential. Launch,
/// delay and failure are columns that the accounting compares with limits.
struct RevenueStage {
  let portfolio: CompiledPortfolio
  let optimism: CommonScore?
  let entryStage = EntryStage()
  let clockStage: ClockStage
  let shockStage: ShockStage
  let rampStage = RampStage()
  let eventStage: EventStage
  let accountStage: AccountStage

  init(portfolio: CompiledPortfolio, accountStage: AccountStage) {
    self.portfolio = portfolio
    optimism = portfolio.optimism
    clockStage = ClockStage(credit: portfolio.credit, normalCDF: portfolio.normalCDF)
    shockStage = ShockStage(years: portfolio.years)
    eventStage = EventStage(events: portfolio.events, years: portfolio.years)
    self.accountStage = accountStage
  }

  /// Draws one plan on the workspace's block and accounts every year.
  func run(_ plan: CompiledPlan, in workspace: BlockWorkspace, into tally: inout TallySums) {
    let kernels = workspace.kernels
    startWalk(plan, in: workspace)
    let scale = level(plan, in: workspace)
    let entry = entryStage.run(plan, in: workspace)
    rampStage.prepare(plan, entry: entry, in: workspace)
    clockStage.run(plan, in: workspace)
    shockStage.prepare(plan, in: workspace)
    kernels.pointee.fill(0, workspace.cumulative)

    for year in 0..<portfolio.years {
      if year < plan.firstYear {
        accountStage.skip(plan, year: year, in: workspace, into: &tally)
        continue
      }
      let planYear = year - plan.firstYear
      let factor = plan.endTarget.constant * rampStage.fixedLevel(plan, year: year)
      shockStage.step(plan, year: year, scale: factor, in: workspace)
      if let scale { kernels.pointee.multiply(workspace.level, scale, workspace.level) }
      rampStage.run(plan, year: year, in: workspace)
      eventStage.apply(to: plan, year: year, in: workspace)
      let clock = clockStage.limit(plan, planYear: planYear, in: workspace)
      accountStage.run(
        plan, year: year, entry: entry, clock: clock.clock, limit: clock.limit, in: workspace,
        into: &tally)
    }
  }

  /// The walk begins at log₂ attainment where that is lognormal, else at 0.
  func startWalk(_ plan: CompiledPlan, in workspace: BlockWorkspace) {
    guard let attainment = plan.attainment,
      case .exponential(let location, let scale) = attainment.form
    else {
      workspace.kernels.pointee.fill(0, workspace.walk)
      return
    }
    workspace.drawNormals(attainment.address, into: workspace.walk)
    if let optimism { workspace.correlate(workspace.walk, with: optimism) }
    workspace.kernels.pointee.affine(scale, workspace.walk, location, workspace.walk)
    if let recorder = workspace.recorder {
      workspace.kernels.pointee.exp2(workspace.walk, workspace.scratch)
      recorder(attainment.address.key, workspace.scratch)
    }
  }

  /// The part of the revenue level that differs from path to path but not from year to year,
  /// other than lognormal attainment; nil where there is none. The constant part stays outside.
  func level(_ plan: CompiledPlan, in workspace: BlockWorkspace) -> ColumnPointer? {
    let kernels = workspace.kernels
    var level: ColumnPointer?
    func include(_ column: UnsafePointer<Double>) {
      if let level {
        kernels.pointee.multiply(level, column, level)
      } else {
        kernels.pointee.affine(1, column, 0, workspace.scale)
        level = workspace.scale
      }
    }
    if let attainment = plan.attainment {
      switch attainment.form {
      case .exponential:
        break
      case .shared(let column):
        include(workspace.shared[column])
      case .level(let transform):
        workspace.drawNormals(attainment.address, into: workspace.score)
        if let optimism { workspace.correlate(workspace.score, with: optimism) }
        workspace.apply(transform, to: workspace.score)
        workspace.recorder?(attainment.address.key, workspace.score)
        include(workspace.score)
      }
    }
    for quantity in [plan.endTarget, plan.attainmentFactors] where !quantity.isConstant {
      let factors = CompiledQuantity(constant: 1, factors: quantity.factors)
      if case .column(let column) = workspace.evaluate(
        factors, into: workspace.score, spare: workspace.scratch)
      {
        include(column)
      }
    }
    return level
  }
}
