// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiStatistics

@testable import RenkeiModel

/// A small result with support made by hand: two arms, two years from 2005, 1,000 paths.
enum SampleFinance {
  static func outcome(
    ratio: RatioEstimate? = SampleFinance.bounded, hasVariance: Bool = true,
    attribution: Bool = true
  ) -> SimulationOutcome {
    let plain = SampleResult.outcome(hasVariance: hasVariance, arms: ["full", "none"])
    let arms = plain.result.arms.map { arm in
      ArmResult(
        arm: arm.arm, portfolio: arm.portfolio, goal: arm.goal, plans: arm.plans,
        groups: arm.groups,
        counts: arm.counts + [
          CountRow(
            year: 2, metric: .failedCash, mean: 0.25, standardDeviation: 0.5,
            standardError: 0.015625, p05: 0, p50: 0, p95: 1)
        ],
        contributions: arm.contributions, exceedance: arm.exceedance,
        finance: finance(isBaseline: arm.arm == "none", ratio, hasVariance))
    }
    let result = SimulationResult(
      title: plain.result.title, startYear: 2005, horizonYears: 2, paths: 1_000, seed: 20_051_003,
      quantileLevels: [0.05, 0.5, 0.95], hasPlanQuantiles: true, arms: arms)
    let outcome = SimulationOutcome(
      result: result, engine: "reference", engineSeconds: 0.25, instructionSet: "",
      tablesHash: 0)
    return attribution ? outcome.adding(rows) : outcome
  }

  /// 1/4, 95% interval 0.1 apart on either side.
  static let bounded = RatioEstimate(
    numerator: 1, denominator: 4, numeratorVariance: 0.0625, denominatorVariance: 0, covariance: 0)
  /// The denominator may be 0, the ratio may not.
  static let outside = RatioEstimate(
    numerator: 4, denominator: 1, numeratorVariance: 0, denominatorVariance: 1, covariance: 0)
  static let unbounded = RatioEstimate(
    numerator: 1, denominator: 1, numeratorVariance: 1, denominatorVariance: 1, covariance: 0)
  static let undefined = RatioEstimate(
    numerator: 1, denominator: 0, numeratorVariance: 1, denominatorVariance: 0, covariance: 0)

  private static func finance(
    isBaseline: Bool, _ ratio: RatioEstimate?, _ hasVariance: Bool
  ) -> FinanceResult {
    let scale = isBaseline ? 0.0 : 1.0
    let costs: [(CostComponent, Double)] = [
      (.subsidyPaid, 40e6), (.guaranteeFees, 1e6), (.gross, 39e6), (.extraTax, 9e6), (.net, 30e6),
    ]
    let books: [(LoanBook, Double)] = [
      (.policyLoan, scale), (.privateLoanGuarantor, scale / 2), (.privateLoanLender, 1),
    ]
    return FinanceResult(
      effects: isBaseline ? [] : effects(hasVariance),
      publicCost: costs.map {
        PublicCostRow(basis: .life, component: $0.0, amount: amount($0.1 * scale, hasVariance))
      },
      costEffectiveness: isBaseline
        ? []
        : [ratio].compactMap { $0 }.map {
          CostEffectivenessRow(
            baselineArm: "none", basis: .life, metric: .costPerExtraYen, ratio: $0,
            hasVariance: hasVariance)
        },
      loans: books.flatMap { book, part in
        [(LoanItem.drawn, 64e6), (.defaulted, 16e6), (.writtenOff, 8e6)].map {
          LoanRow(book: book, year: 2, item: $0.0, amount: amount($0.1 * part, hasVariance))
        }
      },
      plans: [
        PlanFinanceRow(
          planIndex: 0, planID: "P1", investmentMeanYen: 80e6, scaleMean: 0.75,
          defaultProbability: 0.25, exposureAtDefaultYen: 32e6, expectedLossYen: 4e6,
          coverageP05: 0.5, coverageP50: 1.5, liquidityGapProbability: 0.125,
          liquidityGapMeanYen: 2e6, failedHazard: 0.125, failedCash: 0.0625,
          probabilityProfitable: 0.5),
        PlanFinanceRow(
          planIndex: 1, planID: "P2", investmentMeanYen: 0, scaleMean: 1,
          defaultProbability: 0, exposureAtDefaultYen: nil, expectedLossYen: 0,
          coverageP05: nil, coverageP50: nil, liquidityGapProbability: 0,
          liquidityGapMeanYen: nil, failedHazard: 0.125, failedCash: 0,
          probabilityProfitable: 0.5),
      ],
      survival: isBaseline
        ? nil : SurvivalCalibration(planCount: 2, simulatedPlans: 1.25, statedPlans: 1.5))
  }

  private static func effects(_ hasVariance: Bool) -> [EffectRow] {
    func row(
      _ metric: EffectMetric, _ baseline: Double, _ difference: Double, _ error: Double,
      _ positive: Double
    ) -> EffectRow {
      EffectRow(
        baselineArm: "none", metric: metric, baselineMean: baseline,
        armMean: baseline + difference, difference: difference,
        standardError: hasVariance ? error : nil,
        interval95: hasVariance ? (difference - 2 * error)...(difference + 2 * error) : nil,
        probabilityPositive: positive)
    }
    return [
      row(.cumulativeRevenue, 3e9, 1e9, 0.125e9, 0.75),
      row(.goalProbability, 0.125, 0.25, 0.0625, 0.25),
      row(.launched, 1, 0, 0, 0), row(.surviving, 1, 0.25, 0.0625, 0.25),
    ]
  }

  private static func amount(_ mean: Double, _ hasVariance: Bool) -> AmountSummary {
    AmountSummary(
      mean: mean, standardDeviation: mean / 4, standardError: hasVariance ? mean / 128 : nil,
      quantiles: [mean / 2, mean, mean * 2])
  }

  private static var rows: [AttributionRow] {
    rows(.cumulativeRevenue, subsidy: 768e6, advice: 256e6)
      + rows(.surviving, subsidy: 0.1875, advice: 0.0625)
      + rows(.netPublicCost, subsidy: 40e6, advice: -10e6)
  }

  private static func rows(
    _ metric: AttributionMetric, subsidy: Double, advice: Double
  ) -> [AttributionRow] {
    let total = subsidy + advice
    func row(_ measure: SupportMeasure?, _ value: Double) -> AttributionRow {
      AttributionRow(
        arm: "full", baselineArm: "none", metric: metric, measure: measure, shapley: value,
        standardError: value.magnitude / 16, firstIn: measure == nil ? nil : value,
        lastIn: measure == nil ? nil : value / 2, share: value / total, paths: 500)
    }
    return [row(.subsidy, subsidy), row(.advice, advice), row(nil, total)]
  }
}
