// SPDX-License-Identifier: GPL-3.0-or-later

/// Pictures of the total: over the years, and its distribution.
extension Findings {
  /// The cumulative total against promise and goal.
  func fan(_ item: ReportCase) -> Chart? {
    let rows = item.portfolio("cumulative")
    guard !rows.isEmpty, let last = rows.last, let middle = middle(item) else { return nil }
    let medianColumn = quantiles.median ?? "mean_yen"
    func values(_ column: String) -> [Double] { rows.map { $0.figure(column)?.value ?? 0 } }
    let promises = item.promises
    let promised = item.goal?.figure("promised_yen") ?? promises.last
    let goal = item.goal?.figure("goal_yen")
    var bands: [FanPicture.Band] = []
    if let outer = quantiles.outer {
      bands.append(.init(low: values(outer.low), high: values(outer.high), style: "band"))
    }
    if let inner = quantiles.inner {
      bands.append(.init(low: values(inner.low), high: values(inner.high), style: "band-inner"))
    }
    let promisedTitle: Phrase =
      promised.map { words("; \(words.amount($0)) was promised", "、計画額は\(words.amount($0))") }
      ?? ""
    return Chart(
      name: "fan",
      title: words(
        "By \(item.lastYear) the plans sell \(words.amount(middle)) in the middle case"
          + "\(promisedTitle)\(suffix(item))",
        "\(item.lastYear)年までの累計売上は中央値で\(words.amount(middle))\(promisedTitle)\(suffix(item))"),
      caption: words(
        "Sales of all plans to date. Line: median; dark: half of the simulated futures; light: "
          + "\(quantiles.outerShare) of them.",
        "全計画の累計売上。線：中央値、濃い帯：試行の半分、薄い帯：試行の\(quantiles.outerShare)。"),
      picture: FanPicture(
        years: rows.map { $0.text("calendar_year") }, bands: bands, median: values(medianColumn),
        promise: promises.count == rows.count ? promises.map(\.value) : [], goal: goal?.value,
        labels: fanLabels(last, medianColumn: medianColumn, promised: promised, goal: goal),
        details: rows.enumerated().map { index, row in
          fanDetail(row, promised: index < promises.count ? promises[index] : nil)
        },
        words: words),
      table: fanTable(rows, promises: promises))
  }

  private func fanLabels(
    _ last: PageRow, medianColumn: String, promised: Figure?, goal: Figure?
  ) -> [EndLabel] {
    var labels: [EndLabel] = []
    func add(
      _ figure: Figure?, _ style: String, _ series: String, mark: String? = nil,
      _ text: (FigureText) -> Phrase
    ) {
      guard let figure else { return }
      labels.append(
        EndLabel(
          value: figure.value, phrase: text(words.amount(figure)), style: style, mark: mark,
          series: series))
    }
    let simulated = FanPicture.simulated(words)
    if let outer = quantiles.outer {
      add(last.figure(outer.high), "note", simulated) { words("upper \($0)", "上側 \($0)") }
      add(last.figure(outer.low), "note", simulated) { words("lower \($0)", "下側 \($0)") }
    }
    add(last.figure(medianColumn), "strong", simulated, mark: Palette.fill(0)) {
      words("middle \($0)", "中央 \($0)")
    }
    add(promised, "label", FanPicture.promised(words)) { words("promise \($0)", "計画 \($0)") }
    add(goal, "goal-text", FanPicture.goal(words)) { words("goal \($0)", "目標 \($0)") }
    return labels
  }

  private func fanDetail(_ row: PageRow, promised: Figure?) -> Phrase {
    var text: Phrase = "\(row.text("calendar_year"))"
    if let middle = row.figure(quantiles.median ?? "mean_yen") {
      text = text + words("\nmiddle \(words.amount(middle))", "\n中央値 \(words.amount(middle))")
    }
    if let outer = quantiles.outer, let low = row.figure(outer.low),
      let high = row.figure(outer.high)
    {
      let range = words.range(words.amount(low), words.amount(high))
      text =
        text
        + words("\n\(quantiles.outerShare) range \(range)", "\n\(quantiles.outerShare)の範囲 \(range)")
    }
    if let promised {
      text = text + words("\npromised \(words.amount(promised))", "\n計画額 \(words.amount(promised))")
    }
    return text
  }

  private func fanTable(_ rows: [PageRow], promises: [Figure]) -> DataTable {
    let columns =
      ["mean_yen", quantiles.outer?.low, quantiles.inner?.low, quantiles.median]
      + [quantiles.inner?.high, quantiles.outer?.high]
    let shown = columns.compactMap { $0 }
    var table = DataTable(
      [.label(words("to the end of", "年末まで"))]
        + shown.map { .number(quantileTitle($0)) }
        + (promises.isEmpty ? [] : [.number(words("promised", "計画額"))]))
    for (index, row) in rows.enumerated() {
      table.add(
        ["\(row.text("calendar_year"))"] + shown.map { cell(row.figure($0)) }
          + (promises.isEmpty ? [] : [cell(index < promises.count ? promises[index] : nil)]))
    }
    return table
  }

  /// `mean`, or the quantile of a column in percent.
  func quantileTitle(_ column: String) -> Phrase {
    if column == "mean_yen" { return words("mean", "平均") }
    if column == "p50_yen" { return words("median", "中央値") }
    let level = column.dropFirst().prefix { $0 != "_" }
    let number = level.hasPrefix("0") ? String(level.dropFirst()) : String(level)
    return words("\(number)% quantile", "\(number)%点")
  }

  /// How likely the total is to reach each amount, all cases in one picture.
  var exceedance: Chart? {
    let drawn = cases.compactMap { item -> (ReportCase, [(x: Figure, p: Figure)])? in
      let points = item.rows("exceedance").compactMap { row in
        row.figure("threshold_yen").flatMap { x in row.figure("probability").map { (x, $0) } }
      }.sorted { $0.0.value < $1.0.value }
      return points.isEmpty ? nil : (item, points.map { (x: $0.0, p: $0.1) })
    }
    guard let lead = drawn.first(where: { $0.0.index == main.index }) ?? drawn.first
    else { return nil }
    let goal = main.goal?.figure("goal_yen")
    let end = exceedanceEnd(drawn.map(\.1), goal: goal?.value)
    let leadName: Phrase = drawn.count > 1 ? words(" (\(lead.0.label))", "（\(lead.0.label)）") : ""
    let beyond: Phrase? = lead.1.last { $0.x.value <= end }.flatMap { last in
      last.p.value > 0
        ? words(
          "beyond \(words.amount(last.x)): \(words.percent(last.p))\(leadName) →",
          "\(words.amount(last.x))以上：\(words.percent(last.p))\(leadName) →") : nil
    }
    return Chart(
      name: "exceedance", title: exceedanceTitle,
      caption: words(
        "How likely the total in \(period) is at least the amount below. The curve goes on to the "
          + "right of the picture.",
        "\(period)の累計売上が横軸の金額以上になる確率。曲線は図の右にも続きます。"),
      picture: CurvePicture(
        curves: drawn.map { item, points in
          CurvePicture.Curve(
            label: item.label,
            points: points.map { point in
              .init(
                x: point.x.value, y: point.p.value,
                detail: words(
                  "\(words.amount(point.x)) or more: \(words.percent(point.p))\(suffix(item))",
                  "\(words.amount(point.x))以上：\(words.percent(point.p))\(suffix(item))"))
            }, index: item.index)
        },
        xKind: .yen, yKind: .share,
        xTitle: words("total in \(period)", "\(period)の累計売上"),
        yTitle: words("chance of at least this much", "この金額以上となる確率"),
        mark: goal.map {
          ($0.value, words("goal \(words.amount($0))", "目標 \(words.amount($0))"))
        },
        beyond: beyond, xRange: 0...end, yRange: 0...1, words: words),
      table: exceedanceTable(drawn, end: end))
  }

  /// Where the picture stops: past the goal, and where hardly anything is left.
  private func exceedanceEnd(_ curves: [[(x: Figure, p: Figure)]], goal: Double?) -> Double {
    let reach =
      curves.map { points in
        points.first { $0.p.value < 0.01 }?.x.value ?? points.last?.x.value ?? 0
      }.max() ?? 1
    return max(reach, (goal ?? 0) * 1.15, 1)
  }

  private var exceedanceTitle: Phrase {
    guard let goal = main.goal, let aim = goal.figure("goal_yen") else {
      return words("How likely the total reaches each amount", "累計売上が各金額に達する確率")
    }
    let others = cases.filter { $0.index != main.index }.prefix(2).compactMap { item in
      item.goal.map { words(", \(item.label) \(chance($0))", "、\(item.label) \(chance($0))") }
    }.reduce(Phrase.empty, +)
    return hasSeveralCases
      ? words(
        "Chance of reaching \(words.amount(aim)): \(main.label) \(chance(goal))\(others)",
        "\(words.amount(aim))を達成する確率：\(main.label) \(chance(goal))\(others)")
      : words(
        "The total reaches \(words.amount(aim)) with a chance of \(chance(goal))",
        "累計売上が\(words.amount(aim))に達する確率は\(chance(goal))")
  }

  private func exceedanceTable(
    _ drawn: [(ReportCase, [(x: Figure, p: Figure)])], end: Double
  ) -> DataTable {
    var table = DataTable(
      [.label(words("total at least", "累計売上"))] + drawn.map { .number("\($0.0.label)") })
    for point in drawn.first?.1 ?? [] where point.x.value <= end {
      table.add(
        [Phrase(words.amount(point.x))]
          + drawn.map { _, points in
            cell(points.first { $0.x.value == point.x.value }?.p, .share)
          })
    }
    return table
  }
}
