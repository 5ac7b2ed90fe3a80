// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// Every column of the result files about revenue, and what the columns of all files share.
enum ResultTables {
  static func portfolio(_ result: SimulationResult) -> ResultTable<ArmEntry<PortfolioRow>> {
    let startYear = result.startYear
    return ResultTable(
      columns: [
        arm(),
        .key("measure", measureMeaning) { .text($0.row.measure.rawValue) },
        .key("year", yearMeaning) { .integer($0.row.year) },
        .key("calendar_year", "calendar label of the year") {
          .integer(startYear + $0.row.year - 1)
        },
      ] + moments(\.row.amount) + quantiles(result.quantileLevels, \.row.amount)
        + [errorUnit(result)],
      rows: { $0.entries(\.portfolio) })
  }

  static func goal(_ result: SimulationResult) -> ResultTable<ArmEntry<GoalRow>> {
    ResultTable(
      columns: [
        arm(),
        .value("goal_yen", unit: "yen", "goal for the total over the horizon") {
          .number($0.row.goalYen)
        },
        .value("promised_yen", unit: "yen", "sum of what the plans promise over the horizon") {
          .number($0.row.promisedYen)
        },
        .value("probability", "share of the paths whose total reaches the goal") {
          .number($0.row.probability)
        },
        .value("standard_error", "Monte Carlo standard error of the probability") {
          .number($0.row.standardError)
        },
        .value("ci95_low", "lower end of its 95% interval") {
          .number($0.row.interval95.lowerBound)
        },
        .value("ci95_high", "upper end of its 95% interval") {
          .number($0.row.interval95.upperBound)
        },
        .value("hits", "paths whose total reaches the goal") { .integer($0.row.hits) },
        .value("paths", "paths simulated") { .integer($0.row.paths) },
        .value("mean_gap_to_goal_yen", unit: "yen", "mean of max(0, goal - total)") {
          .number($0.row.meanGapYen)
        },
        .value("cvar95_gap_to_goal_yen", unit: "yen", "mean of the worst 5% of the gaps") {
          .number($0.row.cvar95GapYen)
        },
        .value("attainment_ratio_mean", "mean of total / promised") {
          optional($0.row.attainmentRatioMean)
        },
        errorUnit(result),
      ],
      rows: { result in result.entries { arm in arm.goal.map { [$0] } ?? [] } })
  }

  static func plans() -> ResultTable<ArmEntry<PlanResultRow>> {
    ResultTable(
      columns: [
        arm(),
        planID { $0.row.planID },
        .key("measure", measureMeaning) { .text($0.row.measure.rawValue) },
        .key("year", yearMeaning) { .integer($0.row.year) },
      ] + moments(\.row.amount) + quantiles(SimulationResult.planQuantileLevels, \.row.amount) + [
        .value("probability_active", "share of the paths with revenue above 0") {
          .number($0.row.probabilityActive)
        },
        .value("probability_target_met", "share of the paths with at least what was promised") {
          optional($0.row.probabilityTargetMet)
        },
      ],
      rows: { $0.entries(\.plans) })
  }

  static func groups(_ result: SimulationResult) -> ResultTable<ArmEntry<GroupRow>> {
    ResultTable(
      columns: [
        arm(),
        .key("group_by", "column of the plan list that makes the groups") {
          .text($0.row.groupBy)
        },
        .key("group", "value or bin of that column") { .text($0.row.group) },
        .key("measure", measureMeaning) { .text($0.row.measure.rawValue) },
        .key("year", yearMeaning) { .integer($0.row.year) },
        .value("plan_count", "number of plans in the group") { .integer($0.row.planCount) },
      ] + moments(\.row.amount) + quantiles(result.quantileLevels, \.row.amount),
      rows: { $0.entries(\.groups) })
  }

  static func counts() -> ResultTable<ArmEntry<CountRow>> {
    ResultTable(
      columns: [
        arm(),
        .key("year", yearMeaning) { .integer($0.row.year) },
        .key("metric", "which plans are counted") { .text($0.row.metric.rawValue) },
        .value("mean", unit: "plans", "mean number of plans") { .number($0.row.mean) },
        .value("standard_deviation", unit: "plans", "standard deviation over the paths") {
          .number($0.row.standardDeviation)
        },
        .value("standard_error", unit: "plans", "Monte Carlo standard error of the mean") {
          .number($0.row.standardError)
        },
        .value("p05", unit: "plans", "5% quantile") { .integer($0.row.p05) },
        .value("p50", unit: "plans", "median") { .integer($0.row.p50) },
        .value("p95", unit: "plans", "95% quantile") { .integer($0.row.p95) },
      ],
      rows: { $0.entries(\.counts) })
  }

  static func contributions() -> ResultTable<ArmEntry<ContributionRow>> {
    ResultTable(
      columns: [
        arm(),
        .key("group_by", "`plan`, or a column of the plan list") { .text($0.row.groupBy) },
        .key("group", "the plan's name, or the group's label") { .text($0.row.group) },
        .value("mean_yen", unit: "yen", "mean total over the horizon") {
          .number($0.row.meanYen)
        },
        .value("share", "share of the portfolio's mean") { optional($0.row.share) },
        .value(
          "sd_contribution_yen", unit: "yen",
          "covariance with the portfolio's total over its standard deviation; plans sum to that"
        ) { optional($0.row.euler?.standardDeviationYen) },
      ] + allocation("gap_contribution_yen", "the mean gap to the goal", "") { $0.row.euler?.gap }
        + allocation(
          "cvar95_gap_contribution_yen", "the mean of the worst 5% of the gaps", "cvar95_gap_"
        ) { $0.row.euler?.tail } + [
          .value("rank", "1 for the largest mean") { .integer($0.row.rank) }
        ],
      rows: { $0.entries(\.contributions) })
  }

  /// A part of a gap with its error.
  private static func allocation(
    _ name: String, _ whole: String, _ prefix: String,
    _ gap: @escaping @Sendable (ArmEntry<ContributionRow>) -> AllocatedGap?
  ) -> [ResultColumn<ArmEntry<ContributionRow>>] {
    [
      .value(name, unit: "yen", "share of \(whole) (goal x share of the promise - own total)") {
        optional(gap($0)?.yen)
      },
      .value(
        prefix.isEmpty ? "standard_error" : prefix + "standard_error_yen",
        unit: prefix.isEmpty ? "" : "yen", "Monte Carlo standard error of it, in yen"
      ) { optional(gap($0)?.standardError) },
      .value(prefix + "ci95_low", "lower end of its 95% interval, in yen") {
        optional(gap($0)?.interval95.lowerBound)
      },
      .value(prefix + "ci95_high", "upper end of its 95% interval, in yen") {
        optional(gap($0)?.interval95.upperBound)
      },
    ]
  }

  static func varianceSplit() -> ResultTable<ArmEntry<VarianceSplitRow>> {
    ResultTable(
      columns: [
        arm(),
        .key("metric", "figure at the end of the horizon") { .text($0.row.metric.rawValue) },
        .key(
          "source",
          "`parameter`: drawn once per path; `natural`: all other draws; `monte_carlo_error`: of "
            + "the estimated mean, beside the other two"
        ) { .text($0.row.source.rawValue) },
        .value("variance", "variance over the paths that it makes, in the metric's unit squared") {
          .number($0.row.variance)
        },
        .value("share", "fraction of the variance over the paths") { optional($0.row.share) },
        .value("standard_error", "Monte Carlo standard error of the share") {
          optional($0.row.standardError)
        },
        .value("ci95_low", "lower end of the share's 95% interval") {
          optional($0.row.interval95?.lowerBound)
        },
        .value("ci95_high", "upper end of the share's 95% interval") {
          optional($0.row.interval95?.upperBound)
        },
      ],
      rows: { $0.entries(\.varianceSplit) })
  }

  static func exceedance() -> ResultTable<ArmEntry<ExceedanceRow>> {
    ResultTable(
      columns: [
        arm(),
        .key("threshold_yen", "total over the horizon, in yen") {
          .number($0.row.thresholdYen)
        },
        .value("probability", "share of the paths whose total is at least the threshold") {
          .number($0.row.probability)
        },
      ],
      rows: { $0.entries(\.exceedance) })
  }

  private static let measureMeaning = "`annual`, or `cumulative` for all years to date"
  static let yearMeaning = "1 to the horizon"

  static func arm<Row>() -> ResultColumn<ArmEntry<Row>> {
    .key("arm", "support package") { .text($0.arm) }
  }

  /// The same in every row.
  private static func errorUnit<Row>(_ result: SimulationResult) -> ResultColumn<Row> {
    let unit = result.errorUnit.rawValue
    return .value("error_unit", "independent units that errors are computed from") { _ in
      .text(unit)
    }
  }

  static func planID<Row>(_ id: @escaping @Sendable (Row) -> String) -> ResultColumn<Row> {
    .key("plan_id", "the plan's name in the plan list") { .text(id($0)) }
  }

  static func moments<Row>(
    _ amount: @escaping @Sendable (Row) -> AmountSummary
  ) -> [ResultColumn<Row>] {
    [
      .value("mean_yen", unit: "yen", "mean over the paths") { .number(amount($0).mean) },
      .value("standard_deviation_yen", unit: "yen", "standard deviation over the paths") {
        .number(amount($0).standardDeviation)
      },
      .value(
        "standard_error_yen", unit: "yen",
        "Monte Carlo standard error of the mean; empty where there is no finite variance"
      ) { optional(amount($0).standardError) },
    ]
  }

  /// Empty cells where quantiles were left out.
  static func quantiles<Row>(
    _ levels: [Double], _ amount: @escaping @Sendable (Row) -> AmountSummary
  ) -> [ResultColumn<Row>] {
    levels.enumerated().map { index, level in
      .value(
        DecimalText.quantileColumn(level: level), unit: "yen",
        "quantile at \(DecimalText.shortest(level)) of the paths"
      ) { row in
        let quantiles = amount(row).quantiles
        return index < quantiles.count ? .number(quantiles[index]) : .empty
      }
    }
  }

  static func optional(_ value: Double?) -> ResultCell {
    value.map { .number($0) } ?? .empty
  }
}
