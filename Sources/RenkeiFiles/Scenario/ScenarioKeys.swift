// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// Every key of the scenario file.
package enum ScenarioKeys {
  /// The only version of the file format so far.
  package static let formatVersion = 1

  /// The keys at the top of the file, in the order of the reference page.
  package static let root: [ScenarioKey] = [
    format, extends, title, startYear, horizonYears, goal, simulation, report, plans, optimism,
    credit, factors, events, inputs, correlations, support, arms, calibratedTo, baselineArm,
  ]

  static let format = ScenarioKey(
    "renkei", .whole(formatVersion...formatVersion), "version of the file format",
    isRequired: true)
  static let extends = ScenarioKey(
    "extends", .text, "file over which this one is laid, relative to this one")
  static let title = ScenarioKey(
    "title", .text, "name of the scenario in reports", standard: "the file's name")
  static let startYear = ScenarioKey(
    "start_year", .whole(1...9_999), "calendar label of year 1", standard: "1")
  static let horizonYears = ScenarioKey(
    "horizon_years", .whole(1...50, unit: "years"), "number of simulated years", standard: "5")

  static let goal = ScenarioKey(
    "goal", .map([cumulativeRevenueYen, goalProbability]), "what the programme wants to reach")
  static let cumulativeRevenueYen = ScenarioKey(
    "cumulative_revenue_yen", .number(ValueRange(above: 0, through: 1e18), unit: "yen"),
    "revenue of all plans over the horizon", isRequired: true)
  static let goalProbability = ScenarioKey(
    "probability", .number(ValueRange(above: 0, below: 1), unit: "probability"),
    "how sure the programme wants to be, the target of `renkei solve`")

  static let simulation = ScenarioKey(
    "simulation", .map([paths, seed, sampling]), "how paths are drawn")
  static let paths = ScenarioKey(
    "paths", .whole(SimulationSettings.pathRange), "number of Monte Carlo paths",
    standard: "\(SimulationSettings().paths)")
  static let seed = ScenarioKey(
    "seed", .seed, "number from which all draws follow", standard: "\(SimulationSettings().seed)")
  static let sampling = ScenarioKey(
    "sampling", .choice(SamplingDesign.allCases.map(\.rawValue)),
    "sampling design of the draws that all plans share",
    standard: SimulationSettings().sampling.rawValue)

  static let report = ScenarioKey(
    "report", .map([groups, quantiles]), "what result files break down")
  static let groups = ScenarioKey(
    "groups", .groupings, "columns of the plan list, numeric ones with edges of bins")
  static let quantiles = ScenarioKey(
    "quantiles", .levels, "quantile levels; 0.05, 0.5 and 0.95 are always there",
    standard: "[0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95]")

  static let plans = ScenarioKey(
    "plans",
    .map([planFile, planEncoding, planRows, planCount, targetScale, defaults, segments]),
    "the plans and their inputs", isRequired: true,
    rule: .exactlyOne([planFile.name, planRows.name]))
  static let planFile = ScenarioKey(
    "file", .text, "CSV file of the plan list, relative to the file that states it")
  static let planEncoding = ScenarioKey(
    "encoding", .choice(TextEncoding.names), "how the characters of the file are encoded",
    standard: TextEncoding.utf8.rawValue)
  static let planRows = ScenarioKey(
    "list", .rows, "the plans themselves, instead of a file")
  static let planCount = ScenarioKey(
    "count", .whole(1...10_000_000, unit: "plans"),
    "number of plans like those listed: copies with luck of their own, or a part of the list",
    standard: "the plans listed")
  static let targetScale = ScenarioKey(
    "target_scale", .number(ValueRange(above: 0, through: 1e6), unit: "share"),
    "factor on the end target of every plan", standard: "1")
  static let defaults = ScenarioKey(
    "defaults", .map(planInputs), "inputs of every plan that does not state its own")
  static let segments = ScenarioKey(
    "segments", .named(.map([segmentWhere, segmentSet, segmentMultiply])),
    "rules for the plans that meet conditions, in file order",
    rule: .atLeastOne([segmentSet.name, segmentMultiply.name]))
  static let segmentWhere = ScenarioKey(
    "where", .conditions, "conditions on columns of the plan list", isRequired: true)
  static let segmentSet = ScenarioKey(
    "set", .map(planInputs + supportInputs + [cashFailure]), "inputs that are replaced")
  static let segmentMultiply = ScenarioKey(
    "multiply", .map(planInputFactors), "factors on inputs")
  /// How a condition compares a column's numbers or excludes texts.
  static let comparisons: [ScenarioKey] = [
    ScenarioKey("at_most", .number(anyNumber, unit: ""), "largest number that matches"),
    ScenarioKey("at_least", .number(anyNumber, unit: ""), "smallest number that matches"),
    ScenarioKey("not", .words, "texts that do not match"),
  ]

  static let optimism = ScenarioKey(
    "optimism", .map([commonShare]), "optimism that all plans share")
  static let commonShare = ScenarioKey(
    "common_share", .quantity(ValueRange(from: 0, through: 1), unit: "share", level: .programme),
    "share of the variance of attainment's normal score", standard: "0")
  static let credit = ScenarioKey("credit", .map([creditCorrelation]), "failures in common")
  static let creditCorrelation = ScenarioKey(
    "correlation", .quantity(ValueRange(from: 0, below: 1), unit: "share", level: .programme),
    "correlation of the failure clocks", standard: "0.05")

  static let factors = ScenarioKey(
    "factors", .named(.map([loading, factorCorrelation, autocorrelation, by])),
    "year-level factors behind the revenue shocks",
    rule: .exactlyOne([loading.name, factorCorrelation.name]))
  static let loading = ScenarioKey(
    "loading", .quantity(ValueRange(above: -1, below: 1), unit: "", level: .programme),
    "loading of every plan's shock on the factor")
  static let factorCorrelation = ScenarioKey(
    "correlation", .quantity(ValueRange(from: 0, below: 1), unit: "share", level: .programme),
    "the loading squared, instead of the loading")
  static let autocorrelation = ScenarioKey(
    "autocorrelation", .number(ValueRange(above: -1, below: 1), unit: ""),
    "correlation of the factor with its value a year before", standard: "0")
  static let by = ScenarioKey("by", .text, "column with one factor per value")

  static let events = ScenarioKey(
    "events", .named(.map([annualProbability, scope, durationYears, eventMultiplier])),
    "risk events that lower or raise the revenue of all plans in scope")
  static let annualProbability = ScenarioKey(
    "annual_probability",
    .quantity(ValueRange(from: 0, through: 1), unit: "probability", level: .programme),
    "probability of striking within a year", isRequired: true)
  static let scope = ScenarioKey(
    "scope", .scope, "the plans that an event touches", standard: "all")
  static let durationYears = ScenarioKey(
    "duration_years", .wholeOrWord(EventDuration.yearRange, word: "permanent"),
    "years that a strike lasts, its own included", standard: "1")
  static let eventMultiplier = ScenarioKey(
    "multiplier", .quantity(ValueRange(from: 0, through: 1e6), unit: "share", level: .year),
    "factor on the revenue level while a strike lasts", isRequired: true)

  static let inputs = ScenarioKey(
    "inputs", .named(.quantity(anyNumber, unit: "", level: .programme)),
    "programme-level uncertain numbers, used as $name")
  static let correlations = ScenarioKey(
    "correlations", .map([rankCorrelations, normalScoreCorrelations, repair]),
    "correlations between named inputs; pairs that are not stated are uncorrelated")
  static let rankCorrelations = ScenarioKey(
    "rank", .inputPairs(coefficientRange), "Spearman's rank correlations")
  static let normalScoreCorrelations = ScenarioKey(
    "normal_score", .inputPairs(coefficientRange), "correlations of the inputs' normal scores")
  static let repair = ScenarioKey(
    "repair", .choice(["none", nearestRepair]),
    "what to do about correlations that contradict each other: refuse them or take the nearest",
    standard: "none")
  static let nearestRepair = "nearest"
  static let coefficientRange = ValueRange(from: -1, through: 1)

  static let arms = ScenarioKey(
    "arms", .named(.arm, fewest: 1), "support packages that are compared",
    standard: "{as_planned: []}")

  /// Keys of `plans.defaults`, also of a segment's `set`; columns of the plan list bear their names.
  static let planInputs: [ScenarioKey] =
    numericPlanInputs + [ramp, shock, annualFailureProbability]

  /// One key per input of revenue, as it declares itself.
  static let numericPlanInputs: [ScenarioKey] = PlanInput.revenueInputs.map {
    numeric($0, name: $0.rawValue)
  }

  /// One key per input of the money of plans, under its name in segments and plan lists.
  static let supportInputs: [ScenarioKey] = PlanInput.supportInputs.map {
    numeric($0, name: $0.rawValue)
  }

  /// The keys of a plan's own row.
  static let columnInputs: [ScenarioKey] = planInputs + supportInputs + [cashFailure]

  static func numeric(_ input: PlanInput, name: String) -> ScenarioKey {
    let declaration = input.declaration
    let kind: ScenarioKey.Kind =
      if input.allowsShares {
        .amount(declaration.range, unit: declaration.unit)
      } else if declaration.mayBeUncertain {
        .quantity(declaration.range, unit: declaration.unit, level: .plan)
      } else if declaration.isWhole {
        .whole(
          Int(declaration.range.lower)...Int(declaration.range.upper), unit: declaration.unit)
      } else {
        .number(declaration.range, unit: declaration.unit)
      }
    return ScenarioKey(
      name, kind, declaration.summary,
      standard: declaration.standardValue.map { PlainDecimal.text($0) ?? "" })
  }

  /// What `multiply` can put on each of them.
  static let planInputFactors: [ScenarioKey] = PlanInput.allCases.map { input in
    ScenarioKey(
      input.rawValue,
      input.declaration.mayBeUncertain
        ? .quantity(factorRange, unit: "share", level: .plan) : .number(factorRange, unit: "share"),
      "factor on: " + input.declaration.summary)
  }

  static let ramp = ScenarioKey(
    "ramp", .ramp, "how revenue grows to the end target", standard: "linear")
  static let shock = ScenarioKey(
    "shock", .shock, "family of the idiosyncratic yearly shock", standard: "normal")
  static let annualFailureProbability = ScenarioKey(
    "annual_failure_probability",
    .yearlyQuantities(ValueRange(from: 0, below: 1), level: .plan),
    "probability of failing within plan year 1, 2, …; the last value repeats", standard: "0")

  /// Constant factors of a segment.
  static let factorRange = ValueRange(from: 0, through: 1e6)

  /// For numbers that only have to be finite.
  static let anyNumber = ValueRange(
    from: -Double.greatestFiniteMagnitude, through: .greatestFiniteMagnitude)
}
