// SPDX-License-Identifier: GPL-3.0-or-later

/// What the programme asks of plans, and what is unusual about them: warnings, one for each rule.
struct ProgrammeRules {
  static let certifiedPeriodYears = 3...5
  static let fewestFirms = 2.0

  private var odd: [String] = []
  private var late: [String] = []
  private var idle: [String] = []

  /// Notes what is unusual about one plan.
  mutating func note(_ plan: ResolvedPlan, horizonYears: Int) {
    if !Self.certifiedPeriodYears.contains(plan.periodYears) { odd.append(plan.id) }
    if plan.firstYearIndex >= horizonYears { late.append(plan.id) }
    guard let finance = plan.finance, !finance[.investmentYen].isStated else { return }
    let asks: [PlanInput] = [.subsidyAmountYen, .policyLoanAmountYen, .privateLoanAmountYen]
    if asks.contains(where: { finance[$0].isStated }) { idle.append(plan.id) }
  }

  func report(_ scenario: Scenario, _ problems: inout ProblemList) {
    let place = scenario.plans.rows.first?.location.file ?? scenario.plans.source
    let location = SourceLocation(file: place)
    if !odd.isEmpty {
      problems.warn(
        "not-eligible", at: location, key: PlanInput.periodYears.rawValue,
        "\(Phrase.plans(odd)): the programme certifies periods of 3 to 5 years")
    }
    let single = Self.singleFirms(scenario.plans)
    if !single.isEmpty {
      problems.warn(
        "not-eligible", at: location, key: Self.partnerColumn,
        "\(Phrase.plans(single)): the programme certifies alliances of two or more firms")
    }
    if let support = scenario.support, !idle.isEmpty {
      problems.warn(
        "no-investment", at: support.location, key: "support.finance.investment_yen",
        "\(Phrase.plans(idle)): nothing is invested, so that no subsidy or loan is drawn",
        suggestion: "state the investment that they are to fund")
    }
    reportIdleMoney(scenario, at: location, &problems)
    guard scenario.horizonYears.value > 0 else { return }
    if !late.isEmpty {
      problems.warn(
        "starts-too-late", at: location, key: PlanInput.startOffsetYears.rawValue,
        "\(Phrase.plans(late)): the start lies beyond the horizon, so that nothing is simulated")
    }
  }

  private static let partnerColumn = "partner_count"

  /// Ids of the plans with fewer firms than the programme wants.
  private static func singleFirms(_ plans: PlanList) -> [String] {
    guard plans.columns.contains(partnerColumn) else { return [] }
    var reader = PlanAttributes.Reader(column: partnerColumn)
    var ids: [String] = []
    for index in plans.rows.indices {
      let count = reader.text(plans.rows[index].attributes).flatMap(plainDecimal)
      if let count, count < fewestFirms { ids.append(plans.rows[index].id) }
    }
    return ids
  }

  /// Money of plans that nothing reads: it counts only beside a support block.
  private func reportIdleMoney(
    _ scenario: Scenario, at location: SourceLocation, _ problems: inout ProblemList
  ) {
    guard scenario.support == nil else { return }
    for input in PlanInput.supportInputs {
      let columns = scenario.plans.columns.contains(input.rawValue) ? [location] : []
      let segments = scenario.segments.compactMap { $0.settings.numbers[input]?.location }
      guard let place = (segments + columns).first else { continue }
      problems.warn(
        "no-support", at: place, key: input.rawValue,
        "counts for nothing: the scenario has no support block",
        suggestion: "describe the programme under 'support'")
    }
  }
}
