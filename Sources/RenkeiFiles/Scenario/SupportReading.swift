// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

extension ScenarioReader {
  /// The support block; nil where there is none.
  func support(_ field: ScenarioField?) -> SupportSettings? {
    guard let field else { return nil }
    var settings = SupportSettings(location: field.value.location)
    guard
      let reader = MappingReader(
        field.value, path: field.path, keys: ScenarioKeys.support.children,
        diagnostics: diagnostics)
    else { return settings }
    if let word = reader.choice(ScenarioKeys.afterHorizon),
      let rule = AfterHorizon(rawValue: word)
    {
      settings.afterHorizon = rule
    }
    read(reader, keys: ScenarioKeys.support.children, into: &settings)
    return settings
  }

  /// Reads what stands in one map of the block and in the maps below it.
  private func read(
    _ reader: MappingReader, keys: [ScenarioKey], into settings: inout SupportSettings
  ) {
    for field in reader.stated {
      guard let key = keys.first(where: { $0.name == field.name }) else { continue }
      let path = String(field.path.dropFirst("support.".count))
      if let measure = SupportMeasure(rawValue: path) {
        settings.measures[measure] = field.value.location
      }
      if !key.children.isEmpty {
        if let below = reader.map(key) { read(below, keys: key.children, into: &settings) }
      } else if let input = PlanInput.supportInputs.first(where: { $0.supportPath == path }) {
        field.read(input, into: &settings.plans)
      } else if let term = SupportTerm.allCases.first(where: { $0.path == path }) {
        settings.terms[term] = field.quantity(of: term)
      } else if let choice = SupportChoice(rawValue: path) {
        settings.choices[choice] = reader.choice(key).map {
          Stated($0, at: field.value.location)
        }
      } else if key.name == ScenarioKeys.cashFailure.name {
        field.read(into: &settings.plans)
      } else if case .choice = key.kind, key.name != ScenarioKeys.afterHorizon.name {
        _ = reader.choice(key)
      }
    }
  }

  /// The arms; one without conditions where none is named.
  func arms(_ field: ScenarioField?) -> [Arm] {
    guard let field else { return [.asPlanned] }
    let arms = field.namedEntries().map { name, location, field in
      arm(name, field, at: location)
    }
    if case .mapping(let entries) = field.value.content, entries.isEmpty {
      field.report(
        "empty-list", "no arm is named", suggestion: "name one, or leave out 'arms'")
    }
    return arms.isEmpty ? [.asPlanned] : arms
  }

  private func arm(_ name: String, _ field: ScenarioField, at location: SourceLocation) -> Arm {
    switch field.value.content {
    case .list:
      return Arm(name: name, measures: measures(field), location: location)
    case .mapping:
      guard
        let reader = MappingReader(
          field.value, path: field.path, keys: ScenarioKeys.armKeys, diagnostics: diagnostics)
      else { return Arm(name: name, location: location) }
      return Arm(
        name: name, measures: reader[ScenarioKeys.armMeasures].map(measures),
        changes: reader[ScenarioKeys.armChanges].map(changes) ?? [], location: location)
    case .text:
      field.reportWrongKind("expected a list of support measures, or a map of measures and set")
      return Arm(name: name, location: location)
    }
  }

  private func measures(_ field: ScenarioField) -> [Stated<SupportMeasure>] {
    guard case .list = field.value.content else {
      field.reportWrongKind("expected a list of support measures")
      return []
    }
    let known = SupportMeasure.allCases.map(\.rawValue)
    return field.items().compactMap { item in
      guard let text = item.value.text, let measure = SupportMeasure(rawValue: text) else {
        item.report(
          "unknown-measure", "there is no support measure of that name",
          allowed: known.joined(separator: ", "),
          suggestion: item.value.text.flatMap { Suggestion.phrase(for: $0, among: known) })
        return nil
      }
      return Stated(measure, at: item.value.location)
    }
  }

  /// The changed terms of an arm: {support.subsidy.cap_yen: 15e6}.
  private func changes(_ field: ScenarioField) -> [SupportChange] {
    guard case .mapping(let entries) = field.value.content else {
      field.reportWrongKind("expected a map of changed terms")
      return []
    }
    return entries.compactMap { entry in
      let child = field.child(entry)
      if entry.value.isNull {
        diagnostics.error(
          "missing-value", at: entry.location, key: child.path, "the key has no value",
          suggestion: "state a value or leave the key out")
        return nil
      }
      guard ScenarioKeys.changeable.contains(where: { $0.name == entry.name }) else {
        reportUnchangeable(entry, path: child.path)
        return nil
      }
      let path = String(entry.name.dropFirst("support.".count))
      if let choice = SupportChoice(rawValue: path) {
        return child.word(among: choice.words).map {
          .word(choice, Stated($0, at: entry.value.location))
        }
      }
      guard let term = SupportTerm.allCases.first(where: { $0.path == path }) else { return nil }
      return child.quantity(of: term).map { .number(term, $0) }
    }
  }

  private func reportUnchangeable(_ entry: YAMLEntry, path: String) {
    let isPlanLevel = PlanInput.supportInputs.contains {
      "support." + ($0.supportPath ?? "") == entry.name
    }
    if isPlanLevel {
      diagnostics.error(
        "unchangeable", at: entry.location, key: path,
        "plans have drawn it before any arm: an arm changes terms and effects",
        suggestion: "change it in the support block, for all arms")
    } else {
      let known = ScenarioKeys.changeable.map(\.name)
      let whole = "support." + entry.name
      diagnostics.error(
        "unknown-key", at: entry.location, key: path, "no term has this path",
        allowed: "support.<measure>.<term>, such as support.subsidy.cap_yen",
        suggestion: Suggestion.phrase(
          for: known.contains(whole) ? whole : entry.name, among: known))
    }
  }
}

extension ScenarioField {
  /// The number of a term, as its declaration allows.
  func quantity(of term: SupportTerm) -> Stated<Quantity>? {
    quantity(as: term.declaration).map { Stated($0, at: value.location) }
  }

  /// One of a few words; anything else is reported.
  func word(among words: [String]) -> String? {
    if let word = value.text, words.contains(word) { return word }
    report(
      "unknown-choice", "the value is not known", allowed: words.joined(separator: ", "),
      suggestion: value.text.flatMap { Suggestion.phrase(for: $0, among: words) })
    return nil
  }

  /// Reads an amount or number of a plan, in yen or as a share.
  func read(_ input: PlanInput, into settings: inout PlanSettings) {
    let place = value.location
    settings.numbers[input] = nil
    settings.bases[input] = nil
    guard input.allowsShares, case .mapping(let entries) = value.content,
      let basis = Self.shareBases.first(where: { share in
        entries.contains { $0.name == share.name }
      })?.basis
    else {
      if input.allowsShares, reportsUnknownShare() { return }
      settings.numbers[input] = quantity(as: input.declaration).map { Stated($0, at: place) }
      return
    }
    guard entries.count == 1 else {
      report(
        "conflict", "only one share can stand here",
        allowed: "{share_of_target: x} or {share_of_investment: x}")
      return
    }
    if input == .investmentYen, basis == .investment {
      report(
        "circular-share", "an investment cannot be a share of itself",
        allowed: "yen, {share_of_target: x} or a distribution")
      return
    }
    guard
      let share = child(entries[0]).measured(in: .ratio).quantity(in: PlanInput.shareRange)
    else { return }
    settings.numbers[input] = Stated(share, at: place)
    settings.bases[input] = basis
  }

  /// Whether a map states a share of something that there are no shares of, which is reported.
  private func reportsUnknownShare() -> Bool {
    guard case .mapping(let entries) = value.content,
      let entry = entries.first(where: { $0.name.hasPrefix("share") })
    else { return false }
    let known = Self.shareBases.map(\.name)
    diagnostics.error(
      "unknown-share", at: entry.location, key: path, value: entry.name,
      "there is no share of that name", allowed: known.joined(separator: ", "),
      suggestion: Suggestion.phrase(for: entry.name, among: known))
    return true
  }

  private static let shareBases: [(name: String, basis: AmountBasis)] = [
    ("share_of_target", .target), ("share_of_investment", .investment),
  ]
}
