// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

extension ScenarioKey.Kind {
  /// Whether two maps of this kind merge key by key; every other value replaces as a whole, so that
  /// no distribution, ramp, condition or arm is ever put together from two places.
  package var mergesByKey: Bool {
    switch self {
    case .map, .named: true
    default: false
    }
  }

  /// The kind of the value behind one key of a map of this kind, nil where the key is not declared.
  package func kind(of name: String) -> ScenarioKey.Kind? {
    switch self {
    case .map(let keys): keys.first { $0.name == name }?.kind
    case .named(let kind, _): kind
    case .arm: ScenarioKeys.armKeys.first { $0.name == name }?.kind
    default: nil
    }
  }
}

/// Lays one statement of a scenario over another; every value keeps the place where it was written.
struct ScenarioMerging {
  let diagnostics: DiagnosticCollector

  /// `upper` laid over `lower`.
  ///
  /// Maps that the declarations call maps merge by key, in the order of the lower one with new keys
  /// behind; everything else replaces. A key without a value removes that key.
  ///
  /// - Parameters:
  ///   - kind: what the declarations say stands here; nil where they know nothing.
  ///   - path: dotted path of the value, empty for the root.
  func merged(
    _ upper: YAMLValue, over lower: YAMLValue, kind: ScenarioKey.Kind?, path: String = ""
  ) -> YAMLValue {
    guard let kind, kind.mergesByKey, case .mapping(let old) = lower.content,
      case .mapping(let new) = upper.content
    else { return upper }
    var entries: [YAMLEntry?] = old
    let indices = Dictionary(zip(old.map(\.name), 0...), uniquingKeysWith: { first, _ in first })
    for entry in new {
      let entryPath = path.isEmpty ? entry.name : "\(path).\(entry.name)"
      guard let index = indices[entry.name], let below = entries[index] else {
        if entry.value.isNull {
          reportNothingToRemove(
            entry.name, path: entryPath, at: entry.location, among: old.map(\.name))
        } else {
          entries.append(entry)
        }
        continue
      }
      entries[index] =
        entry.value.isNull
        ? nil
        : YAMLEntry(
          name: entry.name, location: entry.location,
          value: merged(
            entry.value, over: below.value, kind: kind.kind(of: entry.name), path: entryPath))
    }
    return YAMLValue(content: .mapping(entries.compactMap { $0 }), location: upper.location)
  }

  func reportNothingToRemove(
    _ name: String, path: String, at location: SourceLocation, among names: [String]
  ) {
    diagnostics.error(
      "nothing-to-remove", at: location, key: path,
      "there is nothing to remove: the key is not stated below",
      suggestion: Suggestion.phrase(for: name, among: names))
  }
}
