// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiStatistics

/// Answers about the money of one arm.
public struct FinanceResult: Sendable {
  /// Against the baseline arm; empty for that arm itself, and where it does not run.
  public let effects: [EffectRow]
  public let publicCost: [PublicCostRow]
  public let costEffectiveness: [CostEffectivenessRow]
  public let loans: [LoanRow]
  /// In the plan list's order.
  public let plans: PlanTable<PlanFinanceRow>
  /// Only of the calibrated arm, where a lack of cash can end a plan.
  public let survival: SurvivalCalibration?
}

/// How many plans survive the horizon, beside what the stated failure probabilities alone say: a
/// lack of cash that ends plans comes on top of those.
public struct SurvivalCalibration: Sendable {
  public let planCount: Int
  /// Mean over the paths, failures of either cause counted.
  public let simulatedPlans: Double
  /// Σ over plans of E[Π(1 − f)].
  public let statedPlans: Double
}

/// What an arm changes, as a paired difference from the baseline arm.
public struct EffectRow: Sendable {
  public let baselineArm: String
  public let metric: EffectMetric
  public let baselineMean: Double
  public let armMean: Double
  public let difference: Double
  /// Nil, as the interval, where revenue has no variance.
  public let standardError: Double?
  public let interval95: ClosedRange<Double>?
  /// Share of the paths on which the arm is above the baseline arm.
  public let probabilityPositive: Double
}

/// One line of the public cost, in yen of present value.
public struct PublicCostRow: Sendable {
  public let basis: CostBasis
  public let component: CostComponent
  public let amount: AmountSummary
}

/// What public money costs or buys, as a ratio of means.
public struct CostEffectivenessRow: Sendable {
  public let baselineArm: String
  public let basis: CostBasis
  public let metric: EffectivenessMetric
  public let ratio: RatioEstimate
  /// Whether the ratio has an error to speak of: not where revenue has no variance.
  public let hasVariance: Bool
  /// Of the interval: with Student's quantile where errors come from few units.
  var confidence = ConfidenceLevel.ninetyFive

  /// Linearised; nil where there is no variance or the denominator is 0.
  public var standardError: Double? { hasVariance ? ratio.standardError : nil }

  /// Fieller's 95% interval; nil where there is no variance.
  public var interval95: (kind: RatioEstimate.IntervalKind, low: Double?, high: Double?)? {
    hasVariance ? ratio.interval(confidence) : nil
  }
}

public struct LoanRow: Sendable {
  public let book: LoanBook
  /// 1…H.
  public let year: Int
  public let item: LoanItem
  /// Yen.
  public let amount: AmountSummary
}

/// The money of one plan. Amounts are in yen.
public struct PlanFinanceRow: Sendable {
  public let planIndex: Int
  public let planID: String
  /// Investment that is needed, and the part of it that is made.
  public let investmentMeanYen: Double
  public let scaleMean: Double
  /// P(a loan balance defaults within the horizon).
  public let defaultProbability: Double
  /// Mean balance where there is a default; nil where there is none.
  public let exposureAtDefaultYen: Double?
  /// Mean loss, whoever bears it.
  public let expectedLossYen: Double
  /// Quantiles of the least debt-service coverage of a path, over paths with debt service.
  public let coverageP05: Double?
  public let coverageP50: Double?
  public let liquidityGapProbability: Double
  /// Mean of the largest gap where there is one; nil where there is none.
  public let liquidityGapMeanYen: Double?
  /// P(failed by the horizon), by cause.
  public let failedHazard: Double
  public let failedCash: Double
  /// P(profit after tax over the horizon > 0).
  public let probabilityProfitable: Double
}
