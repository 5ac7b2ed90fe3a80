// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

/// Puts the plans of a scenario together from their resolved inputs.
struct PlanResolution {
  private let scenario: Scenario
  private let factors: FactorResolution
  private let events: EventResolution
  private var inputs: PlanInputResolution
  private var shared = SharedInputs()
  private var shocks = ShockResolution()
  private var promise: PromiseCalculation
  /// Money of plans that state none of it themselves, by the segments that apply to them: most plans
  /// share one.
  private var sharedFinance: [[Int]: PlanFinance] = [:]

  private init(
    _ scenario: Scenario, table: InputTable, factors: FactorResolution, events: EventResolution
  ) {
    self.scenario = scenario
    self.factors = factors
    self.events = events
    inputs = PlanInputResolution(
      defaults: scenario.defaults.completed(by: scenario.support), segments: scenario.segments,
      table: table)
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
    for (index, row) in scenario.plans.rows.enumerated() {
      let matches = matching.matches(row)
      if let plan = resolution.plan(row, index: index, matches: matches, &problems) {
        rules.note(plan, horizonYears: scenario.horizonYears.value)
        body(plan)
      }
    }
    rules.report(scenario, &problems)
  }

  private mutating func plan(
    _ row: PlanRow, index: Int, matches: [Int], _ problems: inout ProblemList
  ) -> ResolvedPlan? {
    let growth = value(.growthAfterPlan, row, matches, &problems)
    let target = value(.endTargetYen, row, matches, &problems)
    let period = Self.whole(value(.periodYears, row, matches, &problems), .periodYears)
    let start = Self.number(value(.startOffsetYears, row, matches, &problems), .startOffsetYears)
    let attainment = value(.attainment, row, matches, &problems)
    let launch = value(.launchProbability, row, matches, &problems)
    let odds = value(.launchOddsRatio, row, matches, &problems)
    let delay = value(.launchDelayYears, row, matches, &problems)
    let sd = value(.annualShockSD, row, matches, &problems)
    if row.settings.numbers[.endTargetYen] == nil, !isEndTargetStated(matches) {
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
    let finance = finance(row, matches, &problems)
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
      annualFailureProbability: yearly(failure?.stated.value ?? [.constant(0)], start: start),
      rampProvenance: provenance(ramp), shockProvenance: provenance(shock),
      failureProvenance: provenance(failure), factorSeries: series, finance: finance,
      events: events.eventsByPlan[index], promisedByYear: promised,
      hasFiniteVariance: shockHasVariance && target.hasFiniteVariance
        && attainment.hasFiniteVariance
        && (growth.hasFiniteVariance || !grows(start: start, period: period)))
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
      guard let quantity = value(input, row, matches, &problems) else {
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

  /// Whether the horizon holds years after the plan's last one.
  private func grows(start: Double, period: Int) -> Bool {
    Double(scenario.horizonYears.value) > start + Double(period)
  }

  /// An input of one plan, whose own cell is final.
  private mutating func value(
    _ input: PlanInput, _ row: PlanRow, _ matches: [Int], _ problems: inout ProblemList
  ) -> ResolvedQuantity? {
    let own = row.settings.numbers[input]
    if own == nil, let known = shared.known(input, matches) { return known.quantity }
    let quantity = inputs.resolve(input, own: own, matches: matches, &problems)
    if let quantity, input == .attainment || input == .endTargetYen {
      checkMoments(quantity, of: input, row, &problems)
    }
    if own == nil { shared.note(quantity, for: input) }
    return quantity
  }

  /// What holds for all plans that meet the conditions of the same segments.
  private struct SharedInputs {
    struct Known {
      let quantity: ResolvedQuantity?
    }

    private var groups: [[Int]: Int] = [:]
    private var matches: [Int]?
    private var group = 0
    private var known: [[Known?]] = []

    /// The input of a plan with these matches; nil where it has not been resolved yet.
    mutating func known(_ input: PlanInput, _ matches: [Int]) -> Known? {
      if matches != self.matches {
        self.matches = matches
        group = groups[matches] ?? known.count
        if group == known.count {
          groups[matches] = group
          known.append([Known?](repeating: nil, count: PlanInput.allCases.count))
        }
      }
      return known[group][input.ordinal]
    }

    /// Keeps what was resolved for the matches last asked for.
    mutating func note(_ quantity: ResolvedQuantity?, for input: PlanInput) {
      known[group][input.ordinal] = Known(quantity: quantity)
    }
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
  private func yearly(_ list: [Quantity], start: Double) -> [Quantity] {
    let years = max(0, scenario.horizonYears.value - Int(start))
    return (0..<years).map { list[min($0, list.count - 1)] }
  }

  /// Ramps whose coefficients make no curve, wherever they are stated.
  private func checkCurves(_ problems: inout ProblemList) {
    let places =
      [("plans.defaults.ramp", scenario.defaults.ramp)]
      + scenario.segments.map { ("plans.segments.\($0.name).set.ramp", $0.settings.ramp) }
      + scenario.plans.rows.compactMap { row in row.settings.ramp.map { ("ramp", $0) } }
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
    if quantity.mean == nil {
      // Elsewhere a missing mean is an error that the promise reports.
      guard input == .attainment else { return }
      problems.warn(
        "no-mean", at: location, key: input.rawValue,
        "has no finite mean: averages of revenue mean nothing, and standard errors are left out",
        suggestion: "use a lighter tail or limit it with truncate: [low, high]")
    } else if !quantity.hasFiniteVariance {
      problems.warn(
        "no-variance", at: location, key: input.rawValue,
        "has no finite variance: standard errors of revenue mean nothing and are left out",
        suggestion: "use a lighter tail or limit it with truncate: [low, high]")
    }
  }
}
