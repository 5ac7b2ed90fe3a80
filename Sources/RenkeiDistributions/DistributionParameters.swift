// SPDX-License-Identifier: GPL-3.0-or-later

/// A distribution's description as the user wrote it: numbers and lists by name.
public struct DistributionParameters: Sendable, Equatable {
  /// Single numbers: parameters by name, or quantiles by `p10`, `p2.5`, ….
  public var numbers: [String: Double]

  /// Lists of numbers, such as the values and weights of a discrete distribution.
  public var lists: [String: [Double]]

  /// What a mixture is made of; empty for every other family.
  public var components: [MixtureComponent]

  /// Interval to which the distribution is conditioned; either end may be infinite.
  public var truncation: Truncation?

  public init(
    _ numbers: [String: Double] = [:], lists: [String: [Double]] = [:],
    components: [MixtureComponent] = [], truncation: Truncation? = nil
  ) {
    self.numbers = numbers
    self.lists = lists
    self.components = components
    self.truncation = truncation
  }
}

/// One part of a mixture as written.
public struct MixtureComponent: Sendable, Equatable {
  /// Probability of the part in proportion to those of the other parts.
  public let weight: Double
  public let family: String
  public let parameters: DistributionParameters

  public init(weight: Double, family: String, parameters: DistributionParameters) {
    self.weight = weight
    self.family = family
    self.parameters = parameters
  }
}

/// The interval [low, high] of a truncated distribution, as written: low need not be below high.
public struct Truncation: Sendable, Equatable {
  public let low: Double
  public let high: Double

  public init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }
}

/// One named parameter of a distribution family.
public struct DistributionParameter: Sendable, Equatable {
  /// What a parameter does to the distribution.
  public enum Role: Sendable, Equatable {
    /// Shifts the distribution (or its logarithm); may itself be uncertain.
    case location
    /// Stretches the distribution (or its logarithm); may itself be uncertain.
    case scale
    /// Changes the shape; must be a plain number.
    case shape
    /// A list of numbers.
    case list
    /// The path of a file with a list of numbers; who reads the description replaces it by the
    /// list.
    case file
    /// Weighted distributions; they stand in the place of the parameters.
    case components
  }

  public let name: String
  public let role: Role
  /// Value when left out; nil where the parameter is required.
  public let defaultValue: Double?
  public let range: ParameterRange

  public init(
    _ name: String, _ role: Role, _ range: ParameterRange = .anyNumber,
    defaultValue: Double? = nil
  ) {
    self.name = name
    self.role = role
    self.range = range
    self.defaultValue = defaultValue
  }
}

/// The values that one parameter may take by itself.
public enum ParameterRange: Sendable, Equatable {
  case anyNumber
  case positive
  case nonNegative
  /// Positive and at most 10,000: beyond, GSL's functions lose speed and digits, and the
  /// distribution is normal for every purpose.
  case positiveShape

  /// Words for messages and reference pages.
  public var text: String {
    switch self {
    case .anyNumber: "a finite number"
    case .positive: "greater than 0"
    case .nonNegative: "at least 0"
    case .positiveShape: "greater than 0 and at most 10000"
    }
  }

  public func contains(_ value: Double) -> Bool {
    switch self {
    case .anyNumber: value.isFinite
    case .positive: value.isFinite && value > 0
    case .nonNegative: value.isFinite && value >= 0
    case .positiveShape: value > 0 && value <= 1e4
    }
  }
}

/// A probability and the value that the user wants it to belong to.
package struct QuantilePoint: Sendable, Equatable {
  package let name: String
  package let probability: Double
  package let value: Double

  /// Normal score of the probability.
  package var score: Double { Reproducible.normalQuantile(probability) }

  /// A regular expression for the keys whose probability lies strictly between 0 and 1.
  package static let keyPattern = "^p(?!0*(\\.0*)?$)0*[0-9]{1,2}(\\.[0-9]*)?$"

  /// The probability of a key such as `p10` or `p2.5`, nil for any other word.
  package static func probability(key: String) -> Double? {
    guard key.first == "p", key.utf8.dropFirst().first.map({ $0 >= 48 && $0 <= 57 }) == true,
      key.utf8.dropFirst().allSatisfy({ ($0 >= 48 && $0 <= 57) || $0 == 46 }),
      let percent = Double(key.dropFirst())
    else { return nil }
    return percent / 100
  }
}
