// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiModel

/// What an arm changes in a plan against the calibrated arm, each by exp(Δ) with Δ = Σ log size ·
/// (coverage − calibrated coverage):
///
///     attainment·exp(Δ)   odds·exp(Δ)   hazard·exp(Δ)   delay·exp(Δ)
///     revenue·(scale/calibrated scale)^e
///
/// Where the arms agree, Δ is 0 and every factor exactly 1.
struct EffectStage {
  let revenue: RevenueStage
  let years: Int

  /// Sets factor, entry, clock, survival and, where the delay changes, the levels of the arm.
  func run(
    _ plan: CompiledPlan, _ finance: CompiledFinance, arm index: Int, _ support: CompiledSupport,
    in workspace: BlockWorkspace, _ money: MoneyWorkspace
  ) -> ArmPlan {
    let change = finance.arms[index]
    let arm = support.arms[index]
    let kernels = workspace.kernels.pointee
    /// Sets the terms of an effect; their number.
    func terms(_ effect: SupportEffect) -> Int32 {
      let terms = change.terms(effect)
      for (place, term) in terms.enumerated() {
        money.changes[place] = self.change(
          term, at: place, arm, support.calibrated, finance, in: workspace, money)
      }
      return Int32(terms.count)
    }
    func ratio(_ effect: SupportEffect, into slot: NumberSlot) {
      guard change.changes(effect) else { return slot.set(1) }
      kernels.change_ratio(ScoreTransform.log2e, money.changes, terms(effect), slot.column)
      slot.setColumn()
    }

    var result = ArmPlan(
      factor: money.one.operand, entry: money.entry.operand, clock: clock(plan, workspace),
      lateSurvival: money.lateSurvival.operand, isDelayed: false)
    if change.usesScale || change.changes(.logAttainment) {
      kernels.change(money.changes, terms(.logAttainment), money.change)
      let elasticity = change.usesScale ? money.elasticity.operand : money.zero.operand
      kernels.scaled_power(
        ScoreTransform.log2e, money.change, elasticity, money.funding.scale,
        money.calibrated.scale, money.factor.column)
      result.factor = .column(UnsafePointer(money.factor.column))
    }
    if change.changes(.launchOddsRatio) || change.changes(.delayMultiplier) {
      ratio(.launchOddsRatio, into: money.ratio)
      ratio(.delayMultiplier, into: money.stretch)
      kernels.entry(
        money.launchUniform.operand, money.launchProbability.operand, money.ratio.operand,
        money.delay.operand, money.stretch.operand, money.armEntry.column)
      result.entry = .column(UnsafePointer(money.armEntry.column))
    }
    if change.changes(.delayMultiplier), let delayed = finance.delayed {
      delay(delayed, plan, in: workspace, money)
      result.isDelayed = true
    }
    if change.changes(.hazardRatio) {
      ratio(.hazardRatio, into: money.ratio)
      hazard(plan, &result, in: workspace, money)
    }
    return result
  }

  /// A part of Δ: log size · coverage, arm less calibrated.
  private func change(
    _ term: EffectTerm, at place: Int, _ arm: CompiledArm, _ calibrated: CompiledArm,
    _ finance: CompiledFinance, in workspace: BlockWorkspace, _ money: MoneyWorkspace
  ) -> rk_change {
    func size(_ value: SharedValue?, _ slot: NumberSlot) -> rk_operand {
      switch value {
      case nil: slot.set(0)
      case .constant(let number): slot.set(number)
      case .column(let column): slot.set(column: workspace.shared[column])
      }
      return slot.operand
    }
    func coverage(_ arm: CompiledArm, _ funding: FundingColumns) -> rk_operand {
      guard arm.offers(term.measure) else { return money.zero.operand }
      guard finance.asksForAmount[term.measure.place] else {
        return money.takeUp[term.measure.place].operand
      }
      return .column(
        UnsafePointer(term.measure == .subsidy ? funding.grantMet : funding.loanMet))
    }
    let (own, other) = money.sizes[place]
    return rk_change(
      s: size(term.arm, own), a: coverage(arm, money.funding), r: size(term.calibrated, other),
      b: coverage(calibrated, money.calibrated))
  }

  private func clock(_ plan: CompiledPlan, _ workspace: BlockWorkspace) -> UnsafePointer<Double> {
    if case .never = plan.clock { return workspace.zero }
    return UnsafePointer(workspace.clock)
  }

  /// Levels with the arm's delay in the ramp; those of paths with the old delay stay to the bit.
  private func delay(
    _ delayed: CompiledPlan, _ plan: CompiledPlan, in workspace: BlockWorkspace,
    _ money: MoneyWorkspace
  ) {
    let kernels = workspace.kernels.pointee
    let (level, entry) = (workspace.level, workspace.entry)
    kernels.entry(
      money.zero.operand, money.one.operand, money.one.operand, money.delay.operand,
      money.stretch.operand, money.armDelay)
    workspace.entry = money.armDelay
    for year in plan.firstYear..<years {
      let column = money.armLevels[year]
      kernels.affine(1, money.bare[year], 0, column)
      workspace.level = column
      revenue.rampStage.run(delayed, year: year, in: workspace)
      kernels.select_equal(money.stretch.column, 1, money.levels[year], column, column)
      let slot = money.armRamps[year]
      if money.fixedCost.constant == 0 {
        slot.set(0)
      } else {
        kernels.fill(1, slot.column)
        workspace.level = slot.column
        revenue.rampStage.run(delayed, year: year, in: workspace)
        slot.setColumn()
      }
    }
    (workspace.level, workspace.entry) = (level, entry)
  }

  /// Σ hazard·ratio ≥ E ⇔ Φ(x)^(1/ratio) ≥ Π(1 − f): the clock changes instead of every year's limit.
  private func hazard(
    _ plan: CompiledPlan, _ result: inout ArmPlan, in workspace: BlockWorkspace,
    _ money: MoneyWorkspace
  ) {
    if case .never = plan.clock { return }
    let kernels = workspace.kernels.pointee
    let ratio = money.ratio.operand
    if case .fixed = plan.clock, revenue.clockStage.credit != nil,
      let table = revenue.clockStage.normalCDF
    {
      kernels.cubic_table(
        table.coefficients, table.pieces, table.pieceCount, workspace.clock, money.spare)
      kernels.root(money.spare, ratio, money.spare)
      kernels.normal_quantile(money.spare, money.spare)
      kernels.select_equal(money.ratio.column, 1, workspace.clock, money.spare, money.clock)
    } else {
      kernels.root(workspace.clock, ratio, money.clock)
    }
    kernels.power(money.lateSurvival.operand, ratio, money.survival.column)
    result.clock = UnsafePointer(money.clock)
    result.lateSurvival = .column(UnsafePointer(money.survival.column))
  }
}

/// A plan's revenue under one arm, in terms of its base.
struct ArmPlan {
  /// Multiplies the level.
  var factor: rk_operand
  var entry: rk_operand
  var clock: UnsafePointer<Double>
  /// 1 − f of the last year.
  var lateSurvival: rk_operand
  /// Whether the arm has levels and ramps of its own.
  var isDelayed: Bool
}
