// SPDX-License-Identifier: GPL-3.0-or-later

/// One cell of a result file, typed so that each format can write it properly.
package enum ResultCell: Sendable, Equatable {
  case text(String)
  case integer(Int)
  case unsigned(UInt64)
  /// Written as the shortest decimal that reads back to the same Double.
  case number(Double)
  /// Not applicable.
  case empty
}

/// A result file as plain values: what is in it, not how it is written.
package struct CSVDocument: Sendable, Equatable {
  /// For example `portfolio.csv`.
  package let fileName: String
  package let header: [String]
  /// Each as long as `header`.
  package let rows: [[ResultCell]]

  package init(fileName: String, header: [String], rows: [[ResultCell]]) {
    precondition(rows.allSatisfy { $0.count == header.count }, "a row of the wrong length")
    self.fileName = fileName
    self.header = header
    self.rows = rows
  }

  /// The file's bytes in `dialect`.
  ///
  /// Complexity: O(cells).
  package func bytes(_ dialect: CSVDialect = .standard) -> [UInt8] {
    var text = CSVText(dialect)
    text.append(header.map { .text($0) })
    for row in rows { text.append(row) }
    return text.bytes
  }

  /// The rows alone, without the header.
  package var rowBytes: [UInt8] {
    var text = CSVText(.standard)
    _ = text.take()
    for row in rows { text.append(row) }
    return text.bytes
  }
}

/// A CSV file that is being written.
struct CSVText {
  /// Bytes after which what is written is worth handing on.
  static let pieceSize = 1 << 16

  private let dialect: CSVDialect
  private(set) var bytes: [UInt8]

  init(_ dialect: CSVDialect) {
    self.dialect = dialect
    bytes = dialect.prefix
  }

  /// What has been written since the last time.
  mutating func take() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }

  /// Writes a line.
  mutating func append(_ cells: [ResultCell]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      switch cell {
      case .text(let text): dialect.append(text: text, to: &bytes)
      case .integer(let value): bytes.append(contentsOf: String(value).utf8)
      case .unsigned(let value): bytes.append(contentsOf: String(value).utf8)
      case .number(let value): bytes.append(contentsOf: DecimalText.shortest(value).utf8)
      case .empty: break
      }
    }
    bytes.append(contentsOf: dialect.lineEnd)
  }
}

/// How a CSV file is written.
package enum CSVDialect: Sendable {
  /// UTF-8 without mark, LF, quotes where needed (RFC 4180).
  case standard
  /// For opening by a double click in Excel, also a Japanese one.
  ///
  /// - A byte-order mark, without which Excel takes UTF-8 for the system's code page (CP932).
  /// - CRLF line ends.
  /// - A text that would run as a formula (it begins with `= + - @`, a tab or a line break, or
  ///   with a full-width form of these) gets an apostrophe before it.
  /// - A text that Excel would turn into a number or a date (`0012`, `6-20`, `MAR1`, `TRUE`) is
  ///   written as the constant formula `="…"`, which shows the text as it is.
  ///
  /// Numbers are not touched. For other tools use ``standard``.
  case excel

  fileprivate var prefix: [UInt8] { self == .excel ? [0xEF, 0xBB, 0xBF] : [] }

  var lineEnd: [UInt8] {
    self == .excel ? [0x0D, 0x0A] : [0x0A]
  }

  fileprivate func append(text: String, to bytes: inout [UInt8]) {
    let written = self == .excel ? Self.excelText(text) : text
    let needsQuotes = written.utf8.contains { byte in
      byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D
    }
    guard needsQuotes else {
      bytes.append(contentsOf: written.utf8)
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for byte in written.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// `text` as a cell that Excel shows as it is, before CSV quoting.
  static func excelText(_ text: String) -> String {
    guard let first = text.unicodeScalars.first else { return text }
    if "=+-@\t\r\n＝＋－＠".unicodeScalars.contains(first) { return "'" + text }
    if looksLikeNumber(text, first) {
      var quoted = "=\""
      for character in text.unicodeScalars {
        if character == "\"" { quoted.unicodeScalars.append(character) }
        quoted.unicodeScalars.append(character)
      }
      return quoted + "\""
    }
    return text
  }

  private static func looksLikeNumber(_ text: String, _ first: Unicode.Scalar) -> Bool {
    let lowercase = text.lowercased()
    if lowercase == "true" || lowercase == "false" { return true }
    let months = [
      "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    let hasDigit = text.unicodeScalars.contains { $0.properties.numericType == .decimal }
    guard hasDigit else { return false }
    return first.properties.numericType == .decimal || "(.$¥￥ ".unicodeScalars.contains(first)
      || months.contains { lowercase.hasPrefix($0) }
  }
}
