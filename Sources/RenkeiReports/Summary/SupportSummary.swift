// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import RenkeiStatistics

/// What a run says about support: what each arm adds against the baseline arm, what it costs the
/// public, and who bears the losses.
struct SupportSummary {
  let result: SimulationResult
  let phrases: any SummaryPhrases
  let style: TextStyle

  private var lastYear: Int { result.startYear + result.horizonYears - 1 }

  /// Empty where no arm has money to speak of.
  ///
  /// Complexity: O(rows about support).
  var lines: [String] {
    let sections = result.arms.flatMap { arm in
      arm.finance.map { section(arm.arm, $0) } ?? []
    }
    return sections.isEmpty ? [] : sections + attributionLines + ["", phrases.supportCaveat]
  }

  private func section(_ arm: String, _ finance: FinanceResult) -> [String] {
    var table = TextTable([.left, .left])
    for (label, text) in effects(finance) + costs(finance) + loans(finance) {
      table.add([label, text])
    }
    if let survival = finance.survival {
      table.add([phrases.survival(year: lastYear), phrases.survival(survival)])
    }
    guard !table.rows.isEmpty else { return [] }
    let title = phrases.supportTitle(
      arm: DisplayWidth.printable(arm),
      baseline: finance.effects.first.map { DisplayWidth.printable($0.baselineArm) })
    return ["", style.bold(title)] + table.lines()
  }

  private func effects(_ finance: FinanceResult) -> [(String, String)] {
    [EffectMetric.cumulativeRevenue, .launched, .surviving, .goalProbability].compactMap { metric in
      guard let row = finance.effects.first(where: { $0.metric == metric }) else { return nil }
      return (phrases.effectLabel(metric), phrases.effect(row, paths: result.paths))
    }
  }

  private func costs(_ finance: FinanceResult) -> [(String, String)] {
    func amount(_ component: CostComponent) -> AmountSummary? {
      finance.publicCost.first { $0.basis == .life && $0.component == component }?.amount
    }
    guard let gross = amount(.gross), hasCost(finance) else { return [] }
    var rows = [(phrases.cost, phrases.cost(gross: gross.mean, net: amount(.net)))]
    let parts = CostComponent.allCases.prefix { $0 != .gross }.compactMap { component in
      amount(component).flatMap { $0.mean == 0 ? nil : (component, $0.mean) }
    }
    if !parts.isEmpty { rows.append((phrases.costParts, phrases.costParts(parts))) }
    let ratio = finance.costEffectiveness.first {
      $0.basis == .life && $0.metric == .costPerExtraYen
    }
    if let ratio { rows.append((phrases.costPerYen, phrases.costPerYen(ratio))) }
    return rows
  }

  /// Whether the arm costs anything: the arm without support does not.
  private func hasCost(_ finance: FinanceResult) -> Bool {
    finance.publicCost.contains { $0.basis == .life && $0.amount.mean != 0 }
  }

  private func loans(_ finance: FinanceResult) -> [(String, String)] {
    func sum(_ item: LoanItem, _ books: [LoanBook]) -> Double {
      finance.loans.reduce(0) { total, row in
        row.item == item && books.contains(row.book) ? total + row.amount.mean : total
      }
    }
    var names: [String] = []
    for book in LoanBook.allCases where !names.contains(book.loan) { names.append(book.loan) }
    var label = phrases.loans
    return names.compactMap { name in
      let books = LoanBook.allCases.filter { $0.loan == name }
      let drawn = sum(.drawn, books)
      guard drawn > 0 else { return nil }
      defer { label = "" }
      let losses = books.map { ($0, sum(.writtenOff, [$0])) }.filter { $0.1 > 0 }
      return (
        label,
        phrases.loan(books[0], drawn: drawn, defaulted: sum(.defaulted, books), losses: losses)
      )
    }
  }

  private var attributionLines: [String] {
    guard let rows = result.attribution, let first = rows.first else { return [] }
    var table = TextTable([.left, .left, .right, .right, .right, .right])
    table.add(phrases.attributionHeader)
    for row in rows where row.metric == .cumulativeRevenue {
      func other(_ metric: AttributionMetric) -> Double {
        rows.first { $0.arm == row.arm && $0.measure == row.measure && $0.metric == metric }?
          .shapley ?? 0
      }
      table.add([
        row.measure == nil ? "" : DisplayWidth.printable(row.arm),
        row.measure?.rawValue ?? phrases.attributionTotal, phrases.amount(row.shapley),
        row.share.map { DecimalText.percent($0, decimals: 1) } ?? "",
        DecimalText.fixed(other(.surviving), decimals: 2), phrases.amount(other(.netPublicCost)),
      ])
    }
    return ["", phrases.attribution(paths: first.paths)] + table.lines(indent: "  ")
  }
}
