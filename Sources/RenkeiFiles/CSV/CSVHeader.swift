// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// The first row of a CSV file: distinct, non-empty names.
struct CSVHeader {
  /// Columns that a table may have.
  static let columnLimit = 10_000

  let names: [String]
  let cells: [CSVCell]

  /// Line of the header, from 1.
  var line: Int { cells[0].line }

  /// Reads and checks the header, nil where the file has no row at all.
  static func read(
    from scanner: inout CSVScanner, diagnostics: DiagnosticCollector
  ) -> CSVHeader? {
    var cells: [CSVCell] = []
    guard scanner.next(into: &cells) else {
      diagnostics.error(
        "csv-empty", at: SourceLocation(file: scanner.source), "the file is empty",
        suggestion: "begin it with a row of column names")
      return nil
    }
    let reading = scanner
    guard cells.count <= columnLimit else {
      diagnostics.error(
        "csv-header", at: SourceLocation(file: reading.source, line: cells[0].line),
        "the table has \(cells.count) columns", allowed: "at most \(columnLimit)")
      return nil
    }
    let names = cells.map { reading.text(of: $0) }
    var first: [String: Int] = [:]
    for (index, name) in names.enumerated() {
      if name.allSatisfy(\.isWhitespace) {
        diagnostics.error(
          "csv-header", at: reading.location(of: cells[index]), "column \(index + 1) has no name",
          suggestion: "name the column or remove it")
      } else if name.first?.isWhitespace == true || name.last?.isWhitespace == true {
        diagnostics.error(
          "csv-header", at: reading.location(of: cells[index]), value: name,
          "a column's name begins or ends with a space", suggestion: "remove the space")
      } else if let invisible = ControlText.firstInvisible(in: name) {
        diagnostics.error(
          "csv-header", at: reading.location(of: cells[index]), value: name,
          "the column's name holds the invisible character U+"
            + ControlText.hexadecimal(invisible), suggestion: "remove it")
      } else if let earlier = first[name] {
        diagnostics.error(
          "csv-header", at: reading.location(of: cells[index]), value: name,
          "two columns, \(earlier + 1) and \(index + 1), have the same name",
          suggestion: "rename or remove one of them")
      } else {
        first[name] = index
      }
    }
    return CSVHeader(names: names, cells: cells)
  }

  /// Whether a row has as many cells as the header; if not, that is reported.
  static func checkWidth(
    _ cells: [CSVCell], _ header: CSVHeader, _ scanner: CSVScanner,
    _ diagnostics: DiagnosticCollector
  ) -> Bool {
    guard cells.count != header.names.count else { return true }
    let isShort = cells.count < header.names.count
    diagnostics.error(
      "csv-width",
      at: isShort
        ? SourceLocation(file: scanner.source, line: cells[0].line)
        : scanner.location(of: cells[header.names.count]),
      "the row has \(cells.count) cell\(cells.count == 1 ? "" : "s"), "
        + "the header \(header.names.count)",
      suggestion: isShort ? "add the missing commas" : "put text that contains a comma in quotes")
    return false
  }
}
