// SPDX-License-Identifier: GPL-3.0-or-later

/// Pareto distribution: P(X > x) = (min/x)^exponent for x ≥ min.
public struct ParetoDistribution: UnivariateDistribution {
  package let low: Double
  package let exponent: Double

  package init(min: Double, exponent: Double) {
    low = min
    self.exponent = exponent
  }

  public var familyName: String { "pareto" }
  public var parameters: [(name: String, value: Double)] {
    [("min", low), ("exponent", exponent)]
  }
  public var support: ClosedRange<Double> { low ... .infinity }

  /// min·exponent/(exponent − 1) for exponent > 1.
  public var mean: Double? { exponent > 1 ? low * exponent / (exponent - 1) : nil }

  /// min²·exponent/((exponent − 1)²·(exponent − 2)) for exponent > 2.
  public var variance: Double? {
    guard exponent > 2 else { return nil }
    return low * low * exponent / ((exponent - 1) * (exponent - 1) * (exponent - 2))
  }

  /// ln(x/min), exact near min.
  private func logRatio(_ x: Double) -> Double {
    x < 2 * low ? Reproducible.log1p((x - low) / low) : Reproducible.log(x / low)
  }

  public func density(_ x: Double) -> Double {
    x >= low ? exponent / x * Reproducible.exp(-exponent * logRatio(x)) : 0
  }

  public func cumulativeProbability(_ x: Double) -> Double {
    x > low ? -Reproducible.expm1(-exponent * logRatio(x)) : 0
  }

  public func upperTailProbability(_ x: Double) -> Double {
    x > low ? Reproducible.exp(-exponent * logRatio(x)) : 1
  }

  public func quantile(lowerTail p: Double) -> Double {
    low * Reproducible.exp(-Reproducible.log1p(-p) / exponent)
  }

  public func quantile(upperTail q: Double) -> Double {
    low * Reproducible.pow(q, -1 / exponent)
  }
}

extension ParetoDistribution {
  package static let family = DistributionFamily(
    name: "pareto", summary: "power-law tail above a minimum",
    parameterForms: [
      [
        DistributionParameter("min", .scale, .positive),
        DistributionParameter("exponent", .shape, .positive),
      ]
    ],
    quantiles: QuantileConstruction(replaces: ["min", "exponent"]) {
      points, rest throws(DistributionError) in
      try points.requirePositive(rest)
      let (location, inverse) = points.line(
        { -Reproducible.log1p(-$0.probability) }, value: { Reproducible.log($0.value) })
      return ParetoDistribution(min: Reproducible.exp(location), exponent: 1 / inverse)
    },
    locationScale: { given in
      LocationScaleForm(
        link: .identity, standard: ParetoDistribution(min: 1, exponent: given["exponent"]),
        location: .constant(0), scale: given.term("min"))
    },
    build: { given in ParetoDistribution(min: given["min"], exponent: given["exponent"]) })
}
