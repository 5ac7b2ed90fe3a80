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
}
