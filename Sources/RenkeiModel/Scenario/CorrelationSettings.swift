// SPDX-License-Identifier: GPL-3.0-or-later

/// Correlations between named inputs as stated; pairs that are not stated are uncorrelated.
public struct CorrelationSettings: Sendable {
  /// One stated coefficient.
  public struct Pair: Sendable {
    /// In which form the coefficient is stated.
    public enum Measure: String, Sendable, CaseIterable {
      /// Spearman's rank correlation of the inputs.
      case rank
      /// Pearson's correlation of the inputs' normal scores.
      case normalScore = "normal_score"
    }

    public let measure: Measure
    public let first: Stated<String>
    public let second: Stated<String>
    public let coefficient: Stated<Double>
    public let location: SourceLocation

    public init(
      measure: Measure, first: Stated<String>, second: Stated<String>,
      coefficient: Stated<Double>, location: SourceLocation
    ) {
      self.measure = measure
      self.first = first
      self.second = second
      self.coefficient = coefficient
      self.location = location
    }
  }

  /// In file order.
  public let pairs: [Pair]
  /// Whether coefficients that contradict each other are replaced by the nearest that do not.
  public let repairsToNearest: Bool
  public let location: SourceLocation

  public init(pairs: [Pair], repairsToNearest: Bool, location: SourceLocation) {
    self.pairs = pairs
    self.repairsToNearest = repairsToNearest
    self.location = location
  }
}
