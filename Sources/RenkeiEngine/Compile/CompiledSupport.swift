// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// The support block and its arms, ready to run.
struct CompiledSupport: Sendable {
  /// Those that run, in the model's order.
  let arms: [CompiledArm]
  let calibrated: CompiledArm
  /// Place of the baseline arm; nil where it does not run.
  let baseline: Int?
  let afterHorizon: AfterHorizon
  /// Share of the need that a plan asks for as a subsidy where it states no amount.
  let askShare: NumberGroup
  /// First years, from 0, of plans that begin within the horizon, ascending.
  let cohorts: [Int]
  /// In the order of ``CompiledPortfolio/plans``; nil where a plan begins after the horizon.
  var plans: [CompiledFinance?]
  /// For each arm the first arm with the same revenue in every plan; itself where there is none.
  let revenueArm: [Int]
  /// Lost part of a defaulting loan where it is the same in all plans.
  let privateLoss: Double?
  let policyLoss: Double?
}

/// A plan-level amount and what it is measured in.
struct AmountRecipe: Sendable {
  let quantity: CompiledQuantity
  let basis: AmountBasis
}

/// Whether a plan receives a measure that its arm offers.
enum TakeUpRecipe: Sendable {
  case never
  case always
  /// Where a uniform lies below the probability.
  case drawn(CompiledQuantity, DrawAddress)
}

/// The money of one plan. A class, for a copy of so many parts costs more than what they tell.
final class CompiledFinance: Sendable {
  /// Place in ``CompiledSupport/cohorts``.
  let cohort: Int
  /// Simulated years from the plan's first.
  let planYears: Int
  let periodYears: Int
  /// T.
  let target: CompiledQuantity
  let investment: AmountRecipe
  let ownFunds: AmountRecipe
  let otherCash: AmountRecipe
  let fixedCost: AmountRecipe
  let creditLine: AmountRecipe
  let privateAmount: AmountRecipe
  /// Nil where what is asked for follows from the need.
  let grantAsk: AmountRecipe?
  let loanAsk: AmountRecipe
  let adviceCost: AmountRecipe
  let margin: CompiledQuantity
  let elasticity: CompiledQuantity
  let taxRate: CompiledQuantity
  let privateLoss: CompiledQuantity
  let policyLoss: CompiledQuantity
  /// By ``SupportMeasure``.
  let takeUp: [TakeUpRecipe]
  /// By ``SupportMeasure``: whether coverage is the granted part of an amount.
  let asksForAmount: [Bool]
  let enforces: Bool
  /// 1 − f of the last simulated year; nil where it differs from path to path.
  let lateSurvival: Double?
  /// What each arm changes.
  let arms: [PlanArm]
  /// The plan with a ramp that is read path by path, where an arm changes the delay.
  let delayed: CompiledPlan?

  init(
    cohort: Int, planYears: Int, periodYears: Int, target: CompiledQuantity,
    investment: AmountRecipe, ownFunds: AmountRecipe, otherCash: AmountRecipe,
    fixedCost: AmountRecipe, creditLine: AmountRecipe, privateAmount: AmountRecipe,
    grantAsk: AmountRecipe?, loanAsk: AmountRecipe, adviceCost: AmountRecipe,
    margin: CompiledQuantity, elasticity: CompiledQuantity, taxRate: CompiledQuantity,
    privateLoss: CompiledQuantity, policyLoss: CompiledQuantity, takeUp: [TakeUpRecipe],
    asksForAmount: [Bool], enforces: Bool, lateSurvival: Double?, arms: [PlanArm],
    delayed: CompiledPlan?
  ) {
    self.cohort = cohort
    self.planYears = planYears
    self.periodYears = periodYears
    self.target = target
    self.investment = investment
    self.ownFunds = ownFunds
    self.otherCash = otherCash
    self.fixedCost = fixedCost
    self.creditLine = creditLine
    self.privateAmount = privateAmount
    self.grantAsk = grantAsk
    self.loanAsk = loanAsk
    self.adviceCost = adviceCost
    self.margin = margin
    self.elasticity = elasticity
    self.taxRate = taxRate
    self.privateLoss = privateLoss
    self.policyLoss = policyLoss
    self.takeUp = takeUp
    self.asksForAmount = asksForAmount
    self.enforces = enforces
    self.lateSurvival = lateSurvival
    self.arms = arms
    self.delayed = delayed
  }

  var changesEntry: Bool { arms.contains { $0.changes(.launchOddsRatio) || delayed != nil } }
}

/// What an arm changes in the revenue of one plan, against the calibrated arm.
struct PlanArm: Sendable {
  /// By ``SupportEffect``; empty where nothing differs.
  let effects: [[EffectTerm]]
  /// Whether revenue depends on the scale, which may differ.
  let usesScale: Bool

  func terms(_ effect: SupportEffect) -> [EffectTerm] { effects[effect.place] }
  func changes(_ effect: SupportEffect) -> Bool { !effects[effect.place].isEmpty }
  var isCalibrated: Bool { !usesScale && effects.allSatisfy(\.isEmpty) }
}

/// log size·coverage of a measure, arm less calibrated arm; nil where an arm has no such effect.
struct EffectTerm: Sendable {
  let measure: SupportMeasure
  let arm: SharedValue?
  let calibrated: SharedValue?
}

extension SupportEffect {
  /// Place among all effects.
  var place: Int {
    switch self {
    case .logAttainment: 0
    case .launchOddsRatio: 1
    case .hazardRatio: 2
    case .delayMultiplier: 3
    }
  }
}
