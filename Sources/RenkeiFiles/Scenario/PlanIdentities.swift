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

  /// Line of the first plan by its id less leading zeros, for ids that have such zeros.
  private var withoutZeros: [String: Int] = [:]

  /// Reports what is wrong with one plan's id.
  mutating func check(_ id: String, line: Int, at location: @autoclosure () -> SourceLocation) {
    guard !id.isEmpty else {
      diagnostics.error(
        "empty-id", at: location(), key: PlanColumns.id, "the plan has no id")
      return
    }
    if !Self.isPrintableASCII(id) { checkCharacters(id, at: location()) }
    if let first = seen.updateValue(line, forKey: id) {
      reportTwin(of: id, first: first, at: location())
    }
    checkZeros(id, line: line, at: location())
  }

  /// Whether all characters are visible and neither end is a space: the usual case, told fast.
  private static func isPrintableASCII(_ id: String) -> Bool {
    id.utf8.allSatisfy { (0x20...0x7E).contains($0) } && id.utf8.first != 0x20
      && id.utf8.last != 0x20
  }

  private func checkCharacters(_ id: String, at location: SourceLocation) {
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
  }

  /// Reports an id that equals an earlier one, which is found again as it was written.
  private mutating func reportTwin(of id: String, first: Int, at location: SourceLocation) {
    seen[id] = first
    let isSame = seen.index(forKey: id).map { seen[$0].key.utf8.elementsEqual(id.utf8) } ?? true
    diagnostics.error(
      isSame ? "duplicate-id" : "similar-id", at: location, key: PlanColumns.id, value: id,
      isSame
        ? "the id is used twice, first in line \(first)"
        : "the id looks like that in line \(first) and differs only by its Unicode form",
      suggestion: isSame ? nil : "write both in the same form (NFC)")
  }

  /// Warns of ids such as `001` and `1`: spreadsheets make one from the other.
  private mutating func checkZeros(
    _ id: String, line: Int, at location: @autoclosure () -> SourceLocation
  ) {
    let hasZeros = id.utf8.first == 0x30 && id.utf8.count > 1
    guard hasZeros || !withoutZeros.isEmpty else { return }
    let bare = hasZeros ? String(id.drop { $0 == "0" }) : id
    let twin = hasZeros ? seen[bare] ?? withoutZeros[bare] : withoutZeros[bare]
    if hasZeros, withoutZeros[bare] == nil { withoutZeros[bare] = line }
    guard let twin, twin != line else { return }
    diagnostics.warning(
      "similar-id", at: location(), key: PlanColumns.id, value: id,
      "the id differs from that in line \(twin) only by zeros at its beginning",
      suggestion: "check that a spreadsheet has not dropped zeros")
  }
}
