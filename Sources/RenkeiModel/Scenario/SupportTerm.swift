// SPDX-License-Identifier: GPL-3.0-or-later

/// A number of the support block that holds for the whole programme: rates, ceilings, terms and
/// effect sizes. An arm may change it by `set`.
///
/// The one declaration that readers, validation, the engines and the documentation share, as
/// ``PlanInput`` is for numbers that plans have of their own.
public enum SupportTerm: Hashable, Sendable {
  case discountRate
  case fundingRate
  case privateLoanCrowdIn
  case privateLoanRate
  case privateLoanTermYears
  case privateLoanGraceYears
  case subsidyRate
  case subsidyEligibleShare
  case subsidyCapYen
  case subsidyFloorYen
  case subsidyPaidAfterYears
  case policyLoanCapYen
  case policyLoanBaseRate
  case policyLoanSpecialDiscount
  case policyLoanSpecialLimitYen
  case policyLoanTermYears
  case policyLoanGraceYears
  case guaranteeCoverage
  case guaranteeFeeRate
  case guaranteeCapYen
  case taxEligibleShare
  case taxMinimumYen
  case taxCreditRate
  case taxCreditLimit
  case taxCarryForwardYears
  case taxSpecialDepreciation
  case effect(SupportMeasure, SupportEffect)

  /// Annual rates: more than all of a balance cannot be lost in a year.
  public static let rateRange = ValueRange(above: -1, through: 10)

  private static let shareRange = ValueRange(from: 0, through: 1)
  private static let yenRange = ValueRange(from: 0, through: 1e15)

  /// Where the term stands below `support`, such as `subsidy.cap_yen`.
  public var path: String { entry.path }

  /// What may be stated for the term. The standard value is nil where leaving the term out means
  /// that there is no such limit, or, for the funding rate, the discount rate.
  public var declaration: PlanInput.Declaration { entry.declaration }

  /// Whether an arm may change it: the two public rates value all arms alike.
  public var mayDiffer: Bool { self != .discountRate && self != .fundingRate }

  private typealias Entry = (path: String, declaration: PlanInput.Declaration)

  private var entry: Entry {
    switch self {
    case .discountRate: rate("discount_rate", "rate at which public cost is discounted", 0)
    case .fundingRate:
      rate("funding_rate", "the government's cost of funds; the discount rate if left out", nil)
    case .privateLoanCrowdIn:
      uncertain(
        "private_loan.crowd_in", "private loan that follows each yen of policy loan",
        ValueRange(from: -10, through: 10), 0, unit: "")
    case .privateLoanRate: rate("private_loan.rate", "interest of private loans", 0)
    case .privateLoanTermYears: years("private_loan.term_years", "years to maturity", from: 1, 1)
    case .privateLoanGraceYears:
      years("private_loan.grace_years", "years of interest only", from: 0, 0)
    case .subsidyRate:
      uncertain(
        "subsidy.rate", "largest share of the eligible cost that is granted", Self.shareRange, nil)
    case .subsidyEligibleShare:
      uncertain(
        "subsidy.eligible_share", "share of the investment that is eligible", Self.shareRange, 1)
    case .subsidyCapYen: yen("subsidy.cap_yen", "largest grant")
    case .subsidyFloorYen: yen("subsidy.floor_yen", "smallest grant that is made", standard: 0)
    case .subsidyPaidAfterYears:
      years("subsidy.paid_after_years", "years from the plan's start to the payment", from: 0, 1)
    case .policyLoanCapYen: yen("policy_loan.cap_yen", "largest loan")
    case .policyLoanBaseRate: rate("policy_loan.base_rate", "interest without the discount", 0)
    case .policyLoanSpecialDiscount:
      uncertain(
        "policy_loan.special_discount", "reduction of the base rate up to the special limit",
        ValueRange(from: 0, through: 1), 0)
    case .policyLoanSpecialLimitYen:
      yen("policy_loan.special_limit_yen", "part of the loan that gets the discount")
    case .policyLoanTermYears: years("policy_loan.term_years", "years to maturity", from: 1, 1)
    case .policyLoanGraceYears:
      years("policy_loan.grace_years", "years of interest only", from: 0, 0)
    case .guaranteeCoverage:
      uncertain(
        "guarantee.coverage", "share of the guaranteed loan that the guarantor bears",
        Self.shareRange, 1)
    case .guaranteeFeeRate:
      uncertain(
        "guarantee.fee_rate", "yearly fee on the guaranteed balance", Self.shareRange, 0)
    case .guaranteeCapYen: yen("guarantee.cap_yen", "largest loan that is guaranteed")
    case .taxEligibleShare:
      uncertain(
        "tax_incentive.eligible_share", "share of the investment that is eligible",
        Self.shareRange, 1)
    case .taxMinimumYen:
      yen("tax_incentive.minimum_yen", "eligible cost from which the relief is given", standard: 0)
    case .taxCreditRate:
      uncertain(
        "tax_incentive.credit_rate", "credit as a share of the eligible cost", Self.shareRange, 0)
    case .taxCreditLimit:
      uncertain(
        "tax_incentive.credit_limit", "largest share of a year's tax that is credited",
        Self.shareRange, 1)
    case .taxCarryForwardYears:
      years("tax_incentive.carry_forward_years", "years an unused credit lasts", from: 0, 0)
    case .taxSpecialDepreciation:
      uncertain(
        "tax_incentive.special_depreciation", "extra first-year depreciation of the eligible cost",
        Self.shareRange, 0)
    case .effect(let measure, let effect): Self.effectEntry(measure, effect)
    }
  }

  private func rate(_ path: String, _ summary: String, _ standard: Double?) -> Entry {
    uncertain(path, summary, Self.rateRange, standard, unit: "per year")
  }

  private func uncertain(
    _ path: String, _ summary: String, _ range: ValueRange, _ standard: Double?,
    unit: String = "share"
  ) -> Entry {
    (
      path,
      PlanInput.Declaration(
        summary: summary, unit: unit, range: range, standardValue: standard, mayBeUncertain: true,
        isWhole: false)
    )
  }

  private func yen(_ path: String, _ summary: String, standard: Double? = nil) -> Entry {
    (
      path,
      PlanInput.Declaration(
        summary: summary, unit: "yen", range: Self.yenRange, standardValue: standard,
        mayBeUncertain: false, isWhole: false)
    )
  }

  private func years(
    _ path: String, _ summary: String, from least: Double, _ standard: Double
  ) -> Entry {
    (
      path,
      PlanInput.Declaration(
        summary: summary, unit: "years", range: ValueRange(from: least, through: 50),
        standardValue: standard, mayBeUncertain: false, isWhole: true)
    )
  }

  private static func effectEntry(_ measure: SupportMeasure, _ effect: SupportEffect) -> Entry {
    let (summary, range): (String, ValueRange) =
      switch effect {
      case .logAttainment:
        ("added to log attainment at full coverage", ValueRange(from: -20, through: 20))
      case .launchOddsRatio:
        ("factor on the launch odds at full coverage", ValueRange(above: 0, through: 1e6))
      case .hazardRatio:
        ("factor on the failure hazard at full coverage", ValueRange(above: 0, through: 1e6))
      case .delayMultiplier:
        ("factor on the launch delay at full coverage", ValueRange(above: 0, through: 1e3))
      }
    return (
      "\(measure.rawValue).effects.\(effect.rawValue)",
      PlanInput.Declaration(
        summary: summary, unit: "", range: range, standardValue: effect.nullValue,
        mayBeUncertain: true, isWhole: false)
    )
  }
}

extension SupportTerm: CaseIterable {
  /// In the order of the reference page.
  public static let allCases: [SupportTerm] =
    [
      .discountRate, .fundingRate, .privateLoanCrowdIn, .privateLoanRate, .privateLoanTermYears,
      .privateLoanGraceYears, .subsidyRate, .subsidyEligibleShare, .subsidyCapYen,
      .subsidyFloorYen, .subsidyPaidAfterYears, .policyLoanCapYen, .policyLoanBaseRate,
      .policyLoanSpecialDiscount, .policyLoanSpecialLimitYen, .policyLoanTermYears,
      .policyLoanGraceYears, .guaranteeCoverage, .guaranteeFeeRate, .guaranteeCapYen,
      .taxEligibleShare, .taxMinimumYen, .taxCreditRate, .taxCreditLimit, .taxCarryForwardYears,
      .taxSpecialDepreciation,
    ]
    + SupportMeasure.allCases.flatMap { measure in
      SupportEffect.allCases.map { .effect(measure, $0) }
    }
}

/// A word of the support block that an arm may change by `set`.
public enum SupportChoice: String, CaseIterable, Sendable {
  case privateLoanMethod = "private_loan.method"
  case policyLoanMethod = "policy_loan.method"
  case taxChoice = "tax_incentive.choice"

  /// Where it stands below `support`.
  public var path: String { rawValue }

  /// What may be stated; the first holds where nothing is.
  public var words: [String] {
    self == .taxChoice
      ? TaxChoice.allCases.map(\.rawValue) : RepaymentMethod.allCases.map(\.rawValue)
  }
}
