// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// A CSV file with a header, read whole: cells by row and column, each with its place.
public struct CSVTable: Sendable {
  /// Path as given.
  public let source: String
  /// Column names in file order, distinct and not empty.
  public let columns: [String]
  /// Number of rows below the header.
  public let rowCount: Int
  /// SHA-256 of the file.
  public let sha256: String

  private let bytes: [UInt8]
  /// Offset of the first byte after a byte order mark.
  private let contentStart: Int
  private let cells: [PackedCell]
  private let columnIndices: [String: Int]

  /// A cell's content in the bytes.
  private struct PackedCell {
    let start: UInt32
    let length: UInt32
    let line: UInt32
    let isQuoted: Bool
    let hasEscapes: Bool
  }

  /// Reads a CSV file.
  ///
  /// - Throws: FileAccessError or RenkeiModel/DiagnosticReport with every problem.
  public static func load(path: String) throws -> CSVTable {
    try CSVTable(InputBytes.table(of: path), source: path)
  }

  /// Reads CSV bytes.
  ///
  /// - Throws: RenkeiModel/DiagnosticReport with every problem.
  public init(_ bytes: [UInt8], source: String) throws(DiagnosticReport) {
    let diagnostics = DiagnosticCollector()
    var names: [String] = []
    var packed: [PackedCell] = []
    if let start = EncodedText.contentStart(of: bytes, source: source, diagnostics: diagnostics) {
      var scanner = CSVScanner(bytes, from: start, source: source, diagnostics: diagnostics)
      if let header = CSVHeader.read(from: &scanner, diagnostics: diagnostics) {
        names = header.names
        var row: [CSVCell] = []
        while scanner.next(into: &row) {
          guard !scanner.rowIsBroken,
            CSVHeader.checkWidth(row, header, scanner, diagnostics)
          else { continue }
          for cell in row {
            packed.append(
              PackedCell(
                start: UInt32(cell.start), length: UInt32(cell.end - cell.start),
                line: UInt32(cell.line), isQuoted: cell.isQuoted, hasEscapes: cell.hasEscapes))
          }
        }
      }
    }
    if diagnostics.hasErrors { throw DiagnosticReport(diagnostics.finished()) }
    self.source = source
    self.bytes = bytes
    contentStart = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    columns = names
    cells = packed
    rowCount = packed.count / max(1, names.count)
    sha256 = SHA256.hexadecimal(of: bytes)
    columnIndices = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
  }

  /// Index of a column, nil where the table has none of that name.
  public func column(_ name: String) -> Int? { columnIndices[name] }

  /// Text of a cell; empty where nothing is written.
  public func text(row: Int, column: Int) -> String {
    let cell = cells[row * columns.count + column]
    let range = Int(cell.start)..<Int(cell.start + cell.length)
    let text = bytes.withUnsafeBufferPointer {
      String(decoding: UnsafeBufferPointer(rebasing: $0[range]), as: UTF8.self)
    }
    return cell.hasEscapes ? CSVScanner.unescaped(text) : text
  }

  /// The number in a cell, nil where the cell is empty.
  ///
  /// - Throws: RenkeiModel/DiagnosticReport with one diagnostic where the cell is no number.
  public func number(row: Int, column: Int) throws(DiagnosticReport) -> Double? {
    let text = text(row: row, column: column)
    if text.isEmpty { return nil }
    do {
      return try NumberText.value(of: text, unit: .ratio)
    } catch {
      throw DiagnosticReport([
        Diagnostic(
          code: "not-a-number", at: location(row: row, column: column), key: columns[column],
          value: text, message: error.message, suggestion: error.suggestion)
      ])
    }
  }

  /// Where a cell is written.
  ///
  /// Complexity: O(length of its line).
  public func location(row: Int, column: Int) -> SourceLocation {
    let cell = cells[row * columns.count + column]
    let start = Int(cell.start) - (cell.isQuoted ? 1 : 0)
    var lineStart = start
    while lineStart > contentStart, bytes[lineStart - 1] != UInt8(ascii: "\n") { lineStart -= 1 }
    return SourceLocation(
      file: source, line: Int(cell.line),
      column: 1 + EncodedText.characterCount(in: bytes, lineStart..<start))
  }
}
