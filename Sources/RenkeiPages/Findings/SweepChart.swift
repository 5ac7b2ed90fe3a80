// SPDX-License-Identifier: GPL-3.0-or-later

/// The picture of how the answer changes with what is varied.
extension Findings {
  /// Along the first key that takes numbers; a curve for each arm and value of the other keys.
  var sweep: Chart? {
    guard let table = main.folder.table("sweep") else { return nil }
    let keys = table.header.filter { !Self.sweepColumns.contains($0) }
    let all = table.rows
    guard let metric = all.first?.text("metric"),
      let key = keys.first(where: { key in all.allSatisfy { $0.figure(key) != nil } })
    else { return nil }
    let kind = MetricKind(metric)
    let years = all.compactMap { $0.integer("year") }
    let last = all.filter {
      years.isEmpty || $0.integer("year") == years.max() || $0.text("year") == ""
    }
    let rows = last.filter { $0.text("metric") == metric }
    let others = keys.filter { $0 != key }
    func name(_ row: PageRow) -> [String] { [row.text("arm")] + others.map { row.text($0) } }
    var names: [[String]] = []
    for row in rows where !names.contains(name(row)) { names.append(name(row)) }
    let hasArms = table.arms.count > 1
    let curves = names.prefix(Palette.seriesCount).enumerated().compactMap {
      index, name -> CurvePicture.Curve? in
      let settings = zip(others, name.dropFirst()).map { "\($0) = \($1)" }
      let label = ((hasArms ? [name[0]] : []) + settings).joined(separator: ", ")
      let points = rows.filter { rowName in
        rowName.text("arm") == name[0]
          && zip(others, name.dropFirst()).allSatisfy { rowName.text($0) == $1 }
      }.compactMap { row -> CurvePicture.Point? in
        guard let x = row.figure(key), let y = row.figure("value") else { return nil }
        return .init(
          x: x.value, y: y.value, low: row.figure("ci95_low")?.value,
          high: row.figure("ci95_high")?.value,
          detail: "\(key) \(cell(x, MetricKind(key)))\n\(label) \(withInterval(row, "value", kind))"
        )
      }.sorted { $0.x < $1.x }
      return points.count > 1
        ? .init(
          label: label.isEmpty ? main.label : label, points: points, index: index, hasDots: true,
          end: others.isEmpty && hasArms ? "\(name[0])" : nil)
        : nil
    }
    guard !curves.isEmpty else { return nil }
    return Chart(
      name: "sweep",
      title: words(
        "How \(words.metric(metric)) changes with \(key)", "\(key)を変えたときの\(words.metric(metric))"),
      caption: words("Band: 95% interval of the simulation.", "帯：95%信頼区間（計算の誤差）。")
        + originNote("sweep"),
      picture: CurvePicture(
        curves: curves, xKind: MetricKind(key), yKind: kind, xTitle: "\(key)",
        yTitle: words.metric(metric), words: words),
      table: sweepTable(last, keys))
  }

  private static let sweepColumns: Set<String> = [
    "point", "arm", "metric", "year", "value", "standard_error", "ci95_low", "ci95_high",
    "scenario", "settings", "seed", "paths", "inputs_sha256",
  ]

  /// What stands at the end of the horizon.
  private func sweepTable(_ rows: [PageRow], _ keys: [String]) -> DataTable {
    let numeric = keys.filter { key in rows.allSatisfy { $0.figure(key) != nil } }
    var table = DataTable(
      keys.map { numeric.contains($0) ? .number("\($0)") : .label("\($0)") } + [
        .label(words("arm", "支援策の組合せ")), .label(words("what", "項目")),
        .number(words("result", "結果")), .number(words("95% interval", "95%信頼区間")),
      ])
    for row in rows {
      let kind = MetricKind(row.text("metric"))
      let settings = keys.map { key -> Phrase in
        numeric.contains(key) ? cell(row.figure(key), MetricKind(key)) : "\(row.text(key))"
      }
      table.add(
        settings + [
          "\(row.text("arm"))", words.metric(row.text("metric")), cell(row.figure("value"), kind),
          interval(row, kind) ?? "–",
        ])
    }
    return table
  }
}
