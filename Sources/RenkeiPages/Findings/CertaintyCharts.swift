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

  /// How the answer changes along one varied key.
  var sweep: Chart? {
    guard let table = main.folder.table("sweep") else { return nil }
    let fixed: Set<String> = [
      "point", "arm", "metric", "year", "value", "standard_error", "ci95_low", "ci95_high",
    ]
    let keys = table.header.filter { !fixed.contains($0) }
    guard let key = keys.first, let metric = table.rows.first?.text("metric") else { return nil }
    let kind = MetricKind(metric)
    let own = table.rows.filter { $0.text("metric") == metric }
    let years = own.compactMap { $0.integer("year") }
    let rows = own.filter { years.isEmpty || $0.integer("year") == years.max() }
    let arms = table.arms.isEmpty ? [""] : table.arms
    let curves = arms.enumerated().compactMap { index, arm -> CurvePicture.Curve? in
      let points = rows.filter { $0.text("arm") == arm }.compactMap { row -> CurvePicture.Point? in
        guard let x = row.figure(key), let y = row.figure("value") else { return nil }
        return .init(
          x: x.value, y: y.value, low: row.figure("ci95_low")?.value,
          high: row.figure("ci95_high")?.value,
          detail: "\(key) \(cell(x, .number))\n\(arm) \(withInterval(row, "value", kind))")
      }.sorted { $0.x < $1.x }
      return points.count > 1
        ? .init(
          label: arm.isEmpty ? main.label : arm, points: points, index: index, hasDots: true,
          end: arms.count > 1 ? "\(arm)" : nil)
        : nil
    }
    guard !curves.isEmpty else { return nil }
    var data = DataTable(
      keys.map { .number("\($0)") } + [
        .label(words("arm", "支援策の組合せ")), .label(words("what", "項目")),
        .number(words("result", "結果")), .number(words("95% interval", "95%信頼区間")),
      ])
    for row in table.rows {
      let kind = MetricKind(row.text("metric"))
      data.add(
        keys.map { cell(row.figure($0), .number) } + [
          "\(row.text("arm"))", words.metric(row.text("metric")), cell(row.figure("value"), kind),
          interval(row, kind) ?? "–",
        ])
    }
    return Chart(
      name: "sweep",
      title: words(
        "How \(words.metric(metric)) changes with \(key)", "\(key)を変えたときの\(words.metric(metric))"),
      caption: words("Band: 95% interval of the simulation.", "帯：95%信頼区間（計算の誤差）。"),
      picture: CurvePicture(
        curves: curves, xKind: .number, yKind: kind, xTitle: "\(key)",
        yTitle: words.metric(metric), words: words),
      table: data)
  }
}
