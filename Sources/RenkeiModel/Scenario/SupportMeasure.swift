// SPDX-License-Identifier: GPL-3.0-or-later

/// A kind of public support that a programme can give to a plan.
public enum SupportMeasure: String, CaseIterable, Sendable {
  case subsidy
  case policyLoan = "policy_loan"
  case guarantee
  case taxIncentive = "tax_incentive"
  case advice

  /// The probability that a plan receives the measure where its arm offers it.
  public var takeUpInput: PlanInput {
    switch self {
    case .subsidy: .subsidyTakeUp
    case .policyLoan: .policyLoanTakeUp
    case .guarantee: .guaranteeTakeUp
    case .taxIncentive: .taxIncentiveTakeUp
    case .advice: .adviceTakeUp
    }
  }
}

/// What a measure changes in a plan beyond the money: the size is drawn once a path and acts in
/// proportion to the coverage, the part of the request that was granted.
public enum SupportEffect: String, CaseIterable, Sendable {
  /// Added to log attainment, times coverage.
  case logAttainment = "log_attainment"
  /// Factor on the launch odds, to the power of coverage.
  case launchOddsRatio = "launch_odds_ratio"
  /// Factor on every year's failure hazard, to the power of coverage.
  case hazardRatio = "hazard_ratio"
  /// Factor on the launch delay, to the power of coverage.
  case delayMultiplier = "delay_multiplier"

  /// The size without an effect: 0 where it is added, 1 where it multiplies.
  public var nullValue: Double { self == .logAttainment ? 0 : 1 }
}

/// What happens to loans that outlive the horizon.
public enum AfterHorizon: String, CaseIterable, Sendable {
  /// Interest, fees and expected losses to maturity at the last year's hazard.
  case runOff = "run_off"
  /// Every later payment is made.
  case performing
  /// Nothing after the horizon counts.
  case truncate
}

/// What a plan's lack of cash leads to.
public enum CashFailure: String, CaseIterable, Sendable {
  /// The gap is reported and nothing else happens.
  case report
  /// The business fails with the year in which the gap opens.
  case enforce
}

/// Which tax relief is chosen.
public enum TaxChoice: String, CaseIterable, Sendable {
  case credit
  case specialDepreciation = "special_depreciation"
}

/// What a stated amount is measured in.
public enum AmountBasis: Sendable, Equatable {
  /// The number as it stands: yen, or a pure number.
  case stated
  /// A share of the plan's end target.
  case target
  /// A share of the plan's investment.
  case investment

  /// The unit of a share; nil where the amount has its own.
  var unit: String? {
    switch self {
    case .stated: nil
    case .target: "of target"
    case .investment: "of investment"
    }
  }
}
