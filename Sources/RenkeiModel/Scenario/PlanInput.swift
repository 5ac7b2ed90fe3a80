// SPDX-License-Identifier: GPL-3.0-or-later

/// A numeric input that every plan has: the one declaration that readers, validation, the engines
/// and the documentation share.
///
/// Its raw value is the key below `plans.defaults`, in a segment's `set` and `multiply`, and the
/// name of the plan list's column.
public enum PlanInput: String, CaseIterable, Sendable {
  case endTargetYen = "end_target_yen"
  case periodYears = "period_years"
  case startOffsetYears = "start_offset_years"
  case growthAfterPlan = "growth_after_plan"
  case attainment = "attainment"
  case launchProbability = "launch_probability"
  case launchOddsRatio = "launch_odds_ratio"
  case launchDelayYears = "launch_delay_years"
  case annualShockSD = "annual_shock_sd"
  case investmentYen = "investment_yen"
  case ownFundsYen = "own_funds_yen"
  case margin
  case otherBusinessCashYen = "other_business_cash_yen"
  case fixedCostYen = "fixed_cost_yen"
  case creditLineYen = "credit_line_yen"
  case scaleElasticity = "scale_elasticity"
  case taxRate = "tax_rate"
  case privateLoanAmountYen = "private_loan_amount_yen"
  case privateLoanLossGivenDefault = "private_loan_loss_given_default"
  case subsidyTakeUp = "subsidy_take_up"
  case subsidyAmountYen = "subsidy_amount_yen"
  case policyLoanTakeUp = "policy_loan_take_up"
  case policyLoanAmountYen = "policy_loan_amount_yen"
  case policyLoanLossGivenDefault = "policy_loan_loss_given_default"
  case guaranteeTakeUp = "guarantee_take_up"
  case taxIncentiveTakeUp = "tax_incentive_take_up"
  case adviceTakeUp = "advice_take_up"
  case adviceCostYen = "advice_cost_yen"

  /// What may be stated for the input and what holds when nothing is.
  public struct Declaration: Sendable {
    /// One line for the reference page.
    public let summary: String
    /// Unit, for example `yen/year`; empty for a pure number.
    public let unit: String
    public let range: ValueRange
    /// The value of a plan for which nothing is stated; nil where stating one is required.
    public let standardValue: Double?
    /// Whether a distribution or a named input may stand for the number.
    public let mayBeUncertain: Bool
    /// Whether only whole numbers make sense.
    public let isWhole: Bool
  }

  public var declaration: Declaration {
    switch self {
    case .endTargetYen:
      Declaration(
        summary: "revenue of the plan's last year as certified", unit: "yen/year",
        range: ValueRange(above: 0, through: 1e15), standardValue: nil, mayBeUncertain: true,
        isWhole: false)
    case .periodYears:
      Declaration(
        summary: "length of the plan; the programme certifies 3 to 5", unit: "years",
        range: ValueRange(from: 1, through: 50), standardValue: 5, mayBeUncertain: false,
        isWhole: true)
    case .startOffsetYears:
      Declaration(
        summary: "years from the scenario's start to the plan's start", unit: "years",
        range: ValueRange(from: 0, through: 50), standardValue: 0, mayBeUncertain: false,
        isWhole: false)
    case .growthAfterPlan:
      Declaration(
        summary: "yearly growth of the promised level after the plan's last year", unit: "per year",
        range: ValueRange(above: -1, through: 10), standardValue: 0, mayBeUncertain: true,
        isWhole: false)
    case .attainment:
      Declaration(
        summary: "realised over promised revenue level, one draw per plan", unit: "share",
        range: ValueRange(from: 0, through: 1e6), standardValue: 1, mayBeUncertain: true,
        isWhole: false)
    case .launchProbability:
      Declaration(
        summary: "probability that the plan ever sells", unit: "probability",
        range: ValueRange(from: 0, through: 1), standardValue: 1, mayBeUncertain: true,
        isWhole: false)
    case .launchOddsRatio:
      Declaration(
        summary: "factor on the odds of the launch probability", unit: "",
        range: ValueRange(above: 0, through: 1e6), standardValue: 1, mayBeUncertain: true,
        isWhole: false)
    case .launchDelayYears:
      Declaration(
        summary: "delay of the whole ramp", unit: "years",
        range: ValueRange(from: 0, through: 1e3), standardValue: 0, mayBeUncertain: true,
        isWhole: false)
    case .annualShockSD:
      Declaration(
        summary: "standard deviation of the yearly log revenue shock", unit: "per √year",
        range: ValueRange(from: 0, through: 5), standardValue: 0, mayBeUncertain: true,
        isWhole: false)
    default: supportDeclaration
    }
  }
}

extension PlanInput {
  /// Declarations by ``ordinal``: building one for every number of a long list would be slow.
  private static let declarations = allCases.map(\.declaration)

  /// Place among all inputs.
  var ordinal: Int {
    switch self {
    case .endTargetYen: 0
    case .periodYears: 1
    case .startOffsetYears: 2
    case .growthAfterPlan: 3
    case .attainment: 4
    case .launchProbability: 5
    case .launchOddsRatio: 6
    case .launchDelayYears: 7
    case .annualShockSD: 8
    default: 9 + (Self.supportInputs.firstIndex(of: self) ?? 0)
    }
  }

  /// Whether a fixed number may be stated for the input.
  package func admits(_ value: Double) -> Bool {
    let declaration = Self.declarations[ordinal]
    return declaration.range.contains(value)
      && (!declaration.isWhole || value == value.rounded())
  }
}

/// The closed or half-open range in which a number must lie.
public struct ValueRange: Sendable, Equatable {
  public let lower: Double
  public let upper: Double
  public let includesLower: Bool
  public let includesUpper: Bool

  public init(from lower: Double, through upper: Double) {
    (self.lower, self.upper, includesLower, includesUpper) = (lower, upper, true, true)
  }

  public init(above lower: Double, through upper: Double) {
    (self.lower, self.upper, includesLower, includesUpper) = (lower, upper, false, true)
  }

  public init(from lower: Double, below upper: Double) {
    (self.lower, self.upper, includesLower, includesUpper) = (lower, upper, true, false)
  }

  public init(above lower: Double, below upper: Double) {
    (self.lower, self.upper, includesLower, includesUpper) = (lower, upper, false, false)
  }

  /// Whether `value` is finite and inside the range.
  public func contains(_ value: Double) -> Bool {
    value.isFinite && (includesLower ? value >= lower : value > lower)
      && (includesUpper ? value <= upper : value < upper)
  }
}

extension ValueRange: CustomStringConvertible {
  public var description: String {
    func text(_ x: Double) -> String {
      guard x == x.rounded(), abs(x) <= 1e18 else { return "\(x)" }
      var (digits, exponent) = (Int(x), 0)
      while digits != 0, digits % 10 == 0 { (digits, exponent) = (digits / 10, exponent + 1) }
      return exponent < 6 ? "\(Int(x))" : "\(digits)e\(exponent)"
    }
    return (includesLower ? "from " : "above ") + text(lower)
      + (includesUpper ? " to " : " to below ") + text(upper)
  }
}
