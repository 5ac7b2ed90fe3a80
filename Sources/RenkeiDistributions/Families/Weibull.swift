// SPDX-License-Identifier: GPL-3.0-or-later

/// Weibull distribution: P(X > x) = exp(−(x/scale)^shape).
public struct WeibullDistribution: UnivariateDistribution {
  package let shape: Double
  package let scale: Double

  package init(shape: Double, scale: Double) {
    self.shape = shape
    self.scale = scale
  }

  public var familyName: String { "weibull" }
  public var parameters: [(name: String, value: Double)] { [("shape", shape), ("scale", scale)] }
  public var support: ClosedRange<Double> { 0 ... .infinity }

  /// scale·Γ(1 + 1/shape).
  public var mean: Double? { finite(scale * SpecialFunctions.gamma(1 + 1 / shape)) }

  /// scale²·(Γ(1 + 2/shape) − Γ(1 + 1/shape)²).
  public var variance: Double? {
    let first = SpecialFunctions.gamma(1 + 1 / shape)
    return finite(scale * scale * (SpecialFunctions.gamma(1 + 2 / shape) - first * first))
  }

  private func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }

  /// (x/scale)^shape, the hazard accumulated until x.
  private func hazard(_ x: Double) -> Double { Reproducible.pow(x / scale, shape) }

  public func density(_ x: Double) -> Double {
    if x < 0 { return 0 }
    if x == 0 { return shape > 1 ? 0 : (shape == 1 ? 1 / scale : .infinity) }
    let total = hazard(x)
    return total < 800 ? shape / x * total * Reproducible.exp(-total) : 0
  }

  public func cumulativeProbability(_ x: Double) -> Double {
    x > 0 ? -Reproducible.expm1(-hazard(x)) : 0
  }

  public func upperTailProbability(_ x: Double) -> Double {
    x > 0 ? Reproducible.exp(-hazard(x)) : 1
  }

  public func quantile(lowerTail p: Double) -> Double {
    scale * Reproducible.pow(-Reproducible.log1p(-p), 1 / shape)
  }

  public func quantile(upperTail q: Double) -> Double {
    scale * Reproducible.pow(-Reproducible.log(q), 1 / shape)
  }

  /// ln ∫ exp(s·scale·e^(y/shape) − e^y + y) dy by the trapezoidal rule, which converges
  /// exponentially for such integrands; infinite for s > 0 when shape < 1.
  public func cumulantGenerator(_ s: Double) -> Double? {
    if s == 0 { return 0 }
    if shape == 1 { return s * scale < 1 ? -Reproducible.log1p(-s * scale) : nil }
    if s > 0 && shape < 1 { return nil }
    let step = 1.0 / 64
    var exponents = [Double]()
    var largest = -Double.infinity
    var y = -45.0
    while y < 60 {
      let hazard = Reproducible.exp(y)
      let exponent = s * scale * Reproducible.exp(y / shape) - hazard + y
      if exponent > 700 { return nil }
      if y > 0, exponent < largest - 45 { break }
      largest = max(largest, exponent)
      exponents.append(exponent)
      y += step
    }
    var sum = 0.0
    for exponent in exponents { sum += Reproducible.exp(exponent - largest) }
    return largest + Reproducible.log(sum * step)
  }
}

extension WeibullDistribution {
  package static let family = DistributionFamily(
    name: "weibull", summary: "waiting time at a rate that grows or falls with age",
    parameterForms: [
      [
        DistributionParameter("shape", .shape, .positive),
        DistributionParameter("scale", .scale, .positive),
      ]
    ],
    quantiles: QuantileConstruction(replaces: ["shape", "scale"]) {
      points, rest throws(DistributionError) in
      try points.requirePositive(rest)
      let (location, inverseShape) = points.line(
        { Reproducible.log(-Reproducible.log1p(-$0.probability)) },
        value: { Reproducible.log($0.value) })
      return WeibullDistribution(shape: 1 / inverseShape, scale: Reproducible.exp(location))
    },
    locationScale: { given in
      LocationScaleForm(
        link: .identity, standard: WeibullDistribution(shape: given["shape"], scale: 1),
        location: .constant(0), scale: given.term("scale"))
    },
    build: { given in WeibullDistribution(shape: given["shape"], scale: given["scale"]) })
}
