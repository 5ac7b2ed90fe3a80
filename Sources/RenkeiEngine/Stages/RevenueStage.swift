// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiModel

/// Revenue of one plan, year by year:
///
///     R[t] = T · ramp(t − start − delay) · attainment · exp(X[t]) · launched · alive[t] · events[t]
///
/// Attainment and X add up in one walk of exponents, so a year costs one exponential. Launch,
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
  /// Whether years are computed in one pass where they can be; a test turns it off to compare.
  var usesFusedYears = true

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
    accountStage.beginPlan(in: workspace)

    for year in 0..<portfolio.years {
      if year < plan.firstYear {
        accountStage.skip(plan, year: year, in: workspace, into: &tally)
        continue
      }
      let planYear = year - plan.firstYear
      let factor = plan.endTarget.constant * rampStage.fixedLevel(plan, year: year)
      if let shock = fusedShock(plan, factor: factor, in: workspace) {
        var step = shockStage.drawStep(shock, plan, year: year, scale: factor, in: workspace)
        gatherFactors(of: plan, scale: scale, year: year, for: &step, in: workspace)
        let clock = clockStage.limit(plan, planYear: planYear, in: workspace)
        accountStage.run(
          plan, year: year, entry: entry, clock: clock.clock, limit: clock.limit, step: step,
          in: workspace, into: &tally)
        continue
      }
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

  /// The shock of a plan whose year can be computed in one pass, nil where it takes column after
  /// column: in a part of a block, and where a draw, a limit or a level needs columns of its own.
  ///
  /// Both ways give the same bits.
  private func fusedShock(
    _ plan: CompiledPlan, factor: Double, in workspace: BlockWorkspace
  ) -> FixedShock? {
    guard usesFusedYears, plan.isBounded, factor > 1e-30, factor < 1e30,
      Int(workspace.paths) == BlockRunner.width, case .fixed(let shock) = plan.shock
    else { return nil }
    if case .drawn = plan.clock { return nil }
    return shock
  }

  private func gatherFactors(
    of plan: CompiledPlan, scale: ColumnPointer?, year: Int, for step: inout rk_step,
    in workspace: BlockWorkspace
  ) {
    let count = gatherFactors(of: plan, scale: scale, year: year, in: workspace)
    guard count > 0 else { return }
    step.factors = UnsafePointer(workspace.factors)
    step.factor_count = Int32(count)
  }

  /// Puts the columns that the level of a year is multiplied by into the workspace, in the order of
  /// the other way; returns how many.
  func gatherFactors(
    of plan: CompiledPlan, scale: ColumnPointer?, year: Int, in workspace: BlockWorkspace
  ) -> Int {
    let factors = workspace.factors
    var count = 0
    func append(_ column: ColumnPointer) {
      factors[count] = UnsafePointer(column)
      count += 1
    }
    if let scale { append(scale) }
    rampStage.factors(plan, year: year, in: workspace).forEach(append)
    for event in plan.events {
      append(workspace.eventMultipliers[event * portfolio.years + year])
    }
    return count
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
    let units = ScoreTransform.walkUnitsPerPowerOfTwo
    workspace.kernels.pointee.affine(
      units * scale, workspace.walk, units * location, workspace.walk)
    if let recorder = workspace.recorder {
      workspace.kernels.pointee.affine(1 / units, workspace.walk, 0, workspace.scratch)
      workspace.kernels.pointee.exp2(workspace.scratch, workspace.scratch)
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
    func include(factorsOf quantity: CompiledQuantity) {
      if quantity.isConstant { return }
      let factors = CompiledQuantity(constant: 1, factors: quantity.factors)
      if case .column(let column) = workspace.evaluate(
        factors, into: workspace.score, spare: workspace.scratch)
      {
        include(column)
      }
    }
    include(factorsOf: plan.endTarget)
    include(factorsOf: plan.attainmentFactors)
    return level
  }
}
