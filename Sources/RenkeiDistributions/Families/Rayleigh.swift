// SPDX-License-Identifier: GPL-3.0-or-later

/// Rayleigh distribution: P(X > x) = exp(−y²/2) in y = x/scale, the length of a vector of two
/// independent normal numbers with standard deviation scale.
public struct RayleighDistribution: UnivariateDistribution {
  package let scale: Double

  package init(scale: Double) { self.scale = scale }

  public var familyName: String { "rayleigh" }
  public var parameters: [(name: String, value: Double)] { [("scale", scale)] }
  public var support: ClosedRange<Double> { 0 ... .infinity }

  /// scale·√(π/2).
  public var mean: Double? { scale * (0.5 * Double.pi).squareRoot() }

  /// scale²·(2 − π/2).
  public var variance: Double? { scale * scale * (2 - 0.5 * Double.pi) }

  /// −ln of the upper tail.
  private func hazard(_ x: Double) -> Double { 0.5 * (x / scale) * (x / scale) }

  public func density(_ x: Double) -> Double {
    x > 0 && x < .infinity ? x / scale * Reproducible.exp(-hazard(x)) / scale : 0
  }

  public func cumulativeProbability(_ x: Double) -> Double {
    x > 0 ? -Reproducible.expm1(-hazard(x)) : 0
  }

  public func upperTailProbability(_ x: Double) -> Double {
    x > 0 ? Reproducible.exp(-hazard(x)) : 1
  }

  public func quantile(lowerTail p: Double) -> Double {
    scale * (-2 * Reproducible.log1p(-p)).squareRoot()
  }

  public func quantile(upperTail q: Double) -> Double {
    scale * (-2 * Reproducible.log(q)).squareRoot()
  }

  /// ln(1 + u·Φ(u)/φ(u)) in u = scale·s, by its asymptotic series far below 0.
  public func cumulantGenerator(_ s: Double) -> Double? {
    let u = scale * s
    if u < -30 {
      let square = 1 / (u * u)
      return Reproducible.log(
        square * Reproducible.polynomial([1, -3, 15, -105, 945], at: square))
    }
    if u < 8 {
      return Reproducible.log1p(
        u * Reproducible.normalCDF(u) / Reproducible.normalDensity(u))
    }
    let logRatio =
      Reproducible.log(u * Reproducible.normalCDF(u) / Reproducible.inverseRootTwoPi)
      + 0.5 * u * u
    return logRatio + Reproducible.log1p(Reproducible.exp(-logRatio))
  }
}

extension RayleighDistribution {
  package static let family = DistributionFamily(
    name: "rayleigh", summary: "positive, with a tail that falls like the normal's",
    parameterForms: [[DistributionParameter("scale", .scale, .positive)]],
    quantiles: QuantileConstruction(replaces: ["scale"], count: 1) {
      points, rest throws(DistributionError) in
      try points.requirePositive(rest)
      let standard = RayleighDistribution(scale: 1)
      return RayleighDistribution(
        scale: points[0].value / standard.quantile(lowerTail: points[0].probability))
    },
    locationScale: { given in
      LocationScaleForm(
        link: .identity, standard: RayleighDistribution(scale: 1), location: .constant(0),
        scale: given.term("scale"))
    },
    build: { given in RayleighDistribution(scale: given["scale"]) })
}
