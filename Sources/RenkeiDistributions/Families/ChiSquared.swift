// SPDX-License-Identifier: GPL-3.0-or-later

/// Chi-squared distribution with ν degrees of freedom: the gamma distribution of shape ν/2 and
/// scale 2, for whole ν the sum of ν squared standard normal numbers.
public struct ChiSquaredDistribution: UnivariateDistribution {
  package let degreesOfFreedom: Double
  private let gamma: GammaDistribution

  package init(degreesOfFreedom: Double) {
    self.degreesOfFreedom = degreesOfFreedom
    gamma = GammaDistribution(shape: 0.5 * degreesOfFreedom, scale: 2)
  }

  public var familyName: String { "chi_squared" }
  public var parameters: [(name: String, value: Double)] {
    [("degrees_of_freedom", degreesOfFreedom)]
  }
  public var support: ClosedRange<Double> { gamma.support }

  /// ν.
  public var mean: Double? { degreesOfFreedom }

  /// 2ν.
  public var variance: Double? { 2 * degreesOfFreedom }

  public func density(_ x: Double) -> Double { gamma.density(x) }
  public func cumulativeProbability(_ x: Double) -> Double { gamma.cumulativeProbability(x) }
  public func upperTailProbability(_ x: Double) -> Double { gamma.upperTailProbability(x) }
  public func quantile(lowerTail p: Double) -> Double { gamma.quantile(lowerTail: p) }
  public func quantile(upperTail q: Double) -> Double { gamma.quantile(upperTail: q) }

  /// −½·ν·ln(1 − 2s), infinite for s ≥ ½.
  public func cumulantGenerator(_ s: Double) -> Double? { gamma.cumulantGenerator(s) }
}

extension ChiSquaredDistribution {
  package static let family = DistributionFamily(
    name: "chi_squared", summary: "sum of squared standard normal numbers",
    parameterForms: [[DistributionParameter("degrees_of_freedom", .shape, .positiveShape)]],
    build: { given in
      ChiSquaredDistribution(degreesOfFreedom: given["degrees_of_freedom"])
    })
}
