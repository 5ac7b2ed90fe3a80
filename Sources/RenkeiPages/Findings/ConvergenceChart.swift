// SPDX-License-Identifier: GPL-3.0-or-later

/// The picture of how the figure of a condition came to be known.
extension Findings {
  /// The figure with its confidence sequence at each look of the main case's run.
  var convergence: Chart? {
    let rows = main.rows("convergence")
    guard let metric = rows.first?.text("metric"), let last = rows.last?.integer("paths") else {
      return nil
    }
    let kind = MetricKind(metric)
    let points = rows.compactMap { row -> CurvePicture.Point? in
      guard let paths = row.figure("paths"), let value = row.figure("value"),
        let low = row.figure("sequence95_low"), let high = row.figure("sequence95_high")
      else { return nil }
      return .init(
        x: paths.value, y: value.value, low: low.value, high: high.value,
        detail: words(
          "after \(words.value(paths, .number)) paths \(words.value(value, kind)), 95% sequence "
            + "\(words.range(words.value(low, kind), words.value(high, kind)))",
          "試行\(words.value(paths, .number))回で\(words.value(value, kind))、95%信頼列 "
            + "\(words.range(words.value(low, kind), words.value(high, kind)))"))
    }
    // One look is no line.
    guard points.count > 1, let range = Self.range(of: points, kind) else { return nil }
    let manifest = main.folder.manifest
    let count = words.count(last)
    return Chart(
      name: "convergence",
      title: manifest.isUntilMet
        ? words(
          "\(count) paths were enough for \(manifest.until)",
          "試行\(count)回で条件 \(manifest.until) が成立")
        : words(
          "\(count) paths were not enough for \(manifest.until)",
          "試行\(count)回では条件 \(manifest.until) は不成立"),
      caption: words(
        "\(words.metric(metric)) at each look. Band: 95% confidence sequence, right at all looks "
          + "together. The axis does not begin at 0.",
        "確認ごとの\(words.metric(metric))。帯：95%信頼列（全ての確認で同時に有効）。縦軸は0から始まりません。"),
      picture: CurvePicture(
        curves: [.init(label: main.label, points: points, index: main.index, hasDots: true)],
        xKind: .number, yKind: kind, xTitle: words("paths", "試行回数"),
        yTitle: words.metric(metric), yRange: range, words: words),
      table: convergenceTable(rows, kind))
  }

  /// From the lowest end of the band to the highest.
  private static func range(
    of points: [CurvePicture.Point], _ kind: MetricKind
  ) -> ClosedRange<Double>? {
    let values = points.flatMap { [$0.low, $0.high].compactMap { $0 } }
    guard let low = values.min(), let high = values.max(), low < high else { return nil }
    let margin = (high - low) / 20
    return kind == .share
      ? max(0, low - margin)...min(1, high + margin) : low - margin...high + margin
  }

  private func convergenceTable(_ rows: [PageRow], _ kind: MetricKind) -> DataTable {
    var table = DataTable([
      .number(words("paths", "試行回数")), .number(words("result", "結果")),
      .number(words("standard error", "標準誤差")), .number(words("95% sequence", "95%信頼列")),
    ])
    for row in rows {
      let ends = row.figure("sequence95_low").flatMap { low in
        row.figure("sequence95_high").map {
          words.range(words.value(low, kind), words.value($0, kind))
        }
      }
      table.add([
        cell(row.figure("paths"), .number), cell(row.figure("value"), kind),
        cell(row.figure("standard_error"), kind), ends ?? "–",
      ])
    }
    return table
  }
}
