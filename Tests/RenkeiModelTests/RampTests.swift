// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import Testing

@testable import RenkeiModel

@Suite("Ramps")
struct RampTests {
  static let curves: [RampCurve] = [
    .linear, .sCurve(midpoint: 0.6, steepness: 9.363), .gompertz(displacement: 4, rate: 5),
    .bass(innovation: 0.3, imitation: 4), .exponential(rate: 2), .custom([0.1, 0.3, 0.6, 0.8, 1]),
    .custom([5, 5, 20, 40]),
  ]

  @Test(arguments: curves)
  func startsAtNothingAndEndsAtOne(curve: RampCurve) {
    #expect(curve.share(at: 0) == 0)
    #expect(curve.share(at: 1) == 1)
    #expect(curve.share(at: -3) == 0)
    // Just inside the ends the formula itself must agree: 1e-6 times slopes below 20.
    #expect(curve.share(at: 1e-6) < 2e-5)
    #expect(curve.share(at: 1 - 1e-6) > 1 - 2e-5)
  }

  @Test(arguments: curves)
  func neverFalls(curve: RampCurve) {
    let shares = (0...1000).map { curve.share(at: Double($0) / 1000) }
    #expect(zip(shares, shares.dropFirst()).allSatisfy { $0 <= $1 })
  }

  /// Central differences with h = 1e-5 err by h²·f‴/6, below 1e-7 here, and by rounding, 1e-11.
  @Test(arguments: curves)
  func slopeIsTheDerivative(curve: RampCurve) {
    let h = 1e-5
    for step in 1..<40 {
      let x = Double(step) / 40 + 0.0003
      let numeric = (curve.share(at: x + h) - curve.share(at: x - h)) / (2 * h)
      #expect(abs(curve.slope(at: x) - numeric) < 1e-6, "\(curve) at \(x)")
    }
  }

  @Test func customGoesThroughItsPoints() {
    let curve = RampCurve.custom([0.2, 0.3, 0.9, 1.8])
    for (index, point) in [0.2, 0.3, 0.9, 1.8].enumerated() {
      #expect(abs(curve.share(at: Double(index + 1) / 4) - point / 1.8) < 1e-15)
    }
  }

  /// A ramp that falls on the way is allowed, and still does not overshoot its points.
  @Test func customDoesNotOvershoot() {
    let curve = RampCurve.custom([0.8, 0.2, 1])
    let shares = (0...300).map { curve.share(at: Double($0) / 300) }
    #expect(shares[0...100].allSatisfy { $0 <= 0.8 + 1e-15 })
    #expect(shares[100...200].allSatisfy { $0 >= 0.2 - 1e-15 && $0 <= 0.8 + 1e-15 })
  }

  /// s_curve from the textbook formula at its midpoint: (½ − L(0))/(L(1) − L(0)).
  @Test func sCurveAtItsMidpoint() {
    let (low, high) = (1 / (1 + Reproducible.exp(3.0)), 1 / (1 + Reproducible.exp(-2.0)))
    let share = RampCurve.sCurve(midpoint: 0.6, steepness: 5).share(at: 0.6)
    #expect(abs(share - (0.5 - low) / (high - low)) < 1e-15)
  }

  @Test func levelGrowsAfterThePeriod() {
    let level = RampCurve.linear.level(elapsedYears: 6.5, periodYears: 4, growth: 0.2)
    #expect(abs(level - 1.2 * 1.2 * 1.2.squareRoot()) < 1e-14)
    #expect(RampCurve.linear.level(elapsedYears: 9, periodYears: 4, growth: 0) == 1)
    #expect(RampCurve.linear.level(elapsedYears: -1, periodYears: 4, growth: 0.2) == 0)
  }

  @Test(arguments: [
    RampCurve.sCurve(midpoint: 0.5, steepness: 0), .sCurve(midpoint: 10, steepness: 500),
    .gompertz(displacement: -1, rate: 1), .bass(innovation: 0, imitation: 1),
    .exponential(rate: .nan), .custom([]), .custom([1, 0]), .custom([.infinity]),
    .gompertz(displacement: 500, rate: 1e-9),
  ])
  func brokenCoefficientsAreNamed(curve: RampCurve) {
    #expect(curve.problem != nil)
  }

  @Test(arguments: curves)
  func soundCoefficientsPass(curve: RampCurve) {
    #expect(curve.problem == nil)
  }
}

@Suite("Factors")
struct FactorTests {
  /// Var(Σ F[s]) = Σ_s Σ_u φ^|s−u| for a stationary AR(1) of variance 1.
  @Test(arguments: [-0.9, -0.3, 0, 0.3, 0.8, 0.99])
  func cumulativeVarianceSumsTheCovariances(phi: Double) {
    let factor = ResolvedFactor(
      name: "macro", loading: .constant(0.2), loadingIsCorrelation: false, autocorrelation: phi,
      series: [""])
    for years in 1...12 {
      var sum = 0.0
      for s in 0..<years {
        for u in 0..<years { sum += (0..<abs(s - u)).reduce(1.0) { power, _ in power * phi } }
      }
      // Near φ = 1 the closed form divides by (1 − φ)² = 1e-4 and loses four digits.
      #expect(abs(factor.cumulativeVariance(years: years) / sum - 1) < 1e-11)
    }
  }

  @Test func plansFollowTheirColumnsSeries() throws {
    let scenario = Build.scenario(plans: [
      Build.plan("A", ["sector": "wood"]), Build.plan("B", ["sector": "food"], line: 3),
      Build.plan("C", ["sector": "wood"], line: 4), Build.plan("D", line: 5),
    ]) {
      $0.factors = [
        Build.factor("macro", loading: .constant(0.2)),
        Build.factor("sector", loading: .constant(0.3), by: "sector", line: 61),
      ]
    }
    let model = try scenario.resolved()
    #expect(model.factors.map(\.series) == [[""], ["wood", "food"]])
    #expect(model.plans.map(\.factorSeries) == [[0, 0], [0, 1], [0, 0], [0, nil]])
  }
}
