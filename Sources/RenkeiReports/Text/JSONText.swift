// SPDX-License-Identifier: GPL-3.0-or-later

/// A JSON value whose members keep their order, so that the same value is the same bytes.
package indirect enum JSONText: Sendable, Equatable {
  case null
  case boolean(Bool)
  case integer(Int)
  case unsigned(UInt64)
  /// The shortest decimal that reads back to the same Double; null for NaN and infinities.
  case number(Double)
  case string(String)
  case array([JSONText])
  case object([(name: String, value: JSONText)])

  /// Indented by two spaces, with a line break at the end.
  package var document: [UInt8] {
    var text = ""
    write(to: &text, indent: "")
    text += "\n"
    return Array(text.utf8)
  }

  package static func == (a: JSONText, b: JSONText) -> Bool { a.document == b.document }

  private func write(to text: inout String, indent: String) {
    switch self {
    case .null: text += "null"
    case .boolean(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .unsigned(let value): text += String(value)
    case .number(let value): text += value.isFinite ? DecimalText.shortest(value) : "null"
    case .string(let value): Self.write(value, to: &text)
    case .array(let values):
      let isFlat = values.allSatisfy(\.isScalar)
      Self.writeList(values.map { (nil, $0) }, "[", "]", isFlat: isFlat, to: &text, indent)
    case .object(let members):
      Self.writeList(
        members.map { ($0.name, $0.value) }, "{", "}", isFlat: members.isEmpty, to: &text, indent)
    }
  }

  private var isScalar: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }

  private static func writeList(
    _ items: [(name: String?, value: JSONText)], _ open: String, _ close: String, isFlat: Bool,
    to text: inout String, _ indent: String
  ) {
    let inner = indent + "  "
    text += open
    for (index, item) in items.enumerated() {
      if index > 0 { text += isFlat ? ", " : "," }
      if !isFlat { text += "\n" + inner }
      if let name = item.name {
        write(name, to: &text)
        text += ": "
      }
      item.value.write(to: &text, indent: inner)
    }
    text += isFlat ? close : "\n" + indent + close
  }

  private static func write(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case let control where control.value < 0x20 || control.value == 0x7F:
        let digits = String(control.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}

extension CSVDocument {
  /// The rows as an array of objects by column name; empty cells are null.
  package var json: JSONText {
    .array(
      rows.map { row in
        .object(zip(header, row).map { name, cell in (name, cell.json) })
      })
  }
}

extension ResultCell {
  fileprivate var json: JSONText {
    switch self {
    case .text(let text): .string(text)
    case .integer(let value): .integer(value)
    case .unsigned(let value): .unsigned(value)
    case .number(let value): .number(value)
    case .empty: .null
    }
  }
}
