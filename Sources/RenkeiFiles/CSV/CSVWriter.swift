// SPDX-License-Identifier: GPL-3.0-or-later

/// Builds CSV text by RFC 4180 with LF line ends: UTF-8, quotes only where needed.
public struct CSVWriter: Sendable {
  /// What stands in one cell.
  public enum Cell: Sendable, Equatable {
    case text(String)
    case integer(Int)
    /// A finite number; anything else is a mistake of the caller.
    case number(Double)
    /// Not applicable.
    case empty

    /// The number, or an empty cell for nil.
    public static func optional(_ value: Double?) -> Cell { value.map { .number($0) } ?? .empty }
  }

  /// The rows so far.
  public private(set) var bytes: [UInt8] = []
  private let columnCount: Int

  /// Begins a table with its header.
  public init(header: [String]) {
    columnCount = header.count
    append(header.map { .text($0) })
  }

  /// Appends one row.
  ///
  /// - Parameter cells: as many as the header has.
  public mutating func append(_ cells: [Cell]) {
    precondition(cells.count == columnCount, "a row needs one cell per column")
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      switch cell {
      case .text(let text): append(text, isOnlyCell: cells.count == 1)
      case .integer(let value): bytes.append(contentsOf: value.description.utf8)
      case .number(let value):
        guard let text = PlainDecimal.text(value) else {
          preconditionFailure("a result file holds finite numbers only, not \(value)")
        }
        bytes.append(contentsOf: text.utf8)
      case .empty:
        // A row of one empty cell would be an empty line, which readers skip.
        if cells.count == 1 { bytes.append(contentsOf: "\"\"".utf8) }
      }
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Takes the rows so far out of the writer, to hand long tables on piece by piece.
  public mutating func drain() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }

  private mutating func append(_ text: String, isOnlyCell: Bool) {
    let quote = UInt8(ascii: "\"")
    let needsQuotes =
      (isOnlyCell && text.isEmpty)
      || text.utf8.contains { byte in
        byte == quote || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n")
          || byte == UInt8(ascii: "\r")
      }
    guard needsQuotes else {
      bytes.append(contentsOf: text.utf8)
      return
    }
    bytes.append(quote)
    for byte in text.utf8 {
      if byte == quote { bytes.append(quote) }
      bytes.append(byte)
    }
    bytes.append(quote)
  }
}
