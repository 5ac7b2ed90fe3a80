// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiReports

/// The words for what the result files name; what is not known stands for itself.
extension PageWords {
  /// A column of the plan list.
  func column(_ name: String) -> Phrase {
    switch name {
    case "region": self("region", "地域")
    case "sector": self("sector", "業種")
    case "novelty": self("novelty", "新規性")
    case "alliance_origin": self("alliance origin", "連携のきっかけ")
    case "alliance_composition": self("alliance composition", "連携体の構成")
    case "core_employees": self("core employees", "コア企業の従業員数")
    case "partner_count": self("partners", "連携先の数")
    default: "\(spaced(name))"
    }
  }

  /// A measure of support.
  func measure(_ name: String) -> Phrase {
    switch name {
    case "subsidy": self("subsidy", "補助金")
    case "policy_loan": self("policy loan", "政策融資")
    case "guarantee": self("guarantee", "信用保証")
    case "tax_incentive": self("tax incentive", "税制優遇")
    case "advice": self("advice", "専門家の助言")
    case "private_loan": self("private loan", "民間融資")
    case "total": self("total", "合計")
    default: "\(spaced(name))"
    }
  }

  /// What is counted, changed or explained.
  func metric(_ name: String) -> Phrase {
    for (prefix, english, japanese) in Self.comparisons where name.hasPrefix(prefix) {
      let own = metric(String(name.dropFirst(prefix.count)))
      return self("\(own), \(english)", "\(own)（\(japanese)）")
    }
    return bareMetric(name)
  }

  private func bareMetric(_ name: String) -> Phrase {
    switch name {
    case "launched": self("launched", "事業開始")
    case "active": self("selling", "売上あり")
    case "target_met": self("at target or above", "計画額を達成")
    case "surviving": self("businesses alive", "存続する企業")
    case "failed_hazard": self("failed", "廃業・倒産")
    case "failed_cash": self("failed for want of cash", "資金繰り倒産")
    case "mean_total_yen", "mean_yen": self("mean total sales", "平均累計売上")
    case "cumulative_revenue", "cumulative_revenue_yen": self("total sales", "累計売上")
    case "goal_probability", "probability": self("chance of the goal", "目標達成の確率")
    case "cumulative_mean_yen": self("mean total sales", "平均累計売上")
    case "annual_mean_yen": self("mean sales of the year", "その年の平均売上")
    case "cumulative_standard_deviation_yen":
      self("standard deviation of total sales", "累計売上の標準偏差")
    case "annual_standard_deviation_yen":
      self("standard deviation of the year's sales", "その年の売上の標準偏差")
    case "mean_gap_to_goal_yen": self("mean gap to the goal", "目標までの平均不足額")
    case "gross_public_cost_yen": self("gross public cost", "公費の総額")
    case "net_public_cost_yen": self("net public cost", "公費の純額")
    case "investment": self("investment", "設備投資")
    case "private_loans": self("private loans", "民間融資額")
    case "policy_loan_subsidy_rate":
      self("public cost per yen lent by the state", "政策融資1円あたりの公費")
    case "guarantee_subsidy_rate": self("public cost per yen guaranteed", "保証1円あたりの公費")
    case "cost_per_extra_yen":
      self("public cost per extra yen of sales", "売上増1円あたりの公費")
    default:
      quantile(name, "cumulative_p", "total sales", "累計売上")
        ?? quantile(name, "annual_p", "the year's sales", "その年の売上") ?? "\(spaced(name))"
    }
  }

  /// What stands before a metric that is a difference.
  private static let comparisons = [
    ("vs_baseline_", "less the baseline arm", "比較基準との差"),
    ("vs_first_", "less the first point", "最初の点との差"),
  ]

  /// `5% quantile of total sales` for `cumulative_p05_yen`; nil for other names.
  private func quantile(
    _ name: String, _ prefix: String, _ english: String, _ japanese: String
  ) -> Phrase? {
    guard name.hasPrefix(prefix), name.hasSuffix("_yen"),
      let percent = Double(name.dropFirst(prefix.count).dropLast(4))
    else { return nil }
    let level = DecimalText.shortest(percent)
    return self("\(level)% quantile of \(english)", "\(japanese)の\(level)%点")
  }

  /// A line of the public cost.
  func component(_ name: String) -> Phrase {
    switch name {
    case "subsidy_paid": self("subsidies paid", "補助金")
    case "interest_subsidy": self("cheap interest", "金利の優遇")
    case "policy_loan_loss": self("losses on policy loans", "政策融資の損失")
    case "guarantee_loss": self("losses on guarantees", "信用保証の損失")
    case "guarantee_fees": self("guarantee fees (income)", "保証料（収入）")
    case "tax_expenditure": self("tax given up", "減税")
    case "advice_cost": self("advice", "専門家の助言")
    case "gross": self("gross cost", "総費用")
    case "extra_tax": self("extra tax (income)", "税収増（収入）")
    case "net": self("net cost", "純費用")
    case "borrower_interest_saving": self("memo: interest that borrowers save", "参考：借り手の利息軽減")
    case "disbursed_pv": self("memo: policy loans paid out", "参考：政策融資の実行額")
    case "guaranteed_pv": self("memo: loans guaranteed", "参考：保証した融資額")
    default: "\(spaced(name))"
    }
  }

  /// Who bears the losses of a loan.
  func bearer(_ name: String) -> Phrase {
    switch name {
    case "public": self("state (policy loans)", "国（政策融資）")
    case "guarantor": self("guarantor", "保証機関")
    case "lender": self("banks", "民間金融機関")
    default: "\(spaced(name))"
    }
  }

  /// What happens to a loan.
  func loanItem(_ name: String) -> Phrase {
    switch name {
    case "opening": self("owed before", "期首残高")
    case "drawn": self("drawn", "実行")
    case "interest": self("interest", "利息")
    case "repaid": self("repaid", "返済")
    case "defaulted": self("defaulted", "貸倒れ発生")
    case "recovered": self("recovered", "回収")
    case "written_off": self("lost", "損失")
    case "closing": self("owed", "期末残高")
    default: "\(spaced(name))"
    }
  }

  /// Where variance comes from.
  func source(_ name: String) -> Phrase {
    switch name {
    case "parameter": self("inputs that nobody knows exactly", "前提の不確かさ")
    case "natural": self("chance, even if all inputs were known", "偶然のばらつき")
    case "monte_carlo_error": self("error of the simulation", "計算（モンテカルロ）誤差")
    default: "\(spaced(name))"
    }
  }

  /// Which years a cost covers.
  func basis(_ name: String) -> Phrase {
    switch name {
    case "horizon": self("within the horizon", "計画期間内")
    case "life": self("until all loans have run off", "融資の完済まで")
    default: "\(spaced(name))"
    }
  }

  private func spaced(_ name: String) -> String { name.replacing("_", with: " ") }
}
