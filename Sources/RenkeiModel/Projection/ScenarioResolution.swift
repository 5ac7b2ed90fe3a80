// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

extension Scenario {
  /// Resolves every plan's inputs and checks the whole, or reports every problem at once.
  ///
  /// Standard values, `plans.defaults`, segments in file order and the plan's own cells count in
  /// that order, the later wins; every value knows where it comes from.
  ///
  /// - Returns: the model that engines compute; it carries the warnings.
  /// - Throws: all errors and warnings, by place, when there is at least one error.
  /// Complexity: O(plans × (segments + factors + horizon)).
  public func resolved() throws(DiagnosticReport) -> ProjectionModel {
    var resolver = ScenarioResolver(self)
    return try resolver.resolve()
  }

  /// Checks what ``resolved()`` checks without keeping the plans: a list of a million of them needs
  /// no more memory than the list itself.
  ///
  /// - Throws: as `resolved()`.
  public func checked() throws(DiagnosticReport) -> ScenarioCheck {
    var resolver = ScenarioResolver(self)
    return try resolver.check()
  }
}

/// What is known of a scenario that has been checked.
public struct ScenarioCheck: Sendable {
  public let planCount: Int
  /// Promised revenue of all plans over the horizon in yen, added in the list's order.
  public let promisedYen: Double
  /// What is unusual but not wrong.
  public let warnings: [Diagnostic]
}

/// One pass from the stated scenario to the model, collecting problems on the way.
struct ScenarioResolver {
  let scenario: Scenario
  private var problems = ProblemList()

  init(_ scenario: Scenario) {
    self.scenario = scenario
  }

  mutating func resolve() throws(DiagnosticReport) -> ProjectionModel {
    var plans: [ResolvedPlan] = []
    plans.reserveCapacity(scenario.plans.rows.count)
    let frame = resolveFrame { plans.append($0) }
    let diagnostics = try finished()
    return ProjectionModel(
      title: scenario.title, startYear: scenario.startYear.value,
      horizonYears: scenario.horizonYears.value, goalYen: scenario.goalYen?.value,
      goalProbability: scenario.goalProbability, simulation: scenario.simulation,
      quantileLevels: scenario.report.quantileLevels,
      inputs: frame.table.inputs, correlations: frame.correlations,
      optimismCommonShare: scenario.optimismCommonShare.value,
      creditCorrelation: scenario.creditCorrelation.value, factors: frame.factors.factors,
      events: frame.events.events, plans: plans, groupings: frame.groupings,
      arms: frame.arms, support: frame.support, warnings: diagnostics)
  }

  mutating func check() throws(DiagnosticReport) -> ScenarioCheck {
    var (count, promised) = (0, 0.0)
    _ = resolveFrame { plan in
      count += 1
      promised += plan.promisedTotal
    }
    return ScenarioCheck(planCount: count, promisedYen: promised, warnings: try finished())
  }

  /// Everything but the plans.
  private struct Frame {
    let table: InputTable
    let correlations: ResolvedCorrelations?
    let factors: FactorResolution
    let events: EventResolution
    let groupings: [ResolvedGrouping]
    let support: ResolvedSupport?
    let arms: [ResolvedArm]
  }

  /// Resolves the frame and gives the plans to `body` one by one.
  private mutating func resolveFrame(
    _ body: (ResolvedPlan) -> Void
  ) -> Frame {
    checkFrame()
    let correlations = CorrelationResolution.resolve(
      scenario.correlations, inputs: scenario.inputs, &problems)
    let table = InputResolution.resolve(scenario.inputs, correlations, &problems)
    let statements = scenario.statements
    checkInputNames(statements)
    for statement in statements { table.check(statement, &problems) }
    let factors = FactorResolution(
      scenario.factors, plans: scenario.plans, table: table, &problems)
    let events = EventResolution(scenario.events, plans: scenario.plans, &problems)
    let groupings = GroupingResolution.resolve(
      scenario.report.groupings, plans: scenario.plans, &problems)
    let (support, arms) = SupportResolution.resolve(scenario, table: table, &problems)
    PlanResolution.resolve(
      scenario, table: table, factors: factors, events: events, &problems, body)
    return Frame(
      table: table, correlations: correlations, factors: factors, events: events,
      groupings: groupings, support: support, arms: arms)
  }

  private func finished() throws(DiagnosticReport) -> [Diagnostic] {
    let diagnostics = problems.sorted(mainFile: scenario.location.file)
    if problems.hasErrors { throw DiagnosticReport(diagnostics) }
    return diagnostics
  }

  /// Years, goal and plan ids.
  private mutating func checkFrame() {
    let horizon = scenario.horizonYears
    let horizonRange = ValueRange(from: 1, through: 50)
    if !horizonRange.contains(Double(horizon.value)) {
      problems.error(
        "out-of-range", at: horizon.location, key: "horizon_years", value: "\(horizon.value)",
        "is out of range", allowed: "a whole number " + horizonRange.description)
    }
    if let goal = scenario.goalYen, !(goal.value > 0 && goal.value.isFinite) {
      problems.error(
        "out-of-range", at: goal.location, key: "goal.cumulative_revenue_yen",
        value: Phrase.number(goal.value), "is out of range", allowed: "an amount above 0")
    }
    let simulation = scenario.simulation
    if let refusal = simulation.sampling.refusal(paths: simulation.paths) {
      problems.error(
        "too-few-paths", at: scenario.places["simulation.paths"] ?? scenario.location,
        key: "simulation.paths", value: "\(simulation.paths)", refusal,
        suggestion: "raise simulation.paths, or use 'sampling: random'")
    }
    let levels = scenario.report.quantileLevels
    if !levels.allSatisfy({ $0 > 0 && $0 < 1 }) || !zip(levels, levels.dropFirst()).allSatisfy(<) {
      problems.error(
        "out-of-range", at: scenario.location, key: "report.quantiles",
        value: levels.map(Phrase.number).joined(separator: ", "),
        "must be ascending levels", allowed: "ascending numbers above 0 to below 1")
    }
    if scenario.plans.rows.isEmpty {
      problems.error(
        "no-plans", at: SourceLocation(file: scenario.plans.source), key: "plans",
        "the plan list holds no plan", allowed: "at least one plan")
    }
    if !scenario.plans.hasDistinctIDs { checkIDs() }
  }

  private mutating func checkIDs() {
    var firstByID = [String: Int](minimumCapacity: scenario.plans.rows.count)
    for (index, row) in scenario.plans.rows.enumerated() {
      guard let first = firstByID.updateValue(index, forKey: row.id) else { continue }
      firstByID[row.id] = first
      problems.error(
        "duplicate-plan", at: row.location, key: "plan_id", value: row.id,
        "the plan is listed twice; first at \(scenario.plans.rows[first].location)")
    }
  }

  /// Every `$name` must be a named input, and every named input should be used.
  private mutating func checkInputNames(_ statements: [Statement]) {
    let names = scenario.inputs.map(\.name)
    let known = Set(names)
    var used = Set<String>()
    let reads =
      statements.map { ($0.key, $0.location, $0.quantity) }
      + scenario.inputs.map { ("inputs.\($0.name)", $0.quantity.location, $0.quantity.value) }
    for (key, location, quantity) in reads {
      for name in quantity.inputNames {
        used.insert(name)
        if known.contains(name) { continue }
        let meant = Suggestion.nearest(to: name, among: names)
        // The input that was probably meant is not to be called unused as well.
        if let meant { used.insert(meant) }
        problems.error(
          "unknown-input", at: location, key: key, value: "$" + name,
          names.isEmpty
            ? "reads a named input, but the scenario has none" : "no input has this name",
          allowed: names.isEmpty ? nil : names.map { "$" + $0 }.joined(separator: ", "),
          suggestion: meant.map { "did you mean '$\($0)'?" })
      }
    }
    for input in scenario.inputs where !used.contains(input.name) {
      problems.warn(
        "unused-input", at: input.quantity.location, key: "inputs.\(input.name)",
        "is never read: write $\(input.name) where it shall count")
    }
  }
}
