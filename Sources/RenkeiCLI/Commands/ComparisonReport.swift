// SPDX-License-Identifier: GPL-3.0-or-later
import Renkei

extension Comparison {
  /// Every compared value as a table that other programs read.
  var document: CSVDocument {
    CSVDocument(
      fileName: "compare.csv",
      header: [
        "table", "arm_a", "arm_b", "measure", "year", "plan_id", "group_by", "group", "item",
        "metric", "a", "b", "difference", "ratio", "ci95_low", "ci95_high", "z", "paired",
        "verdict",
      ],
      rows: rows.map(\.cells))
  }

  /// What differs by more than `tolerance`, for a person: headline figures first, then the largest
  /// differences, at most `limit` of them.
  func text(tolerance: Double, limit: Int = 30) -> String {
    let exceeding = exceeding(tolerance: tolerance)
    let compared = DecimalText.grouped(rows.count)
    guard !exceeding.isEmpty else {
      return rows.allSatisfy { $0.verdict == .identical }
        ? "identical: \(compared) values"
        : "within the tolerance of \(DecimalText.shortest(tolerance)): \(compared) values"
    }
    let lastYear =
      rows.lazy.filter { $0.place.table == "portfolio" }.compactMap { Int($0.place.year) }.max()
      ?? 0
    let ordered = exceeding.enumerated().map { offset, row in
      (offset: offset, row: row, priority: ComparisonPriority(row, lastYear: lastYear))
    }.sorted { a, b in
      if a.priority < b.priority { return true }
      return b.priority < a.priority ? false : a.offset < b.offset
    }.map(\.row)
    var table = TextTable([.left, .left, .left, .right, .right, .right, .right, .right, .left])
    table.add(["where", "year", "metric", "A", "B", "B - A", "B / A", "z", "verdict"])
    for row in ordered.prefix(limit) { table.add(row.texts) }
    var lines = table.lines()
    if ordered.count > limit {
      lines.append("… and \(DecimalText.grouped(ordered.count - limit)) more (--format csv: all)")
    }
    let counts = ComparisonVerdict.allCases.compactMap { verdict -> String? in
      let count = exceeding.count { $0.verdict == verdict }
      return count == 0 ? nil : "\(DecimalText.grouped(count)) \(verdict.rawValue)"
    }
    lines += [
      "",
      "\(DecimalText.grouped(exceeding.count)) of \(compared) values differ: "
        + counts.joined(separator: ", "),
    ]
    if exceeding.contains(where: { $0.verdict == .real }) {
      lines.append(
        "real: the 95% interval of B - A excludes 0, as 1 in 20 do by chance alone")
    }
    return lines.joined(separator: "\n")
  }
}

extension ComparisonRow {
  fileprivate var cells: [ResultCell] {
    let labels = [
      place.table, place.armA, place.armB, place.measure, place.year, place.planID, place.groupBy,
      place.group, place.item, place.metric,
    ]
    let numbers = [a, b, difference, ratio, interval95?.low, interval95?.high, z]
    var cells: [ResultCell] = labels.map { $0.isEmpty ? .empty : .text($0) }
    cells += numbers.map { number in number.map { .number($0) } ?? .empty }
    // Only the two results' own errors are known, not how they move together.
    return cells + [.text("no"), .text(verdict.rawValue)]
  }

  fileprivate var texts: [String] {
    let arm = place.armB.isEmpty ? place.armA : place.armB
    let parts = [
      place.table, arm, place.planID, place.groupBy, place.group, place.item, place.measure,
    ]
    let name = parts.filter { !$0.isEmpty }.joined(separator: " ")
    return [
      DisplayWidth.shortened(DisplayWidth.printable(name), to: 48),
      DisplayWidth.printable(place.year), DisplayWidth.printable(place.metric),
      amount(a), amount(b), amount(difference),
      ratio.map { DecimalText.fixed($0, decimals: 4) } ?? "",
      z.map { DecimalText.fixed($0, decimals: 1) } ?? "", verdict.rawValue,
    ]
  }

  private func amount(_ value: Double?) -> String {
    guard let value else { return "" }
    if place.metric.hasSuffix("_yen") { return AmountText.western(value) }
    return DecimalText.fixed(value, decimals: value.magnitude < 10 ? 6 : 2)
  }
}

/// The order in which differences matter to a person: missing files, the probability of the goal,
/// the portfolio's total in the last year, the rest of the goal, missing rows; then what is real
/// before what is not, by falling relative difference.
private struct ComparisonPriority: Comparable {
  private let rank: Int
  private let relativeDifference: Double

  init(_ row: ComparisonRow, lastYear: Int) {
    let place = row.place
    let isTotal =
      place.table == "portfolio" && place.measure == "cumulative" && Int(place.year) == lastYear
    switch place.metric {
    case "": rank = place.armA.isEmpty && place.armB.isEmpty ? 0 : 5
    case "probability" where place.table == "goal": rank = 1
    case "mean_yen" where isTotal: rank = 2
    case "p05_yen" where isTotal, "p50_yen" where isTotal, "p95_yen" where isTotal: rank = 3
    case _ where place.table == "goal": rank = 4
    default: rank = row.verdict == .real ? 6 : 7
    }
    if let a = row.a, let b = row.b {
      relativeDifference = (b - a).magnitude / max(1, a.magnitude, b.magnitude)
    } else {
      relativeDifference = .infinity
    }
  }

  static func < (a: ComparisonPriority, b: ComparisonPriority) -> Bool {
    a.rank == b.rank ? a.relativeDifference > b.relativeDifference : a.rank < b.rank
  }
}
