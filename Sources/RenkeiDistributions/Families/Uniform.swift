// SPDX-License-Identifier: GPL-3.0-or-later

/// Uniform distribution on [min, max].
public struct UniformDistribution: UnivariateDistribution {
  package let low: Double
  package let high: Double

  package init(min: Double, max: Double) {
    low = min
    high = max
  }

  private var width: Double { high - low }

  public var familyName: String { "uniform" }
  public var parameters: [(name: String, value: Double)] { [("min", low), ("max", high)] }
  public var support: ClosedRange<Double> { low...high }
  public var mean: Double? { low + 0.5 * width }
  public var variance: Double? { width * width / 12 }

  public func density(_ x: Double) -> Double { x >= low && x <= high ? 1 / width : 0 }

  public func cumulativeProbability(_ x: Double) -> Double {
    min(max((x - low) / width, 0), 1)
  }

  public func upperTailProbability(_ x: Double) -> Double {
    min(max((high - x) / width, 0), 1)
  }

  public func quantile(lowerTail p: Double) -> Double { low.addingProduct(p, width) }
  public func quantile(upperTail q: Double) -> Double { high.addingProduct(-q, width) }

  /// s·mean + ln(sinh(h)/h) with h = s·(max − min)/2.
  public func cumulantGenerator(_ s: Double) -> Double? {
    let h = (0.5 * s * width).magnitude
    let center = s * (low + 0.5 * width)
    if h < 0.1 {
      let square = h * h
      return center
        + square
        * Reproducible.polynomial(
          [1.0 / 6, -1.0 / 180, 1.0 / 2835, -1.0 / 37800, 1.0 / 467775], at: square)
    }
    return center + h + Reproducible.log(-Reproducible.expm1(-2 * h) / (2 * h))
  }
}

extension UniformDistribution {
  package static let family = DistributionFamily(
    name: "uniform", summary: "equally likely between two bounds",
    parameterForms: [
      [DistributionParameter("min", .location), DistributionParameter("max", .location)]
    ],
    quantiles: QuantileConstruction(replaces: ["min", "max"]) { points, _ in
      let (low, width) = points.line { $0.probability }
      return UniformDistribution(min: low, max: low + width)
    },
    locationScale: { given in
      LocationScaleForm(
        link: .identity, standard: UniformDistribution(min: 0, max: 1),
        location: given.term("min"), scale: given.term("max").minus(given.term("min")))
    },
    build: { given throws(DistributionError) in
      try given.requireOrder("min", "max")
      return UniformDistribution(min: given["min"], max: given["max"])
    })
}
