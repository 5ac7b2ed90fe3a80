// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import RenkeiModel

/// One entry of the reference of keys, in words.
package struct KeyReference: Sendable, Equatable {
  /// Dotted path; `<name>` where the writer chooses the name.
  package let path: String
  package let kind: String
  package let unit: String
  /// Range of the number, or the words that are allowed; empty: no limit.
  package let allowed: String
  /// How often it is drawn where it is uncertain; empty where it cannot be.
  package let level: String
  /// What holds when the key is left out; `required` where it must be there; empty: nothing.
  package let standard: String
  package let meaning: String

  /// Every key of the scenario file, each above those below it.
  package static var all: [KeyReference] {
    entries(ScenarioKeys.root, prefix: "")
  }

  /// Columns of the plan list that mean something, required ones first.
  package static var planColumns: [KeyReference] {
    [
      KeyReference(
        path: PlanColumns.id, kind: "text", unit: "", allowed: "", level: "",
        standard: "required", meaning: "the plan's name in results; different for every plan"),
      KeyReference(
        path: PlanColumns.name, kind: "text", unit: "", allowed: "", level: "",
        standard: "the plan's id", meaning: "the plan's name for people"),
    ]
      + ScenarioKeys.columnInputs.map { key in
        KeyReference(
          key, path: key.name,
          standard: key.name == PlanInput.endTargetYen.rawValue ? "required" : "not set")
      }
      + PlanColumns.attributes.map { name in
        KeyReference(
          path: name, kind: "text", unit: "", allowed: "", level: "", standard: "",
          meaning: "for conditions, factors and groups")
      }
  }

  /// One sentence for a schema: meaning, unit and what holds without the key.
  static func sentence(for key: ScenarioKey) -> String {
    let entry = KeyReference(key, path: key.name)
    var text = key.summary
    if !entry.unit.isEmpty { text += " (\(entry.unit))" }
    if let standard = key.standard { text += "; default: \(standard)" }
    return text
  }

  private static func entries(_ keys: [ScenarioKey], prefix: String) -> [KeyReference] {
    keys.flatMap { key -> [KeyReference] in
      let path = prefix + key.name
      var entries = [KeyReference(key, path: path)]
      // The inputs of a plan are listed once, below the defaults.
      if key.name == ScenarioKeys.segmentSet.name || key.name == ScenarioKeys.segmentMultiply.name {
        return entries
      }
      switch key.kind {
      case .map: entries += self.entries(key.children, prefix: path + ".")
      case .named: entries += self.entries(key.children, prefix: path + ".<name>.")
      default: break
      }
      return entries
    }
  }

  private init(_ key: ScenarioKey, path: String, standard: String? = nil) {
    let words = Words(key.kind)
    self.init(
      path: path, kind: words.kind, unit: words.unit, allowed: words.allowed, level: words.level,
      standard: standard ?? (key.isRequired ? "required" : key.standard ?? ""),
      meaning: key.summary)
  }

  private init(
    path: String, kind: String, unit: String, allowed: String, level: String, standard: String,
    meaning: String
  ) {
    self.path = path
    self.kind = kind
    self.unit = unit
    self.allowed = allowed
    self.level = level
    self.standard = standard
    self.meaning = meaning
  }

  /// A kind in words.
  private struct Words {
    var kind: String
    var unit = ""
    var allowed = ""
    var level = ""

    init(_ kind: ScenarioKey.Kind) {
      switch kind {
      case .text: self.kind = "text"
      case .whole(let range, let unit):
        (self.kind, self.unit) = ("whole number", unit)
        allowed =
          range.lowerBound == range.upperBound
          ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
      case .wholeOrWord(let range, let word):
        (self.kind, allowed) = (
          "whole number or word", "\(range.lowerBound) to \(range.upperBound), or \(word)"
        )
      case .scope:
        (self.kind, allowed) = ("scope", "all, {column: value} or {plan_id: id}")
      case .inputPairs(let range):
        (self.kind, allowed) = ("list of [input, input, coefficient]", Self.text(range))
      case .seed: (self.kind, allowed) = ("whole number", "0 to \(UInt64.max)")
      case .number(let range, let unit):
        (self.kind, self.unit, allowed) = ("number", unit, Self.text(range))
      case .choice(let words): (self.kind, allowed) = ("word", words.joined(separator: ", "))
      case .quantity(let range, let unit, let level):
        (self.kind, self.unit, allowed) = (
          "number, $name or distribution", unit, Self.text(range)
        )
        self.level = level.rawValue
      case .ramp: (self.kind, allowed) = ("ramp", RampFamily.names.joined(separator: ", "))
      case .shock: self.kind = "distribution or name of a family"
      case .yearlyQuantities(let range, let level):
        (self.kind, allowed) = ("number, $name, distribution or a list of them", Self.text(range))
        self.level = level.rawValue
      case .groupings: self.kind = "list of columns or {column: [edges]}"
      case .levels: (self.kind, allowed) = ("list of numbers", "above 0 to below 1")
      case .conditions:
        self.kind = "map of columns to a text, a list of texts or a comparison"
        allowed = ScenarioKeys.comparisons.map(\.name).joined(separator: ", ")
      case .words: self.kind = "text or list of texts"
      case .amount(let range, let unit):
        (self.kind, self.unit, allowed) = (
          "number, $name, distribution or share", unit, Self.text(range)
        )
        level = DrawLevel.plan.rawValue
      case .measures:
        self.kind = "list of measures"
        allowed = SupportMeasure.allCases.map(\.rawValue).joined(separator: ", ")
      case .arm:
        self.kind = "list of measures, or a map of measures and set"
        allowed = SupportMeasure.allCases.map(\.rawValue).joined(separator: ", ")
      case .changes:
        (self.kind, allowed) = ("map of dotted paths to values", "terms of the support block")
      case .rows: self.kind = "list of maps, one a plan"
      case .map: self.kind = "map"
      case .named(let kind, _):
        self = Words(kind)
        self.kind = "map of names to: " + self.kind
      }
    }

    private static func text(_ range: ValueRange) -> String {
      range == ScenarioKeys.anyNumber ? "" : range.description
    }
  }
}
