// SPDX-License-Identifier: GPL-3.0-or-later

extension PlanInput {
  /// The inputs behind a plan's revenue.
  public static let revenueInputs = allCases.filter { $0.supportPath == nil }

  /// The inputs behind a plan's money: stated below `support`, or by segments and cells like any
  /// other. Resolved only for scenarios with a `support` block.
  public static let supportInputs = allCases.filter { $0.supportPath != nil }

  /// Where the input stands below `support`, such as `subsidy.amount_yen`; nil for the inputs of
  /// revenue, which stand in `plans.defaults`.
  public var supportPath: String? {
    switch self {
    case .endTargetYen, .periodYears, .startOffsetYears, .growthAfterPlan, .attainment,
      .launchProbability, .launchOddsRatio, .launchDelayYears, .annualShockSD:
      nil
    case .investmentYen, .ownFundsYen, .margin, .otherBusinessCashYen, .fixedCostYen,
      .creditLineYen, .scaleElasticity, .taxRate:
      "finance." + rawValue
    case .privateLoanAmountYen: "private_loan.amount_yen"
    case .privateLoanLossGivenDefault: "private_loan.loss_given_default"
    case .subsidyTakeUp: "subsidy.take_up"
    case .subsidyAmountYen: "subsidy.amount_yen"
    case .policyLoanTakeUp: "policy_loan.take_up"
    case .policyLoanAmountYen: "policy_loan.amount_yen"
    case .policyLoanLossGivenDefault: "policy_loan.loss_given_default"
    case .guaranteeTakeUp: "guarantee.take_up"
    case .taxIncentiveTakeUp: "tax_incentive.take_up"
    case .adviceTakeUp: "advice.take_up"
    case .adviceCostYen: "advice.cost_yen"
    }
  }

  /// Whether `{share_of_target: x}` and `{share_of_investment: x}` may stand for the amount.
  public var allowsShares: Bool { supportPath != nil && rawValue.hasSuffix("_yen") }

  /// Shares of a target or investment that may be stated.
  public static let shareRange = ValueRange(from: 0, through: 1e3)

  /// The values allowed for a number that is measured in `basis`.
  func range(_ basis: AmountBasis) -> ValueRange {
    basis == .stated ? declaration.range : Self.shareRange
  }

  /// Whether it is the probability of receiving a measure.
  public var isTakeUp: Bool { SupportMeasure.allCases.contains { $0.takeUpInput == self } }

  /// The declarations of ``supportInputs``.
  var supportDeclaration: Declaration {
    switch self {
    case .investmentYen: amount("investment that the plan needs at its start")
    case .ownFundsYen: amount("the firms' own funds for it")
    case .margin:
      number("contribution margin: part of revenue left after variable cost", -1, 1, standard: 0)
    case .otherBusinessCashYen:
      amount("cash a year from the firms' other business, after its tax", unit: "yen/year")
    case .fixedCostYen:
      amount("fixed cost at the end target's scale, in proportion to the ramp", unit: "yen/year")
    case .creditLineYen: amount("overdraft that can be used")
    case .scaleElasticity:
      number(
        "elasticity of revenue to the funded share of the investment", 0, 10, standard: 0.5,
        unit: "")
    case .taxRate:
      Declaration(
        summary: "tax on the plan's profit", unit: "share", range: ValueRange(from: 0, below: 1),
        standardValue: 0, mayBeUncertain: true, isWhole: false)
    case .privateLoanAmountYen: amount("private loan without any support")
    case .subsidyAmountYen: amount("subsidy that the plan asks for")
    case .policyLoanAmountYen: amount("policy loan that the plan asks for")
    case .adviceCostYen: amount("public cost of advising the plan, once")
    case .privateLoanLossGivenDefault, .policyLoanLossGivenDefault:
      number("share of a defaulted balance that is lost", 0, 1, standard: 1)
    default:
      number(
        "probability of receiving the measure where offered", 0, 1, standard: 1,
        unit: "probability")
    }
  }

  private func amount(_ summary: String, unit: String = "yen") -> Declaration {
    Declaration(
      summary: summary, unit: unit, range: ValueRange(from: 0, through: 1e15), standardValue: 0,
      mayBeUncertain: true, isWhole: false)
  }

  private func number(
    _ summary: String, _ low: Double, _ high: Double, standard: Double,
    unit: String = "share"
  ) -> Declaration {
    Declaration(
      summary: summary, unit: unit, range: ValueRange(from: low, through: high),
      standardValue: standard, mayBeUncertain: true, isWhole: false)
  }
}
