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
}

/// One pass from the stated scenario to the model, collecting problems on the way.
struct ScenarioResolver {
  let scenario: Scenario
  private var problems = ProblemList()

  init(_ scenario: Scenario) {
    self.scenario = scenario
  }

  mutating func resolve() throws(DiagnosticReport) -> ProjectionModel {
    checkFrame()
    let table = InputResolution.resolve(scenario.inputs, &problems)
    let statements = scenario.statements
    checkInputNames(statements)
    for statement in statements { table.check(statement, &problems) }
    let factors = FactorResolution(
      scenario.factors, plans: scenario.plans, table: table, &problems)
    let groupings = GroupingResolution.resolve(
      scenario.report.groupings, plans: scenario.plans, &problems)
    let (support, arms) = SupportResolution.resolve(scenario, table: table, &problems)
    let plans = PlanResolution.resolve(scenario, table: table, factors: factors, &problems)

    let diagnostics = problems.sorted(mainFile: scenario.location.file)
    if problems.hasErrors { throw DiagnosticReport(diagnostics) }
    return ProjectionModel(
      title: scenario.title, startYear: scenario.startYear.value,
      horizonYears: scenario.horizonYears.value, goalYen: scenario.goalYen?.value,
      simulation: scenario.simulation, quantileLevels: scenario.report.quantileLevels,
      inputs: table.inputs, optimismCommonShare: scenario.optimismCommonShare.value,
      creditCorrelation: scenario.creditCorrelation.value, factors: factors.factors, plans: plans,
      groupings: groupings, arms: arms, support: support, warnings: diagnostics)
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
    var firstByID: [String: SourceLocation] = [:]
    for row in scenario.plans.rows {
      if let first = firstByID[row.id] {
        problems.error(
          "duplicate-plan", at: row.location, key: "plan_id", value: row.id,
          "the plan is listed twice; first at \(first)")
      } else {
        firstByID[row.id] = row.location
      }
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
