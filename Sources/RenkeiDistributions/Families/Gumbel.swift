// SPDX-License-Identifier: GPL-3.0-or-later

/// Gumbel distribution of largest values: P(X ≤ x) = exp(−e^(−y)) in y = (x − location)/scale.
public struct GumbelDistribution: UnivariateDistribution {
  package let location: Double
  package let scale: Double

  package init(location: Double, scale: Double) {
    self.location = location
    self.scale = scale
  }

  public var familyName: String { "gumbel" }
  public var parameters: [(name: String, value: Double)] {
    [("location", location), ("scale", scale)]
  }
  public var support: ClosedRange<Double> { -.infinity ... .infinity }

  /// location + γ·scale with Euler's constant γ.
  public var mean: Double? { location.addingProduct(scale, 0.5772156649015329) }

  /// scale²·π²/6.
  public var variance: Double? { scale * scale * (Double.pi * Double.pi / 6) }

  /// e^(−y), minus the logarithm of the lower tail.
  private func decay(_ x: Double) -> Double { Reproducible.exp((location - x) / scale) }

  public func density(_ x: Double) -> Double {
    let decay = decay(x)
    return decay < 800 ? decay * Reproducible.exp(-decay) / scale : 0
  }

  public func cumulativeProbability(_ x: Double) -> Double { Reproducible.exp(-decay(x)) }
  public func upperTailProbability(_ x: Double) -> Double { -Reproducible.expm1(-decay(x)) }

  public func quantile(lowerTail p: Double) -> Double {
    location.addingProduct(-scale, Reproducible.log(-Reproducible.log(p)))
  }

  public func quantile(upperTail q: Double) -> Double {
    location.addingProduct(-scale, Reproducible.log(-Reproducible.log1p(-q)))
  }

  /// location·s + ln Γ(1 − scale·s), infinite for scale·s ≥ 1.
  public func cumulantGenerator(_ s: Double) -> Double? {
    let t = scale * s
    return t < 1 ? location * s + Reproducible.logGamma(1 - t) : nil
  }
}

extension GumbelDistribution {
  package static let family = DistributionFamily(
    name: "gumbel", summary: "largest of many values: skewed to the right",
    parameterForms: [
      [
        DistributionParameter("location", .location),
        DistributionParameter("scale", .scale, .positive),
      ]
    ],
    quantiles: QuantileConstruction(replaces: ["location", "scale"]) { points, _ in
      let standard = GumbelDistribution(location: 0, scale: 1)
      let (location, scale) = points.line { standard.quantile(lowerTail: $0.probability) }
      return GumbelDistribution(location: location, scale: scale)
    },
    locationScale: { given in
      LocationScaleForm(
        link: .identity, standard: GumbelDistribution(location: 0, scale: 1),
        location: given.term("location"), scale: given.term("scale"))
    },
    build: { given in
      GumbelDistribution(location: given["location"], scale: given["scale"])
    })
}
