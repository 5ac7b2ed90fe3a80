// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// Which units may be written behind a number, as the declaration of its key says.
package enum NumberUnit: Sendable, Equatable {
  /// No unit; the words say what is expected instead.
  case plain(String)
  /// A share, rate or probability: `66.7%`.
  case share(String)
  /// An amount in yen: `1972億円`, `300百万円`.
  case yen
  /// A named input, whose use decides: a share unless its name ends in `_yen`.
  case namedInput

  /// A number that counts nothing in particular.
  package static let number = NumberUnit.plain("a plain number")
  package static let ratio = NumberUnit.share("a number or percentage")
  package static let probability = NumberUnit.share("a probability")

  /// The units of a declared unit's name, such as `yen/year`.
  package init(declared unit: String) {
    switch unit {
    case "yen", "yen/year": self = .yen
    case "share": self = .share("a share")
    case "probability": self = .probability
    case "per year": self = .share("a yearly rate")
    case "years": self = .plain("a number of years")
    default: self = .number
    }
  }

  /// The units of a named input.
  package init(inputName: String) {
    self = inputName.hasSuffix(Self.yenSuffix) ? .yen : .namedInput
  }

  /// The units of a column of the plan list.
  package init(column: String) {
    if let input = PlanInput(rawValue: column) {
      self.init(declared: input.declaration.unit)
    } else {
      self = column.hasSuffix(Self.yenSuffix) ? .yen : .number
    }
  }

  private static let yenSuffix = "_yen"

  /// The units of one parameter of a distribution whose values have this unit: exponents, shapes
  /// and logarithms are pure numbers.
  func ofParameter(_ name: String) -> NumberUnit {
    switch name {
    case "shape", "exponent", "degrees_of_freedom", "a", "b", "log_mean", "log_sd": .number
    case "weight", "weights": .ratio
    default: self
    }
  }

  /// Why a unit cannot stand here, nil where it can.
  func objection(to suffix: NumberText.Suffix) -> NumberText.Problem? {
    let found: String
    switch (suffix, self) {
    case (.none, _), (.percent, .share), (.percent, .namedInput), (.yen, .yen): return nil
    case (.percent, _): found = "a percentage"
    case (.yen, _): found = "an amount in yen"
    }
    return NumberText.Problem(
      code: "wrong-unit", message: "expected \(expectation), not \(found)",
      suggestion: self == .namedInput ? "end the input's name in '\(Self.yenSuffix)'" : nil)
  }

  private var expectation: String {
    switch self {
    case .plain(let words), .share(let words): words
    case .yen: "an amount in yen"
    case .namedInput: "a number or percentage"
    }
  }
}

extension ScenarioKey.Kind {
  /// The units of a number that stands behind the key.
  package var numberUnit: NumberUnit {
    switch self {
    case .number(_, let unit), .quantity(_, let unit, _), .amount(_, let unit):
      NumberUnit(declared: unit)
    case .yearlyQuantities, .levels: .probability
    case .inputPairs: .ratio
    default: .number
    }
  }
}
