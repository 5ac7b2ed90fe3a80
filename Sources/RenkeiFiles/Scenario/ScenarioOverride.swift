// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// One `key=value` of the command line, laid over a scenario.
///
/// The key is a dotted path; segments, factors and inputs are addressed by name. The value is YAML
/// by the grammar of scenario files; `null` removes the key.
public struct ScenarioOverride: Sendable, Equatable {
  /// Dotted path as written.
  public let key: String
  /// Text of the value.
  public let value: String
  /// The option that states it, for messages.
  private let option: String

  /// Nil where `argument` is not `key=value` with a key of dotted names.
  public init?(_ argument: String) {
    guard let equals = argument.firstIndex(of: "=") else { return nil }
    self.init(
      key: String(argument[..<equals]),
      value: String(argument[argument.index(after: equals)...]))
  }

  /// Nil where `key` is not made of dotted names.
  public init?(key: String, value: String, option: String = "--set") {
    self.key = key
    self.value = value
    self.option = option
    let names = key.split(separator: ".", omittingEmptySubsequences: false)
    guard names.allSatisfy({ !$0.isEmpty }), ControlText.firstInvisible(in: key) == nil else {
      return nil
    }
  }

  /// Where the value was written, for messages.
  public var location: SourceLocation { SourceLocation(file: "\(option) \(key)") }

  var names: [String] { key.split(separator: ".").map(String.init) }
}

/// Applies overrides to a scenario's document.
struct OverrideReader {
  let diagnostics: DiagnosticCollector

  /// `root` with every override applied in order; problems are reported.
  func applying(_ overrides: [ScenarioOverride], to root: YAMLValue) -> YAMLValue {
    overrides.reduce(root) { root, override in
      guard let value = parsed(override) else { return root }
      if override.names.first == ScenarioKeys.extends.name {
        diagnostics.error(
          "cannot-set", at: override.location, key: override.key,
          "the extended file cannot be changed here",
          suggestion: "write a scenario that extends the other file")
        return root
      }
      let step = Step(
        override: override, value: value, names: override.names[...],
        kind: .map(ScenarioKeys.root), path: "")
      return setting(step, in: root) ?? root
    }
  }

  /// The value's own document, all of it at the override's place.
  private func parsed(_ override: ScenarioOverride) -> YAMLValue? {
    let location = override.location
    let before = diagnostics.errorCount
    if let value = YAMLDocument.readValue(
      Array(override.value.utf8), source: location.file, diagnostics: diagnostics)
    {
      return value.moved(to: location)
    }
    if diagnostics.errorCount == before {
      diagnostics.error(
        "missing-value", at: location, key: override.key, "the value is missing",
        suggestion: "write null to remove the key")
    }
    return nil
  }

  /// What is left to do below one value of the document.
  private struct Step {
    let override: ScenarioOverride
    let value: YAMLValue
    /// Names still to be followed.
    let names: ArraySlice<String>
    /// Declared kind of the value reached, nil inside distributions and the like.
    let kind: ScenarioKey.Kind?
    /// Dotted path of the value reached.
    let path: String

    func below(_ name: String) -> Step {
      let kind = kind?.kind(of: name)
      var rest = names.dropFirst()
      // The keys of an arm's `set` are dotted paths themselves.
      if case .changes = kind, !rest.isEmpty { rest = [rest.joined(separator: ".")] }
      return Step(
        override: override, value: value, names: rest, kind: kind,
        path: path.isEmpty ? name : "\(path).\(name)")
    }

    /// Whether a map can begin here, where nothing is stated yet.
    var canBegin: Bool {
      if case .changes = kind { return true }
      return kind?.mergesByKey == true
    }
  }

  /// `base` with the value set below it; nil, and reported, where that cannot be done.
  private func setting(_ step: Step, in base: YAMLValue?) -> YAMLValue? {
    guard let name = step.names.first else {
      guard let base else { return step.value }
      let merging = ScenarioMerging(diagnostics: diagnostics)
      return merging.merged(step.value, over: base, kind: step.kind, path: step.path)
    }
    guard let entries = entries(of: base, step) else { return nil }
    let index = entries.firstIndex { $0.name == name }
    guard index != nil || isDeclared(name, entries, step) else { return nil }
    let isLast = step.names.count == 1
    var result = entries
    if isLast, step.value.isNull {
      guard let index else {
        ScenarioMerging(diagnostics: diagnostics).reportNothingToRemove(
          name, path: step.override.key, at: step.override.location, among: entries.map(\.name))
        return nil
      }
      result.remove(at: index)
    } else {
      guard let value = setting(step.below(name), in: index.map { entries[$0].value }) else {
        return nil
      }
      let entry = YAMLEntry(name: name, location: step.override.location, value: value)
      if let index { result[index] = entry } else { result.append(entry) }
    }
    return YAMLValue(
      content: .mapping(result), location: base?.location ?? step.override.location)
  }

  /// The entries among which the next name is looked for; nil, and reported, where it has none.
  private func entries(of base: YAMLValue?, _ step: Step) -> [YAMLEntry]? {
    switch base?.content {
    case .mapping(let entries): return entries
    case nil where step.canBegin: return []
    case .text where base?.isNull == true && step.canBegin: return []
    case .list:
      report(
        step, "no-keys", "'\(step.path)' is a list, whose elements cannot be set one by one",
        suggestion: "set the whole list: \(step.path)=[…]")
    case nil:
      report(
        step, "no-keys", "nothing is stated for '\(step.path)', so that no part of it can be set",
        suggestion: "set the whole: \(step.path)=…")
    case .text:
      report(
        step, "no-keys", "'\(step.path)' is a single value without keys below it",
        suggestion: "set the whole: \(step.path)=…")
    }
    return nil
  }

  /// Whether a name that is not stated yet may be added; if not, that is reported.
  private func isDeclared(_ name: String, _ entries: [YAMLEntry], _ step: Step) -> Bool {
    let declared: [ScenarioKey]?
    switch step.kind {
    case .map(let keys): declared = keys
    case .arm: declared = ScenarioKeys.armKeys
    // The reader of an arm knows which terms cannot be changed, and why.
    case .changes: return true
    default: declared = nil
    }
    if let declared {
      if declared.contains(where: { $0.name == name }) { return true }
      reportUnknown(name, among: declared.map(\.name), "the key is not known", step)
      return false
    }
    let place = step.path.isEmpty ? "the scenario" : "'\(step.path)'"
    reportUnknown(
      name, among: entries.map(\.name),
      "there is no '\(name)' in \(place), and a path cannot add one", step)
    return false
  }

  private func reportUnknown(
    _ name: String, among known: [String], _ message: String, _ step: Step
  ) {
    let (bare, bracket) = (name.prefix { $0 != "[" }, name.contains("["))
    if bracket, known.contains(String(bare)) {
      report(
        step, "no-keys", "elements of a list cannot be set one by one",
        suggestion: "set the whole list: "
          + "\(step.path.isEmpty ? "" : step.path + ".")\(bare)=[…]")
      return
    }
    let suggestion = Suggestion.phrase(for: name, among: known)
    report(
      step, "unknown-key", message,
      allowed: suggestion == nil && !known.isEmpty ? known.joined(separator: ", ") : nil,
      suggestion: suggestion)
  }

  private func report(
    _ step: Step, _ code: String, _ message: String, allowed: String? = nil,
    suggestion: String? = nil
  ) {
    diagnostics.error(
      code, at: step.override.location, key: nil, message, allowed: allowed,
      suggestion: suggestion)
  }
}

extension YAMLValue {
  /// The same content, all of it at one place.
  func moved(to place: SourceLocation) -> YAMLValue {
    switch content {
    case .text: YAMLValue(content: content, location: place)
    case .list(let values):
      YAMLValue(content: .list(values.map { $0.moved(to: place) }), location: place)
    case .mapping(let entries):
      YAMLValue(
        content: .mapping(
          entries.map {
            YAMLEntry(name: $0.name, location: place, value: $0.value.moved(to: place))
          }), location: place)
    }
  }
}
