// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// Where one cell lies in the bytes of a CSV file.
struct CSVCell {
  /// Content without the enclosing quotes.
  var start: Int
  var end: Int
  var isQuoted: Bool
  /// Whether a doubled quote inside stands for one.
  var hasEscapes: Bool
  /// Line on which the cell begins, from 1.
  var line: Int
  /// Offset of the first byte of that line.
  var lineStart: Int
}

/// Splits CSV bytes into rows of cells by RFC 4180, in one pass; CR LF and LF both end a row.
///
/// Empty lines are skipped. A row with a broken cell is reported and goes on at the next comma or
/// line end.
struct CSVScanner {
  let source: String
  /// Whether the last row had a problem of its own, so that its cells mean little.
  private(set) var rowIsBroken = false
  private let bytes: [UInt8]
  private let diagnostics: DiagnosticCollector
  private var index: Int
  private var line = 1
  private var lineStart: Int

  private static let comma = UInt8(ascii: ",")
  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  /// - Parameters:
  ///   - bytes: checked UTF-8.
  ///   - start: offset of the first byte after a byte order mark.
  init(_ bytes: [UInt8], from start: Int, source: String, diagnostics: DiagnosticCollector) {
    self.bytes = bytes
    self.source = source
    self.diagnostics = diagnostics
    index = start
    lineStart = start
  }

  /// The next row's cells, replacing those in `row`; false at the end, where `row` stays as it is.
  mutating func next(into row: inout [CSVCell]) -> Bool {
    rowIsBroken = false
    skipEmptyLines()
    guard index < bytes.count else { return false }
    var count = 0
    while true {
      let cell = index < bytes.count && bytes[index] == Self.quote ? quotedCell() : plainCell()
      if count < row.count { row[count] = cell } else { row.append(cell) }
      count += 1
      guard index < bytes.count, bytes[index] == Self.comma else { break }
      index += 1
    }
    if count < row.count { row.removeLast(row.count - count) }
    endLine()
    return true
  }

  /// Where a cell begins.
  func location(of cell: CSVCell) -> SourceLocation {
    let column = cell.start - (cell.isQuoted ? 1 : 0)
    return SourceLocation(
      file: source, line: cell.line,
      column: 1 + EncodedText.characterCount(in: bytes, cell.lineStart..<column))
  }

  /// The cell's text, with doubled quotes made single.
  func text(of cell: CSVCell) -> String {
    let text = withBytes(of: cell) { String(decoding: $0, as: UTF8.self) }
    return cell.hasEscapes ? Self.unescaped(text) : text
  }

  /// Whether a cell's bytes are its text, without a doubled quote or any control character.
  func isOrdinary(_ cell: CSVCell) -> Bool {
    guard !cell.hasEscapes else { return false }
    return withBytes(of: cell) { content in
      // In UTF-8 the control characters beyond ASCII begin with C2.
      content.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != 0xC2 }
    }
  }

  /// Calls `body` with a cell's content, escapes and all.
  func withBytes<Result>(
    of cell: CSVCell, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    bytes.withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0[cell.start..<cell.end]))
    }
  }

  /// The text of a quoted cell with doubled quotes made single.
  static func unescaped(_ text: String) -> String {
    var result: [UInt8] = []
    var skipsNext = false
    for byte in text.utf8 {
      if byte == Self.quote, skipsNext {
        skipsNext = false
        continue
      }
      skipsNext = byte == Self.quote
      result.append(byte)
    }
    return String(decoding: result, as: UTF8.self)
  }

  private mutating func skipEmptyLines() {
    while index < bytes.count {
      if bytes[index] == Self.lineFeed {
        endLine()
      } else if bytes[index] == Self.carriageReturn, index + 1 < bytes.count,
        bytes[index + 1] == Self.lineFeed
      {
        endLine()
      } else {
        return
      }
    }
  }

  /// Moves past the line end at the current byte, if there is one.
  private mutating func endLine() {
    if index < bytes.count, bytes[index] == Self.carriageReturn { index += 1 }
    if index < bytes.count, bytes[index] == Self.lineFeed { index += 1 }
    line += 1
    lineStart = index
  }

  private func isLineEnd(_ offset: Int) -> Bool {
    bytes[offset] == Self.lineFeed
      || (bytes[offset] == Self.carriageReturn
        && (offset + 1 == bytes.count || bytes[offset + 1] == Self.lineFeed))
  }

  private var here: SourceLocation {
    SourceLocation(
      file: source, line: line,
      column: 1 + EncodedText.characterCount(in: bytes, lineStart..<index))
  }

  private mutating func plainCell() -> CSVCell {
    var cell = CSVCell(
      start: index, end: index, isQuoted: false, hasEscapes: false, line: line,
      lineStart: lineStart)
    skipToCellEnd(reportsQuotes: true)
    cell.end = index
    return cell
  }

  /// Moves to the next comma or line end outside quotes.
  private mutating func skipToCellEnd(reportsQuotes: Bool) {
    var reportsQuotes = reportsQuotes
    while index < bytes.count {
      let byte = bytes[index]
      if byte == Self.comma || byte == Self.lineFeed { return }
      if byte == Self.carriageReturn {
        if isLineEnd(index) { return }
        reportBareReturn()
      } else if byte == Self.quote, reportsQuotes {
        reportsQuotes = false
        report(
          "csv-quote", at: \.here, "a quote stands inside an unquoted cell",
          suggestion: "put the whole cell in quotes and double the quotes inside it")
      }
      index += 1
    }
  }

  private mutating func reportBareReturn() {
    report(
      "csv-line-end", at: \.here, "a carriage return stands alone",
      suggestion: "end lines with LF or CR LF")
  }

  private mutating func report(
    _ code: String, at location: (CSVScanner) -> SourceLocation, _ message: String,
    suggestion: String
  ) {
    rowIsBroken = true
    diagnostics.error(code, at: location(self), message, suggestion: suggestion)
  }

  private mutating func quotedCell() -> CSVCell {
    var cell = CSVCell(
      start: index + 1, end: index + 1, isQuoted: true, hasEscapes: false, line: line,
      lineStart: lineStart)
    index += 1
    while index < bytes.count {
      let byte = bytes[index]
      if byte == Self.quote {
        if index + 1 < bytes.count, bytes[index + 1] == Self.quote {
          cell.hasEscapes = true
          index += 2
          continue
        }
        cell.end = index
        index += 1
        if index < bytes.count, bytes[index] != Self.comma, !isLineEnd(index) {
          report(
            "csv-quote", at: \.here, "text follows the closing quote of a cell",
            suggestion: "end the cell with a comma, or double the quotes inside it")
          skipToCellEnd(reportsQuotes: false)
        }
        return cell
      }
      if byte == Self.carriageReturn, !isLineEnd(index) { reportBareReturn() }
      index += 1
      if byte == Self.lineFeed {
        line += 1
        lineStart = index
      }
    }
    cell.end = index
    let opening = cell
    report(
      "csv-quote", at: { $0.location(of: opening) }, "the quote that opens here is never closed",
      suggestion: "close the cell with a quote")
    return cell
  }
}
