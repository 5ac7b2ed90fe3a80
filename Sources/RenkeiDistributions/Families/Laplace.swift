// SPDX-License-Identifier: GPL-3.0-or-later

/// Laplace distribution with density exp(−|x − location|/scale)/(2·scale).
public struct LaplaceDistribution: UnivariateDistribution {
  package let location: Double
  package let scale: Double

  package init(location: Double, scale: Double) {
    self.location = location
    self.scale = scale
  }

  public var familyName: String { "laplace" }
  public var parameters: [(name: String, value: Double)] {
    [("location", location), ("scale", scale)]
  }
  public var support: ClosedRange<Double> { -.infinity ... .infinity }
  public var mean: Double? { location }
  public var variance: Double? { 2 * scale * scale }

  public func density(_ x: Double) -> Double {
    0.5 * Reproducible.exp(-(x - location).magnitude / scale) / scale
  }

  public func cumulativeProbability(_ x: Double) -> Double { tail((x - location) / scale) }
  public func upperTailProbability(_ x: Double) -> Double { tail((location - x) / scale) }

  private func tail(_ y: Double) -> Double {
    y < 0 ? 0.5 * Reproducible.exp(y) : 1 - 0.5 * Reproducible.exp(-y)
  }

  public func quantile(lowerTail p: Double) -> Double { location.addingProduct(scale, score(p)) }
  public func quantile(upperTail q: Double) -> Double { location.addingProduct(-scale, score(q)) }

  private func score(_ p: Double) -> Double {
    p <= 0.5 ? Reproducible.log(2 * p) : -Reproducible.log(2 * (1 - p))
  }

  public var breakpoints: [Double] { [0] }

  /// location·s − ln(1 − scale²·s²), infinite for |s|·scale ≥ 1.
  public func cumulantGenerator(_ s: Double) -> Double? {
    let t = scale * s
    return t.magnitude < 1 ? location * s - Reproducible.log1p(-t * t) : nil
  }
}

extension LaplaceDistribution {
  package static let family = DistributionFamily(
    name: "laplace", summary: "symmetric with a peak and heavier tails than the normal",
    parameterForms: [
      [
        DistributionParameter("location", .location),
        DistributionParameter("scale", .scale, .positive),
      ]
    ],
    quantiles: QuantileConstruction(replaces: ["location", "scale"]) { points, _ in
      let standard = LaplaceDistribution(location: 0, scale: 1)
      let (location, scale) = points.line { standard.quantile(lowerTail: $0.probability) }
      return LaplaceDistribution(location: location, scale: scale)
    },
    locationScale: { given in
      LocationScaleForm(
        link: .identity, standard: LaplaceDistribution(location: 0, scale: 1),
        location: given.term("location"), scale: given.term("scale"))
    },
    build: { given in
      LaplaceDistribution(location: given["location"], scale: given["scale"])
    })
}
