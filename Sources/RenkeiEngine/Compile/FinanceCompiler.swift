// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

extension PlanCompiler {
  /// Compiles the money of a plan that begins within the horizon.
  ///
  /// - Parameters:
  ///   - compiled: the plan's revenue.
  ///   - cohort: place of its first year among those of all plans.
  ///   - terms: the support block's, before any arm changes them.
  mutating func finance(
    _ compiled: CompiledPlan, cohort: Int, arms: [CompiledArm], calibrated: CompiledArm,
    terms: SupportTerms
  ) throws -> CompiledFinance {
    let plan = model.plans[compiled.planIndex]
    guard let finance = plan.finance else {
      preconditionFailure("a scenario with support resolves the money of every plan")
    }
    func amount(_ input: PlanInput, _ compiler: inout PlanCompiler) throws -> AmountRecipe {
      AmountRecipe(
        quantity: try compiler.quantity(finance[input].quantity, input, plan),
        basis: finance[input].basis)
    }
    func number(_ input: PlanInput, _ compiler: inout PlanCompiler) throws -> CompiledQuantity {
      try compiler.quantity(finance[input].quantity, input, plan)
    }
    var takeUp: [TakeUpRecipe] = []
    for measure in SupportMeasure.allCases {
      let probability = try number(measure.takeUpInput, &self)
      let isOffered = calibrated.offers(measure) || arms.contains { $0.offers(measure) }
      if !isOffered || (probability.isConstant && probability.constant <= 0) {
        takeUp.append(.never)
      } else if probability.isConstant, probability.constant >= 1 {
        takeUp.append(.always)
      } else {
        takeUp.append(
          .drawn(probability, Self.address(DrawKey(.plan(plan.id), .takeUp(measure)))))
      }
    }
    let asks = SupportMeasure.allCases.map { finance.asksForAmount($0, terms: terms) }
    let elasticity = try number(.scaleElasticity, &self)
    let changes = arms.map {
      Self.changes($0, calibrated, takeUp: takeUp, asks: asks, elasticity: elasticity)
    }
    let delayed =
      changes.contains { $0.changes(.delayMultiplier) } ? try delayed(compiled, plan) : nil
    return CompiledFinance(
      cohort: cohort, planYears: model.horizonYears - compiled.firstYear,
      periodYears: plan.periodYears,
      target: try quantity(plan.endTargetYen, .endTargetYen, plan),
      investment: try amount(.investmentYen, &self), ownFunds: try amount(.ownFundsYen, &self),
      otherCash: try amount(.otherBusinessCashYen, &self),
      fixedCost: try amount(.fixedCostYen, &self), creditLine: try amount(.creditLineYen, &self),
      privateAmount: try amount(.privateLoanAmountYen, &self),
      grantAsk: finance[.subsidyAmountYen].isStated
        ? try amount(.subsidyAmountYen, &self) : nil,
      loanAsk: try amount(.policyLoanAmountYen, &self),
      adviceCost: try amount(.adviceCostYen, &self), margin: try number(.margin, &self),
      elasticity: elasticity, taxRate: try number(.taxRate, &self),
      privateLoss: try number(.privateLoanLossGivenDefault, &self),
      policyLoss: try number(.policyLoanLossGivenDefault, &self), takeUp: takeUp,
      asksForAmount: asks, enforces: finance.cashFailure == .enforce,
      lateSurvival: lateSurvival(compiled, plan), arms: changes, delayed: delayed)
  }

  /// 1 − f of the last year.
  private func lateSurvival(_ compiled: CompiledPlan, _ plan: ResolvedPlan) -> Double? {
    switch compiled.clock {
    case .never: return 1
    case .drawn: return nil
    case .fixed:
      let last = model.horizonYears - compiled.firstYear - 1
      guard case .constant(let probability) = plan.annualFailureProbability[last] else {
        // A named input that turned out to be fixed.
        guard case .input(let name) = plan.annualFailureProbability[last],
          case .constant(let number) = programme.value(ofInput: name)
        else { return nil }
        return 1 - number
      }
      return 1 - probability
    }
  }

  /// The terms of each effect in which the arms can differ.
  private static func changes(
    _ arm: CompiledArm, _ calibrated: CompiledArm, takeUp: [TakeUpRecipe], asks: [Bool],
    elasticity: CompiledQuantity
  ) -> PlanArm {
    let sameMoney = arm.hasMoney(of: calibrated)
    let effects = SupportEffect.allCases.map { effect in
      SupportMeasure.allCases.compactMap { measure -> EffectTerm? in
        if case .never = takeUp[measure.place] { return nil }
        let own = arm.effects[measure.place][effect.place]
        let reference = calibrated.effects[measure.place][effect.place]
        if own == nil, reference == nil { return nil }
        if own == reference, sameMoney || !asks[measure.place] { return nil }
        return EffectTerm(measure: measure, arm: own, calibrated: reference)
      }
    }
    let isInelastic = elasticity.isConstant && elasticity.constant == 0
    return PlanArm(effects: effects, usesScale: !sameMoney && !isInelastic)
  }

  /// The plan with a ramp that reads the delay path by path.
  private mutating func delayed(_ compiled: CompiledPlan, _ plan: ResolvedPlan) throws
    -> CompiledPlan
  {
    guard case .fixed = compiled.ramp else { return compiled }
    var delayed = compiled
    delayed.ramp = plan.ramp == .linear ? .linear : .table(try tables.table(for: plan.ramp))
    let growth = try quantity(plan.growthAfterPlan, .growthAfterPlan, plan)
    delayed.growth = growth.isConstant && growth.constant == 0 ? nil : growth
    return delayed
  }
}

extension CompiledArm {
  /// Whether every plan gets the same sources under both arms, the covered part included.
  func hasSources(of other: CompiledArm) -> Bool {
    let cover = ArmNumber.cover.rawValue
    return hasMoney(of: other) && offers(.guarantee) == other.offers(.guarantee)
      && coverCap == other.coverCap && numbers[cover].inputs == other.numbers[cover].inputs
  }

  /// Whether every plan gets the same sources under both arms.
  func hasMoney(of other: CompiledArm) -> Bool {
    func inputs(_ arm: CompiledArm, _ number: ArmNumber) -> [SharedValue] {
      arm.numbers[number.rawValue].inputs
    }
    let terms: [ArmNumber] = [.grantShare, .crowdIn]
    return offers(.subsidy) == other.offers(.subsidy)
      && offers(.policyLoan) == other.offers(.policyLoan) && grantCap == other.grantCap
      && grantFloor == other.grantFloor && hasGrantShare == other.hasGrantShare
      && loanCap == other.loanCap && terms.allSatisfy { inputs(self, $0) == inputs(other, $0) }
  }
}
