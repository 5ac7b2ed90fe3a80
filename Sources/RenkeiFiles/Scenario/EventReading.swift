// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

extension ScenarioReader {
  /// The risk events, in file order.
  func events(_ field: ScenarioField?) -> [EventSettings] {
    guard let field else { return [] }
    return field.namedEntries().compactMap { name, location, field in
      guard
        let reader = MappingReader(
          field.value, path: field.path, keys: ScenarioKeys.events.children,
          diagnostics: diagnostics)
      else { return nil }
      let probability = reader.quantity(ScenarioKeys.annualProbability)
      let multiplier = reader.quantity(ScenarioKeys.eventMultiplier)
      let scope: Stated<EventScope>? =
        reader[ScenarioKeys.scope].map { $0.eventScope() } ?? Stated(EventScope.all, at: location)
      let duration: Stated<EventDuration>? =
        reader[ScenarioKeys.durationYears].map { $0.eventDuration() }
        ?? Stated(EventDuration.years(1), at: location)
      guard let probability, let multiplier, let scope, let duration else { return nil }
      return EventSettings(
        name: name, annualProbability: probability, scope: scope, multiplier: multiplier,
        duration: duration, location: location)
    }
  }
}

extension MappingReader {
  /// The quantity of a key, inside the range that its declaration states.
  func quantity(_ key: ScenarioKey) -> Stated<Quantity>? {
    guard let field = self[key], case .quantity(let range, _, _) = key.kind else { return nil }
    return field.quantity(in: range).map { Stated($0, at: field.value.location) }
  }
}

extension ScenarioField {
  /// `all`, {column: value} or {plan_id: id}.
  fileprivate func eventScope() -> Stated<EventScope>? {
    let allowed = "all, {column: value} or {plan_id: id}"
    switch value.content {
    case .text(let text, _):
      if text == EventScope.all.label { return Stated(.all, at: value.location) }
      report("unknown-choice", "the scope is not known", allowed: allowed)
      return nil
    case .mapping(let entries) where entries.count == 1:
      let cell = child(entries[0])
      guard let text = cell.value.text, !cell.value.isNull else {
        cell.reportWrongKind("expected text or a number")
        return nil
      }
      let scope: EventScope =
        cell.name == PlanColumns.id ? .plan(text) : .cell(column: cell.name, value: text)
      return Stated(scope, at: cell.value.location)
    default:
      report(
        "wrong-kind", "expected one scope, found \(value.kindInWords)", allowed: allowed)
      return nil
    }
  }

  /// A whole number of years or `permanent`.
  fileprivate func eventDuration() -> Stated<EventDuration>? {
    guard case .wholeOrWord(let range, let word) = ScenarioKeys.durationYears.kind else {
      return nil
    }
    if value.text == word { return Stated(.permanent, at: value.location) }
    if let text = value.text, let suggestion = Suggestion.phrase(for: text, among: [word]) {
      report("unknown-choice", "the duration is not known", suggestion: suggestion)
      return nil
    }
    guard let number = number() else { return nil }
    guard let years = Int(exactly: number), range.contains(years) else {
      report(
        "out-of-range",
        number == number.rounded() ? "the number is out of range" : "expected a whole number",
        allowed: "whole numbers from \(range.lowerBound) to \(range.upperBound), or \(word)")
      return nil
    }
    return Stated(.years(years), at: value.location)
  }
}
