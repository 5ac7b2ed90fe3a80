// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

extension MappingReader {
  /// The plan-level inputs that are stated among this map's keys.
  func planSettings() -> PlanSettings {
    var settings = PlanSettings()
    for field in stated { field.read(into: &settings) }
    return settings
  }
}

extension ScenarioField {
  /// Reads the value of a plan-level input into `settings`; does nothing for any other key.
  func read(into settings: inout PlanSettings) {
    let place = value.location
    if let input = PlanInput(rawValue: name) {
      read(input, into: &settings)
    } else if name == ScenarioKeys.ramp.name {
      settings.ramp = ramp().map { Stated($0, at: place) }
    } else if name == ScenarioKeys.shock.name {
      settings.shock = shock().map { Stated($0, at: place) }
    } else if name == ScenarioKeys.annualFailureProbability.name {
      settings.annualFailureProbability =
        measured(in: .probability).yearlyQuantities(in: ValueRange(from: 0, below: 1)).map {
          Stated($0, at: place)
        }
    } else if name == ScenarioKeys.cashFailure.name {
      settings.cashFailure = word(among: CashFailure.allCases.map(\.rawValue))
        .flatMap(CashFailure.init).map { Stated($0, at: place) }
    }
  }

  /// The quantity of an input or term, as its declaration allows.
  func quantity(as declaration: PlanInput.Declaration) -> Quantity? {
    let field = measured(in: NumberUnit(declared: declaration.unit))
    guard declaration.mayBeUncertain else {
      if value.text == nil || value.text?.hasPrefix("$") == true {
        report("wrong-kind", "expected a plain number: the input cannot be uncertain")
        return nil
      }
      guard let number = field.number(in: declaration.range) else { return nil }
      guard !declaration.isWhole || number == number.rounded() else {
        report("out-of-range", "expected a whole number", allowed: declaration.range.description)
        return nil
      }
      return .constant(number)
    }
    return field.quantity(in: declaration.range)
  }

  /// Conditions on columns: {column: value | [values] | {at_most, at_least, not}}.
  func conditions() -> [Condition] {
    guard case .mapping(let entries) = value.content else {
      reportWrongKind("expected conditions on columns")
      return []
    }
    if entries.isEmpty {
      report("empty-list", "no condition is stated", suggestion: "name a column and its value")
    }
    return entries.flatMap { entry in child(entry).conditions(column: entry) }
  }

  private func conditions(column entry: YAMLEntry) -> [Condition] {
    guard case .mapping = value.content else {
      guard let words = words() else { return [] }
      return [Condition(column: entry.name, test: .oneOf(words), location: entry.location)]
    }
    guard
      let reader = MappingReader(
        value, path: path, keys: ScenarioKeys.comparisons, diagnostics: diagnostics)
    else { return [] }
    if reader.stated.isEmpty, case .mapping(let entries) = value.content, entries.isEmpty {
      report("empty-list", "no condition is stated", allowed: "at_most, at_least, not")
    }
    let unit = NumberUnit(column: entry.name)
    return reader.stated.compactMap { field in
      let test: Condition.Test?
      switch field.name {
      case "at_most": test = field.measured(in: unit).number().map { .atMost($0) }
      case "at_least": test = field.measured(in: unit).number().map { .atLeast($0) }
      default: test = field.words().map { .noneOf($0) }
      }
      return test.map {
        Condition(column: entry.name, test: $0, location: field.value.location)
      }
    }
  }

  /// One text or a list of texts.
  func words() -> [String]? {
    let items = items()
    var words: [String] = []
    for item in items {
      guard let text = item.value.text, !item.value.isNull else {
        item.reportWrongKind("expected text or a number")
        return nil
      }
      words.append(text)
    }
    if words.isEmpty {
      report("empty-list", "the list is empty", suggestion: "state at least one value")
      return nil
    }
    return words
  }
}
