// SPDX-License-Identifier: GPL-3.0-or-later

/// Cauchy distribution with density 1/(π·scale·(1 + y²)) in y = (x − location)/scale: it has
/// neither mean nor variance.
public struct CauchyDistribution: UnivariateDistribution {
  package let location: Double
  package let scale: Double

  package init(location: Double, scale: Double) {
    self.location = location
    self.scale = scale
  }

  public var familyName: String { "cauchy" }
  public var parameters: [(name: String, value: Double)] {
    [("location", location), ("scale", scale)]
  }
  public var support: ClosedRange<Double> { -.infinity ... .infinity }
  public var mean: Double? { nil }
  public var variance: Double? { nil }

  private static let inversePi = 0.3183098861837907

  public func density(_ x: Double) -> Double {
    let y = (x - location) / scale
    return Self.inversePi / (1 + y * y) / scale
  }

  public func cumulativeProbability(_ x: Double) -> Double { tail((x - location) / scale) }
  public func upperTailProbability(_ x: Double) -> Double { tail((location - x) / scale) }

  private func tail(_ y: Double) -> Double {
    y < -1
      ? Self.inversePi * Reproducible.arcTangent(-1 / y)
      : 0.5.addingProduct(Self.inversePi, Reproducible.arcTangent(y))
  }

  public func quantile(lowerTail p: Double) -> Double { location.addingProduct(scale, score(p)) }
  public func quantile(upperTail q: Double) -> Double { location.addingProduct(-scale, score(q)) }

  /// −cot(π·p).
  private func score(_ p: Double) -> Double {
    if p <= 0.25 { return -1 / Reproducible.tangentOfPi(p) }
    return p < 0.75 ? Reproducible.tangentOfPi(p - 0.5) : 1 / Reproducible.tangentOfPi(1 - p)
  }
}

extension CauchyDistribution {
  package static let family = DistributionFamily(
    name: "cauchy", summary: "symmetric, with tails so heavy that there is no mean",
    parameterForms: [
      [
        DistributionParameter("location", .location),
        DistributionParameter("scale", .scale, .positive),
      ]
    ],
    quantiles: QuantileConstruction(replaces: ["location", "scale"]) { points, _ in
      let standard = CauchyDistribution(location: 0, scale: 1)
      let (location, scale) = points.line { standard.quantile(lowerTail: $0.probability) }
      return CauchyDistribution(location: location, scale: scale)
    },
    locationScale: { given in
      LocationScaleForm(
        link: .identity, standard: CauchyDistribution(location: 0, scale: 1),
        location: given.term("location"), scale: given.term("scale"))
    },
    build: { given in
      CauchyDistribution(location: given["location"], scale: given["scale"])
    })
}
