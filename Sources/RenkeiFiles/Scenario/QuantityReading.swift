// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import RenkeiModel

extension ScenarioField {
  /// The number, `$name` or distribution that stands here; a plain number must lie in `range`.
  func quantity(in range: ValueRange) -> Quantity? {
    switch value.content {
    case .text(let text, _) where text.hasPrefix("$"):
      return inputName().map { .input($0) }
    case .text:
      return number(in: range).map { .constant($0) }
    case .mapping:
      return DistributionReader(field: self)?.quantity()
    case .list:
      reportWrongKind("expected a number, $name or distribution")
      return nil
    }
  }

  /// The name behind a `$`, nil and reported where it is none.
  func inputName() -> String? {
    guard let text = value.text else { return nil }
    let name = String(text.dropFirst())
    guard Self.isName(name) else {
      report(
        "bad-name", "a name must follow '$'", allowed: Self.nameRule,
        suggestion: name.isEmpty ? "write $name with a name of 'inputs'" : nil)
      return nil
    }
    return name
  }

  /// One quantity per plan year; a single one stands for every year.
  func yearlyQuantities(in range: ValueRange) -> [Quantity]? {
    let items = items()
    guard !items.isEmpty else {
      report("empty-list", "the list is empty", suggestion: "state at least one value")
      return nil
    }
    let quantities = items.map { $0.quantity(in: range) }
    return quantities.contains { $0 == nil } ? nil : quantities.compactMap { $0 }
  }
}

/// Reads `{family: {parameter: value, truncate: [low, high]}}` and
/// `{mixture: [{weight: number, of: distribution}, …]}`.
///
/// `truncate` may stand among the parameters or beside the family.
struct DistributionReader {
  private let field: ScenarioField
  private let family: DistributionFamily
  private let familyField: ScenarioField
  private let parameters: [ScenarioField]
  /// What a mixture is made of; nil for any other family.
  private let components: [ScenarioField]?
  private let truncation: ScenarioField?

  static let truncateKey = "truncate"
  /// How an open end of an interval is written.
  static let infinities: [String: Double] = [
    "inf": .infinity, ".inf": .infinity, "-inf": -.infinity, "-.inf": -.infinity,
  ]

  /// Nil, and reported, where no known family is named.
  init?(field: ScenarioField) {
    guard case .mapping(let entries) = field.value.content else { return nil }
    let families = entries.filter { $0.name != Self.truncateKey }
    let known = DistributionRegistry.families.map(\.name)
    guard let entry = families.first else {
      field.report("no-family", "no distribution is named", allowed: known.joined(separator: ", "))
      return nil
    }
    var isGood = true
    for stranger in families.dropFirst() {
      field.diagnostics.error(
        "unknown-key", at: stranger.location, key: "\(field.path).\(stranger.name)",
        "only one distribution can stand here", allowed: "truncate beside '\(entry.name)'")
      isGood = false
    }
    guard let family = DistributionRegistry.families.first(where: { $0.name == entry.name }) else {
      let suggestion = Suggestion.phrase(for: entry.name, among: known)
      field.diagnostics.error(
        "unknown-family", at: entry.location, key: field.path, value: entry.name,
        "there is no distribution of that name",
        allowed: suggestion == nil ? known.joined(separator: ", ") : nil, suggestion: suggestion)
      return nil
    }
    let familyField = field.child(entry)
    var parameterEntries: [YAMLEntry] = []
    var components: [ScenarioField]?
    switch (entry.value.content, family.isMixture) {
    case (.mapping(let stated), false): parameterEntries = stated
    case (.list, true): components = familyField.items()
    case (_, false):
      familyField.reportWrongKind("expected a map of parameters")
      return nil
    case (_, true):
      familyField.report(
        "wrong-kind", "expected a list of components, found \(entry.value.kindInWords)",
        allowed: "[{weight: …, of: {…}}, {weight: …, of: {…}}]")
      return nil
    }
    var truncations = entries.filter { $0.name == Self.truncateKey }.map { field.child($0) }
    truncations += parameterEntries.filter { $0.name == Self.truncateKey }.map {
      familyField.child($0)
    }
    if truncations.count > 1 {
      truncations[1].report("duplicate-key", "truncate is stated twice")
      isGood = false
    }
    guard isGood else { return nil }
    self.field = field
    self.family = family
    self.familyField = familyField
    parameters = parameterEntries.filter { $0.name != Self.truncateKey }.map {
      familyField.child($0).measured(in: field.unit.ofParameter($0.name))
    }
    self.components = components
    truncation = truncations.first
  }

  /// The quantity, nil where something was reported.
  func quantity() -> Quantity? {
    guard let (fixed, inputs) = description() else { return nil }
    do {
      if inputs.isEmpty { return .distribution(try family.make(fixed)) }
      let form = try family.locationScaleForm(fixed: fixed, open: Set(inputs.map(\.parameter)))
      return .modulated(
        ModulatedDistribution(
          familyName: family.name, form: form, inputs: inputs,
          fixed: parameters.compactMap { parameter in
            fixed.numbers[parameter.name].map { (parameter.name, $0) }
          }))
    } catch {
      report(error)
      return nil
    }
  }

  /// Numbers, lists and components as written, and the inputs that stand for parameters; nil where
  /// something was reported.
  private func description() -> (
    fixed: DistributionParameters, inputs: [(parameter: String, input: String)]
  )? {
    var fixed = DistributionParameters()
    var inputs: [(parameter: String, input: String)] = []
    var isGood = true
    if let components {
      fixed.components = components.compactMap { component($0) }
      isGood = fixed.components.count == components.count
      if components.isEmpty {
        familyField.report(
          "empty-list", "the mixture is empty", suggestion: "state at least two components")
        isGood = false
      }
    }
    for parameter in parameters {
      switch parameter.value.content {
      case .text(let text, _) where text.hasPrefix("$"):
        if let name = parameter.inputName() {
          inputs.append((parameter.name, name))
        } else {
          isGood = false
        }
      case .list:
        let numbers = parameter.items().map { $0.number() }
        fixed.lists[parameter.name] = numbers.compactMap { $0 }
        isGood = isGood && !numbers.contains { $0 == nil }
      default:
        if let number = parameter.number() {
          fixed.numbers[parameter.name] = number
        } else {
          isGood = false
        }
      }
    }
    if let truncation {
      fixed.truncation = interval(truncation)
      isGood = isGood && fixed.truncation != nil
    }
    return isGood ? (fixed, inputs) : nil
  }

  static let weightKey = ScenarioKey(
    "weight", .number(ValueRange(above: 0, through: 1e9), unit: ""),
    "probability in proportion to the other weights", isRequired: true)
  static let ofKey = ScenarioKey(
    "of", .quantity(ScenarioKeys.anyNumber, unit: "", level: .programme),
    "a distribution with plain numbers", isRequired: true)

  /// One `{weight: number, of: distribution}`, nil where something was reported.
  private func component(_ field: ScenarioField) -> MixtureComponent? {
    guard
      let reader = MappingReader(
        field.value, path: field.path, keys: [Self.weightKey, Self.ofKey],
        diagnostics: field.diagnostics)
    else { return nil }
    let weight = reader.number(Self.weightKey)
    guard let of = reader[Self.ofKey] else { return nil }
    guard case .mapping = of.value.content else {
      of.reportWrongKind("expected a distribution")
      return nil
    }
    guard let part = DistributionReader(field: of), let (fixed, inputs) = part.description() else {
      return nil
    }
    if let open = inputs.first {
      part.parameters.first { $0.name == open.parameter }?.report(
        "distribution", "a component of a mixture cannot read a named input",
        suggestion: "write a plain number")
      return nil
    }
    do {
      _ = try part.family.make(fixed)
    } catch {
      part.report(error)
      return nil
    }
    return weight.map {
      MixtureComponent(weight: $0.value, family: part.family.name, parameters: fixed)
    }
  }

  /// The interval [low, high], either end of which may be infinite.
  private func interval(_ field: ScenarioField) -> Truncation? {
    guard case .list(let ends) = field.value.content, ends.count == 2 else {
      field.report(
        "wrong-kind", "expected the two ends of an interval", allowed: "[low, high]")
      return nil
    }
    let numbers = field.items().map { item in
      item.value.text.flatMap { Self.infinities[$0] } ?? item.number()
    }
    guard let low = numbers[0], let high = numbers[1] else { return nil }
    return Truncation(low: low, high: high)
  }

  /// Reports a broken constraint at the parameter that breaks it.
  private func report(_ error: DistributionError) {
    let culprit =
      parameters.first { $0.name == error.parameter }
      ?? (error.parameter == Self.truncateKey ? truncation : nil)
    let place = culprit ?? familyField
    field.diagnostics.error(
      "distribution", at: place.value.location, key: place.path,
      value: culprit?.value.scalarForMessage, error.constraint, suggestion: error.suggestion)
  }
}

extension DistributionFamily {
  /// Whether a list of components stands in the place of parameters.
  var isMixture: Bool {
    parameterForms.contains { form in form.contains { $0.role == .components } }
  }
}
