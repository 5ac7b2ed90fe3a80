// SPDX-License-Identifier: GPL-3.0-or-later

/// Pictures of what the answer depends on.
extension Findings {
  private static let shownInputs = 12

  private var sensitivity: [PageRow] { main.rows("sensitivity") }

  /// What share of the variance goes with each input.
  var inputShares: Chart? {
    let all = sensitivity.filter {
      $0.text("method") == "sobol_total" && $0.figure("value") != nil
    }
    guard let metric = all.first?.text("metric") else { return nil }
    let sorted = all.filter { $0.text("metric") == metric }
      .sorted { ($0.integer("rank") ?? .max) < ($1.integer("rank") ?? .max) }
    guard let first = sorted.first else { return nil }
    let rows = sorted.prefix(Self.shownInputs).compactMap { row -> BarPicture.Row? in
      guard let share = row.figure("value") else { return nil }
      let name = words.input(row.text("input"))
      return BarPicture.Row(
        label: name, value: max(0, share.value), end: Phrase(words.share(share)),
        style: Palette.fill(0),
        detail: "\(name)\n\(words.share(share))\n\(interval(row, .share) ?? "–")")
    }
    return Chart(
      name: "shares",
      title: words(
        "\(words.input(first.text("input"))) brings most of the spread of \(words.metric(metric))",
        "\(words.metric(metric))のばらつきに最も効くのは\(words.input(first.text("input")))"),
      caption: words(
        "Share of the variance of \(words.metric(metric)) that would stay if all other inputs were "
          + "known. Inputs act together, so the shares sum to more than the whole.",
        "他の前提がすべて分かっても残る\(words.metric(metric))の分散の割合。"
          + "前提は互いに影響するため、合計は全体を超えます。")
        + originNote("sensitivity"),
      picture: BarPicture(sections: [.init(title: "", rows: rows)], words: words),
      table: sensitivityTable(sorted))
  }

  /// How far each input moves the answer between its low and its high value.
  var tornado: Chart? {
    let all = sensitivity.filter { $0.text("method").hasPrefix("tornado_") }
    guard let metric = all.first?.text("metric") else { return nil }
    let own = all.filter { $0.text("metric") == metric }
    let kind = MetricKind(metric)
    let figure = words.metric(metric == "cumulative_revenue" ? "mean_total_yen" : metric)
    func value(_ input: String, _ method: String) -> PageRow? {
      own.first { $0.text("input") == input && $0.text("method") == method }
    }
    let swings = own.filter { $0.text("method") == "tornado_p10" }.compactMap { low in
      value(low.text("input"), "tornado_p90").flatMap { TornadoSwing(low: low, high: $0) }
    }
    let sorted = swings.enumerated().sorted { a, b in
      (-a.element.size, a.offset) < (-b.element.size, b.offset)
    }.map(\.element)
    guard let first = sorted.first else { return nil }
    // Bars of no length say nothing, but for an answer that nothing moves.
    let shown = [first] + sorted.dropFirst().prefix(Self.shownInputs - 1).filter { $0.size > 0 }
    let rows = shown.map { swing -> FlowPicture.Row in
      let ends = words.range(words.value(swing.from, kind), words.value(swing.to, kind))
      let name = words.input(swing.input)
      return FlowPicture.Row(
        label: name, from: swing.from.value, to: swing.to.value, error: nil, end: ends,
        style: Palette.fill(0),
        detail: words(
          "\(name)\nlow \(cell(swing.low.figure("input_value"), .number)), high "
            + "\(cell(swing.high.figure("input_value"), .number))\n\(ends)",
          "\(name)\n低 \(cell(swing.low.figure("input_value"), .number))、高 "
            + "\(cell(swing.high.figure("input_value"), .number))\n\(ends)"))
    }
    return Chart(
      name: "tornado",
      title: words(
        "\(words.input(first.input)) moves \(figure) most",
        "\(figure)を最も動かすのは\(words.input(first.input))"),
      caption: words(
        "\(figure) with one input at its 10% and at its 90% quantile, the others as they are.",
        "一つの前提を10%点と90%点に置いたときの\(figure)。") + originNote("sensitivity"),
      picture: FlowPicture(rows: rows, kind: kind, isConnected: false, words: words),
      table: sensitivityTable(sensitivity))
  }

  private func sensitivityTable(_ rows: [PageRow]) -> DataTable {
    var table = DataTable([
      .label(words("input", "前提")), .label(words("what", "項目")), .label(words("method", "方法")),
      .number(words("input's value", "前提の値")), .number(words("result", "結果")),
      .number(words("95% interval", "95%信頼区間")),
    ])
    for row in rows {
      let method = row.text("method")
      let kind: MetricKind =
        method.hasPrefix("tornado_")
        ? MetricKind(row.text("metric")) : method.hasPrefix("sobol_") ? .share : .number
      table.add([
        words.input(row.text("input")), words.metric(row.text("metric")), words.method(method),
        cell(row.figure("input_value"), .number), cell(row.figure("value"), kind),
        interval(row, kind) ?? "–",
      ])
    }
    return table
  }
}

/// The answer with one input at its low and at its high value.
private struct TornadoSwing {
  let low: PageRow
  let high: PageRow
  let from: Figure
  let to: Figure

  /// Nil where one of the two has no value.
  init?(low: PageRow, high: PageRow) {
    guard let from = low.figure("value"), let to = high.figure("value") else { return nil }
    (self.low, self.high, self.from, self.to) = (low, high, from, to)
  }

  var input: String { low.text("input") }
  var size: Double { (to.value - from.value).magnitude }
}
