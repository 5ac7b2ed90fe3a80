// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// A value of the scenario with its dotted path, ready to be read as what is expected there.
struct ScenarioField {
  /// The key as written.
  let name: String
  /// Dotted path for messages, such as `plans.defaults.ramp`.
  let path: String
  let value: YAMLValue
  let diagnostics: DiagnosticCollector
  /// Units of the numbers that stand here.
  var unit = NumberUnit.number

  /// The value of an entry of this field's map.
  func child(_ entry: YAMLEntry) -> ScenarioField {
    ScenarioField(
      name: entry.name, path: "\(path).\(entry.name)", value: entry.value,
      diagnostics: diagnostics, unit: unit)
  }

  /// The same field with other units.
  func measured(in unit: NumberUnit) -> ScenarioField {
    var field = self
    field.unit = unit
    return field
  }

  /// The items of a list, or the value itself where no list is written.
  func items() -> [ScenarioField] {
    guard case .list(let values) = value.content else { return [self] }
    return values.enumerated().map { index, item in
      ScenarioField(
        name: name, path: "\(path)[\(index + 1)]", value: item, diagnostics: diagnostics,
        unit: unit)
    }
  }

  /// The plain number that stands here; anything else is reported.
  func number() -> Double? {
    guard case .text(let text, let isPlain) = value.content else {
      reportWrongKind("expected a number")
      return nil
    }
    do {
      let number = try NumberText.value(of: text, unit: unit)
      if isPlain { return number }
      report(
        "not-a-number", "expected a number, but quotes make it text",
        suggestion: "leave out the quotes")
    } catch {
      report(error.code, error.message, suggestion: error.suggestion)
    }
    return nil
  }

  /// The plain number that stands here, inside `range`.
  func number(in range: ValueRange) -> Double? {
    number().flatMap { accepts($0, range) ? $0 : nil }
  }

  /// Whether the number lies in the range; if not, that is reported.
  func accepts(_ number: Double, _ range: ValueRange) -> Bool {
    if range.contains(number) { return true }
    report("out-of-range", "the number is out of range", allowed: range.description)
    return false
  }

  /// A name that can stand in a path: letters, digits, `_` and `-`, not beginning with a digit.
  static func isName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, first.properties.isAlphabetic || first == "_"
    else { return false }
    return text.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "_" || $0 == "-"
        || $0.properties.canonicalCombiningClass != .notReordered
    }
  }

  /// The same rule as a regular expression, lenient beyond ASCII, where expressions differ.
  static let namePattern = "[A-Za-z_\\u0080-\\uFFFF][0-9A-Za-z_\\u0080-\\uFFFF-]*$"

  /// What is allowed as a name, for messages.
  static let nameRule = "letters, digits, '_' and '-', not beginning with a digit"

  /// The named entries of a map whose keys the writer chooses; bad names are reported.
  func namedEntries() -> [(name: String, location: SourceLocation, field: ScenarioField)] {
    guard case .mapping(let entries) = value.content else {
      reportWrongKind("expected a map of names")
      return []
    }
    return entries.compactMap { entry in
      let field = child(entry)
      guard Self.isName(entry.name) else {
        diagnostics.error(
          "bad-name", at: entry.location, key: path, value: entry.name,
          "the name cannot be used", allowed: Self.nameRule)
        return nil
      }
      if entry.value.isNull {
        diagnostics.error(
          "missing-value", at: entry.location, key: field.path, "the key has no value",
          suggestion: "state a value or leave the key out")
        return nil
      }
      return (entry.name, entry.location, field)
    }
  }

  /// Reports an error at the value, with the value as written.
  func report(
    _ code: String, _ message: String, allowed: String? = nil, suggestion: String? = nil
  ) {
    diagnostics.error(
      code, at: value.location, key: path, value: value.scalarForMessage, message,
      allowed: allowed, suggestion: suggestion)
  }

  func reportWrongKind(_ expectation: String) {
    report("wrong-kind", "\(expectation), found \(value.kindInWords)")
  }
}

extension YAMLValue {
  /// The text as written, nil where nothing or no scalar stands here.
  var scalarForMessage: String? { text.flatMap { $0.isEmpty ? nil : $0 } }
}
