// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

extension Scenario {
  /// Every input of one plan: after defaults, segments and the plan's own row.
  ///
  /// - Parameters:
  ///   - plan: one of the plans of `model`.
  ///   - model: what this scenario resolved to.
  /// Complexity: O(inputs + segments).
  public func explanation(of plan: ResolvedPlan, in model: ProjectionModel) -> Explanation {
    var builder = ExplanationBuilder(self, model)
    guard let row = plans.rows.first(where: { $0.id == plan.id }) else {
      preconditionFailure("plan \(plan.id) is not one of the scenario's")
    }
    let matches = segments.indices.filter { index in
      segments[index].conditions.allSatisfy { $0.isMet(by: row) }
    }
    builder.addIdentity(row, segments: matches.map { segments[$0].name })
    // Resolved anew for this plan: a model of a million plans has no room for every provenance.
    var inputs = PlanInputResolution(
      defaults: defaults.completed(by: support), segments: segments, table: builder.table,
      targetScale: targetScale)
    var problems = ProblemList()
    for input in support == nil ? PlanInput.revenueInputs : PlanInput.allCases {
      if let quantity = inputs.resolve(
        input, own: row.settings.numbers[input], matches: matches, &problems)
      {
        builder.add(
          input, quantity, basis: inputs.basis(input, row: row, matches: matches))
      }
    }
    if let finance = plan.finance {
      builder.add(
        "cash_failure", text: finance.cashFailure.rawValue,
        from: Explanation.Source(finance.cashFailureProvenance))
    }
    builder.addCurves(plan)
    builder.addFactors(plan, model)
    builder.addEvents(plan)
    builder.add(
      "promise", number: plan.promisedTotal, unit: "yen over the horizon", from: .computed)
    return Explanation(rows: builder.rows)
  }
}

extension ExplanationBuilder {
  /// Id, name and the segments whose conditions the plan meets.
  fileprivate mutating func addIdentity(_ row: PlanRow, segments: [String]) {
    let place = Explanation.Source.plan(.plan, row.location)
    add("plan_id", text: row.id, from: place)
    add("name", text: row.name, from: place)
    add(
      "segments", text: segments.isEmpty ? "none" : segments.joined(separator: ", "),
      from: .computed)
  }

  fileprivate mutating func addCurves(_ plan: ResolvedPlan) {
    add("ramp", text: plan.ramp.words, from: Explanation.Source(plan.rampProvenance))
    add(
      "shock", text: plan.shock.words, level: .planYear,
      from: Explanation.Source(plan.shockProvenance))
    addFailure(
      "annual_failure_probability", plan.annualFailureProbability,
      from: Explanation.Source(plan.failureProvenance))
  }

  /// The events that can strike the plan.
  fileprivate mutating func addEvents(_ plan: ResolvedPlan) {
    for event in plan.events.map({ scenario.events[$0] }) {
      add(
        "events.\(event.name)", event.multiplier.value, level: .year,
        from: .scenario(event.location))
    }
  }

  /// The series of each factor that moves the plan.
  fileprivate mutating func addFactors(_ plan: ResolvedPlan, _ model: ProjectionModel) {
    for (factor, index) in zip(model.factors, plan.factorSeries) {
      let key = "factors.\(factor.name)"
      guard let index else {
        add(key, text: "not touched: the cell is empty", from: source(key))
        continue
      }
      let kind = factor.loadingIsCorrelation ? "correlation" : "loading"
      let series = factor.series[index]
      add(
        key,
        text: "\(kind) \(factor.loading.words)" + (series.isEmpty ? "" : ", shared in \(series)"),
        level: .year, from: source(key))
    }
  }
}
