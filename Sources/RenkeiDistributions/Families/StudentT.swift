// SPDX-License-Identifier: GPL-3.0-or-later

/// Student's t distribution, shifted and stretched: density ∝ (1 + y²/ν)^(−(ν+1)/2) in
/// y = (x − location)/scale, with ν degrees of freedom.
public struct StudentTDistribution: UnivariateDistribution {
  package let degreesOfFreedom: Double
  package let location: Double
  package let scale: Double
  private let peak: Double

  package init(degreesOfFreedom: Double, location: Double = 0, scale: Double = 1) {
    self.degreesOfFreedom = degreesOfFreedom
    self.location = location
    self.scale = scale
    let logBeta = SpecialFunctions.logBeta(0.5, 0.5 * degreesOfFreedom)
    peak = Reproducible.exp(-logBeta - 0.5 * Reproducible.log(degreesOfFreedom))
  }

  public var familyName: String { "student_t" }
  public var parameters: [(name: String, value: Double)] {
    [("degrees_of_freedom", degreesOfFreedom), ("location", location), ("scale", scale)]
  }
  public var support: ClosedRange<Double> { -.infinity ... .infinity }

  /// location for more than 1 degree of freedom.
  public var mean: Double? { degreesOfFreedom > 1 ? location : nil }

  /// scale²·ν/(ν − 2) for ν > 2.
  public var variance: Double? {
    degreesOfFreedom > 2
      ? scale * scale * degreesOfFreedom / (degreesOfFreedom - 2) : nil
  }

  public func density(_ x: Double) -> Double {
    let y = (x - location) / scale
    let power = -0.5 * (degreesOfFreedom + 1) * Reproducible.log1p(y * y / degreesOfFreedom)
    return peak * Reproducible.exp(power) / scale
  }

  public func cumulativeProbability(_ x: Double) -> Double { tail((location - x) / scale) }
  public func upperTailProbability(_ x: Double) -> Double { tail((x - location) / scale) }

  /// Upper tail by the incomplete beta function, on the side that keeps relative accuracy.
  private func tail(_ y: Double) -> Double {
    if y == 0 { return 0.5 }
    if y < 0 { return 1 - tail(-y) }
    let square = y * y
    if square == .infinity { return farTail(y) }
    let sum = degreesOfFreedom + square
    let half = 0.5 * degreesOfFreedom
    return square > degreesOfFreedom
      ? 0.5 * SpecialFunctions.betaLowerTail(degreesOfFreedom / sum, half, 0.5)
      : 0.5 * SpecialFunctions.betaUpperTail(square / sum, 0.5, half)
  }

  /// The tail's leading term, exact to a double where y² overflows.
  private func farTail(_ y: Double) -> Double {
    let nu = degreesOfFreedom
    let logTail =
      Reproducible.log(peak) + 0.5 * (nu - 1) * Reproducible.log(nu) - nu * Reproducible.log(y)
    return Reproducible.exp(logTail)
  }

  public func quantile(lowerTail p: Double) -> Double { quantile(.lower(p)) }
  public func quantile(upperTail q: Double) -> Double { quantile(.upper(q)) }

  private func quantile(_ target: TailTarget) -> Double {
    if target.probability <= 0 { return target.isUpper ? .infinity : -.infinity }
    if target.probability >= 1 { return target.isUpper ? -.infinity : .infinity }
    if target.probability == 0.5 { return location }
    let start = SpecialFunctions.studentQuantile(target, degreesOfFreedom: degreesOfFreedom)
    return QuantileSolver.solve(
      target, for: self, start: location + scale * start, low: -.infinity, high: .infinity)
  }
}

extension StudentTDistribution {
  package static let family = DistributionFamily(
    name: "student_t", summary: "symmetric with power-law tails",
    parameterForms: [
      [
        DistributionParameter("degrees_of_freedom", .shape, .positiveShape),
        DistributionParameter("location", .location, defaultValue: 0),
        DistributionParameter("scale", .scale, .positive, defaultValue: 1),
      ]
    ],
    quantiles: QuantileConstruction(replaces: ["location", "scale"]) { points, rest in
      let nu = rest["degrees_of_freedom"]
      let standard = StudentTDistribution(degreesOfFreedom: nu)
      let (location, scale) = points.line { standard.quantile(lowerTail: $0.probability) }
      return StudentTDistribution(degreesOfFreedom: nu, location: location, scale: scale)
    },
    locationScale: { given in
      LocationScaleForm(
        link: .identity,
        standard: StudentTDistribution(degreesOfFreedom: given["degrees_of_freedom"]),
        location: given.term("location"), scale: given.term("scale"))
    },
    build: { given in
      StudentTDistribution(
        degreesOfFreedom: given["degrees_of_freedom"], location: given["location"],
        scale: given["scale"])
    })
}
