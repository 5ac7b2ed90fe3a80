// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import RenkeiStatistics

extension EnglishPhrases {
  func supportTitle(arm: String, baseline: String?) -> String {
    baseline.map { "What support does: \(arm) against \($0)" } ?? "Support: \(arm)"
  }

  func effectLabel(_ metric: EffectMetric) -> String {
    switch metric {
    case .cumulativeRevenue: "Adds revenue"
    case .launched: "Adds launches"
    case .surviving: "Adds survivors"
    case .goalProbability: "Chance of the goal"
    default: metric.rawValue
    }
  }

  func effect(_ row: EffectRow, paths: Int) -> String {
    if row.difference == 0, row.standardError == 0 { return "nothing changes" }
    let text = effectAmount(row.difference, row.metric)
    guard let ends = row.interval95 else {
      return "\(text), without interval: \(withoutError(paths: paths))"
    }
    let interval =
      "95% interval \(effectAmount(ends.lowerBound, row.metric)) to "
      + effectAmount(ends.upperBound, row.metric)
    switch row.metric {
    case .cumulativeRevenue:
      return "\(text) (\(interval)); more on \(DecimalText.percent(row.probabilityPositive)) of "
        + "paths"
    case .goalProbability:
      return "\(text) points (\(interval)), from \(DecimalText.percent(row.baselineMean)) to "
        + DecimalText.percent(row.armMean)
    default: return "\(text) plans (\(interval))"
    }
  }

  var cost: String { "Costs the public" }
  func cost(gross: Double, net: AmountSummary?) -> String {
    guard let net else { return "\(amount(gross)) gross, present value" }
    let interval = net.standardError.map { error -> String in
      let ends = Interval(around: net.mean, standardError: error)
      return " (95% interval \(amount(ends.low)) to \(amount(ends.high)))"
    }
    return "\(amount(gross)) gross, \(amount(net.mean)) net of extra tax\(interval ?? ""), "
      + "present value"
  }

  var costParts: String { "  of which" }
  func costParts(_ parts: [(CostComponent, Double)]) -> String {
    parts.map { component, yen in
      let name =
        switch component {
        case .subsidyPaid: "subsidies"
        case .interestSubsidy: "interest subsidy"
        case .policyLoanLoss: "losses on policy loans"
        case .guaranteeLoss: "losses on guarantees"
        case .guaranteeFees: "less guarantee fees"
        case .taxExpenditure: "tax relief"
        case .adviceCost: "advice"
        default: component.rawValue
        }
      return "\(name) \(amount(yen))"
    }.joined(separator: ", ")
  }

  var costPerYen: String { "An extra yen costs" }
  func costPerYen(_ row: CostEffectivenessRow) -> String {
    guard let value = row.ratio.value else { return "no figure: revenue does not change" }
    let text = "\(yenPerYen(value)) of net public money per yen of revenue"
    guard let interval = row.interval95 else { return text + ", without interval" }
    switch (interval.kind, interval.low, interval.high) {
    case (.bounded, let low?, let high?):
      return "\(text) (95% interval \(yenPerYen(low)) to \(yenPerYen(high)))"
    case (.outside, let low?, let high?):
      return "cannot be told: revenue may not change at all; at 95% anything up to "
        + "\(yenPerYen(low)) or from \(yenPerYen(high))"
    default: return "cannot be told: revenue may not change at all; the 95% interval is unbounded"
    }
  }

  var loans: String { "Loans that default" }
  func loan(
    _ book: LoanBook, drawn: Double, defaulted: Double, losses: [(LoanBook, Double)]
  ) -> String {
    let name = book == .policyLoan ? "policy loans" : "private loans"
    let share = DecimalText.percent(defaulted / drawn)
    let text = "\(share) of \(amount(drawn)) in \(name)"
    let bearers = losses.map { "\(amount($0.1)) by \(bearer($0.0))" }
    return bearers.isEmpty ? text : "\(text); lost: " + bearers.joined(separator: ", ")
  }

  func survival(year: Int) -> String { "Survives \(year)" }
  func survival(_ survival: SurvivalCalibration) -> String {
    let count = Double(survival.planCount)
    return "\(DecimalText.percent(survival.simulatedPlans / count)) of plans, "
      + "\(DecimalText.percent(survival.statedPlans / count)) by the stated failure probabilities "
      + "alone (lack of cash comes on top)"
  }

  func attribution(paths: Int) -> String {
    "What each measure adds (Shapley values, \(DecimalText.grouped(paths)) paths of their own)"
  }
  var attributionHeader: [String] {
    ["arm", "measure", "revenue", "share", "survivors", "net cost"]
  }
  var attributionTotal: String { "total" }

  var supportCaveat: String {
    """
    How strongly support works is assumed in the scenario, not observed, and uncertain. Costs are
    means; defaults and losses on loans are those within the horizon.
    """
  }

  private func bearer(_ book: LoanBook) -> String {
    switch book {
    case .policyLoan: "the public"
    case .privateLoanGuarantor: "the guarantor"
    case .privateLoanLender: "lenders"
    }
  }

  private func effectAmount(_ value: Double, _ metric: EffectMetric) -> String {
    switch metric {
    case .cumulativeRevenue: amount(value)
    case .goalProbability: SupportNumbers.signed(value * 100)
    default: SupportNumbers.signed(value)
    }
  }

  private func yenPerYen(_ value: Double) -> String {
    (value < 0 ? "-¥" : "¥") + SupportNumbers.ratio(value.magnitude)
  }
}

/// Numbers that only the summary of support writes.
enum SupportNumbers {
  /// Two decimals and a sign.
  static func signed(_ value: Double) -> String {
    (value > 0 ? "+" : "") + DecimalText.fixed(value, decimals: 2)
  }

  /// Two decimals, three below 0.1.
  static func ratio(_ value: Double) -> String {
    DecimalText.fixed(value, decimals: value.magnitude < 0.1 ? 3 : 2)
  }
}
