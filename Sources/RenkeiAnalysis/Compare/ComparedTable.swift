// SPDX-License-Identifier: GPL-3.0-or-later

/// A result file as text: a header and rows of as many cells.
package struct ComparedTable: Sendable, Equatable {
  /// The file's name without `.csv`, for example `portfolio`.
  package let name: String
  package let header: [String]
  package let rows: [[String]]

  package init(name: String, header: [String], rows: [[String]]) {
    precondition(rows.allSatisfy { $0.count == header.count }, "a row of the wrong length")
    self.name = name
    self.header = header
    self.rows = rows
  }

  /// Columns that name a row in the result files, whatever the file. `calendar_year` follows from
  /// `year`, so runs that start in different years match by year.
  package static let keyColumns: Set<String> = [
    "arm", "baseline_arm", "measure", "year", "plan_id", "group_by", "group", "unit", "metric",
    "basis", "component", "loan", "bearer", "item", "source", "input", "level", "method", "point",
    "path", "threshold_yen",
  ]

  /// The column that holds the Monte Carlo standard error of `column`, if the files have one.
  static func errorColumn(of column: String) -> String? {
    switch column {
    case "mean_yen": "standard_error_yen"
    case "mean", "probability", "difference", "value", "shapley": "standard_error"
    default: nil
    }
  }

  /// The names of the arms, in order of first appearance.
  var arms: [String] {
    guard let column = header.firstIndex(of: "arm") else { return [] }
    var seen: Set<String> = []
    return rows.map { $0[column] }.filter { seen.insert($0).inserted }
  }
}

/// The number that a result file's cell states, or nil for text: plain decimals only, no
/// hexadecimal, no infinities.
func cellNumber(_ cell: String) -> Double? {
  guard !cell.isEmpty, cell.utf8.allSatisfy(isNumeric), let value = Double(cell) else { return nil }
  return value.isFinite ? value : nil
}

private func isNumeric(_ byte: UInt8) -> Bool {
  (0x30...0x39).contains(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E")
}
