// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// The ids of one plan list: each must be there, printable and unlike every other.
struct PlanIdentities {
  private let diagnostics: DiagnosticCollector
  /// Line of the first plan by its id: String compares by canonical equivalence.
  private var seen: [String: Int] = [:]

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
    if let scalar = ControlText.firstInvisible(in: id) {
      diagnostics.error(
        "control-character", at: location, key: PlanColumns.id, value: id,
        "the id holds the invisible character U+\(ControlText.hexadecimal(scalar))",
        suggestion: "remove it")
    }
    if id.first?.isWhitespace == true || id.last?.isWhitespace == true {
      diagnostics.error(
        "bad-id", at: location, key: PlanColumns.id, value: id,
        "the id begins or ends with a space", suggestion: "remove the space")
    }
    if let entry = seen.index(forKey: id) {
      let first = seen[entry]
      let isSame = first.key.utf8.elementsEqual(id.utf8)
      diagnostics.error(
        isSame ? "duplicate-id" : "similar-id", at: location, key: PlanColumns.id, value: id,
        isSame
          ? "the id is used twice, first in line \(first.value)"
          : "the id looks like that in line \(first.value) and differs only by its Unicode form",
        suggestion: isSame ? nil : "write both in the same form (NFC)")
    } else {
      seen[id] = location.line
    }
  }
}
