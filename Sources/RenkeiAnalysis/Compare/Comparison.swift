// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiStatistics

/// Two results, matched row by row and column by column.
///
/// Rows match when the cells of their key columns agree; arms match by name, or as they are where
/// each result has just one. The standard error of a difference takes the two results as
/// independent, √(se_a² + se_b²). Results drawn with the same seed share their draws: then the true
/// error is usually smaller, and the verdict `noise` is on the safe side.
package struct Comparison: Sendable {
  /// In the order of the first result's files, rows and columns; what only the second result has
  /// comes last in each file.
  package let rows: [ComparisonRow]

  /// - Complexity: O(cells), in memory for both results.
  package init(_ a: [ComparedTable], _ b: [ComparedTable]) {
    var rows: [ComparisonRow] = []
    for table in a {
      if let other = b.first(where: { $0.name == table.name }) {
        rows += TableComparison(table, other).rows
      } else {
        rows.append(Self.missing(table.name, .onlyA))
      }
    }
    for table in b where !a.contains(where: { $0.name == table.name }) {
      rows.append(Self.missing(table.name, .onlyB))
    }
    self.rows = rows
  }

  /// Rows that differ by more than `tolerance`; see ``ComparisonRow/exceeds(tolerance:)``.
  package func exceeding(tolerance: Double) -> [ComparisonRow] {
    rows.filter { $0.exceeds(tolerance: tolerance) }
  }

  private static func missing(_ table: String, _ verdict: ComparisonVerdict) -> ComparisonRow {
    ComparisonRow(
      place: ComparisonPlace(table: table), a: nil, b: nil, interval95: nil, z: nil,
      verdict: verdict)
  }
}

/// The comparison of two files of the same kind.
private struct TableComparison {
  private let a: ComparedTable
  private let b: ComparedTable
  private let keys: [String]
  private let pairsSingleArms: Bool

  init(_ a: ComparedTable, _ b: ComparedTable) {
    self.a = a
    self.b = b
    keys = a.header.filter { ComparedTable.keyColumns.contains($0) && b.header.contains($0) }
    pairsSingleArms = a.arms.count == 1 && b.arms.count == 1
  }

  var rows: [ComparisonRow] {
    let (namesA, namesB) = (identities(a), identities(b))
    var indexInB: [[String]: Int] = [:]
    for (index, name) in namesB.enumerated() { indexInB[name] = index }
    var matchedInB = [Bool](repeating: false, count: b.rows.count)
    var result: [ComparisonRow] = []
    for (index, name) in namesA.enumerated() {
      if let match = indexInB[name] {
        matchedInB[match] = true
        result += compare(a.rows[index], b.rows[match])
      } else {
        result.append(single(a.rows[index], of: a, .onlyA))
      }
    }
    for index in b.rows.indices where !matchedInB[index] {
      result.append(single(b.rows[index], of: b, .onlyB))
    }
    return result
  }

  /// The key cells of every row, with a running number where a name occurs again.
  private func identities(_ table: ComparedTable) -> [[String]] {
    let columns = keys.compactMap { table.header.firstIndex(of: $0) }
    var occurrences: [[String]: Int] = [:]
    return table.rows.map { row in
      var name = columns.map { column in
        pairsSingleArms && table.header[column] == "arm" ? "" : row[column]
      }
      let seen = occurrences[name, default: 0]
      occurrences[name] = seen + 1
      name.append(String(seen))
      return name
    }
  }

  private func compare(_ rowA: [String], _ rowB: [String]) -> [ComparisonRow] {
    var place = self.place(rowA, of: a)
    place.armB = cell("arm", of: rowB, in: b) ?? ""
    var result: [ComparisonRow] = []
    for (index, column) in a.header.enumerated() where !keys.contains(column) {
      place.metric = column
      guard let cellB = cell(column, of: rowB, in: b) else {
        result.append(row(place, a: cellNumber(rowA[index]), b: nil, .onlyA))
        continue
      }
      if let compared = compare(rowA[index], cellB, at: place, rowA, rowB) {
        result.append(compared)
      }
    }
    for (index, column) in b.header.enumerated() where !a.header.contains(column) {
      place.metric = column
      result.append(row(place, a: nil, b: cellNumber(rowB[index]), .onlyB))
    }
    return result
  }

  /// The comparison of two cells; nil where neither applies.
  private func compare(
    _ cellA: String, _ cellB: String, at place: ComparisonPlace, _ rowA: [String],
    _ rowB: [String]
  ) -> ComparisonRow? {
    if cellA.isEmpty && cellB.isEmpty { return nil }
    let (valueA, valueB) = (cellNumber(cellA), cellNumber(cellB))
    if cellA == cellB { return row(place, a: valueA, b: valueB, .identical) }
    if cellB.isEmpty { return row(place, a: valueA, b: nil, .onlyA) }
    if cellA.isEmpty { return row(place, a: nil, b: valueB, .onlyB) }
    guard let valueA, let valueB else { return row(place, a: valueA, b: valueB, .noError) }
    if valueA == valueB { return row(place, a: valueA, b: valueB, .identical) }
    guard let errorColumn = ComparedTable.errorColumn(of: place.metric),
      let errorA = cell(errorColumn, of: rowA, in: a).flatMap(cellNumber), errorA >= 0,
      let errorB = cell(errorColumn, of: rowB, in: b).flatMap(cellNumber), errorB >= 0,
      errorA > 0 || errorB > 0
    else { return row(place, a: valueA, b: valueB, .noError) }
    let difference = StudentisedDifference(
      valueB, standardError: errorB, minus: valueA, standardError: errorA)
    let interval = difference.interval()
    return ComparisonRow(
      place: place, a: valueA, b: valueB, interval95: interval, z: difference.z,
      verdict: interval.contains(0) ? .noise : .real)
  }

  private func row(
    _ place: ComparisonPlace, a: Double?, b: Double?, _ verdict: ComparisonVerdict
  ) -> ComparisonRow {
    ComparisonRow(place: place, a: a, b: b, interval95: nil, z: nil, verdict: verdict)
  }

  private func single(
    _ cells: [String], of table: ComparedTable, _ verdict: ComparisonVerdict
  ) -> ComparisonRow {
    var place = self.place(cells, of: table)
    if verdict == .onlyB { (place.armA, place.armB) = ("", place.armA) }
    return row(place, a: nil, b: nil, verdict)
  }

  private func cell(_ column: String, of row: [String], in table: ComparedTable) -> String? {
    table.header.firstIndex(of: column).map { row[$0] }
  }

  private func place(_ row: [String], of table: ComparedTable) -> ComparisonPlace {
    var place = ComparisonPlace(table: table.name)
    var others: [String] = []
    for (column, cell) in zip(table.header, row) where keys.contains(column) {
      switch column {
      case "arm": place.armA = cell
      case "measure": place.measure = cell
      case "year": place.year = cell
      case "plan_id": place.planID = cell
      case "group_by": place.groupBy = cell
      case "group": place.group = cell
      default: others.append(cell)
      }
    }
    place.item = others.joined(separator: "/")
    return place
  }
}
