// SPDX-License-Identifier: GPL-3.0-or-later

/// Pictures of public money and of loans.
extension Findings {
  /// Parts of the gross and net cost, in the order in which they are stacked; income is taken off.
  private static let parts: [(name: String, isIncome: Bool)] = [
    ("subsidy_paid", false), ("interest_subsidy", false), ("policy_loan_loss", false),
    ("guarantee_loss", false), ("tax_expenditure", false), ("advice_cost", false),
    ("guarantee_fees", true), ("extra_tax", true),
  ]

  /// The basis that the page tells: loans run until they are repaid, so their whole life counts.
  var costBasis: String {
    let all = cases.flatMap { $0.rows("public_cost") }.map { $0.text("basis") }
    return all.contains("life") ? "life" : all.first ?? ""
  }

  /// A line of the public cost of a case.
  func cost(_ item: ReportCase, _ component: String) -> PageRow? {
    item.rows("public_cost").first {
      $0.text("basis") == costBasis && $0.text("component") == component
    }
  }

  /// What each arm costs the public, part by part.
  var cost: Chart? {
    let known = cases.filter { cost($0, "gross") != nil }
    // An arm without measures costs nothing and needs no bar.
    let costly = known.filter { cost($0, "gross")?.figure("mean_yen")?.value != 0 }
    let shown = costly.isEmpty ? known : costly
    guard let lead = shown.first(where: { $0.index == main.index }) ?? shown.first,
      let net = (cost(lead, "net") ?? cost(lead, "gross"))?.figure("mean_yen")
    else { return nil }
    let rows = shown.map { item in
      StackPicture.Row(
        label: "\(item.label)",
        parts: Self.parts.enumerated().compactMap { index, part in
          guard let figure = cost(item, part.name)?.figure("mean_yen") else { return nil }
          let name = words.component(part.name)
          return StackPicture.Part(
            index: index, value: part.isIncome ? -figure.value : figure.value,
            detail: "\(item.label)\n\(name) \(words.amount(figure))")
        },
        net: cost(item, "net")?.figure("mean_yen")?.value,
        note: cost(item, "net")?.figure("mean_yen").map {
          words("net \(words.amount($0))", "純費用 \(words.amount($0))")
        } ?? "")
    }
    var table = DataTable([
      .label(words("arm", "支援策の組合せ")), .label(words("years", "範囲")),
      .label(words("part", "内訳")), .number(words("mean", "平均")),
      .number(words("standard error", "標準誤差")), .number(words("5% quantile", "5%点")),
      .number(words("median", "中央値")), .number(words("95% quantile", "95%点")),
    ])
    for item in shown {
      for row in item.rows("public_cost") {
        table.add(
          [
            "\(item.label)", words.basis(row.text("basis")),
            words.component(row.text("component")),
          ]
            + ["mean_yen", "standard_error_yen", "p05_yen", "p50_yen", "p95_yen"].map {
              cell(row.figure($0))
            })
      }
    }
    return Chart(
      name: "cost",
      title: words(
        "“\(lead.label)” costs the public \(words.amount(net)) net, in present value",
        "「\(lead.label)」の公費は純額で\(words.amount(net))（現在価値）"),
      caption: words(
        "Mean public cost \(words.basis(costBasis)). Right of 0: spent; left of 0: income; diamond: "
          + "net.",
        "\(words.basis(costBasis))の公費の平均。0の右：支出、左：収入、菱形：純額。"),
      picture: StackPicture(
        names: Self.parts.map { words.component($0.name).plain }, rows: rows, kind: .yen,
        words: words),
      table: table)
  }

  private static let bearers = ["public", "guarantor", "lender"]

  /// The mean of an item of the loans of one bearer in a year.
  private func loan(
    _ rows: [PageRow], _ item: String, _ bearer: String, year: Int
  ) -> Figure? {
    rows.first {
      $0.text("item") == item && $0.text("bearer") == bearer && $0.integer("year") == year
    }?.figure("mean_yen")
  }

  /// What is still owed at the end of each year, by who stands for it.
  func loans(_ item: ReportCase) -> Chart? {
    loanColumns(
      item, name: "loans", loanItem: "closing",
      title: { last in
        words(
          "At the end of \(item.lastYear) the businesses still owe \(words.amount(last))"
            + "\(suffix(item))",
          "\(item.lastYear)年末の融資残高は平均\(words.amount(last))\(suffix(item))")
      },
      caption: words(
        "Mean balance at the end of each year, by who bears its losses.",
        "年末残高の平均。損失を負担する者別。"))
  }

  /// What defaults in each year, by who bears it.
  func defaults(_ item: ReportCase) -> Chart? {
    let rows = item.rows("loans")
    let years = item.portfolio("annual").count
    let all = Self.bearers.flatMap { bearer in
      (1...max(1, years)).compactMap { loan(rows, "defaulted", bearer, year: $0) }
    }
    let total = Figure.sum(all)
    return loanColumns(
      item, name: "defaults", loanItem: "defaulted",
      title: { _ in
        words(
          "Loans of \(words.amount(total)) default in \(period)\(suffix(item))",
          "\(period)に貸倒れとなる融資は平均\(words.amount(total))\(suffix(item))")
      },
      caption: words(
        "Mean balance that defaults in each year, by who bears it; part of it is recovered.",
        "各年に貸倒れとなる残高の平均。負担者別。一部は回収されます。"))
  }

  private func loanColumns(
    _ item: ReportCase, name: String, loanItem: String, title: (Figure) -> Phrase, caption: Phrase
  ) -> Chart? {
    let rows = item.rows("loans")
    let years = item.portfolio("annual").map { $0.text("calendar_year") }
    guard !rows.isEmpty, !years.isEmpty else { return nil }
    let columns = years.indices.map { year in
      Self.bearers.compactMap { loan(rows, loanItem, $0, year: year + 1) }
    }
    let present = Self.bearers.filter { bearer in
      years.indices.contains { (loan(rows, loanItem, bearer, year: $0 + 1)?.value ?? 0) > 0 }
    }
    guard !present.isEmpty, let last = columns.last else { return nil }
    let series = present.map { bearer in
      ColumnPicture.Series(
        label: words.bearer(bearer).plain,
        values: years.indices.map { loan(rows, loanItem, bearer, year: $0 + 1)?.value ?? 0 },
        index: Self.bearers.firstIndex(of: bearer) ?? 0)
    }
    let details = years.indices.map { year in
      present.reduce("\(years[year])" as Phrase) { text, bearer in
        guard let figure = loan(rows, loanItem, bearer, year: year + 1) else { return text }
        return "\(text)\n\(words.bearer(bearer)) \(words.amount(figure))"
      }
    }
    var table = DataTable([
      .label(words("year", "年")), .label(words("borne by", "負担者")),
      .label(words("loan", "融資")), .label(words("what", "項目")), .number(words("mean", "平均")),
      .number(words("standard error", "標準誤差")), .number(words("95% quantile", "95%点")),
    ])
    for row in rows
    where name == "loans" || ["defaulted", "recovered", "written_off"].contains(row.text("item")) {
      let year = (row.integer("year") ?? 0) - 1
      table.add([
        "\(years.indices.contains(year) ? years[year] : row.text("year"))",
        words.bearer(row.text("bearer")), words.measure(row.text("loan")),
        words.loanItem(row.text("item")), cell(row.figure("mean_yen")),
        cell(row.figure("standard_error_yen")), cell(row.figure("p95_yen")),
      ])
    }
    return Chart(
      name: name, title: title(.sum(last)), caption: caption,
      picture: ColumnPicture(
        years: years, series: series, totals: columns.map { Phrase(words.amount(.sum($0))) },
        details: details, kind: .yen, words: words),
      table: table)
  }

  /// Who bears what of the loans that default: a row a bearer.
  func losses(_ item: ReportCase) -> DataTable? {
    let rows = item.rows("loans")
    guard !rows.isEmpty else { return nil }
    var table = DataTable(
      [.label(words("borne by", "負担者"))]
        + ["defaulted", "recovered", "written_off"].map { .number(words.loanItem($0)) })
    for bearer in Self.bearers {
      let sums = ["defaulted", "recovered", "written_off"].map { name in
        Figure.sum(
          rows.filter { $0.text("item") == name && $0.text("bearer") == bearer }
            .compactMap { $0.figure("mean_yen") })
      }
      guard sums[0].value > 0 else { continue }
      table.add([words.bearer(bearer)] + sums.map { Phrase(words.amount($0)) })
    }
    return table.rows.isEmpty ? nil : table
  }

  /// What bearers lose in all, largest first.
  func lossByBearer(_ item: ReportCase) -> [(bearer: String, loss: Figure)] {
    let rows = item.rows("loans")
    let losses = Self.bearers.map { bearer in
      (
        bearer: bearer,
        loss: Figure.sum(
          rows.filter { $0.text("item") == "written_off" && $0.text("bearer") == bearer }
            .compactMap { $0.figure("mean_yen") })
      )
    }
    return losses.filter { $0.loss.value > 0 }.sorted { $0.loss.value > $1.loss.value }
  }
}
