// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// The declaration of one key of the scenario file.
///
/// Readers check against it, messages suggest from it, and a reference page or a schema can be made
/// of it: nothing about a key is stated anywhere else.
package struct ScenarioKey: Sendable {
  /// What may stand behind a key.
  package indirect enum Kind: Sendable {
    case text
    /// A whole number in a range; the unit is for the reader.
    case whole(ClosedRange<Int>, unit: String = "")
    /// A whole number in a range, or one word instead.
    case wholeOrWord(ClosedRange<Int>, word: String)
    /// A whole number of 64 bits.
    case seed
    /// A plain number; the range is checked, the unit is for the reader.
    case number(ValueRange, unit: String)
    /// One of a few words.
    case choice([String])
    /// A number, `$name` or distribution, drawn at the level given.
    case quantity(ValueRange, unit: String, level: DrawLevel)
    /// A plan-level quantity, or `{share_of_target: …}` or `{share_of_investment: …}` with one.
    case amount(ValueRange, unit: String)
    case ramp
    case shock
    /// A quantity or a list of quantities, one per plan year.
    case yearlyQuantities(ValueRange, level: DrawLevel)
    /// Column names or {column: [edges]}.
    case groupings
    /// A list of numbers strictly between 0 and 1.
    case levels
    /// Conditions on columns of the plan list.
    case conditions
    /// `all`, {column: value} or {plan_id: id}.
    case scope
    /// A list of [input, input, coefficient] with coefficients in a range.
    case inputPairs(ValueRange)
    /// A text or a list of texts.
    case words
    /// A list of support measures.
    case measures
    /// A list of support measures, or a map of `measures` and `set`.
    case arm
    /// A map from dotted paths of support terms to their values.
    case changes
    /// A list of maps.
    case rows
    /// A map with these keys.
    case map([ScenarioKey])
    /// A map from names that the writer chooses to values of one kind; at least `fewest` of them.
    case named(Kind, fewest: Int = 0)
  }

  package let name: String
  package let kind: Kind
  /// One line for the reference page.
  package let summary: String
  package let isRequired: Bool
  /// What holds when the key is left out, as it would be written; nil where nothing does.
  package let standard: String?
  /// Which of the keys below this one go together; nil where each stands for itself.
  package let rule: KeyRule?

  package init(
    _ name: String, _ kind: Kind, _ summary: String, isRequired: Bool = false,
    standard: String? = nil, rule: KeyRule? = nil
  ) {
    self.name = name
    self.kind = kind
    self.summary = summary
    self.isRequired = isRequired
    self.standard = standard
    self.rule = rule
  }

  /// The keys below this one; empty where it holds no map of declared keys.
  package var children: [ScenarioKey] {
    switch kind {
    case .map(let keys), .named(.map(let keys), _): keys
    case .named(.arm, _): ScenarioKeys.armKeys
    default: []
    }
  }
}

/// Which keys of one map go together.
package enum KeyRule: Sendable {
  case exactlyOne([String])
  case atLeastOne([String])
}
