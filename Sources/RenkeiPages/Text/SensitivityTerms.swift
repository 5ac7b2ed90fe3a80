// SPDX-License-Identifier: GPL-3.0-or-later

/// The words for what `sensitivity.csv` names.
extension PageWords {
  /// What the answer depends on; a named input stands for itself.
  func input(_ name: String) -> Phrase {
    switch name {
    case "optimism.factor": return self("optimism common to all plans", "全計画に共通の楽観度")
    case "optimism.common_share": return self("share of common optimism", "共通の楽観度の割合")
    case "credit.factor": return self("wave of failures", "廃業・倒産の波")
    case "credit.correlation": return self("strength of waves of failures", "廃業・倒産の連動の強さ")
    case "plans.end_target_yen": return self("target of each plan", "計画ごとの目標額")
    case "plans.growth_after_plan": return self("growth after each plan", "計画ごとの終了後の伸び")
    case "plans.attainment": return self("attainment of each plan", "計画ごとの達成度")
    case "plans.launch": return self("launch of each plan", "計画ごとの事業開始")
    case "plans.launch_delay_years": return self("delay of each plan", "計画ごとの遅れ")
    case "plans.annual_shock": return self("ups and downs of each plan", "計画ごと・年ごとの変動")
    case "plans.failure": return self("failure of each business", "企業ごとの廃業・倒産")
    case "support.take_up": return self("who takes support up", "支援の利用")
    case "support.amounts": return self("amounts asked for", "申請額")
    case "support.loss_given_default": return self("losses on failed loans", "貸倒れ時の損失率")
    case "support.finance": return self("finance of each plan", "計画ごとの資金")
    default: break
    }
    let parts = name.split(separator: ".").map(String.init)
    switch parts.first {
    case "factors" where parts.count == 2:
      return self("\(parts[1]) (by year)", "\(parts[1])（年ごとの要因）")
    case "events" where parts.count == 2:
      return self("\(parts[1]) (event)", "\(parts[1])（事象）")
    default: return "\(name)"
    }
  }

  /// How it is asked what an input does.
  func method(_ name: String) -> Phrase {
    switch name {
    case "tornado_p10": self("input at its 10% quantile", "前提を10%点に固定")
    case "tornado_p90": self("input at its 90% quantile", "前提を90%点に固定")
    case "spearman": self("rank correlation with total sales", "累計売上との順位相関")
    case "sobol_first": self("share of the variance, alone", "分散の割合（単独）")
    case "sobol_total": self("share of the variance, with others", "分散の割合（相互作用込み）")
    default: "\(name)"
    }
  }
}
