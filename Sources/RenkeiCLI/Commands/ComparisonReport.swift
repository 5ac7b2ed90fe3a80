// SPDX-License-Identifier: GPL-3.0-or-later
import Renkei

extension ComparisonRow {
  /// The columns of a comparison written out.
  static let header = [
    "table", "arm_a", "arm_b", "measure", "year", "plan_id", "group_by", "group", "item",
    "metric", "a", "b", "difference", "ratio", "standard_error", "ci95_low", "ci95_high", "z",
    "paired", "verdict", "paths_needed",
  ]

  var cells: [ResultCell] {
    let labels = [
      place.table, place.armA, place.armB, place.measure, place.year, place.planID, place.groupBy,
      place.group, place.item, place.metric,
    ]
    let numbers = [
      figures.a, figures.b, figures.difference, figures.ratio, figures.standardError,
      figures.interval95?.low, figures.interval95?.high, figures.z,
    ]
    var cells: [ResultCell] = labels.map { $0.isEmpty ? .empty : .text($0) }
    cells += numbers.map { number in number.map { .number($0) } ?? .empty }
    return cells + [
      .text(figures.isPaired ? "yes" : "no"), .text(figures.verdict.rawValue),
      figures.pathsNeeded.map { .integer($0) } ?? .empty,
    ]
  }

  static let shortHeader = [
    "where", "year", "metric", "A", "B", "B - A", "B / A", "z", "verdict", "paths needed",
  ]

  /// The keys of the row, for people.
  var name: String {
    let arm = place.armB.isEmpty ? place.armA : place.armB
    let arms =
      place.armA.isEmpty || place.armB.isEmpty || place.armA == place.armB
      ? arm : "\(place.armA)/\(place.armB)"
    let parts = [
      place.table, arms, place.planID, place.groupBy, place.group, place.item, place.measure,
    ]
    return DisplayWidth.printable(parts.filter { !$0.isEmpty }.joined(separator: " "))
  }

  /// The row for people, under its name.
  func texts(_ name: String) -> [String] {
    [
      name, DisplayWidth.printable(place.year), DisplayWidth.printable(place.metric),
      amount(figures.a), amount(figures.b), amount(figures.difference),
      figures.ratio.map { DecimalText.fixed($0, decimals: 4) } ?? "",
      figures.z.map { DecimalText.fixed($0, decimals: 1) } ?? "",
      figures.verdict.rawValue + (figures.isPaired ? " (paired)" : ""),
      figures.pathsNeeded.map { DecimalText.grouped($0) } ?? "",
    ]
  }

  private func amount(_ value: Double?) -> String {
    guard let value else { return "" }
    if place.metric.hasSuffix("_yen") { return AmountText.western(value) }
    return DecimalText.fixed(value, decimals: value.magnitude < 10 ? 6 : 2)
  }
}

extension ComparisonDigest {
  /// What differs by more than the tolerance, for a person: headline figures first, then the
  /// largest differences.
  ///
  /// - Parameters:
  ///   - nameWidth: columns that the keys of a row may take in a table; nil: as many as they need.
  ///   - notes: lines that say how to read the table.
  func text(_ format: ComparisonFormat, nameWidth: Int?, notes: [String]) -> String {
    let compared = DecimalText.grouped(count)
    guard exceedingCount > 0 else {
      return hasDifference
        ? "within the tolerance of \(toleranceText): \(compared) values"
        : "identical: \(compared) values"
    }
    // A column that says nothing here is left out.
    let needed = shown.contains { $0.figures.pathsNeeded != nil }
    func kept(_ cells: [String]) -> [String] { needed ? cells : cells.dropLast() }
    var lines: [String]
    let names = shown.map(\.name)
    if format == .markdown {
      var table = MarkdownTable(kept(ComparisonRow.shortHeader))
      for (row, name) in zip(shown, names) { table.add(kept(row.texts(name))) }
      lines = table.lines
    } else {
      var table = TextTable(
        [.left, .left, .left, .right, .right, .right, .right, .right, .left]
          + (needed ? [.right] : []))
      table.add(kept(ComparisonRow.shortHeader))
      let fitting = nameWidth.map { DisplayWidth.elided(names, to: $0) } ?? names
      for (row, name) in zip(shown, fitting) { table.add(kept(row.texts(name))) }
      lines = table.lines()
    }
    if exceedingCount > shown.count {
      let more = DecimalText.grouped(exceedingCount - shown.count)
      lines += (format == .markdown ? [""] : []) + ["… and \(more) more (--format csv: all)"]
    }
    let counts = ComparisonVerdict.allCases.compactMap { verdict -> String? in
      let count = exceedingByVerdict[verdict, default: 0]
      return count == 0 ? nil : "\(DecimalText.grouped(count)) \(verdict.rawValue)"
    }
    lines += [
      "",
      "\(DecimalText.grouped(exceedingCount)) of \(compared) values differ: "
        + counts.joined(separator: ", "),
    ]
    for note in notes { lines += (format == .markdown ? [""] : []) + [note] }
    return lines.joined(separator: "\n")
  }
}

/// How to read a comparison's table.
struct ComparisonNotes {
  let lines: [String]

  init(_ comparison: Comparison, _ digest: ComparisonDigest) {
    var lines: [String] = []
    let counts = digest.exceedingByVerdict
    if digest.judgedCount > 0 {
      let expected = DecimalText.fixed(
        Double(digest.judgedCount) * 0.05, decimals: digest.judgedCount < 200 ? 1 : 0)
      lines.append(
        "real: the 95% interval of B - A excludes 0; of \(DecimalText.grouped(digest.judgedCount))"
          + " judged values about \(expected) would by chance alone")
    }
    if counts[.morePaths] != nil {
      lines.append(
        "more_paths: the interval holds 0 and also differences that matter (--matters); with the"
          + " paths needed on each side the verdict is sure to be real or noise")
    }
    if comparison.isPaired {
      lines.append("paired: both runs share their draws, so they are compared path by path")
    } else if comparison.sharesDraws, !comparison.a.tables.isEmpty, digest.judgedCount > 0 {
      lines.append(
        "both runs share their draws but not both kept their path totals (run --keep-paths), so"
          + " intervals are wider than they need be")
    }
    if !comparison.sharesPrecision {
      lines.append(
        "one run is in single precision and the other in double: differences of about a millionth "
          + "of a value are rounding, even where they are real")
    }
    self.lines = lines
  }
}
