// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiDistributions
import RenkeiModel
import RenkeiReference
import Testing

/// Means and cross moments that the model has in closed form. Fixed seeds, 5 standard errors.
@Suite struct ClosedFormTests {
  /// Attainment distributions with their means by formula.
  private static let attainments: [(any UnivariateDistribution, Double)] = [
    (LogNormalDistribution(logMean: -0.2, logSD: 0.5), exp(-0.2 + 0.125)),
    (GammaDistribution(shape: 3, scale: 0.25), 0.75),
    (PertDistribution(min: 0.2, mode: 0.7, max: 1.8), (0.2 + 4 * 0.7 + 1.8) / 6),
  ]

  /// Whole promise from the first year's end on.
  private static let immediate = RampCurve.custom([1, 1, 1, 1, 1])

  /// Variance of F[1] + … + F[m], summed over the autocovariances φ^|i−j|.
  private static func cumulativeVariance(_ phi: Double, years m: Int) -> Double {
    var sum = 0.0
    for i in 1...m {
      for j in 1...m { sum += pow(phi, Double(abs(i - j))) }
    }
    return sum
  }

  /// E[R[t]] = T·ramp(t)·E[attainment]·p·Π(1−f), whatever the shocks, ω and ρ.
  @Test(arguments: [0, 1, 2], [0, 0.3])
  func meanRevenue(family: Int, common: Double) throws {
    let (attainment, mean) = Self.attainments[family]
    let model = try portfolio(
      [plan("a"), plan("b", settings(ramp: .sCurve(midpoint: 0.6, steepness: 9)))],
      defaults: settings(
        [
          .periodYears: .constant(4), .growthAfterPlan: .constant(0.1),
          .attainment: .distribution(attainment), .launchProbability: .constant(0.6),
          .launchOddsRatio: .constant(1.5), .annualShockSD: .constant(0.3),
        ], failure: [0.1, 0.05]),
      optimism: common, credit: 0.2, factors: [factor("macro", loading: 0.5, autocorrelation: 0.3)])
    let p = 1.5 * 0.6 / (0.4 + 1.5 * 0.6)
    let survival = (0..<5).map { 0.9 * pow(0.95, Double($0)) }
    let logistic = { (x: Double) in 1 / (1 + exp(-9 * (x - 0.6))) }
    let expected = (1...5).flatMap { (t: Int) -> [Double] in
      let x = Double(t) / 4
      let curve = (logistic(x) - logistic(0)) / (logistic(1) - logistic(0))
      let ramps = t < 5 ? [x, curve] : [1.1, 1.1]
      return ramps.map { 100 * $0 * mean * p * survival[t - 1] }
    }
    try Estimate(model, paths: 2_000) { path in
      (0..<5).flatMap { [path.revenueYen[0][$0], path.revenueYen[1][$0]] }
    }.expect(expected)
  }

  /// E[R[t]] = T·E[ramp(t − start − delay)], delay exponential with mean μ, linear ramp over n:
  /// ∫₀^τ (τ−d)/n·e^{−d/μ}/μ dd = (τ − μ(1 − e^{−τ/μ}))/n.
  @Test func delayedRamp() throws {
    let mean = 0.69
    let model = try portfolio(
      [plan("a", settings([.startOffsetYears: .constant(0.4)]))],
      defaults: settings([
        .launchDelayYears: .distribution(ExponentialDistribution(mean: mean))
      ]))
    let expected = (1...5).flatMap { (t: Int) -> [Double] in
      let elapsed = Double(t) - 0.4
      let begun = 1 - exp(-elapsed / mean)
      return [100 * (elapsed - mean * begun) / 5, begun]
    }
    try Estimate(model, paths: 5_000) { path in
      (0..<5).flatMap { [path.revenueYen[0][$0], path.isLaunched[0][$0] ? 1 : 0] }
    }.expect(expected)
  }

  /// E[exp(Xᵢ+Xⱼ)] = exp(σᵢσⱼb²V(t)) for two plans under one factor, and for one plan
  /// exp(σ²(b²V(t) + (1−b²)t)).
  @Test func crossMomentsUnderOneFactor() throws {
    let model = try portfolio(
      [
        plan("a", settings([.annualShockSD: .constant(0.3)])),
        plan("b", settings([.annualShockSD: .constant(0.2)])),
      ], defaults: settings(ramp: Self.immediate),
      factors: [factor("macro", loading: 0.7, autocorrelation: 0.5)])
    let expected = (1...5).flatMap { (t: Int) -> [Double] in
      let common = 0.49 * Self.cumulativeVariance(0.5, years: t)
      return [exp(0.06 * common), exp(0.09 * (common + 0.51 * Double(t)))]
    }
    try Estimate(model, paths: 8_000) { path in
      (0..<5).flatMap { t in
        let (a, b) = (path.revenueYen[0][t] / 100, path.revenueYen[1][t] / 100)
        return [a * b, a * a]
      }
    }.expect(expected)
  }

  /// log R[t] has variance v = σ²(b²V(m) + (1−b²)m) and mean −v/2; m counts the plan's own years.
  @Test func autoregressiveFactor() throws {
    let model = try portfolio(
      [plan("a"), plan("late", settings([.startOffsetYears: .constant(2)]))],
      defaults: settings([.annualShockSD: .constant(0.5)], ramp: Self.immediate),
      factors: [factor("macro", loading: 0.9, autocorrelation: -0.4)])
    let variances = (1...5).map {
      0.25 * (0.81 * Self.cumulativeVariance(-0.4, years: $0) + 0.19 * Double($0))
    }
    try Estimate(model, paths: 4_000) { path in
      let logs =
        path.revenueYen[0].map { log($0 / 100) } + path.revenueYen[1][2...].map { log($0 / 100) }
      return logs.flatMap { [$0, $0 * $0] }
    }.expect((variances + variances[..<3]).flatMap { [-$0 / 2, $0 + $0 * $0 / 4] })
  }

  /// E[exp(X)] = 1 for shocks that are not normal.
  @Test(arguments: [0, 1])
  func meanCorrectionOfOtherShocks(family: Int) throws {
    let distributions: [any UnivariateDistribution] = [
      LaplaceDistribution(location: 0, scale: 1), GammaDistribution(shape: 2, scale: 1),
    ]
    let shock = try #require(ShockFamily(distributions[family]))
    let model = try portfolio(
      [
        plan(
          "a", settings([.annualShockSD: .constant(0.35)], ramp: Self.immediate, shock: shock))
      ],
      factors: [factor("macro", loading: 0.4)])
    try Estimate(model, paths: 8_000) { $0.revenueYen[0] }
      .expect([100, 100, 100, 100, 100])
  }

  /// The mean of the common attainment's product: E[Aᵢ·Aⱼ] = exp(2μ + s² + ωs²).
  @Test func commonOptimism() throws {
    let model = try portfolio(
      [plan("a"), plan("b")],
      defaults: settings([
        .attainment: .distribution(LogNormalDistribution(logMean: -0.1, logSD: 0.6))
      ]), horizonYears: 5, optimism: 0.4)
    try Estimate(model, paths: 8_000) { path in
      [path.revenueYen[0][4] * path.revenueYen[1][4] / 10_000]
    }.expect([exp(-0.2 + 0.36 + 0.4 * 0.36)])
  }

  /// ρ > 0 leaves each plan's survival alone and ties plans together: at f = ½ both fail in the
  /// first year with probability ¼ + asin(ρ)/2π (Sheppard).
  @Test func creditCorrelation() throws {
    let model = try portfolio(
      [plan("a"), plan("b")], defaults: settings(failure: [0.5, 0.1]), credit: 0.6)
    try Estimate(model, paths: 8_000) { path in
      (0..<5).map { path.hasFailed[0][$0] ? 0 : 1 }
        + [path.hasFailed[0][0] && path.hasFailed[1][0] ? 1 : 0]
    }.expect((0..<5).map { 0.5 * pow(0.9, Double($0)) } + [0.25 + asin(0.6) / (2 * Double.pi)])
  }

  /// Named inputs shift whole paths, inside distributions too, and segments multiply.
  @Test func namedInputsAndSegments() throws {
    let family = LogNormalDistribution.family
    let form = try family.locationScaleForm(
      fixed: DistributionParameters(["log_sd": 0.3]), open: ["log_mean"])
    let attainment = Quantity.modulated(
      ModulatedDistribution(
        familyName: "lognormal", form: form, inputs: [(parameter: "log_mean", input: "level")]))
    let model = try portfolio(
      [plan("a"), plan("b", cells: ["size": "small"])],
      defaults: settings([.attainment: attainment, .launchProbability: .input("launch")]),
      inputs: [
        ("level", .distribution(NormalDistribution(mean: -0.2, sd: 0.4))),
        ("launch", .distribution(BetaDistribution(a: 14, b: 6))),
      ],
      segments: [
        segment(
          "small", column: "size", is: "small",
          multiply: [(.attainment, .distribution(UniformDistribution(min: 0.5, max: 0.9)))])
      ])
    let mean = 0.7 * exp(-0.2 + (0.16 + 0.09) / 2)
    // Both plans share level and launch: E[p²]·E[exp(2·level)]·exp(0.09)·0.7.
    let product = (14.0 * 15 / (20 * 21)) * exp(-0.4 + 0.32) * exp(0.09) * 0.7
    try Estimate(model, paths: 6_000) { path in
      let (a, b) = (path.revenueYen[0][4] / 100, path.revenueYen[1][4] / 100)
      return [a, b, a * b]
    }.expect([mean, 0.7 * mean, product])
  }
}
