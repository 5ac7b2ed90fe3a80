// SPDX-License-Identifier: GPL-3.0-or-later

/// Normal distribution with density exp(−(x − mean)²/(2·sd²))/(sd·√(2π)).
public struct NormalDistribution: UnivariateDistribution {
  package let location: Double
  package let scale: Double

  package init(mean: Double, sd: Double) {
    location = mean
    scale = sd
  }

  public var familyName: String { "normal" }
  public var parameters: [(name: String, value: Double)] { [("mean", location), ("sd", scale)] }
  public var support: ClosedRange<Double> { -.infinity ... .infinity }
  public var mean: Double? { location }
  public var variance: Double? { scale * scale }

  public func density(_ x: Double) -> Double {
    Reproducible.normalDensity((x - location) / scale) / scale
  }

  public func cumulativeProbability(_ x: Double) -> Double {
    Reproducible.normalCDF((x - location) / scale)
  }

  public func upperTailProbability(_ x: Double) -> Double {
    Reproducible.normalUpperTail((x - location) / scale)
  }

  public func quantile(lowerTail p: Double) -> Double {
    quantile(normalScore: Reproducible.normalQuantile(p))
  }

  public func quantile(upperTail q: Double) -> Double {
    quantile(normalScore: Reproducible.normalQuantile(upperTail: q))
  }

  public func quantile(normalScore z: Double) -> Double { location.addingProduct(scale, z) }

  /// mean·s + sd²·s²/2.
  public func cumulantGenerator(_ s: Double) -> Double? {
    location * s + 0.5 * (scale * s) * (scale * s)
  }

  public var sampling: SamplingForm { .normal(mean: location, sd: scale) }
}

extension NormalDistribution {
  package static let family = DistributionFamily(
    name: "normal", summary: "symmetric, by mean and standard deviation",
    parameterForms: [
      [DistributionParameter("mean", .location), DistributionParameter("sd", .scale, .positive)]
    ],
    quantiles: QuantileConstruction(replaces: ["mean", "sd"]) { points, _ in
      let (location, scale) = points.line { $0.score }
      return NormalDistribution(mean: location, sd: scale)
    },
    locationScale: { given in
      LocationScaleForm(
        link: .identity, standard: NormalDistribution(mean: 0, sd: 1),
        location: given.term("mean"), scale: given.term("sd"))
    },
    build: { given in NormalDistribution(mean: given["mean"], sd: given["sd"]) })
}
