// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// The ids of one plan list: each must be there, printable and unlike every other.
struct PlanIdentities {
  private let diagnostics: DiagnosticCollector
  /// Line of the first plan by canonical form of its id: String compares by canonical equivalence.
  private var seen: [String: (bytes: [UInt8], line: Int)] = [:]

  init(diagnostics: DiagnosticCollector, expectedCount: Int = 0) {
    self.diagnostics = diagnostics
    seen.reserveCapacity(expectedCount)
  }

  /// Reports what is wrong with one plan's id.
  mutating func check(_ id: String, at location: SourceLocation) {
    guard !id.isEmpty else {
      diagnostics.error(
        "empty-id", at: location, key: PlanColumns.id, "the plan has no id")
      return
    }
    if let scalar = id.unicodeScalars.first(where: Self.isInvisible) {
      diagnostics.error(
        "control-character", at: location, key: PlanColumns.id, value: id,
        "the id holds the invisible character U+\(Self.hexadecimal(scalar))",
        suggestion: "remove it")
    }
    if id.first?.isWhitespace == true || id.last?.isWhitespace == true {
      diagnostics.error(
        "bad-id", at: location, key: PlanColumns.id, value: id,
        "the id begins or ends with a space", suggestion: "remove the space")
    }
    if let first = seen[id] {
      let isSame = first.bytes.elementsEqual(id.utf8)
      diagnostics.error(
        isSame ? "duplicate-id" : "similar-id", at: location, key: PlanColumns.id, value: id,
        isSame
          ? "the id is used twice, first in line \(first.line)"
          : "the id looks like that in line \(first.line) and differs only by its Unicode form",
        suggestion: isSame ? nil : "write both in the same form (NFC)")
    } else {
      seen[id] = (Array(id.utf8), location.line)
    }
  }

  /// Control and format characters, among them those that reverse the direction of writing.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return true
    default: return false
    }
  }

  private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
