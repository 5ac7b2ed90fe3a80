// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

/// Puts the plans of a scenario together from their resolved inputs.
struct PlanResolution {
  private let scenario: Scenario
  private let factors: FactorResolution
  private var inputs: PlanInputResolution
  private var shocks = ShockResolution()
  private var promise: PromiseCalculation
  /// Money of plans that state none of it themselves, by the segments that apply to them: most plans
  /// share one.
  private var sharedFinance: [[Int]: PlanFinance] = [:]

  private init(_ scenario: Scenario, table: InputTable, factors: FactorResolution) {
    self.scenario = scenario
    self.factors = factors
    inputs = PlanInputResolution(
      defaults: scenario.defaults.completed(by: scenario.support), segments: scenario.segments,
      table: table)
    promise = PromiseCalculation(table: table, years: max(0, min(50, scenario.horizonYears.value)))
  }

  /// The plans in the list's order; those with errors are left out.
  static func resolve(
    _ scenario: Scenario, table: InputTable, factors: FactorResolution,
    _ problems: inout ProblemList
  ) -> [ResolvedPlan] {
    var resolution = PlanResolution(scenario, table: table, factors: factors)
    let matching = SegmentMatching(scenario.segments, plans: scenario.plans, &problems)
    resolution.checkCurves(&problems)
    var plans: [ResolvedPlan] = []
    plans.reserveCapacity(scenario.plans.rows.count)
    for (index, row) in scenario.plans.rows.enumerated() {
      let matches = matching.matches(row)
      if let plan = resolution.plan(row, index: index, matches: matches, &problems) {
        plans.append(plan)
      }
    }
    ProgrammeRules.check(plans, scenario, &problems)
    return plans
  }

  private mutating func plan(
    _ row: PlanRow, index: Int, matches: [Int], _ problems: inout ProblemList
  ) -> ResolvedPlan? {
    var values: [PlanInput: ResolvedQuantity] = [:]
    for input in PlanInput.revenueInputs {
      if let value = inputs.resolve(input, row: row, matches: matches, &problems) {
        values[input] = value
      }
    }
    if !isEndTargetStated(row, matches) {
      problems.error(
        "missing-end-target", at: row.location, key: PlanInput.endTargetYen.rawValue,
        "plan '\(row.id)' states no end target",
        allowed: PlanInput.endTargetYen.declaration.range.description + " yen/year")
    }
    let ramp = inputs.resolve(\.ramp, row: row, matches: matches)
    let shock = inputs.resolve(\.shock, row: row, matches: matches)
    let failure = inputs.resolve(\.annualFailureProbability, row: row, matches: matches)
    if let failure, failure.stated.value.isEmpty {
      problems.error(
        "empty-list", at: failure.stated.location, key: "annual_failure_probability",
        "the list is empty", allowed: "at least one probability")
      return nil
    }
    let series = factors.seriesByPlan[index]
    if let shock, let sd = values[.annualShockSD] {
      let common = zip(series, factors.leastSquaredLoadings)
        .reduce(0) { $0 + ($1.0 == nil ? 0 : $1.1) }
      shocks.check(
        shock.stated, planID: row.id, largestSD: sd.bounds.upperBound, leastCommonVariance: common,
        &problems)
    }
    guard let target = values[.endTargetYen], let growth = values[.growthAfterPlan],
      let attainment = values[.attainment], let launch = values[.launchProbability],
      let odds = values[.launchOddsRatio], let delay = values[.launchDelayYears],
      let sd = values[.annualShockSD], let period = whole(.periodYears, values),
      let start = number(.startOffsetYears, values), ramp?.stated.value.problem == nil
    else { return nil }
    checkMoments(attainment, of: .attainment, row, &problems)
    checkMoments(target, of: .endTargetYen, row, &problems)
    let curve = ramp?.stated.value ?? .linear
    let finance = finance(row, matches, &problems)
    if scenario.support != nil, finance == nil { return nil }
    guard
      let promised = promise.byYear(
        target: target, growth: growth, ramp: curve, periodYears: period, startOffsetYears: start,
        row: row, &problems)
    else { return nil }
    return ResolvedPlan(
      id: row.id, name: row.name, attributes: row.attributes, periodYears: period,
      startOffsetYears: start, ramp: curve, shock: shock?.stated.value ?? .normal,
      endTargetYen: target, growthAfterPlan: growth, attainment: attainment,
      launchProbability: launch, launchOddsRatio: odds, launchDelayYears: delay, annualShockSD: sd,
      annualFailureProbability: yearly(failure?.stated.value ?? [.constant(0)], start: start),
      rampProvenance: provenance(ramp), shockProvenance: provenance(shock),
      failureProvenance: provenance(failure), factorSeries: series, finance: finance,
      promisedByYear: promised)
  }

  /// The plan's money; nil without a support block, or where a problem has been reported.
  private mutating func finance(
    _ row: PlanRow, _ matches: [Int], _ problems: inout ProblemList
  ) -> PlanFinance? {
    guard scenario.support != nil else { return nil }
    let statesOwn =
      row.settings.cashFailure != nil
      || PlanInput.supportInputs.contains { row.settings.numbers[$0] != nil }
    if !statesOwn, let known = sharedFinance[matches] { return known }
    var amounts: [ResolvedAmount] = []
    for input in PlanInput.supportInputs {
      guard let quantity = inputs.resolve(input, row: row, matches: matches, &problems) else {
        return nil
      }
      let basis = inputs.basis(input, row: row, matches: matches)
      amounts.append(ResolvedAmount(basis: basis, quantity: quantity))
    }
    let cash = inputs.resolve(\.cashFailure, row: row, matches: matches)
    let finance = PlanFinance(
      amounts: amounts, cashFailure: cash?.stated.value ?? .report,
      cashFailureProvenance: provenance(cash))
    if !statesOwn { sharedFinance[matches] = finance }
    return finance
  }

  private func isEndTargetStated(_ row: PlanRow, _ matches: [Int]) -> Bool {
    let input = PlanInput.endTargetYen
    return row.settings.numbers[input] != nil || scenario.defaults.numbers[input] != nil
      || matches.contains { scenario.segments[$0].settings.numbers[input] != nil }
  }

  private func number(_ input: PlanInput, _ values: [PlanInput: ResolvedQuantity]) -> Double? {
    guard let value = values[input]?.constantValue, input.declaration.range.contains(value) else {
      return nil
    }
    return value
  }

  private func whole(_ input: PlanInput, _ values: [PlanInput: ResolvedQuantity]) -> Int? {
    number(input, values).flatMap { $0 == $0.rounded() ? Int($0) : nil }
  }

  private func provenance<Value>(
    _ found: (stated: Stated<Value>, source: PlanInputResolution.Source)?
  ) -> Provenance {
    guard let found else { return Provenance(origin: .standard, location: nil) }
    return Provenance(origin: inputs.origin(found.source), location: found.stated.location)
  }

  /// The list by plan year, its last value repeated, for every simulated year of the plan.
  private func yearly(_ list: [Quantity], start: Double) -> [Quantity] {
    let years = max(0, scenario.horizonYears.value - Int(start))
    return (0..<years).map { list[min($0, list.count - 1)] }
  }

  /// Ramps whose coefficients make no curve, wherever they are stated.
  private func checkCurves(_ problems: inout ProblemList) {
    let places =
      [("plans.defaults.ramp", scenario.defaults.ramp)]
      + scenario.segments.map { ("plans.segments.\($0.name).set.ramp", $0.settings.ramp) }
      + scenario.plans.rows.map { ("ramp", $0.settings.ramp) }
    for case (let key, let stated?) in places {
      if let problem = stated.value.problem {
        problems.error("invalid-ramp", at: stated.location, key: key, problem)
      }
    }
  }

  private func checkMoments(
    _ quantity: ResolvedQuantity, of input: PlanInput, _ row: PlanRow,
    _ problems: inout ProblemList
  ) {
    let location = quantity.provenance.location ?? row.location
    if quantity.mean == nil, input == .attainment {
      problems.warn(
        "no-mean", at: location, key: input.rawValue,
        "has no finite mean: averages of revenue and their standard errors mean nothing",
        suggestion: "use a lighter tail or limit it with truncate: [low, high]")
      return
    }
    for case .distribution(let distribution) in quantity.quantities
    where distribution.mean != nil && distribution.variance == nil {
      problems.warn(
        "no-variance", at: location, key: input.rawValue,
        "has no finite variance: standard errors of revenue mean nothing",
        suggestion: "use a lighter tail or limit it with truncate: [low, high]")
    }
  }
}
