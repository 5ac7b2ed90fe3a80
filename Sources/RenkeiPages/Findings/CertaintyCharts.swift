// SPDX-License-Identifier: GPL-3.0-or-later

/// Pictures of what makes the answer uncertain.
extension Findings {
  /// How much of the variance each source brings.
  var variance: Chart? {
    let rows = main.rows("variance_split")
    guard let metric = rows.first?.text("metric") else { return nil }
    let own = rows.filter { $0.text("metric") == metric }
    let names = own.map { words.source($0.text("source")) }
    let parts = own.enumerated().compactMap { index, row -> StackPicture.Part? in
      guard let share = row.figure("share") else { return nil }
      return .init(
        index: index, value: share.value, detail: "\(names[index])\n\(words.percent(share))")
    }
    guard
      let largest = own.max(by: {
        ($0.figure("share")?.value ?? 0) < ($1.figure("share")?.value ?? 0)
      }), let share = largest.figure("share")
    else { return nil }
    var table = DataTable([
      .label(words("what", "項目")), .label(words("source", "要因")), .number(words("share", "割合")),
      .number(words("95% interval", "95%信頼区間")),
    ])
    for row in rows {
      table.add([
        words.metric(row.text("metric")), words.source(row.text("source")),
        cell(row.figure("share"), .share), interval(row, .share) ?? "–",
      ])
    }
    return Chart(
      name: "variance",
      title: words(
        "\(words.share(share)) of the spread comes from \(words.source(largest.text("source")))",
        "ばらつきの\(words.share(share))は\(words.source(largest.text("source")))による"),
      caption: words(
        "Shares of the variance of \(words.metric(metric)).", "\(words.metric(metric))の分散の内訳。"),
      picture: StackPicture(
        names: names.map(\.plain),
        rows: [.init(label: words.metric(metric), parts: parts, net: nil, note: "")],
        kind: .share, words: words),
      table: table)
  }

  /// How far each input moves the answer between its low and its high value.
  var tornado: Chart? {
    let all = main.rows("sensitivity").filter { $0.text("method").hasPrefix("tornado_") }
    guard let metric = all.first?.text("metric") else { return nil }
    let own = all.filter { $0.text("metric") == metric }
    let kind = MetricKind(metric)
    var inputs: [String] = []
    for row in own where !inputs.contains(row.text("input")) { inputs.append(row.text("input")) }
    func value(_ input: String, _ method: String) -> PageRow? {
      own.first { $0.text("input") == input && $0.text("method") == method }
    }
    let swings = inputs.compactMap { input -> (input: String, low: PageRow, high: PageRow)? in
      guard let low = value(input, "tornado_p10"), let high = value(input, "tornado_p90"),
        low.figure("value") != nil, high.figure("value") != nil
      else { return nil }
      return (input, low, high)
    }
    func swing(_ row: (input: String, low: PageRow, high: PageRow)) -> Double {
      ((row.high.figure("value")?.value ?? 0) - (row.low.figure("value")?.value ?? 0)).magnitude
    }
    let sorted = swings.enumerated().sorted { a, b in
      (-swing(a.element), a.offset) < (-swing(b.element), b.offset)
    }.map(\.element).prefix(12)
    guard let first = sorted.first else { return nil }
    let rows = sorted.map { row -> FlowPicture.Row in
      let low = row.low.figure("value")
      let high = row.high.figure("value")
      let ends = words.range(
        words.value(low ?? .count(0), kind), words.value(high ?? .count(0), kind))
      return FlowPicture.Row(
        label: "\(row.input)", from: low?.value ?? 0, to: high?.value ?? 0, error: nil, end: ends,
        style: Palette.fill(0),
        detail: words(
          "\(row.input)\nlow \(cell(row.low.figure("input_value"), .number)), high "
            + "\(cell(row.high.figure("input_value"), .number))\n\(ends)",
          "\(row.input)\n低 \(cell(row.low.figure("input_value"), .number))、高 "
            + "\(cell(row.high.figure("input_value"), .number))\n\(ends)"))
    }
    return Chart(
      name: "tornado",
      title: words(
        "\(first.input) moves \(words.metric(metric)) most",
        "\(words.metric(metric))を最も動かすのは\(first.input)"
      ),
      caption: words(
        "\(words.metric(metric)) with one input at its 10% and at its 90% quantile, the others as "
          + "they are.",
        "一つの前提を10%点と90%点に置いたときの\(words.metric(metric))。"),
      picture: FlowPicture(rows: Array(rows), kind: kind, isConnected: false, words: words),
      table: sensitivityTable(main.rows("sensitivity")))
  }

  private func sensitivityTable(_ rows: [PageRow]) -> DataTable {
    var table = DataTable([
      .label(words("input", "前提")), .label(words("what", "項目")), .label(words("method", "方法")),
      .number(words("input's value", "前提の値")), .number(words("result", "結果")),
      .number(words("95% interval", "95%信頼区間")),
    ])
    for row in rows {
      let method = row.text("method")
      let kind = method.hasPrefix("tornado_") ? MetricKind(row.text("metric")) : .number
      table.add([
        "\(row.text("input"))", words.metric(row.text("metric")), "\(method)",
        cell(row.figure("input_value"), .number), cell(row.figure("value"), kind),
        interval(row, kind) ?? "–",
      ])
    }
    return table
  }
}
