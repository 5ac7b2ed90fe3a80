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
  /// Index by column name.
  private var template: [String: Int] = [:]
  /// Number of columns with a numeric plan input.
  private var inputCount = 0

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
    PlanColumns.check(names.names, diagnostics: diagnostics) { [scanner] index in
      index.map { scanner.location(of: names.cells[$0]) }
        ?? SourceLocation(file: source, line: names.line)
    }
    let columns = names.names.map {
      Column(
        name: $0, role: PlanColumns.role(of: $0), allowsGrouping: PlanColumns.allowsGrouping($0))
    }
    // A column that is listed twice was reported; its first place counts.
    template = Dictionary(zip(names.names, 0...), uniquingKeysWith: { first, _ in first })
    inputCount = columns.count { if case .input = $0.role { true } else { false } }
    let idColumn = columns.firstIndex { $0.role == .id }
    let expectedCount = expectedRowCount()
    var identities = PlanIdentities(diagnostics: diagnostics, expectedCount: expectedCount)
    var rows: [PlanRow] = []
    rows.reserveCapacity(expectedCount)
    var texts: [String] = []
    while scanner.next(into: &cells) {
      guard !scanner.rowIsBroken,
        CSVHeader.checkWidth(cells, names, scanner, diagnostics)
      else { continue }
      let row = row(cells, columns, &texts)
      if let idColumn { identities.check(row.id, at: scanner.location(of: cells[idColumn])) }
      rows.append(row)
    }
    if rows.isEmpty, !diagnostics.hasErrors {
      diagnostics.error(
        "no-rows", at: SourceLocation(file: source), "the plan list holds no plans",
        suggestion: "add one row per plan below the header")
    }
    return PlanList(source: source, columns: names.names, rows: rows)
  }

  /// Number of rows if all were as long as the average line of the first 64 KiB.
  private func expectedRowCount() -> Int {
    let sample = bytes.prefix(1 << 16)
    let lines = max(1, sample.count { $0 == UInt8(ascii: "\n") })
    return bytes.count / max(1, sample.count / lines)
  }

  private func row(
    _ cells: [CSVCell], _ columns: [Column], _ texts: inout [String]
  ) -> PlanRow {
    var row = PlanRow(
      id: "", name: "", attributes: [:], settings: PlanSettings(),
      location: SourceLocation(file: source, line: cells[0].line, column: 1))
    row.settings.numbers.reserveCapacity(inputCount)
    texts.removeAll(keepingCapacity: true)
    for cell in cells { texts.append(cell.end > cell.start ? scanner.text(of: cell) : "") }
    // Mapping the values of one dictionary spares hashing every column's name in every row.
    row.attributes = template.mapValues { texts[$0] }
    for (index, column) in columns.enumerated() {
      let text = texts[index]
      if text.isEmpty {
        row.attributes[column.name] = nil
        continue
      }
      switch column.role {
      case .id: row.id = text
      case .attribute, .name:
        _ = ControlText.check(
          text, at: scanner.location(of: cells[index]), key: column.name,
          diagnostics: diagnostics)
        if column.role == .name { row.name = text }
      default: read(text, cells[index], column, into: &row.settings)
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
