// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// How the characters of a plan list are encoded.
package enum TextEncoding: String, CaseIterable, Sendable {
  case utf8 = "utf-8"
  /// Code page 932, the Shift_JIS of Windows and Excel.
  case cp932
  /// The usual name of the same encoding.
  case shiftJIS = "shift_jis"

  /// Every name that `plans.encoding` understands.
  package static let names = allCases.map(\.rawValue)
}

/// Decodes code page 932.
///
/// Every byte pair has the character that Windows gives it, ①, 髙 and ～ among them; pairs of the
/// user-defined area become Unicode's private-use characters.
struct CP932Decoder {
  /// First trail byte, and the one that is left out among trail bytes.
  private static let (firstTrail, gap): (UInt8, UInt8) = (0x40, 0x7F)
  private static let trailCount = 188
  /// First private-use character, that of the pair F0 40.
  private static let privateUse: UInt32 = 0xE000
  private static let userDefinedLeads: ClosedRange<UInt8> = 0xF0...0xF9

  /// Characters by lead byte − 0x81 and trail index, 0 where there is none.
  private let table: [UInt16]

  init() {
    var table = [UInt16](repeating: 0, count: (0xFC - 0x81 + 1) * Self.trailCount)
    for (lead, characters) in CP932Table.rows {
      let start = Int(lead - 0x81) * Self.trailCount
      for (offset, scalar) in characters.unicodeScalars.enumerated() where scalar != "\u{FFFD}" {
        table[start + offset] = UInt16(scalar.value)
      }
    }
    self.table = table
  }

  /// The same text in UTF-8, nil where bytes mean nothing; the first of them are reported.
  ///
  /// Complexity: O(bytes).
  func decoded(
    _ bytes: [UInt8], source: String, diagnostics: DiagnosticCollector
  ) -> [UInt8]? {
    if bytes.contains(where: { $0 >= 0x80 }), EncodedText.firstInvalidOffset(in: bytes) == nil {
      diagnostics.error(
        "encoding", at: SourceLocation(file: source), "the file is encoded in UTF-8, not in CP932",
        suggestion: "leave out 'encoding'")
      return nil
    }
    if EncodedText.isUTF16(bytes) { return bytes }
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 2)
    var (line, column, index) = (1, 1, 0)
    while index < bytes.count {
      let (scalar, length) = character(in: bytes, at: index)
      guard let scalar else {
        let shown = bytes[index..<index + length].map {
          "0x" + String($0, radix: 16, uppercase: true)
        }
        diagnostics.error(
          "encoding", at: SourceLocation(file: source, line: line, column: column),
          "the byte\(length > 1 ? "s" : "") \(shown.joined(separator: " ")) "
            + "\(length > 1 ? "are" : "is") no character of CP932",
          suggestion: "check the file's encoding, or save it as UTF-8")
        return nil
      }
      text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.EncodedScalar())
      column += 1
      if scalar == "\n" { (line, column) = (line + 1, 1) }
      index += length
    }
    return text
  }

  /// The character that begins at `index`, nil where there is none, and the bytes it takes.
  private func character(in bytes: [UInt8], at index: Int) -> (Unicode.Scalar?, Int) {
    let lead = bytes[index]
    switch lead {
    case 0..<0x80: return (Unicode.Scalar(lead), 1)
    // Half-width katakana.
    case 0xA1...0xDF: return (Unicode.Scalar(UInt32(lead) - 0xA1 + 0xFF61), 1)
    case 0x81...0x9F, 0xE0...0xFC: break
    default: return (nil, 1)
    }
    guard index + 1 < bytes.count else { return (nil, 1) }
    let trail = bytes[index + 1]
    guard trail >= Self.firstTrail, trail != Self.gap, trail <= 0xFC else { return (nil, 2) }
    let offset = Int(trail - Self.firstTrail) - (trail > Self.gap ? 1 : 0)
    if Self.userDefinedLeads.contains(lead) {
      let place = UInt32(lead - Self.userDefinedLeads.lowerBound) * UInt32(Self.trailCount)
      return (Unicode.Scalar(Self.privateUse + place + UInt32(offset)), 2)
    }
    let unit = table[Int(lead - 0x81) * Self.trailCount + offset]
    return (unit == 0 ? nil : Unicode.Scalar(unit), 2)
  }
}
