// SPDX-License-Identifier: GPL-3.0-or-later

/// What the programme asks of plans, and what is unusual about them: warnings, one for each rule.
enum ProgrammeRules {
  static let certifiedPeriodYears = 3...5
  static let fewestFirms = 2.0

  static func check(
    _ plans: [ResolvedPlan], _ scenario: Scenario, _ problems: inout ProblemList
  ) {
    let place = scenario.plans.rows.first?.location.file ?? scenario.plans.source
    let location = SourceLocation(file: place)
    let odd = plans.filter { !certifiedPeriodYears.contains($0.periodYears) }.map(\.id)
    if !odd.isEmpty {
      problems.warn(
        "not-eligible", at: location, key: PlanInput.periodYears.rawValue,
        "\(Phrase.plans(odd)): the programme certifies periods of 3 to 5 years")
    }
    let column = "partner_count"
    let single = scenario.plans.rows.filter { row in
      row.attributes[column].flatMap(plainDecimal).map { $0 < fewestFirms } ?? false
    }.map(\.id)
    if !single.isEmpty {
      problems.warn(
        "not-eligible", at: location, key: column,
        "\(Phrase.plans(single)): the programme certifies alliances of two or more firms")
    }
    if let support = scenario.support {
      let asks: [PlanInput] = [.subsidyAmountYen, .policyLoanAmountYen, .privateLoanAmountYen]
      let idle = plans.filter { plan in
        guard let finance = plan.finance else { return false }
        return !finance[.investmentYen].isStated && asks.contains { finance[$0].isStated }
      }.map(\.id)
      if !idle.isEmpty {
        problems.warn(
          "no-investment", at: support.location, key: "support.finance.investment_yen",
          "\(Phrase.plans(idle)): nothing is invested, so that no subsidy or loan is drawn",
          suggestion: "state the investment that they are to fund")
      }
    }
    guard scenario.horizonYears.value > 0 else { return }
    let late = plans.filter { $0.firstYearIndex >= scenario.horizonYears.value }.map(\.id)
    if !late.isEmpty {
      problems.warn(
        "starts-too-late", at: location, key: PlanInput.startOffsetYears.rawValue,
        "\(Phrase.plans(late)): the start lies beyond the horizon, so that nothing is simulated")
    }
  }
}
