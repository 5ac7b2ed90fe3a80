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
  /// Content of every cell of the rows so far, as ``PlanCells`` wants it.
  private var places: [Range<UInt32>] = []
  private var rewritten: [Int: String] = [:]
  /// What rows hold until the cells of the whole list are known.
  private let noAttributes: PlanAttributes = [:]
  /// Number of columns with a numeric plan input.
  private var inputCount = 0

  /// The plans of a CSV file; problems are reported and what can be read is returned.
  ///
  /// Complexity: O(bytes).
  static func read(
    _ bytes: [UInt8], encoding: TextEncoding = .utf8, source: String,
    diagnostics: DiagnosticCollector
  ) -> PlanList {
    let empty = PlanList(source: source, columns: [], rows: [])
    var bytes = bytes
    if encoding != .utf8 {
      guard
        let text = CP932Decoder().decoded(bytes, source: source, diagnostics: diagnostics)
      else { return empty }
      bytes = text
    }
    guard
      let start = EncodedText.contentStart(
        of: bytes, source: source, isPlanList: true, diagnostics: diagnostics)
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
    inputCount = columns.count { if case .input = $0.role { true } else { false } }
    let idColumn = columns.firstIndex { $0.role == .id }
    let expectedCount = expectedRowCount(columnCount: columns.count)
    var identities = PlanIdentities(diagnostics: diagnostics, expectedCount: expectedCount)
    var rows: [PlanRow] = []
    rows.reserveCapacity(expectedCount)
    places.reserveCapacity(expectedCount * columns.count)
    while scanner.next(into: &cells) {
      guard !scanner.rowIsBroken,
        CSVHeader.checkWidth(cells, names, scanner, diagnostics)
      else { continue }
      let row = row(cells, columns)
      if let idColumn {
        identities.check(row.id, line: row.location.line, at: scanner.location(of: cells[idColumn]))
      }
      rows.append(row)
    }
    let listed = PlanCells(
      columns: names.names, bytes: bytes, places: places, rewritten: rewritten)
    for index in rows.indices {
      rows[index].attributes = PlanAttributes(row: index, of: listed)
    }
    if rows.isEmpty, !diagnostics.hasErrors {
      diagnostics.error(
        "no-rows", at: SourceLocation(file: source), "the plan list holds no plans",
        suggestion: "add one row per plan below the header")
    }
    var list = PlanList(source: source, columns: names.names, rows: rows)
    list.hasDistinctIDs = idColumn != nil && !diagnostics.hasErrors
    return list
  }

  /// Number of rows if all were as long as the average line of the first 64 KiB, and a little more:
  /// room that is not used costs nothing, growing it copies every row. Limited, because the first
  /// lines of a large file can be unlike the rest.
  private func expectedRowCount(columnCount: Int) -> Int {
    let sample = bytes.prefix(1 << 16)
    let lines = max(1, sample.count { $0 == UInt8(ascii: "\n") })
    let count = bytes.count / max(columnCount, sample.count / lines)
    return min(count + count / 16 + 1, Self.largestReservation)
  }

  private static let largestReservation = 1 << 21

  private mutating func row(_ cells: [CSVCell], _ columns: [Column]) -> PlanRow {
    var row = PlanRow(
      id: "", name: "", attributes: noAttributes, settings: PlanSettings(),
      location: SourceLocation(file: source, line: cells[0].line, column: 1))
    row.settings.numbers.reserveCapacity(inputCount)
    for (index, column) in columns.enumerated() {
      let cell = cells[index]
      places.append(UInt32(cell.start)..<UInt32(cell.end))
      guard cell.end > cell.start else { continue }
      var text: String?
      switch column.role {
      case .id:
        row.id = scanner.text(of: cell)
        if cell.hasEscapes { text = row.id }
      case .attribute, .name:
        text = keptText(cell, column)
        if column.role == .name { row.name = text ?? scanner.text(of: cell) }
      default: text = read(cell, column, into: &row.settings)
      }
      if let text { rewritten[places.count - 1] = text }
    }
    if row.name.isEmpty { row.name = row.id }
    return row
  }

  /// Checks a cell that is kept as text; the text where it is not the cell's bytes.
  private func keptText(_ cell: CSVCell, _ column: Column) -> String? {
    let isFormula = scanner.withBytes(of: cell) { $0.first == UInt8(ascii: "=") }
    if !isFormula, scanner.isOrdinary(cell) { return nil }
    let text = scanner.text(of: cell)
    _ = ControlText.check(
      text, at: scanner.location(of: cell), key: column.name, diagnostics: diagnostics)
    if text.utf8.first == UInt8(ascii: "=") { warnOfFormula(text, cell, column) }
    return cell.hasEscapes ? text : nil
  }

  private func warnOfFormula(_ text: String, _ cell: CSVCell, _ column: Column) {
    diagnostics.warning(
      "formula", at: scanner.location(of: cell), key: column.name, value: text,
      "the text looks like a formula and is kept as text",
      suggestion: "write the value that it stands for")
  }

  /// Reads an input's cell; the result is its plain number, without separators and units, as
  /// conditions and groups compare it, where that is not the cell's bytes.
  private func read(
    _ cell: CSVCell, _ column: Column, into settings: inout PlanSettings
  ) -> String? {
    if case .input(let input) = column.role, !cell.isQuoted,
      let value = scanner.withBytes(of: cell, NumberText.plainValue), input.admits(value)
    {
      settings.numbers[input] = Stated(.constant(value), at: scanner.location(of: cell))
      return nil
    }
    let written = scanner.text(of: cell)
    var text = written
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
    } else {
      field.read(into: &settings)
      text = NumberText.plainText(text) ?? text
    }
    return cell.hasEscapes || text != written ? text : nil
  }
}
