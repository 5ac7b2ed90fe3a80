// SPDX-License-Identifier: GPL-3.0-or-later

/// Pictures of arms or folders side by side, and of what a package of support changes.
extension Findings {
  /// The total of every case: median, half and most of the futures.
  var arms: Chart? {
    guard hasSeveralCases else { return nil }
    let goal = main.goal?.figure("goal_yen")
    let rows = cases.map { item in
      let total = item.total
      func range(_ pair: (low: String, high: String)?) -> ClosedRange<Double>? {
        guard let pair, let low = total?.figure(pair.low)?.value,
          let high = total?.figure(pair.high)?.value, low <= high
        else { return nil }
        return low...high
      }
      let middle: Phrase = middle(item).map { Phrase(words.amount($0)) } ?? "–"
      let chance: Phrase =
        item.goal.map { words(", goal \(self.chance($0))", "、達成確率 \(self.chance($0))") } ?? ""
      return SpanPicture.Row(
        label: "\(item.label)", note: "\(middle)\(chance)", point: self.middle(item)?.value,
        outer: range(quantiles.outer), inner: range(quantiles.inner), index: item.index,
        detail: "\(item.label)\n\(middle)\(chance)")
    }
    var table = DataTable([
      .label(words("case", "ケース")), .number(words("mean", "平均")),
      .number(words("standard error", "標準誤差")), .number(words("median", "中央値")),
      .number(words("chance of the goal", "目標達成の確率")),
      .number(words("95% interval", "95%信頼区間")),
      .number(words("mean gap to the goal", "目標との差（平均）")),
    ])
    for item in cases {
      table.add([
        "\(item.label)", cell(item.total?.figure("mean_yen")),
        cell(item.total?.figure("standard_error_yen")), cell(middle(item)),
        item.goal.map(chance) ?? "–", item.goal.flatMap { interval($0, .share) } ?? "–",
        cell(item.goal?.figure("mean_gap_to_goal_yen")),
      ])
    }
    let parts = cases.prefix(4).map { item -> Phrase in
      "\(item.label) \(middle(item).map { Phrase(words.amount($0)) } ?? "–")"
    }
    let list = parts.dropFirst().reduce(parts[0]) { words("\($0), \($1)", "\($0)、\($1)") }
    return Chart(
      name: "arms",
      title: words("Total in the middle case: \(list)", "累計売上の中央値：\(list)"),
      caption: words(
        "Total in \(period). Dot: median; thick: half of the simulated futures; thin: "
          + "\(quantiles.outerShare) of them.",
        "\(period)の累計売上。点：中央値、太線：試行の半分、細線：試行の\(quantiles.outerShare)。"),
      picture: SpanPicture(
        rows: rows, kind: .yen, axisTitle: words("total in \(period)", "\(period)の累計売上"),
        mark: goal.map {
          ($0.value, words("goal \(words.amount($0))", "目標 \(words.amount($0))"))
        }, words: words),
      table: table)
  }

  /// Arms that were compared with the baseline arm on the same paths.
  private var comparedCases: [ReportCase] {
    cases.filter { !revenueEffect($0).isEmpty }
  }

  /// The row of the effect on total sales, where there is one.
  private func revenueEffect(_ item: ReportCase) -> [PageRow] {
    item.rows("effects").filter {
      $0.text("metric") == "cumulative_revenue" && $0.text("arm") != $0.text("baseline_arm")
    }
  }

  /// What each arm adds to the total, against the baseline arm.
  var effects: Chart? {
    let rows = comparedCases.compactMap { item -> SpanPicture.Row? in
      guard let row = revenueEffect(item).first, let change = row.figure("difference")
      else { return nil }
      let low = row.figure("ci95_low")?.value ?? change.value
      let high = row.figure("ci95_high")?.value ?? change.value
      let note = withInterval(row, "difference", .yen, signed: true)
      return SpanPicture.Row(
        label: "\(item.label)", note: note, point: change.value,
        outer: low <= high ? low...high : nil, inner: nil, index: item.index,
        detail: "\(item.label)\n\(note)")
    }
    guard !rows.isEmpty,
      let shown = revenueEffect(main).first
        ?? comparedCases.first.flatMap({
          revenueEffect($0).first
        }), let change = shown.figure("difference")
    else { return nil }
    var table = DataTable([
      .label(words("arm", "支援策の組合せ")), .label(words("what", "項目")),
      .number("\(shown.text("baseline_arm"))"), .number(words("with the arm", "支援後")),
      .number(words("difference", "差")), .number(words("95% interval", "95%信頼区間")),
      .number(words("chance of more", "上回る確率")),
    ])
    for item in comparedCases {
      for row in item.rows("effects") {
        let kind = MetricKind(row.text("metric"), unit: row.text("unit"))
        table.add([
          "\(item.label)", words.metric(row.text("metric")),
          cell(row.figure("baseline_mean"), kind), cell(row.figure("arm_mean"), kind),
          cell(row.figure("difference"), kind), interval(row, kind) ?? "–",
          cell(row.figure("probability_positive"), .share),
        ])
      }
    }
    return Chart(
      name: "effects", title: effectTitle(shown, change),
      caption: words(
        "Mean difference on the same simulated futures, with its 95% interval (Monte Carlo error "
          + "only).",
        "同じ試行どうしの差の平均と95%信頼区間（モンテカルロ誤差のみ）。"),
      picture: SpanPicture(
        rows: rows, kind: .yen, axisTitle: words("extra sales", "売上の増分"), words: words),
      table: table)
  }

  private func effectTitle(_ row: PageRow, _ change: Figure) -> Phrase {
    let (arm, baseline) = (row.text("arm"), row.text("baseline_arm"))
    let amount = words.amount(change)
    return change.value < 0
      ? words(
        "Against “\(baseline)”, “\(arm)” changes total sales by \(amount) on average",
        "「\(arm)」の累計売上は「\(baseline)」より平均\(amount)")
      : words(
        "“\(arm)” adds \(amount) to total sales on average, against “\(baseline)”",
        "「\(arm)」は「\(baseline)」より累計売上が平均\(amount)多い")
  }

  /// How the measures of the main arm share its effect (Shapley values).
  var attribution: Chart? {
    guard
      let item = cases.first(where: { !$0.rows("attribution").isEmpty && $0.index == main.index })
        ?? cases.first(where: { !$0.rows("attribution").isEmpty })
    else { return nil }
    let all = item.rows("attribution")
    let metrics = all.map { $0.text("metric") }
    let metric = metrics.contains("cumulative_revenue") ? "cumulative_revenue" : metrics[0]
    let own = all.filter { $0.text("metric") == metric }
    let kind = MetricKind(metric)
    let steps = own.filter { $0.text("measure") != "total" }
    var rows: [FlowPicture.Row] = []
    var level = 0.0
    for row in steps {
      guard let value = row.figure("shapley") else { continue }
      rows.append(flow(row, value, from: level, kind, style: Palette.fill(value.value < 0 ? 5 : 0)))
      level += value.value
    }
    guard !rows.isEmpty else { return nil }
    let largest = steps.max {
      ($0.figure("shapley")?.value ?? 0) < ($1.figure("shapley")?.value ?? 0)
    }
    if let total = own.first(where: { $0.text("measure") == "total" }),
      let value = total.figure("shapley")
    {
      rows.append(flow(total, value, from: 0, kind, style: Palette.fill(7)))
    }
    let leader = words.measure(largest?.text("measure") ?? "")
    let amount = largest?.figure("shapley").map { Phrase(words.value($0, kind)) } ?? ""
    var table = DataTable([
      .label(words("what", "項目")), .label(words("measure", "支援策")),
      .number(words("share of the effect (Shapley)", "寄与（シャープレイ値）")),
      .number(words("95% interval", "95%信頼区間")),
      .number(words("if added first", "最初に加えた場合")),
      .number(words("if added last", "最後に加えた場合")), .number(words("share", "割合")),
    ])
    for row in all {
      let kind = MetricKind(row.text("metric"))
      table.add([
        words.metric(row.text("metric")), words.measure(row.text("measure")),
        cell(row.figure("shapley"), kind), interval(row, kind) ?? "–",
        cell(row.figure("first_in"), kind), cell(row.figure("last_in"), kind),
        cell(row.figure("share"), .share),
      ])
    }
    return Chart(
      name: "attribution",
      title: words(
        "Of what “\(item.arm)” adds to \(words.metric(metric)), \(leader) brings most: \(amount)",
        "「\(item.arm)」による\(words.metric(metric))の増分のうち最大は\(leader)：\(amount)"),
      caption: words(
        "Each measure's average addition over all orders in which the measures can be added "
          + "(Shapley value); thin line: 95% interval.",
        "支援策を加える全ての順序で平均した寄与（シャープレイ値）。細線：95%信頼区間。"),
      picture: FlowPicture(rows: rows, kind: kind, isConnected: true, words: words), table: table)
  }

  private func flow(
    _ row: PageRow, _ value: Figure, from: Double, _ kind: MetricKind, style: String
  ) -> FlowPicture.Row {
    let label = words.measure(row.text("measure"))
    var error: ClosedRange<Double>?
    if let low = row.figure("ci95_low")?.value, let high = row.figure("ci95_high")?.value,
      low <= high
    {
      error = (from + low)...(from + high)
    }
    let end: Phrase = kind == .yen ? Phrase(words.change(value)) : Phrase(words.value(value, kind))
    return FlowPicture.Row(
      label: label, from: from, to: from + value.value, error: error, end: end, style: style,
      detail: "\(label)\n\(withInterval(row, "shapley", kind, signed: true))")
  }
}
