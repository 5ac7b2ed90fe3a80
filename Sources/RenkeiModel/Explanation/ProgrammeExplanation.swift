// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

extension Scenario {
  /// Every value of the scenario that does not belong to a single plan.
  ///
  /// - Parameter model: what this scenario resolved to.
  /// Complexity: O(keys + segments × plans).
  public func explanation(of model: ProjectionModel) -> Explanation {
    var builder = ExplanationBuilder(self, model)
    builder.addFrame()
    builder.addPlanDefaults()
    builder.addSegments()
    builder.addProgramme()
    builder.addSupport(model)
    builder.addArms(model)
    return Explanation(rows: builder.rows)
  }
}

extension ExplanationBuilder {
  /// Title, years, goal, simulation and report.
  fileprivate mutating func addFrame() {
    add("title", text: scenario.title, from: source("title"))
    add("start_year", number: Double(scenario.startYear.value), from: source("start_year"))
    add(
      "horizon_years", number: Double(scenario.horizonYears.value), unit: "years",
      from: source("horizon_years"))
    let goal = "goal.cumulative_revenue_yen"
    if let stated = scenario.goalYen {
      add(goal, number: stated.value, unit: "yen", from: source(goal))
    } else {
      add(goal, text: "none", unit: "yen", from: .standard)
    }
    let probability = "goal.probability"
    if let stated = scenario.goalProbability {
      add(probability, number: stated, unit: "probability", from: source(probability))
    } else {
      add(probability, text: "none", unit: "probability", from: .standard)
    }
    let settings = scenario.simulation
    add(
      "simulation.paths", number: Double(settings.paths), unit: "paths",
      from: source("simulation.paths"))
    // A seed can have more digits than a Double holds.
    add("simulation.seed", text: "\(settings.seed)", from: source("simulation.seed"))
    add(
      "simulation.sampling", text: settings.sampling.rawValue, from: source("simulation.sampling"))
    let groupings = scenario.report.groupings.map(\.value.words)
    add(
      "report.groups", text: groupings.isEmpty ? "none" : groupings.joined(separator: ", "),
      from: source("report.groups"))
    add(
      "report.quantiles",
      text: scenario.report.quantileLevels.map(plain).joined(separator: ", "),
      from: source("report.quantiles"))
  }

  /// What holds for a plan that states nothing itself and meets no segment.
  fileprivate mutating func addPlanDefaults() {
    let file = scenario.places["plans.file"] ?? scenario.places["plans.list"]
    add(
      "plans", text: "\(scenario.plans.rows.count) from \(scenario.plans.source)",
      from: file.map { .scenario($0) } ?? .computed)
    add(
      "plans.target_scale", number: scenario.targetScale?.value ?? 1, unit: "share",
      from: source("plans.target_scale"))
    let (prefix, defaults) = ("plans.defaults.", scenario.defaults)
    for input in PlanInput.revenueInputs {
      let declaration = input.declaration
      if let stated = defaults.numbers[input] {
        add(
          prefix + input.rawValue, stated.value, unit: declaration.unit, level: .plan,
          from: .plan(.defaults, stated.location))
      } else if let standard = declaration.standardValue {
        add(
          prefix + input.rawValue, number: standard, unit: declaration.unit, from: .standard)
      } else {
        add(
          prefix + input.rawValue, text: "stated by each plan", unit: declaration.unit,
          from: .computed)
      }
    }
    add(
      prefix + "ramp", text: (defaults.ramp?.value ?? .linear).words,
      from: defaults.ramp.map { .plan(.defaults, $0.location) } ?? .standard)
    add(
      prefix + "shock", text: (defaults.shock?.value ?? .normal).words, level: .planYear,
      from: defaults.shock.map { .plan(.defaults, $0.location) } ?? .standard)
    let failure = defaults.annualFailureProbability
    addFailure(
      prefix + "annual_failure_probability", failure?.value ?? [.constant(0)],
      from: failure.map { .plan(.defaults, $0.location) } ?? .standard)
  }

  /// Each segment with the plans it concerns and what it changes for them.
  fileprivate mutating func addSegments() {
    for segment in scenario.segments {
      let prefix = "plans.segments.\(segment.name)."
      let count = scenario.plans.rows.count { row in
        segment.conditions.allSatisfy { $0.isMet(by: row) }
      }
      let conditions = segment.conditions.map(\.words).joined(separator: "; ")
      add(
        prefix + "where",
        text: "\(conditions): \(count) of \(scenario.plans.rows.count) plans",
        from: .scenario(segment.conditions.first?.location ?? segment.location))
      let settings = segment.settings
      for input in PlanInput.allCases {
        guard let stated = settings.numbers[input] else { continue }
        let basis = settings.bases[input] ?? .stated
        add(
          prefix + "set." + input.rawValue, stated.value,
          unit: basis.unit ?? input.declaration.unit, level: .plan,
          from: .plan(.segment(segment.name), stated.location))
      }
      if let ramp = settings.ramp {
        add(
          prefix + "set.ramp", text: ramp.value.words,
          from: .plan(.segment(segment.name), ramp.location))
      }
      if let shock = settings.shock {
        add(
          prefix + "set.shock", text: shock.value.words, level: .planYear,
          from: .plan(.segment(segment.name), shock.location))
      }
      if let failure = settings.annualFailureProbability {
        addFailure(
          prefix + "set.annual_failure_probability", failure.value,
          from: .plan(.segment(segment.name), failure.location))
      }
      if let cash = settings.cashFailure {
        add(
          prefix + "set.cash_failure", text: cash.value.rawValue,
          from: .plan(.segment(segment.name), cash.location))
      }
      for (input, factor) in segment.multipliers {
        add(
          prefix + "multiply." + input.rawValue, factor.value, level: .plan,
          from: .plan(.segment(segment.name), factor.location))
      }
    }
  }

  /// Common risks, factors, events and named inputs.
  fileprivate mutating func addProgramme() {
    add(
      "optimism.common_share", scenario.optimismCommonShare.value, level: .programme,
      from: source("optimism.common_share"))
    add(
      "credit.correlation", scenario.creditCorrelation.value, level: .programme,
      from: source("credit.correlation"))
    for factor in scenario.factors {
      let prefix = "factors.\(factor.name)."
      add(
        factor.loadingKey, factor.loading.value, level: .programme,
        from: .scenario(factor.loading.location))
      add(
        prefix + "autocorrelation", number: factor.autocorrelation.value,
        from: source(prefix + "autocorrelation"))
      add(
        prefix + "by", text: factor.by?.value ?? "one factor for all plans", level: .year,
        from: source(prefix + "by"))
    }
    for event in scenario.events {
      let prefix = "events.\(event.name)."
      add(
        prefix + "annual_probability", event.annualProbability.value, level: .programme,
        from: .scenario(event.annualProbability.location))
      add(prefix + "scope", text: event.scope.value.label, from: source(prefix + "scope"))
      switch event.duration.value {
      case .years(let years):
        add(
          prefix + "duration_years", number: Double(years), unit: "years",
          from: source(prefix + "duration_years"))
      case .permanent:
        add(
          prefix + "duration_years", text: "permanent", from: source(prefix + "duration_years"))
      }
      add(
        prefix + "multiplier", event.multiplier.value, level: .year,
        from: .scenario(event.multiplier.location))
    }
    addInputs()
  }

  /// Named inputs and what is correlated about them.
  private mutating func addInputs() {
    for input in scenario.inputs {
      add(
        "inputs.\(input.name)", input.quantity.value, level: .programme,
        from: .scenario(input.quantity.location))
    }
    guard let correlations = scenario.correlations else { return }
    for pair in correlations.pairs {
      add(
        "correlations.\(pair.measure.rawValue)",
        text: "\(pair.first.value) with \(pair.second.value): \(plain(pair.coefficient.value))",
        level: .programme, from: .scenario(pair.location))
    }
    add(
      "correlations.repair", text: correlations.repairsToNearest ? "nearest" : "none",
      from: source("correlations.repair"))
  }

  /// One row where every year has the same value, else one for each stated year.
  mutating func addFailure(
    _ key: String, _ years: [Quantity], from source: Explanation.Source
  ) {
    if Set(years.map(\.words)).count == 1 {
      add(key, years[0], unit: "per year", level: .plan, from: source)
      return
    }
    for (index, quantity) in years.enumerated() {
      add(
        "\(key)[\(index + 1)]", quantity, unit: "per year", level: .plan,
        from: failureYear(index, of: source))
    }
  }

  /// The place of one year in a list of failure probabilities whose last value repeats.
  private func failureYear(_ year: Int, of list: Explanation.Source) -> Explanation.Source {
    guard case .plan(let origin, _) = list else { return list }
    let prefix: String
    switch origin {
    case .defaults: prefix = "plans.defaults."
    case .segment(let name): prefix = "plans.segments.\(name).set."
    case .standard, .plan, .arm: return list
    }
    let places = (0...year).reversed().lazy.compactMap { index in
      scenario.places["\(prefix)annual_failure_probability[\(index + 1)]"]
    }
    return places.first.map { .plan(origin, $0) } ?? list
  }
}
