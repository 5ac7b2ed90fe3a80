// SPDX-License-Identifier: GPL-3.0-or-later

/// Beta distribution on [min, max], density ∝ (x − min)^(a−1)·(max − x)^(b−1).
public struct BetaDistribution: UnivariateDistribution {
  package let a: Double
  package let b: Double
  package let low: Double
  package let high: Double
  private let logBeta: Double

  package init(a: Double, b: Double, min: Double = 0, max: Double = 1) {
    self.a = a
    self.b = b
    low = min
    high = max
    logBeta = SpecialFunctions.logBeta(a, b)
  }

  private var width: Double { high - low }

  public var familyName: String { "beta" }
  public var parameters: [(name: String, value: Double)] {
    [("a", a), ("b", b), ("min", low), ("max", high)]
  }
  public var support: ClosedRange<Double> { low...high }

  /// min + (max − min)·a/(a + b).
  public var mean: Double? { low + width * a / (a + b) }

  /// (max − min)²·a·b/((a + b)²·(a + b + 1)).
  public var variance: Double? {
    width * width * (a / (a + b)) * (b / (a + b)) / (a + b + 1)
  }

  public func density(_ x: Double) -> Double {
    guard x >= low, x <= high else { return 0 }
    let (u, v) = ((x - low) / width, (high - x) / width)
    return Self.power(u, a - 1) * Self.power(v, b - 1)
      * (u > 0 && v > 0
        ? Reproducible.exp(Self.logPower(u, a - 1) + Self.logPower(v, b - 1) - logBeta)
        : Reproducible.exp(-logBeta)) / width
  }

  /// 0^p at the ends; the interior goes through logarithms.
  private static func power(_ u: Double, _ p: Double) -> Double {
    u > 0 || p == 0 ? 1 : (p > 0 ? 0 : .infinity)
  }

  private static func logPower(_ u: Double, _ p: Double) -> Double {
    p == 0 ? 0 : p * Reproducible.log(u)
  }

  public func cumulativeProbability(_ x: Double) -> Double {
    if x <= low { return 0 }
    if x >= high { return 1 }
    let (u, v) = ((x - low) / width, (high - x) / width)
    return u <= 0.5
      ? SpecialFunctions.betaLowerTail(u, a, b) : SpecialFunctions.betaUpperTail(v, b, a)
  }

  public func upperTailProbability(_ x: Double) -> Double {
    if x <= low { return 1 }
    if x >= high { return 0 }
    let (u, v) = ((x - low) / width, (high - x) / width)
    return u <= 0.5
      ? SpecialFunctions.betaUpperTail(u, a, b) : SpecialFunctions.betaLowerTail(v, b, a)
  }

  public func quantile(lowerTail p: Double) -> Double { quantile(.lower(p)) }
  public func quantile(upperTail q: Double) -> Double { quantile(.upper(q)) }

  private func quantile(_ target: TailTarget) -> Double {
    if target.probability <= 0 { return target.isUpper ? high : low }
    if target.probability >= 1 { return target.isUpper ? low : high }
    let start = low + width * SpecialFunctions.betaQuantile(target, a, b)
    return QuantileSolver.solve(target, for: self, start: start, low: low, high: high)
  }

  /// s·min + ln ₁F₁(a; a + b; t) with t = s·(max − min), or by Kummer's transformation
  /// s·max + ln ₁F₁(b; a + b; −t), so that every term of the series is positive; nil for |t| > 1e5.
  public func cumulantGenerator(_ s: Double) -> Double? {
    let t = s * width
    guard t.magnitude <= 1e5 else { return nil }
    return t >= 0
      ? s * low + Self.logSeries(a, a + b, t) : s * high + Self.logSeries(b, a + b, -t)
  }

  /// ln Σ (a)ₙ/(c)ₙ·tⁿ/n! for positive arguments.
  private static func logSeries(_ a: Double, _ c: Double, _ t: Double) -> Double {
    var (term, sum, logScale, n) = (1.0, 1.0, 0.0, 0.0)
    while term > 1e-18 * sum {
      term *= (a + n) / (c + n) * t / (n + 1)
      sum += term
      n += 1
      if sum > 0x1p900 {
        sum *= 0x1p-900
        term *= 0x1p-900
        logScale += 900
      }
    }
    return Reproducible.log(sum).addingProduct(logScale, 0.6931471805599453)
  }
}

extension BetaDistribution {
  package static let family = DistributionFamily(
    name: "beta", summary: "between two bounds (0 and 1), shapes a and b",
    parameterForms: [
      [
        DistributionParameter("a", .shape, .positiveShape),
        DistributionParameter("b", .shape, .positiveShape),
        DistributionParameter("min", .location, defaultValue: 0),
        DistributionParameter("max", .location, defaultValue: 1),
      ]
    ],
    quantiles: QuantileConstruction(replaces: ["a", "b"], build: throughPoints),
    locationScale: { given in
      LocationScaleForm(
        link: .identity, standard: BetaDistribution(a: given["a"], b: given["b"]),
        location: given.term("min"), scale: given.term("max").minus(given.term("min")))
    },
    build: { given throws(DistributionError) in
      try given.requireOrder("min", "max")
      return BetaDistribution(
        a: given["a"], b: given["b"], min: given["min"], max: given["max"])
    })

  /// Solves for the mean at each concentration a + b, and for the concentration around it.
  @Sendable private static func throughPoints(
    _ points: [QuantilePoint], _ rest: ResolvedParameters
  ) throws(DistributionError) -> any UnivariateDistribution {
    try rest.requireOrder("min", "max")
    let (low, high) = (rest["min"], rest["max"])
    for point in points where !(point.value > low && point.value < high) {
      throw rest.error(point.name, point.value, "\(point.name) must lie between min and max")
    }
    let u = points.map { ($0.value - low) / (high - low) }
    let p = points.map(\.probability)
    func logitMean(_ concentration: Double) -> Double? {
      RootFinding.root(in: -30, 30) { logit in
        let (a, b) = shapes(logit, concentration)
        return p[0] - SpecialFunctions.betaLowerTail(u[0], a, b)
      }
    }
    func shapes(_ logit: Double, _ concentration: Double) -> (Double, Double) {
      let mean = 1 / (1 + Reproducible.exp(-logit))
      let rest = 1 / (1 + Reproducible.exp(logit))
      return (concentration * mean, concentration * rest)
    }
    let solution = RootFinding.root(in: -4, 14) { logConcentration in
      let concentration = Reproducible.exp(logConcentration)
      guard let logit = logitMean(concentration) else { return .nan }
      let (a, b) = shapes(logit, concentration)
      return SpecialFunctions.betaLowerTail(u[1], a, b) - p[1]
    }
    guard let solution, let logit = logitMean(Reproducible.exp(solution)) else {
      throw rest.error(nil, nil, "no beta distribution has these quantiles")
    }
    let (a, b) = shapes(logit, Reproducible.exp(solution))
    return BetaDistribution(a: a, b: b, min: low, max: high)
  }
}
