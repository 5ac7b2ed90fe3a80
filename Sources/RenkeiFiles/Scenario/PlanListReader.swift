// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// Reads a plan list from CSV bytes.
struct PlanListReader {
  private struct Column {
    let name: String
    let role: PlanColumns.Role
    let allowsGrouping: Bool
  }

  private let source: String
  private let diagnostics: DiagnosticCollector
  private var scanner: CSVScanner
  private let bytes: [UInt8]

  /// The plans of a CSV file; problems are reported and what can be read is returned.
  ///
  /// Complexity: O(bytes).
  static func read(
    _ bytes: [UInt8], source: String, diagnostics: DiagnosticCollector
  ) -> PlanList {
    let empty = PlanList(source: source, columns: [], rows: [])
    guard
      let start = EncodedText.contentStart(of: bytes, source: source, diagnostics: diagnostics)
    else { return empty }
    var reader = PlanListReader(bytes, from: start, source: source, diagnostics: diagnostics)
    return reader.list() ?? empty
  }

  private init(
    _ bytes: [UInt8], from start: Int, source: String, diagnostics: DiagnosticCollector
  ) {
    self.source = source
    self.diagnostics = diagnostics
    self.bytes = bytes
    scanner = CSVScanner(bytes, from: start, source: source, diagnostics: diagnostics)
  }

  private mutating func list() -> PlanList? {
    var cells: [CSVCell] = []
    guard let names = CSVHeader.read(from: &scanner, diagnostics: diagnostics) else { return nil }
    PlanColumns.check(names.names, diagnostics: diagnostics) { index in
      index.map { names.locations[$0] } ?? SourceLocation(file: source, line: names.line)
    }
    let columns = names.names.map {
      Column(
        name: $0, role: PlanColumns.role(of: $0), allowsGrouping: PlanColumns.allowsGrouping($0))
    }
    let hasIDs = columns.contains { $0.role == .id }
    var identities = PlanIdentities(diagnostics: diagnostics)
    var rows: [PlanRow] = []
    while scanner.next(into: &cells) {
      guard !scanner.rowIsBroken,
        CSVHeader.checkWidth(cells, names, scanner, diagnostics)
      else { continue }
      let row = row(cells, columns)
      if hasIDs {
        let index = columns.firstIndex { $0.role == .id } ?? 0
        identities.check(row.id, at: scanner.location(of: cells[index]))
      }
      rows.append(row)
    }
    if rows.isEmpty, !diagnostics.hasErrors {
      diagnostics.error(
        "no-rows", at: SourceLocation(file: source), "the plan list holds no plans",
        suggestion: "add one row per plan below the header")
    }
    return PlanList(source: source, columns: names.names, rows: rows)
  }

  private func row(_ cells: [CSVCell], _ columns: [Column]) -> PlanRow {
    var row = PlanRow(
      id: "", name: "", attributes: [:], settings: PlanSettings(),
      location: SourceLocation(file: source, line: cells[0].line, column: 1))
    row.attributes.reserveCapacity(columns.count)
    for (cell, column) in zip(cells, columns) where cell.end > cell.start {
      let text = scanner.text(of: cell)
      row.attributes[column.name] = text
      switch column.role {
      case .attribute: break
      case .id: row.id = text
      case .name: row.name = text
      default: read(text, cell, column, into: &row.settings)
      }
    }
    if row.name.isEmpty { row.name = row.id }
    return row
  }

  private func read(
    _ text: String, _ cell: CSVCell, _ column: Column, into settings: inout PlanSettings
  ) {
    var text = text
    if cell.isQuoted, column.allowsGrouping,
      let plain = NumberText.removingThousandsSeparators(text)
    {
      text = plain
    }
    let field = ScenarioField(
      name: column.name == PlanColumns.formerEndTarget
        ? PlanInput.endTargetYen.rawValue : column.name,
      path: column.name,
      value: YAMLValue(
        content: .text(text, isPlain: true), location: scanner.location(of: cell)),
      diagnostics: diagnostics)
    if text.hasPrefix("$") {
      field.report(
        "not-a-number", "a cell cannot name an input", suggestion: "use a segment for that")
      return
    }
    field.read(into: &settings)
  }
}
