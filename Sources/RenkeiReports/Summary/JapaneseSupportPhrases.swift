// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import RenkeiStatistics

extension JapanesePhrases {
  func supportTitle(arm: String, baseline: String?) -> String {
    baseline.map { "支援の効果：\(arm)（比較対象：\($0)）" } ?? "支援策：\(arm)"
  }

  func effectLabel(_ metric: EffectMetric) -> String {
    switch metric {
    case .cumulativeRevenue: "売上の増加"
    case .launched: "事業化の増加"
    case .surviving: "存続企業の増加"
    case .goalProbability: "目標達成の確率"
    default: metric.rawValue
    }
  }

  func effect(_ row: EffectRow, paths: Int) -> String {
    if row.difference == 0, row.standardError == 0 { return "変化なし" }
    let text = effectAmount(row.difference, row.metric)
    guard let ends = row.interval95 else {
      return "\(text)（\(withoutError(paths: paths))区間なし）"
    }
    let interval =
      "95%信頼区間 \(effectAmount(ends.lowerBound, row.metric)) 〜 "
      + effectAmount(ends.upperBound, row.metric)
    switch row.metric {
    case .cumulativeRevenue:
      return "\(text)（\(interval)）、試行の\(DecimalText.percent(row.probabilityPositive))で増加"
    case .goalProbability:
      return "\(text)ポイント（\(interval)）、\(DecimalText.percent(row.baselineMean))から"
        + "\(DecimalText.percent(row.armMean))へ"
    default: return "\(text)件（\(interval)）"
    }
  }

  var cost: String { "公的負担" }
  func cost(gross: Double, net: AmountSummary?) -> String {
    guard let net else { return "総額\(amount(gross))（現在価値）" }
    let interval = net.standardError.map { error -> String in
      let ends = Interval(around: net.mean, standardError: error)
      return "（95%信頼区間 \(amount(ends.low)) 〜 \(amount(ends.high))）"
    }
    return "総額\(amount(gross))、税収増を差し引いた純額\(amount(net.mean))\(interval ?? "")、現在価値"
  }

  var costParts: String { "  内訳" }
  func costParts(_ parts: [(CostComponent, Double)]) -> String {
    parts.map { component, yen in
      let name =
        switch component {
        case .subsidyPaid: "補助金"
        case .interestSubsidy: "利子補給"
        case .policyLoanLoss: "政策融資の損失"
        case .guaranteeLoss: "信用保証の損失"
        case .guaranteeFees: "保証料収入（控除）"
        case .taxExpenditure: "税の軽減"
        case .adviceCost: "助言"
        default: component.rawValue
        }
      return "\(name)\(amount(yen))"
    }.joined(separator: "、")
  }

  var costPerYen: String { "売上1円増の費用" }
  func costPerYen(_ row: CostEffectivenessRow) -> String {
    guard let value = row.ratio.value else { return "算出できません：売上に変化がありません" }
    let text = "公的負担の純額\(yenPerYen(value))"
    guard let interval = row.interval95 else { return text + "（区間なし）" }
    switch (interval.kind, interval.low, interval.high) {
    case (.bounded, let low?, let high?):
      return "\(text)（95%信頼区間 \(yenPerYen(low)) 〜 \(yenPerYen(high))）"
    case (.outside, let low?, let high?):
      return "特定できません：売上が変わらない可能性があり、95%の水準では\(yenPerYen(low))以下または"
        + "\(yenPerYen(high))以上"
    default: return "特定できません：売上が変わらない可能性があり、95%信頼区間に限界がありません"
    }
  }

  var loans: String { "融資の債務不履行" }
  func loan(
    _ book: LoanBook, drawn: Double, defaulted: Double, losses: [(LoanBook, Double)]
  ) -> String {
    let name = book == .policyLoan ? "政策融資" : "民間融資"
    let text = "\(name)\(amount(drawn))の\(DecimalText.percent(defaulted / drawn))"
    let bearers = losses.map { "\(bearer($0.0))\(amount($0.1))" }
    return bearers.isEmpty ? text : "\(text)、損失の負担：" + bearers.joined(separator: "、")
  }

  func survival(year: Int) -> String { "\(year)年末の存続" }
  func survival(_ survival: SurvivalCalibration) -> String {
    let count = Double(survival.planCount)
    return "計画の\(DecimalText.percent(survival.simulatedPlans / count))、前提とした廃業率だけなら"
      + "\(DecimalText.percent(survival.statedPlans / count))（資金不足による廃業はこれに加わる）"
  }

  func attribution(paths: Int) -> String {
    "施策ごとの寄与（シャープレイ値、別の試行\(DecimalText.grouped(paths))回）"
  }
  var attributionHeader: [String] {
    ["組合せ", "施策", "売上", "割合", "存続", "公的負担の純額"]
  }
  var attributionTotal: String { "合計" }

  var supportCaveat: String {
    """
    支援の効果の大きさは観測値ではなく前提として置いた値で、不確かです。費用は平均、
    融資の債務不履行と損失は対象期間内のものです。
    """
  }

  private func bearer(_ book: LoanBook) -> String {
    switch book {
    case .policyLoan: "公的機関"
    case .privateLoanGuarantor: "保証機関"
    case .privateLoanLender: "民間金融機関"
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
    (value < 0 ? "-" : "") + SupportNumbers.ratio(value.magnitude) + "円"
  }
}
