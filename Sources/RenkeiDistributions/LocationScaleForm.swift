// SPDX-License-Identifier: GPL-3.0-or-later

/// A distribution whose location or scale is itself uncertain: x = location + scale·standard, or
/// ln x = location + scale·standard.
public struct LocationScaleForm: Sendable {
  public enum Link: Sendable, Equatable {
    /// x = location + scale·y.
    case identity
    /// x = exp(location + scale·y).
    case logarithmic
  }

  public let link: Link
  /// Distribution of y, with no uncertain parameter.
  public let standard: any UnivariateDistribution
  public let location: ParameterTerm
  public let scale: ParameterTerm

  /// The value that belongs to normal score `z` once the open parameters are known.
  public func value(normalScore z: Double, parameters: (String) -> Double) -> Double {
    let y = standard.quantile(normalScore: z)
    let x = location.value(parameters).addingProduct(scale.value(parameters), y)
    return link == .identity ? x : Reproducible.exp(x)
  }
}

/// constant + Σ weight·parameter, or the natural logarithm of that sum.
public struct ParameterTerm: Sendable, Equatable {
  public struct Summand: Sendable, Equatable {
    public let parameter: String
    public let weight: Double

    public init(parameter: String, weight: Double) {
      self.parameter = parameter
      self.weight = weight
    }
  }

  public let constant: Double
  /// Open parameters in the order in which they are added.
  public let summands: [Summand]
  /// Whether the term is the logarithm of the sum.
  public let isLogarithm: Bool

  public init(constant: Double, summands: [Summand] = [], isLogarithm: Bool = false) {
    self.constant = constant
    self.summands = summands
    self.isLogarithm = isLogarithm
  }

  /// Whether the term holds no open parameter.
  public var isConstant: Bool { summands.isEmpty }

  /// The term's value for given parameter values.
  public func value(_ parameters: (String) -> Double) -> Double {
    var sum = constant
    for summand in summands {
      sum = sum.addingProduct(summand.weight, parameters(summand.parameter))
    }
    return isLogarithm ? Reproducible.log(sum) : sum
  }
}

extension ParameterTerm {
  package static func constant(_ value: Double) -> ParameterTerm { ParameterTerm(constant: value) }

  /// self − other, for terms without logarithm.
  package func minus(_ other: ParameterTerm) -> ParameterTerm {
    precondition(!isLogarithm && !other.isLogarithm, "only linear terms can be subtracted")
    let negated = other.summands.map { Summand(parameter: $0.parameter, weight: -$0.weight) }
    return ParameterTerm(constant: constant - other.constant, summands: summands + negated)
  }

  /// ln(factor·self), for a term without logarithm.
  package func logarithm(times factor: Double = 1) -> ParameterTerm {
    precondition(!isLogarithm, "the term is a logarithm already")
    if isConstant { return .constant(Reproducible.log(factor * constant)) }
    return ParameterTerm(
      constant: factor * constant,
      summands: summands.map { Summand(parameter: $0.parameter, weight: factor * $0.weight) },
      isLogarithm: true)
  }
}
