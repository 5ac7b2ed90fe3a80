// SPDX-License-Identifier: GPL-3.0-or-later

/// Gamma distribution with density x^(shape−1)·exp(−x/scale)/(Γ(shape)·scale^shape).
public struct GammaDistribution: UnivariateDistribution {
  package let shape: Double
  package let scale: Double
  private let logGamma: Double

  package init(shape: Double, scale: Double) {
    self.shape = shape
    self.scale = scale
    logGamma = SpecialFunctions.logGamma(shape)
  }

  public var familyName: String { "gamma" }
  public var parameters: [(name: String, value: Double)] { [("shape", shape), ("scale", scale)] }
  public var support: ClosedRange<Double> { 0 ... .infinity }
  public var mean: Double? { shape * scale }
  public var variance: Double? { shape * scale * scale }

  public func density(_ x: Double) -> Double {
    let y = x / scale
    if y < 0 { return 0 }
    if shape == 1 { return Reproducible.exp(-y) / scale }
    if y == 0 { return shape < 1 ? .infinity : 0 }
    if y == .infinity { return 0 }
    return Reproducible.exp((shape - 1) * Reproducible.log(y) - y - logGamma) / scale
  }

  public func cumulativeProbability(_ x: Double) -> Double {
    x > 0 ? SpecialFunctions.gammaLowerTail(x / scale, shape: shape) : 0
  }

  public func upperTailProbability(_ x: Double) -> Double {
    x > 0 ? SpecialFunctions.gammaUpperTail(x / scale, shape: shape) : 1
  }

  public func quantile(lowerTail p: Double) -> Double { quantile(.lower(p)) }
  public func quantile(upperTail q: Double) -> Double { quantile(.upper(q)) }

  private func quantile(_ target: TailTarget) -> Double {
    if target.probability <= 0 { return target.isUpper ? .infinity : 0 }
    if target.probability >= 1 { return target.isUpper ? 0 : .infinity }
    let start = scale * SpecialFunctions.gammaQuantile(target, shape: shape)
    return QuantileSolver.solve(target, for: self, start: start, low: 0, high: .infinity)
  }

  /// −shape·ln(1 − s·scale), infinite for s·scale ≥ 1.
  public func cumulantGenerator(_ s: Double) -> Double? {
    s * scale < 1 ? -shape * Reproducible.log1p(-s * scale) : nil
  }
}

extension GammaDistribution {
  package static let family = DistributionFamily(
    name: "gamma", summary: "positive and skewed, with a light tail",
    parameterForms: [
      [
        DistributionParameter("shape", .shape, .positiveShape),
        DistributionParameter("scale", .scale, .positive),
      ]
    ],
    quantiles: QuantileConstruction(replaces: ["shape", "scale"], build: throughPoints),
    locationScale: { given in
      LocationScaleForm(
        link: .identity, standard: GammaDistribution(shape: given["shape"], scale: 1),
        location: .constant(0), scale: given.term("scale"))
    },
    build: { given in GammaDistribution(shape: given["shape"], scale: given["scale"]) })

  /// The ratio of the two quantiles falls as the shape grows and does not depend on the scale.
  @Sendable private static func throughPoints(
    _ points: [QuantilePoint], _ rest: ResolvedParameters
  ) throws(DistributionError) -> any UnivariateDistribution {
    try points.requirePositive(rest)
    func standard(_ point: QuantilePoint, _ shape: Double) -> Double {
      GammaDistribution(shape: shape, scale: 1).quantile(lowerTail: point.probability)
    }
    let logRatio = Reproducible.log(points[1].value / points[0].value)
    let solution = RootFinding.root(in: -4, 12) { logShape in
      let shape = Reproducible.exp(logShape)
      return Reproducible.log(standard(points[1], shape) / standard(points[0], shape)) - logRatio
    }
    guard let solution else {
      throw rest.error(nil, nil, "no gamma distribution has these quantiles")
    }
    let shape = Reproducible.exp(solution)
    return GammaDistribution(shape: shape, scale: points[1].value / standard(points[1], shape))
  }
}
