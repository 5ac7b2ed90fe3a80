// SPDX-License-Identifier: GPL-3.0-or-later

/// PERT distribution: a beta on [min, max] with a = 1 + shape·(mode − min)/(max − min) and
/// b = 1 + shape·(max − mode)/(max − min), so that the mean is (min + shape·mode + max)/(shape + 2).
public struct PertDistribution: UnivariateDistribution {
  package let mode: Double
  package let shape: Double
  private let beta: BetaDistribution

  package init(min: Double, mode: Double, max: Double, shape: Double = 4) {
    self.mode = mode
    self.shape = shape
    beta = BetaDistribution(
      a: 1 + shape * ((mode - min) / (max - min)), b: 1 + shape * ((max - mode) / (max - min)),
      min: min, max: max)
  }

  public var familyName: String { "pert" }
  public var parameters: [(name: String, value: Double)] {
    [("min", beta.low), ("mode", mode), ("max", beta.high), ("shape", shape)]
  }
  public var support: ClosedRange<Double> { beta.support }
  public var mean: Double? { beta.mean }
  public var variance: Double? { beta.variance }
  public func density(_ x: Double) -> Double { beta.density(x) }
  public func cumulativeProbability(_ x: Double) -> Double { beta.cumulativeProbability(x) }
  public func upperTailProbability(_ x: Double) -> Double { beta.upperTailProbability(x) }
  public func quantile(lowerTail p: Double) -> Double { beta.quantile(lowerTail: p) }
  public func quantile(upperTail q: Double) -> Double { beta.quantile(upperTail: q) }
  public func cumulantGenerator(_ s: Double) -> Double? { beta.cumulantGenerator(s) }
}

extension PertDistribution {
  package static let family = DistributionFamily(
    name: "pert", summary: "smooth hump between min and max with its peak at mode",
    parameterForms: [
      [
        DistributionParameter("min", .shape), DistributionParameter("mode", .shape),
        DistributionParameter("max", .shape),
        DistributionParameter("shape", .shape, .positiveShape, defaultValue: 4),
      ]
    ],
    build: { given throws(DistributionError) in
      try given.requireModeInside()
      return PertDistribution(
        min: given["min"], mode: given["mode"], max: given["max"], shape: given["shape"])
    })
}
