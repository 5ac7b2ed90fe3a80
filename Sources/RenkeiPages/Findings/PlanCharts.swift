// SPDX-License-Identifier: GPL-3.0-or-later

/// Pictures of plans and groups: who decides the total, who sells, who fails.
extension Findings {
  private static let planLimit = 10
  private static let groupLimit = 5

  /// The plans that bring most, the rest as one.
  func plans(_ item: ReportCase) -> Chart? {
    let rows = item.contributions(by: "plan")
    guard !rows.isEmpty else { return nil }
    let names = item.folder.planNames
    let (top, rest) = Self.split(rows, limit: Self.planLimit)
    let share = Figure.sum(top.compactMap { $0.figure("share") })
    var bars = top.map { row in
      let id = row.text("group")
      return bar(row, label: names[id].map { "\(id) \($0)" } ?? "\(id)", item)
    }
    if !rest.isEmpty {
      bars.append(
        restBar(
          rest,
          label: words(
            "the other \(words.count(rest.count)) plans", "その他の\(words.count(rest.count))計画")))
    }
    let title =
      rest.isEmpty
      ? words("What each plan brings on average\(suffix(item))", "各計画の平均売上\(suffix(item))")
      : words(
        "\(words.count(top.count)) of \(words.count(rows.count)) plans bring \(words.share(share)) "
          + "of the average total\(suffix(item))",
        "\(words.count(rows.count))計画のうち上位\(words.count(top.count))計画が"
          + "平均累計売上の\(words.share(share))\(suffix(item))")
    return Chart(
      name: "plans", title: title,
      caption: words(
        "Mean sales in \(period) and their share of the mean total.",
        "\(period)の平均累計売上と全体に占める割合。"),
      picture: BarPicture(sections: [.init(title: "", rows: bars)], words: words),
      table: contributionTable(top: top, rest: rest, by: words("plan", "計画"), names: names))
  }

  /// What each group brings, a block a grouping.
  func groups(_ item: ReportCase) -> Chart? {
    var groupings: [String] = []
    for row in item.rows("contributions") {
      let grouping = row.text("group_by")
      if grouping != "plan", !groupings.contains(grouping) { groupings.append(grouping) }
    }
    let leaders = groupings.compactMap { item.contributions(by: $0).first }
    guard
      let leader = leaders.max(by: {
        ($0.figure("share")?.value ?? 0) < ($1.figure("share")?.value ?? 0)
      })
    else { return nil }
    let sections = groupings.map { grouping in
      let (top, rest) = Self.split(item.contributions(by: grouping), limit: Self.groupLimit)
      var bars = top.map { bar($0, label: "\($0.text("group"))", item) }
      if !rest.isEmpty {
        bars.append(
          restBar(
            rest,
            label: words(
              "the other \(words.count(rest.count))", "その他\(words.count(rest.count))")))
      }
      return BarPicture.Section(title: words.column(grouping), rows: bars)
    }
    var table = DataTable([
      .label(words("grouping", "分類")), .label(words("group", "グループ")),
      .number(words("mean total", "平均累計売上")), .number(words("share", "割合")),
    ])
    for grouping in groupings {
      for row in item.contributions(by: grouping).prefix(40) {
        table.add([
          words.column(grouping), "\(row.text("group"))", cell(row.figure("mean_yen")),
          cell(row.figure("share"), .share),
        ])
      }
    }
    let share: Phrase = leader.figure("share").map { Phrase(words.share($0)) } ?? ""
    return Chart(
      name: "groups",
      title: words(
        "The heaviest group: \(words.column(leader.text("group_by"))) "
          + "\(leader.text("group")), \(share) of the average total\(suffix(item))",
        "最も大きいグループ：\(words.column(leader.text("group_by")))「\(leader.text("group"))」、"
          + "平均累計売上の\(share)\(suffix(item))"),
      caption: words(
        "Mean sales in \(period) of each group and their share of the mean total.",
        "グループごとの\(period)の平均累計売上と全体に占める割合。"),
      picture: BarPicture(sections: sections, words: words), table: table)
  }

  /// Plans that have begun, sell, reach their target, have failed, year by year.
  func counts(_ item: ReportCase) -> Chart? {
    let metrics = ["launched", "active", "target_met", "failed_hazard", "failed_cash"]
    let rows = item.rows("counts")
    let years = item.portfolio("annual").map { $0.text("calendar_year") }
    var curves: [CurvePicture.Curve] = []
    for metric in metrics {
      let own = rows.filter { $0.text("metric") == metric }
      let points = own.compactMap { row -> CurvePicture.Point? in
        guard let year = row.integer("year"), let mean = row.figure("mean") else { return nil }
        let name = words.metric(metric)
        return .init(
          x: Double(year), y: mean.value,
          detail: "\(name) \(words.number(mean))")
      }
      if points.contains(where: { $0.y > 0 }) {
        curves.append(
          .init(
            label: words.metric(metric).plain, points: points,
            index: metrics.firstIndex(of: metric) ?? 0, hasDots: true,
            end:
              "\(words.metric(metric)) \(own.last?.figure("mean").map { Phrase(words.number($0)) } ?? "–")"
          ))
      }
    }
    func last(_ metric: String) -> Figure? {
      rows.last { $0.text("metric") == metric }?.figure("mean")
    }
    guard let active = last("active"), !curves.isEmpty else { return nil }
    let failed = [last("failed_hazard"), last("failed_cash")].compactMap { $0 }
    let lost: FigureText = words.number(failed.count == 1 ? failed[0] : .sum(failed))
    return Chart(
      name: "counts",
      title: words(
        "\(words.number(active)) of \(words.count(item.planCount)) plans still sell in "
          + "\(item.lastYear); \(lost) businesses have failed\(suffix(item))",
        "\(item.lastYear)年に売上があるのは\(words.count(item.planCount))計画のうち平均"
          + "\(words.number(active))件、廃業・倒産は\(lost)件\(suffix(item))"),
      caption: words(
        "Mean number of plans; the table below has the ranges.",
        "計画数の平均。範囲は下の表にあります。"),
      picture: CurvePicture(
        curves: curves, xKind: .number, yKind: .number, xTitle: "",
        yTitle: words("plans", "計画数"), categories: years,
        xRange: 1...Double(max(2, years.count)), words: words),
      table: countTable(rows, years: years, metrics: metrics))
  }

  private func bar(_ row: PageRow, label: Phrase, _ item: ReportCase) -> BarPicture.Row {
    let mean = row.figure("mean_yen")
    let share = row.figure("share").map { Phrase(words.share($0)) } ?? "–"
    let end: Phrase = mean.map { "\(words.amount($0))  \(share)" } ?? ""
    return BarPicture.Row(
      label: label, value: mean?.value ?? 0, end: end, style: Palette.fill(0),
      detail: "\(label)\n\(end)")
  }

  private func restBar(_ rows: [PageRow], label: Phrase) -> BarPicture.Row {
    let mean = Figure.sum(rows.compactMap { $0.figure("mean_yen") })
    let share = Figure.sum(rows.compactMap { $0.figure("share") })
    let end: Phrase = "\(words.amount(mean))  \(words.share(share))"
    return BarPicture.Row(
      label: label, value: mean.value, end: end, style: Palette.fill(7),
      detail: "\(label)\n\(end)", isRest: true)
  }

  private func contributionTable(
    top: [PageRow], rest: [PageRow], by title: Phrase, names: [String: String]
  ) -> DataTable {
    let hasNames = !names.isEmpty
    var table = DataTable(
      [.label(title)] + (hasNames ? [.label(words("name", "名称"))] : []) + [
        .number(words("mean total", "平均累計売上")), .number(words("share", "割合")),
      ])
    for row in top {
      let id = row.text("group")
      table.add(
        ["\(id)"] + (hasNames ? ["\(names[id] ?? "")"] : [])
          + [cell(row.figure("mean_yen")), cell(row.figure("share"), .share)])
    }
    if !rest.isEmpty {
      table.add(
        [words("other \(words.count(rest.count))", "その他\(words.count(rest.count))")]
          + (hasNames ? [""] : [])
          + [
            cell(.sum(rest.compactMap { $0.figure("mean_yen") })),
            cell(.sum(rest.compactMap { $0.figure("share") }), .share),
          ])
    }
    return table
  }

  private func countTable(_ rows: [PageRow], years: [String], metrics: [String]) -> DataTable {
    var table = DataTable([
      .label(words("year", "年")), .label(words("plans that", "計画")),
      .number(words("mean", "平均")), .number(words("standard error", "標準誤差")),
      .number(words("5% quantile", "5%点")), .number(words("median", "中央値")),
      .number(words("95% quantile", "95%点")),
    ])
    for row in rows where metrics.contains(row.text("metric")) {
      let year = (row.integer("year") ?? 0) - 1
      table.add(
        [
          "\(years.indices.contains(year) ? years[year] : row.text("year"))",
          words.metric(row.text("metric")),
        ]
          + ["mean", "standard_error", "p05", "p50", "p95"].map { cell(row.figure($0), .number) })
    }
    return table
  }

  /// The first rows, and the rest where it is more than one.
  private static func split(_ rows: [PageRow], limit: Int) -> ([PageRow], [PageRow]) {
    rows.count <= limit + 1
      ? (rows, []) : (Array(rows.prefix(limit)), Array(rows.dropFirst(limit)))
  }
}
