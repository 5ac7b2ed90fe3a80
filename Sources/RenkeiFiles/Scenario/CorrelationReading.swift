// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

extension ScenarioReader {
  /// Correlations between named inputs; nil where none are stated.
  func correlations(_ field: ScenarioField?) -> CorrelationSettings? {
    guard let field,
      let reader = MappingReader(
        field.value, path: field.path, keys: ScenarioKeys.correlations.children,
        diagnostics: diagnostics)
    else { return nil }
    let pairs = CorrelationSettings.Pair.Measure.allCases.flatMap { measure in
      reader.stated.filter { $0.name == measure.rawValue }.flatMap { coefficients($0, measure) }
    }
    return CorrelationSettings(
      pairs: pairs,
      repairsToNearest: reader.choice(ScenarioKeys.repair) == ScenarioKeys.nearestRepair,
      location: field.value.location)
  }

  private func coefficients(
    _ field: ScenarioField, _ measure: CorrelationSettings.Pair.Measure
  ) -> [CorrelationSettings.Pair] {
    guard case .list = field.value.content else {
      field.reportWrongKind("expected a list of [input, input, coefficient]")
      return []
    }
    return field.items().compactMap { item in
      guard case .list = item.value.content, case let parts = item.items(), parts.count == 3 else {
        item.report(
          "wrong-kind", "expected two inputs and their correlation",
          allowed: "[input, input, coefficient]")
        return nil
      }
      let names = parts.prefix(2).map { $0.bareInputName() }
      guard let coefficient = parts[2].number(in: ScenarioKeys.coefficientRange),
        let first = names[0], let second = names[1]
      else { return nil }
      return CorrelationSettings.Pair(
        measure: measure, first: first, second: second,
        coefficient: Stated(coefficient, at: parts[2].value.location),
        location: item.value.location)
    }
  }
}

extension ScenarioField {
  /// The name of an input without `$`.
  fileprivate func bareInputName() -> Stated<String>? {
    guard let text = value.text, !value.isNull else {
      reportWrongKind("expected the name of an input")
      return nil
    }
    guard Self.isName(text) else {
      report(
        "bad-name", "expected the name of an input", allowed: Self.nameRule,
        suggestion: text.hasPrefix("$") ? "leave out the '$'" : nil)
      return nil
    }
    return Stated(text, at: value.location)
  }
}
