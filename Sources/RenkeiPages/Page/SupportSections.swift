// SPDX-License-Identifier: GPL-3.0-or-later

/// The questions about support: what it changes, what it costs, who bears the losses.
extension Findings {
  /// Does the support pay?
  var supportSection: PageSection {
    let heading = words("Does the support pay?", "支援は引き合うか")
    let charts = [effects, attribution, cost].compactMap { $0 }
    guard !charts.isEmpty else {
      return PageSection(
        id: "support", heading: heading,
        answer: words(
          "This run cannot tell: it compares no support measures. Describe them under "
            + "\(code: "support") and \(code: "arms") in the scenario, and the page will show what "
            + "they change and cost.",
          "この試算では支援策を比較していないため、わかりません。シナリオの \(code: "support") と "
            + "\(code: "arms") に支援策を書くと、その効果と費用がここに示されます。"),
        blocks: [])
    }
    var blocks = charts.map { PageBlock.chart($0) }
    blocks.append(
      .paragraph(
        words(
          "How strongly each measure works is assumed in the scenario, not observed: the section on "
            + "assumptions states it. Intervals are Monte Carlo error only.",
          "各支援策の効き目は観測ではなくシナリオの前提です（「前提は何か」を参照）。信頼区間はモンテカルロ誤差のみです。")))
    let effectiveness = effectivenessTable { $0 == costBasis || costBasis.isEmpty }
    if !effectiveness.rows.isEmpty {
      blocks.append(
        .table(
          words(
            "Public cost for what it brings, \(words.basis(costBasis))",
            "費用対効果（\(words.basis(costBasis))）"), effectiveness))
    }
    let others = effectivenessTable { $0 != costBasis && !costBasis.isEmpty }
    if !others.rows.isEmpty {
      blocks.append(.fold(words("The same for other years", "他の範囲の費用対効果"), others))
    }
    return PageSection(id: "support", heading: heading, answer: supportAnswer, blocks: blocks)
  }

  private var supportAnswer: Phrase {
    var text = Phrase.empty
    func row(_ metric: String) -> PageRow? {
      main.rows("effects").first { $0.text("metric") == metric }
    }
    if let revenue = row("cumulative_revenue") {
      let change = withInterval(revenue, "difference", .yen, signed: true)
      text = words(
        "Against “\(revenue.text("baseline_arm"))”, “\(main.arm)” changes total sales by \(change).",
        "「\(revenue.text("baseline_arm"))」に比べ、「\(main.arm)」は累計売上を\(change)変えます。")
    }
    if let goal = row("goal_probability"), let before = goal.figure("baseline_mean"),
      let after = goal.figure("arm_mean")
    {
      text =
        text
        + words(
          " The chance of reaching the goal goes from \(words.percent(before)) to "
            + "\(words.percent(after)).",
          "目標達成の確率は\(words.percent(before))から\(words.percent(after))になります。")
    }
    if let net = cost(main, "net")?.figure("mean_yen") {
      text =
        text
        + words(
          " The public pays \(words.amount(net)) net, in present value.",
          "公費は純額で\(words.amount(net))です（現在価値）。")
    }
    return text + costAnswer
  }

  /// What an extra yen costs, or why that cannot be told.
  private var costAnswer: Phrase {
    let rows = main.rows("cost_effectiveness").filter { $0.text("metric") == "cost_per_extra_yen" }
    guard let row = rows.first(where: { $0.text("basis") == costBasis }) ?? rows.first
    else { return .empty }
    guard let value = row.figure("value"), row.text("interval_kind") == "bounded" else {
      return words(
        " What an extra yen of sales costs cannot be told: the simulated effect is too small for "
          + "its error.",
        "売上増1円あたりの公費は、効果が誤差に比べて小さいため示せません。")
    }
    let interval: Phrase =
      interval(row, .number).map { words(" (95% interval \($0))", "（95%信頼区間 \($0)）") } ?? ""
    let number = words.value(value, .number)
    return words(
      " Each extra yen of sales costs the public \(strong: "\(number) yen")\(interval).",
      "売上を1円増やすのにかかる公費は\(strong: "\(number)円")です\(interval)。")
  }

  private func effectivenessTable(_ isShown: (String) -> Bool) -> DataTable {
    var table = DataTable([
      .label(words("arm", "支援策の組合せ")), .label(words("measure", "指標")), .number(words("value", "値")),
      .number(words("95% interval", "95%信頼区間")), .label(words("the interval", "区間の種類")),
    ])
    for item in cases {
      for row in item.rows("cost_effectiveness") where isShown(row.text("basis")) {
        let kind = row.text("interval_kind")
        let meaning =
          switch kind {
          case "bounded": words("lies between", "両端の間")
          case "outside": words("lies outside these two", "両端の外側")
          case "unbounded": words("could be anything", "限定できない")
          default: "\(kind)" as Phrase
          }
        table.add([
          "\(item.label)", words.metric(row.text("metric")),
          cell(row.figure("value"), .number), interval(row, .number) ?? "–", meaning,
        ])
      }
    }
    return table
  }

  /// Who bears the defaults?
  var lossSection: PageSection {
    let heading = words("Who bears the defaults?", "貸倒れは誰が負担するか")
    let item = [main] + cases.filter { $0.index != main.index }
    guard let shown = item.first(where: { !$0.rows("loans").isEmpty }),
      let table = losses(shown)
    else {
      return PageSection(
        id: "defaults", heading: heading,
        answer: words(
          "This run models no loans, so nobody's losses show here.",
          "この試算には融資が含まれていないため、損失の負担は示されません。"),
        blocks: [])
    }
    var blocks: [PageBlock] = [
      .table(words("Loans that default in \(period), mean", "\(period)の貸倒れ（平均）"), table)
    ]
    blocks += [defaults(shown), loans(shown)].compactMap { $0 }.map { .chart($0) }
    if let risks = riskTable(shown) {
      blocks.append(
        .fold(words("The plans with the largest expected losses", "予想損失の大きい計画"), risks))
    }
    let losses = lossByBearer(shown)
    let parts = losses.map { "\(words.bearer($0.bearer)) \(words.amount($0.loss))" as Phrase }
    let list = parts.dropFirst().reduce(parts.first ?? "") { words("\($0), \($1)", "\($0)、\($1)") }
    return PageSection(
      id: "defaults", heading: heading,
      answer: losses.isEmpty
        ? words("Hardly anything defaults\(suffix(shown)).", "貸倒れはほとんどありません\(suffix(shown))。")
        : words(
          "What is lost in \(period) on average, and by whom\(suffix(shown)): \(strong: list).",
          "\(period)の平均損失と負担者\(suffix(shown))：\(strong: list)。"),
      blocks: blocks)
  }

  private func riskTable(_ item: ReportCase) -> DataTable? {
    let rows = item.rows("plan_finance").enumerated().sorted { a, b in
      let (lossA, lossB) = (
        a.element.figure("expected_loss_yen")?.value ?? 0,
        b.element.figure("expected_loss_yen")?.value ?? 0
      )
      return lossA == lossB ? a.offset < b.offset : lossA > lossB
    }.prefix(10).map(\.element)
    guard rows.contains(where: { ($0.figure("expected_loss_yen")?.value ?? 0) > 0 }) else {
      return nil
    }
    let names = item.folder.planNames
    var table = DataTable([
      .label(words("plan", "計画")), .number(words("expected loss", "予想損失")),
      .number(words("chance of default", "貸倒れの確率")),
      .number(words("owed at default", "貸倒れ時の残高")),
      .number(words("chance of a cash gap", "資金不足の確率")),
    ])
    for row in rows {
      let id = row.text("plan_id")
      table.add([
        names[id].map { "\(id) \($0)" } ?? "\(id)", cell(row.figure("expected_loss_yen")),
        cell(row.figure("default_probability"), .share),
        cell(row.figure("exposure_at_default_yen")),
        cell(row.figure("liquidity_gap_probability"), .share),
      ])
    }
    return table
  }
}
