// SPDX-License-Identifier: GPL-3.0-or-later

/// Logistic distribution: P(X ≤ x) = 1/(1 + e^(−y)) in y = (x − location)/scale.
public struct LogisticDistribution: UnivariateDistribution {
  package let location: Double
  package let scale: Double

  package init(location: Double, scale: Double) {
    self.location = location
    self.scale = scale
  }

  public var familyName: String { "logistic" }
  public var parameters: [(name: String, value: Double)] {
    [("location", location), ("scale", scale)]
  }
  public var support: ClosedRange<Double> { -.infinity ... .infinity }
  public var mean: Double? { location }

  /// scale²·π²/3.
  public var variance: Double? { scale * scale * (Double.pi * Double.pi / 3) }

  public func density(_ x: Double) -> Double {
    let decay = Reproducible.exp(-((x - location) / scale).magnitude)
    return decay / ((1 + decay) * (1 + decay)) / scale
  }

  public func cumulativeProbability(_ x: Double) -> Double { tail((x - location) / scale) }
  public func upperTailProbability(_ x: Double) -> Double { tail((location - x) / scale) }

  private func tail(_ y: Double) -> Double {
    let decay = Reproducible.exp(-y.magnitude)
    return (y < 0 ? decay : 1) / (1 + decay)
  }

  public func quantile(lowerTail p: Double) -> Double { location.addingProduct(scale, score(p)) }
  public func quantile(upperTail q: Double) -> Double { location.addingProduct(-scale, score(q)) }

  private func score(_ p: Double) -> Double { Reproducible.log(p) - Reproducible.log1p(-p) }

  /// location·s + ln Γ(1 − t) + ln Γ(1 + t) in t = scale·s, infinite for |t| ≥ 1.
  public func cumulantGenerator(_ s: Double) -> Double? {
    let t = scale * s
    guard t.magnitude < 1 else { return nil }
    return location * s + (Reproducible.logGamma(1 - t) + Reproducible.logGamma(1 + t))
  }
}

extension LogisticDistribution {
  package static let family = DistributionFamily(
    name: "logistic", summary: "symmetric, with tails that fall exponentially",
    parameterForms: [
      [
        DistributionParameter("location", .location),
        DistributionParameter("scale", .scale, .positive),
      ]
    ],
    quantiles: QuantileConstruction(replaces: ["location", "scale"]) { points, _ in
      let standard = LogisticDistribution(location: 0, scale: 1)
      let (location, scale) = points.line { standard.quantile(lowerTail: $0.probability) }
      return LogisticDistribution(location: location, scale: scale)
    },
    locationScale: { given in
      LocationScaleForm(
        link: .identity, standard: LogisticDistribution(location: 0, scale: 1),
        location: given.term("location"), scale: given.term("scale"))
    },
    build: { given in
      LogisticDistribution(location: given["location"], scale: given["scale"])
    })
}
