// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

/// Puts the plans of a scenario together from their resolved inputs.
struct PlanResolution {
  private let scenario: Scenario
  private let factors: FactorResolution
  private let events: EventResolution
  private var inputs: PlanInputResolution
  private var groups = PlanGroups()
  private var shocks = ShockResolution()
  private var promise: PromiseCalculation

  private init(
    _ scenario: Scenario, table: InputTable, factors: FactorResolution, events: EventResolution
  ) {
    self.scenario = scenario
    self.factors = factors
    self.events = events
    inputs = PlanInputResolution(
      defaults: scenario.defaults.completed(by: scenario.support), segments: scenario.segments,
      table: table, targetScale: scenario.targetScale)
    promise = PromiseCalculation(table: table, years: max(0, min(50, scenario.horizonYears.value)))
  }

  /// Gives the plans in the list's order to `body`; those with errors are left out.
  static func resolve(
    _ scenario: Scenario, table: InputTable, factors: FactorResolution, events: EventResolution,
    _ problems: inout ProblemList, _ body: (ResolvedPlan) -> Void
  ) {
    var resolution = PlanResolution(scenario, table: table, factors: factors, events: events)
    let matching = SegmentMatching(scenario.segments, plans: scenario.plans, &problems)
    resolution.checkCurves(&problems)
    var rules = ProgrammeRules()
    for index in scenario.plans.rows.indices {
      let group = resolution.groups.group(of: matching.matches(scenario.plans.rows[index]))
      if let plan = resolution.plan(
        scenario.plans.rows[index], index: index, group: group, &problems)
      {
        rules.note(plan, horizonYears: scenario.horizonYears.value)
        body(plan)
      }
    }
    rules.report(scenario, &problems)
  }

  private mutating func plan(
    _ row: PlanRow, index: Int, group: PlanGroup, _ problems: inout ProblemList
  ) -> ResolvedPlan? {
    let growth = value(.growthAfterPlan, row, group, &problems)
    let target = value(.endTargetYen, row, group, &problems)
    let period = Self.whole(value(.periodYears, row, group, &problems), .periodYears)
    let start = Self.number(value(.startOffsetYears, row, group, &problems), .startOffsetYears)
    let attainment = value(.attainment, row, group, &problems)
    let launch = value(.launchProbability, row, group, &problems)
    let odds = value(.launchOddsRatio, row, group, &problems)
    let delay = value(.launchDelayYears, row, group, &problems)
    let sd = value(.annualShockSD, row, group, &problems)
    if !row.settings.numbers.states(.endTargetYen), !isEndTargetStated(group.matches) {
      problems.error(
        "missing-end-target", at: row.location, key: PlanInput.endTargetYen.rawValue,
        "plan '\(row.id)' states no end target",
        allowed: PlanInput.endTargetYen.declaration.range.description + " yen/year")
    }
    let ramp = inputs.resolve(\.ramp, row: row, matches: group.matches)
    let shock = inputs.resolve(\.shock, row: row, matches: group.matches)
    let failure = inputs.resolve(\.annualFailureProbability, row: row, matches: group.matches)
    if let failure, failure.stated.value.isEmpty {
      problems.error(
        "empty-list", at: failure.stated.location, key: "annual_failure_probability",
        "the list is empty", allowed: "at least one probability")
      return nil
    }
    let series = factors.series(ofPlan: index)
    var shockHasVariance = true
    if let shock, let sd {
      let common = zip(series, factors.leastSquaredLoadings)
        .reduce(0) { $0 + ($1.0 == nil ? 0 : $1.1) }
      shockHasVariance = shocks.check(
        shock.stated, planID: row.id, largestSD: sd.bounds.upperBound, leastCommonVariance: common,
        &problems)
    }
    guard let target, let growth, let attainment, let launch, let odds, let delay, let sd,
      let period, let start, ramp?.stated.value.problem == nil
    else { return nil }
    if grows(start: start, period: period) {
      checkMoments(growth, of: .growthAfterPlan, row, &problems)
    }
    let curve = ramp?.stated.value ?? .linear
    let finance = finance(row, group, &problems)
    if scenario.support != nil, finance == nil { return nil }
    guard
      let promised = promise.byYear(
        target: target, growth: growth, ramp: curve, periodYears: period,
        startOffsetYears: start, row: row, &problems)
    else { return nil }
    return ResolvedPlan(
      id: row.id, name: row.name, attributes: row.attributes, periodYears: period,
      startOffsetYears: start, ramp: curve, shock: shock?.stated.value ?? .normal,
      endTargetYen: target, growthAfterPlan: growth, attainment: attainment,
      launchProbability: launch, launchOddsRatio: odds, launchDelayYears: delay, annualShockSD: sd,
      annualFailureProbability: yearly(failure, start: start, group),
      rampProvenance: provenance(ramp), shockProvenance: provenance(shock),
      failureProvenance: provenance(failure), factorSeries: series, finance: finance,
      events: events.eventsByPlan[index], promisedByYear: promised,
      hasFiniteVariance: shockHasVariance && target.hasFiniteVariance
        && attainment.hasFiniteVariance
        && (growth.hasFiniteVariance || !grows(start: start, period: period)))
  }

  /// The plan's money; nil without a support block, or where a problem has been reported.
  private mutating func finance(
    _ row: PlanRow, _ group: PlanGroup, _ problems: inout ProblemList
  ) -> PlanFinance? {
    guard scenario.support != nil else { return nil }
    let statesOwn =
      row.settings.cashFailure != nil
      || PlanInput.supportInputs.contains { row.settings.numbers.states($0) }
    if !statesOwn, let known = group.finance { return known }
    var amounts: [ResolvedAmount] = []
    for input in PlanInput.supportInputs {
      guard let quantity = value(input, row, group, &problems) else {
        return nil
      }
      let basis = inputs.basis(input, row: row, matches: group.matches)
      amounts.append(ResolvedAmount(basis: basis, quantity: quantity))
    }
    let cash = inputs.resolve(\.cashFailure, row: row, matches: group.matches)
    let finance = PlanFinance(
      amounts: amounts, cashFailure: cash?.stated.value ?? .report,
      cashFailureProvenance: provenance(cash))
    if !statesOwn { group.finance = finance }
    return finance
  }

  /// Whether the horizon holds years after the plan's last one.
  private func grows(start: Double, period: Int) -> Bool {
    Double(scenario.horizonYears.value) > start + Double(period)
  }

  /// An input of one plan, whose own cell is final.
  private mutating func value(
    _ input: PlanInput, _ row: PlanRow, _ group: PlanGroup, _ problems: inout ProblemList
  ) -> ResolvedQuantity? {
    let isScaled = input == .endTargetYen && scenario.targetScale != nil
    if !isScaled, let (value, location) = row.settings.numbers.fixed(input) {
      return ResolvedQuantity(ownValue: value, at: location)
    }
    let own = row.settings.numbers[input]
    if own == nil, let known = group.known(input) { return known.quantity }
    let quantity = inputs.resolve(input, own: own, matches: group.matches, &problems)
    if let quantity, input == .attainment || input == .endTargetYen {
      checkMoments(quantity, of: input, row, &problems)
    }
    if own == nil { group.note(quantity, for: input) }
    return quantity
  }

  private func isEndTargetStated(_ matches: [Int]) -> Bool {
    let input = PlanInput.endTargetYen
    return scenario.defaults.numbers[input] != nil
      || matches.contains { scenario.segments[$0].settings.numbers[input] != nil }
  }

  private static func number(_ quantity: ResolvedQuantity?, _ input: PlanInput) -> Double? {
    guard let value = quantity?.constantValue, input.admits(value) else { return nil }
    return value
  }

  private static func whole(_ quantity: ResolvedQuantity?, _ input: PlanInput) -> Int? {
    number(quantity, input).map { Int($0) }
  }

  private func provenance<Value>(
    _ found: (stated: Stated<Value>, source: PlanInputResolution.Source)?
  ) -> Provenance {
    guard let found else { return Provenance(origin: .standard, location: nil) }
    return Provenance(origin: inputs.origin(found.source), location: found.stated.location)
  }

  /// The list by plan year, its last value repeated, for every simulated year of the plan.
  private func yearly(
    _ failure: (stated: Stated<[Quantity]>, source: PlanInputResolution.Source)?, start: Double,
    _ group: PlanGroup
  ) -> [Quantity] {
    let years = max(0, scenario.horizonYears.value - Int(start))
    let isOwn = failure?.source == .plan
    if !isOwn, let known = group.failureByYears[years] { return known }
    let list = failure?.stated.value ?? [.constant(0)]
    let result = (0..<years).map { list[min($0, list.count - 1)] }
    if !isOwn { group.failureByYears[years] = result }
    return result
  }

  /// Ramps whose coefficients make no curve, wherever they are stated.
  private func checkCurves(_ problems: inout ProblemList) {
    let places =
      [("plans.defaults.ramp", scenario.defaults.ramp)]
      + scenario.segments.map { ("plans.segments.\($0.name).set.ramp", $0.settings.ramp) }
      + scenario.plans.rows.indices.compactMap { index in
        scenario.plans.rows[index].settings.ramp.map { ("ramp", $0) }
      }
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
    if quantity.mean != nil, quantity.hasFiniteVariance { return }
    let location = quantity.provenance.location ?? row.location
    if quantity.mean == nil {
      // Elsewhere a missing mean is an error that the promise reports.
      guard input == .attainment else { return }
      problems.warn(
        "no-mean", at: location, key: input.rawValue,
        "has no finite mean: averages of revenue mean nothing, and standard errors are left out",
        suggestion: "use a lighter tail or limit it with truncate: [low, high]")
    } else {
      problems.warn(
        "no-variance", at: location, key: input.rawValue,
        "has no finite variance: standard errors of revenue mean nothing and are left out",
        suggestion: "use a lighter tail or limit it with truncate: [low, high]")
    }
  }
}
