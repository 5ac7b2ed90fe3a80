// SPDX-License-Identifier: GPL-3.0-or-later

/// Random numbers of a path that are one source of uncertainty: what nobody knows alike.
package enum DrawGroup: Hashable, Sendable {
  /// One number drawn once per path: a named input, a term of the support block, a common factor.
  case programme(DrawKey.Variable)
  /// All series and years of a factor.
  case factor(String)
  /// Strikes and multipliers of an event.
  case event(String)
  /// What every plan draws for itself.
  case plan(PlanDraws)

  /// The kinds of numbers that plans draw for themselves.
  package enum PlanDraws: String, CaseIterable, Sendable {
    case endTarget = "plans.end_target_yen"
    case growth = "plans.growth_after_plan"
    case attainment = "plans.attainment"
    /// Whether the plan launches, and what its probability draws.
    case launch = "plans.launch"
    case delay = "plans.launch_delay_years"
    /// ε of every year, and σ where it is drawn.
    case shock = "plans.annual_shock"
    /// The failure clock, and failure probabilities where they are drawn.
    case failure = "plans.failure"
    /// Whether measures are taken up.
    case takeUp = "support.take_up"
    /// What is asked for of measures and of private lenders.
    case amounts = "support.amounts"
    case losses = "support.loss_given_default"
    /// Investment, funds, margin, cost and tax of the plan.
    case finance = "support.finance"
  }
}

extension DrawGroup {
  /// The name under which results tell of the group: that of a named input, else a dotted path,
  /// which no named input has.
  package var name: String {
    switch self {
    case .programme(let variable): variable.groupName
    case .factor(let name): "factors.\(name)"
    case .event(let name): "events.\(name)"
    case .plan(let draws): draws.rawValue
    }
  }

  package var level: DrawLevel {
    switch self {
    case .programme: .programme
    case .factor, .event: .year
    case .plan(.shock): .planYear
    case .plan: .plan
    }
  }

  /// The named input, where the group is one.
  package var inputName: String? {
    if case .programme(.input(let name)) = self { name } else { nil }
  }
}

extension DrawKey {
  /// The group that the number belongs to.
  package var group: DrawGroup {
    switch entity {
    case .programme:
      switch variable {
      case .inputScore(let name): .programme(.input(name))
      // Arms that change a term draw it from the same stream.
      case .supportTerm(let term, _): .programme(.supportTerm(term, arm: ""))
      default: .programme(variable)
      }
    case .factor(let name, _): .factor(name)
    case .event(let name, _): .event(name)
    case .plan: .plan(variable.planDraws)
    }
  }
}

extension DrawKey.Variable {
  fileprivate var groupName: String {
    switch self {
    case .input(let name): name
    case .optimismCommonShare: "optimism.common_share"
    case .optimismFactor: "optimism.factor"
    case .creditCorrelation: "credit.correlation"
    case .creditFactor: "credit.factor"
    case .factorLoading(let name): "factors.\(name).loading"
    case .supportTerm(let term, _): "support.\(term.path)"
    case .eventProbability(let name): "events.\(name).annual_probability"
    default: preconditionFailure("\(self) is not drawn once per path")
    }
  }

  fileprivate var planDraws: DrawGroup.PlanDraws {
    switch self {
    case .base(let input), .multiplier(let input, _): input.draws
    case .launchUniform: .launch
    case .takeUp: .takeUp
    case .failureScore, .failureProbability: .failure
    case .shock: .shock
    default: preconditionFailure("\(self) is not drawn by plans")
    }
  }
}

extension PlanInput {
  fileprivate var draws: DrawGroup.PlanDraws {
    switch self {
    case .endTargetYen: .endTarget
    case .growthAfterPlan: .growth
    case .attainment: .attainment
    case .launchProbability, .launchOddsRatio: .launch
    case .launchDelayYears: .delay
    case .annualShockSD: .shock
    case .subsidyTakeUp, .policyLoanTakeUp, .guaranteeTakeUp, .taxIncentiveTakeUp, .adviceTakeUp:
      .takeUp
    case .privateLoanAmountYen, .subsidyAmountYen, .policyLoanAmountYen: .amounts
    case .privateLoanLossGivenDefault, .policyLoanLossGivenDefault: .losses
    case .periodYears, .startOffsetYears, .investmentYen, .ownFundsYen, .margin,
      .otherBusinessCashYen, .fixedCostYen, .creditLineYen, .scaleElasticity, .taxRate,
      .adviceCostYen:
      .finance
    }
  }
}

extension ProjectionModel {
  /// What a number that is drawn once per path is drawn from; nil for common factors, which are
  /// standard normal.
  package func quantity(of variable: DrawKey.Variable) -> Quantity? {
    switch variable {
    case .input(let name): inputs.first { $0.name == name }?.quantity
    case .optimismCommonShare: optimismCommonShare
    case .creditCorrelation: creditCorrelation
    case .factorLoading(let name): factors.first { $0.name == name }?.loading
    case .eventProbability(let name): events.first { $0.name == name }?.annualProbability
    case .supportTerm(let term, _):
      // Where several arms state the term there are several numbers, and none is asked for.
      ([support?.terms] + [support?.calibratedArm.terms] + arms.map(\.terms)).compactMap {
        $0?.quantity(term)
      }.first(where: \.drawsItself)
    default: nil
    }
  }
}

/// Which draws of a run come from second streams in place of the first ones.
package enum DrawSelection: Sendable, Equatable {
  case none
  /// All that is not drawn once per path.
  case belowProgramme
  case groups([DrawGroup])
  case all

  /// Complexity: O(groups).
  package func contains(_ key: DrawKey) -> Bool {
    switch self {
    case .none: false
    case .belowProgramme: key.entity != .programme
    case .groups(let groups): groups.contains(key.group)
    case .all: true
    }
  }
}
