// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import RenkeiStatistics

/// Every column of the result files about support.
extension ResultTables {
  static func effects() -> ResultTable<ArmEntry<EffectRow>> {
    ResultTable(
      columns: [
        arm(),
        baselineArm { $0.row.baselineArm },
        .key("metric", "what is compared, at the end of the horizon") {
          .text($0.row.metric.rawValue)
        },
        .key("unit", "`yen`, `plans` or `probability`") { .text($0.row.metric.unit) },
        .value("baseline_mean", "mean under the baseline arm") { .number($0.row.baselineMean) },
        .value("arm_mean", "mean under the arm") { .number($0.row.armMean) },
        .value("difference", "mean of arm - baseline arm, path by path") {
          .number($0.row.difference)
        },
      ]
        + interval("of the difference, paired") { row in
          EstimateError(
            standardError: row.row.standardError, low: row.row.interval95?.lowerBound,
            high: row.row.interval95?.upperBound)
        } + [
          .value("probability_positive", "share of the paths on which the arm has more") {
            .number($0.row.probabilityPositive)
          }
        ],
      rows: { $0.moneyEntries(\.effects) })
  }

  static func publicCost() -> ResultTable<ArmEntry<PublicCostRow>> {
    ResultTable(
      columns: [
        arm(),
        basis { $0.row.basis },
        .key(
          "component",
          "part of the cost; gross = the first seven, fees subtracted; net = gross - extra_tax; the "
            + "rest are memo items"
        ) { .text($0.row.component.rawValue) },
      ] + statistics { $0.row.amount },
      rows: { $0.moneyEntries(\.publicCost) })
  }

  static func costEffectiveness() -> ResultTable<ArmEntry<CostEffectivenessRow>> {
    ResultTable(
      columns: [
        arm(),
        baselineArm { $0.row.baselineArm },
        basis { $0.row.basis },
        .key("metric", "the ratio of means") { .text($0.row.metric.rawValue) },
        .value("value", "the ratio; empty where its denominator is 0") {
          optional($0.row.ratio.value)
        },
      ]
        + interval("of the ratio (Fieller)") { row in
          EstimateError(
            standardError: row.row.standardError, low: row.row.interval95?.low,
            high: row.row.interval95?.high)
        } + [
          .value(
            "interval_kind",
            "`bounded`: from low to high; `outside`: up to low or from high on; `unbounded`: every "
              + "ratio"
          ) { row in row.row.interval95.map { .text($0.kind.rawValue) } ?? .empty }
        ],
      rows: { $0.moneyEntries(\.costEffectiveness) })
  }

  static func loans() -> ResultTable<ArmEntry<LoanRow>> {
    ResultTable(
      columns: [
        arm(),
        .key("loan", "`policy_loan` or `private_loan`") { .text($0.row.book.loan) },
        .key("year", yearMeaning) { .integer($0.row.year) },
        .key("bearer", "who bears the losses: `public`, `guarantor` or `lender`") {
          .text($0.row.book.bearer)
        },
        .key(
          "item",
          "closing = opening + drawn - repaid - defaulted; defaulted = recovered + written_off"
        ) { .text($0.row.item.rawValue) },
      ] + statistics { $0.row.amount },
      rows: { $0.moneyEntries(\.loans) })
  }

  static func planFinance() -> ResultTable<ArmEntry<PlanFinanceRow>> {
    ResultTable(
      columns: [
        arm(),
        planID { $0.row.planID },
        .value("investment_mean_yen", unit: "yen", "mean investment that the plan needs") {
          .number($0.row.investmentMeanYen)
        },
        .value("scale_mean", "mean part of it that is made") { .number($0.row.scaleMean) },
        .value("default_probability", "share of the paths on which a loan defaults") {
          .number($0.row.defaultProbability)
        },
        .value(
          "exposure_at_default_yen", unit: "yen", "mean balance that defaults, where one does"
        ) { optional($0.row.exposureAtDefaultYen) },
        .value("expected_loss_yen", unit: "yen", "mean loss on its loans, whoever bears it") {
          .number($0.row.expectedLossYen)
        },
        .value("dscr_p05", "5% quantile of the least debt-service coverage of a path") {
          optional($0.row.coverageP05)
        },
        .value("dscr_p50", "its median; over the paths with debt service, 0 where below") {
          optional($0.row.coverageP50)
        },
        .value("liquidity_gap_probability", "share of the paths on which cash runs out") {
          .number($0.row.liquidityGapProbability)
        },
        .value(
          "liquidity_gap_mean_yen", unit: "yen", "mean of the largest gap, where there is one"
        ) { optional($0.row.liquidityGapMeanYen) },
        .value("failed_hazard", "share of the paths on which the business fails by hazard") {
          .number($0.row.failedHazard)
        },
        .value("failed_cash", "share of the paths on which it fails for want of cash") {
          .number($0.row.failedCash)
        },
        .value(
          "probability_profitable", "share of the paths with a profit after tax over the horizon"
        ) { .number($0.row.probabilityProfitable) },
      ],
      rows: { $0.moneyEntries(\.plans) })
  }

  static func attribution() -> ResultTable<AttributionRow> {
    ResultTable(
      columns: [
        .key("arm", "support package") { .text($0.arm) },
        baselineArm { $0.baselineArm },
        .key("metric", "what is explained, at the end of the horizon") {
          .text($0.metric.rawValue)
        },
        .key("measure", "the measure; `total` for all of them together") {
          .text($0.measure?.rawValue ?? AttributionRow.totalLabel)
        },
        .value("shapley", "mean contribution, in the metric's unit; they sum to the total") {
          .number($0.shapley)
        },
      ]
        + interval("of the contribution, paired") { row in
          let ends = row.standardError.map { Interval(around: row.shapley, standardError: $0) }
          return EstimateError(
            standardError: row.standardError, low: ends?.low, high: ends?.high)
        } + [
          .value("first_in", "what the measure adds to no measure at all") {
            optional($0.firstIn)
          },
          .value("last_in", "what the arm loses without the measure") { optional($0.lastIn) },
          .value("share", "part of the total; empty where that is 0") { optional($0.share) },
          .value("paths", "paths simulated for the attribution") { .integer($0.paths) },
        ],
      rows: { AnySequence($0.attribution ?? []) })
  }

  /// Standard error and 95% interval of an estimate; nil where they mean nothing or have no end.
  private struct EstimateError {
    let standardError: Double?
    let low: Double?
    let high: Double?
  }

  private static func interval<Row>(
    _ estimate: String, _ error: @escaping @Sendable (Row) -> EstimateError
  ) -> [ResultColumn<Row>] {
    [
      .value("standard_error", "Monte Carlo standard error \(estimate)") {
        optional(error($0).standardError)
      },
      .value("ci95_low", "lower end of its 95% interval") { optional(error($0).low) },
      .value("ci95_high", "upper end of its 95% interval") { optional(error($0).high) },
    ]
  }

  private static func statistics<Row>(
    _ amount: @escaping @Sendable (Row) -> AmountSummary
  ) -> [ResultColumn<Row>] {
    moments(amount) + quantiles(SimulationResult.planQuantileLevels, amount)
  }

  private static func baselineArm<Row>(
    _ name: @escaping @Sendable (Row) -> String
  ) -> ResultColumn<Row> {
    .key("baseline_arm", "support package that it is compared with") { .text(name($0)) }
  }

  private static func basis<Row>(
    _ basis: @escaping @Sendable (Row) -> CostBasis
  ) -> ResultColumn<Row> {
    .key("basis", "`horizon`, or `life` with the run-off of loans after it") {
      .text(basis($0).rawValue)
    }
  }
}
