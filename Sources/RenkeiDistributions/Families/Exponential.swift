// SPDX-License-Identifier: GPL-3.0-or-later

/// Exponential distribution with density exp(−x/mean)/mean.
public struct ExponentialDistribution: UnivariateDistribution {
  package let scale: Double

  package init(mean: Double) { scale = mean }

  public var familyName: String { "exponential" }
  public var parameters: [(name: String, value: Double)] { [("mean", scale)] }
  public var support: ClosedRange<Double> { 0 ... .infinity }
  public var mean: Double? { scale }
  public var variance: Double? { scale * scale }

  public func density(_ x: Double) -> Double {
    x >= 0 ? Reproducible.exp(-x / scale) / scale : 0
  }

  public func cumulativeProbability(_ x: Double) -> Double {
    x > 0 ? -Reproducible.expm1(-x / scale) : 0
  }

  public func upperTailProbability(_ x: Double) -> Double {
    x > 0 ? Reproducible.exp(-x / scale) : 1
  }

  public func quantile(lowerTail p: Double) -> Double { -scale * Reproducible.log1p(-p) }
  public func quantile(upperTail q: Double) -> Double { -scale * Reproducible.log(q) }

  /// −ln(1 − s·mean), infinite for s·mean ≥ 1.
  public func cumulantGenerator(_ s: Double) -> Double? {
    s * scale < 1 ? -Reproducible.log1p(-s * scale) : nil
  }
}

extension ExponentialDistribution {
  package static let family = DistributionFamily(
    name: "exponential", summary: "waiting time at a constant rate",
    parameterForms: [[DistributionParameter("mean", .scale, .positive)]],
    quantiles: QuantileConstruction(replaces: ["mean"], count: 1) {
      points, rest throws(DistributionError) in
      try points.requirePositive(rest)
      return ExponentialDistribution(
        mean: -points[0].value / Reproducible.log1p(-points[0].probability))
    },
    locationScale: { given in
      LocationScaleForm(
        link: .identity, standard: ExponentialDistribution(mean: 1),
        location: .constant(0), scale: given.term("mean"))
    },
    build: { given in ExponentialDistribution(mean: given["mean"]) })
}
