// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// A cursor over one map of the scenario: hands out the values of declared keys and reports the rest.
struct MappingReader {
  let path: String
  let location: SourceLocation
  let diagnostics: DiagnosticCollector
  private let fields: [ScenarioField]

  /// Reports unknown keys, keys without a value and missing required keys.
  ///
  /// Nil where `value` is no map; that is reported, too.
  ///
  /// - Parameters:
  ///   - path: dotted path of the map; empty for the root.
  ///   - keys: all keys that may stand in it.
  init?(
    _ value: YAMLValue, path: String, keys: [ScenarioKey], diagnostics: DiagnosticCollector
  ) {
    guard case .mapping(let entries) = value.content else {
      diagnostics.error(
        "wrong-kind", at: value.location, key: path.isEmpty ? nil : path,
        value: value.scalarForMessage,
        "expected a map of keys, found \(value.kindInWords)",
        allowed: keys.map(\.name).joined(separator: ", "))
      return nil
    }
    self.path = path
    self.location = value.location
    self.diagnostics = diagnostics
    var fields: [ScenarioField] = []
    for entry in entries {
      let entryPath = path.isEmpty ? entry.name : "\(path).\(entry.name)"
      guard let key = keys.first(where: { $0.name == entry.name }) else {
        Self.reportUnknown(entry, path: entryPath, keys: keys, diagnostics: diagnostics)
        continue
      }
      if entry.value.isNull {
        diagnostics.error(
          "missing-value", at: entry.location, key: entryPath, "the key has no value",
          suggestion: "state a value or leave the key out")
        continue
      }
      fields.append(
        ScenarioField(
          name: entry.name, path: entryPath, value: entry.value, diagnostics: diagnostics,
          unit: key.kind.numberUnit))
    }
    for key in keys where key.isRequired && !entries.contains(where: { $0.name == key.name }) {
      diagnostics.error(
        "missing-key", at: value.location, key: path.isEmpty ? key.name : "\(path).\(key.name)",
        "the key is required")
    }
    self.fields = fields
  }

  private static func reportUnknown(
    _ entry: YAMLEntry, path: String, keys: [ScenarioKey], diagnostics: DiagnosticCollector
  ) {
    let names = keys.map(\.name)
    // Money of plans is stated with the support, in segments and in plan lists.
    let moved = PlanInput(rawValue: entry.name)?.supportPath.map { "state it as support.\($0)" }
    let suggestion =
      diagnostics.isFull ? nil : moved ?? Suggestion.phrase(for: entry.name, among: names)
    diagnostics.error(
      "unknown-key", at: entry.location, key: path, "the key is not known",
      allowed: suggestion == nil ? names.joined(separator: ", ") : nil, suggestion: suggestion)
  }

  /// All known keys that are stated, in file order.
  var stated: [ScenarioField] { fields }

  /// The field of a key, nil where it is not stated.
  subscript(_ key: ScenarioKey) -> ScenarioField? { fields.first { $0.name == key.name } }

  /// The text of a key.
  func text(_ key: ScenarioKey) -> Stated<String>? {
    guard let field = self[key] else { return nil }
    guard let text = field.value.text, !text.isEmpty else {
      field.reportWrongKind("expected text")
      return nil
    }
    guard
      ControlText.check(
        text, at: field.value.location, key: field.path, diagnostics: diagnostics)
    else { return nil }
    return Stated(text, at: field.value.location)
  }

  /// The whole number of a key, inside the range that its declaration states.
  func whole(_ key: ScenarioKey) -> Stated<Int>? {
    guard let field = self[key], case .whole(let range, _) = key.kind,
      let number = field.number()
    else { return nil }
    guard let whole = Int(exactly: number), range.contains(whole) else {
      diagnostics.error(
        "out-of-range", at: field.value.location, key: field.path,
        value: field.value.scalarForMessage,
        number == number.rounded() ? "the number is out of range" : "expected a whole number",
        allowed: "whole numbers from \(range.lowerBound) to \(range.upperBound)")
      return nil
    }
    return Stated(whole, at: field.value.location)
  }

  /// The 64-bit whole number of a key.
  func seed(_ key: ScenarioKey) -> UInt64? {
    guard let field = self[key], field.number() != nil, let text = field.value.text else {
      return nil
    }
    guard let seed = NumberText.unsignedInteger(text) else {
      diagnostics.error(
        "out-of-range", at: field.value.location, key: field.path, value: text,
        "the number cannot be a seed", allowed: "plain digits, from 0 to \(UInt64.max)")
      return nil
    }
    return seed
  }

  /// The plain number of a key, inside the range that its declaration states.
  func number(_ key: ScenarioKey) -> Stated<Double>? {
    guard let field = self[key], case .number(let range, _) = key.kind,
      let number = field.number()
    else { return nil }
    guard field.accepts(number, range) else { return nil }
    return Stated(number, at: field.value.location)
  }

  /// The word of a key, one of those that its declaration states.
  func choice(_ key: ScenarioKey) -> String? {
    guard let field = self[key], case .choice(let words) = key.kind else { return nil }
    guard let word = field.value.text, words.contains(word) else {
      diagnostics.error(
        "unknown-choice", at: field.value.location, key: field.path,
        value: field.value.scalarForMessage, "the value is not known",
        allowed: words.joined(separator: ", "),
        suggestion: field.value.text.flatMap { Suggestion.phrase(for: $0, among: words) })
      return nil
    }
    return word
  }

  /// The reader of a map below this one.
  func map(_ key: ScenarioKey) -> MappingReader? {
    guard let field = self[key] else { return nil }
    return MappingReader(
      field.value, path: field.path, keys: key.children, diagnostics: diagnostics)
  }
}
