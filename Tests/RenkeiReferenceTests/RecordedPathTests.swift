// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiDistributions
import RenkeiModel
import RenkeiReference
import Testing

/// One path with hand-chosen numbers against the model's formulas written out.
@Suite struct RecordedPathTests {
  /// Levels of the factor, of the shocks and of the plans' other numbers.
  private static let macro = [0.1, -0.2, 0.3, 0.4, -0.5]
  private static let shocks = [1.0, -1.0, 0.5, 0.25, 0.0]

  private static func draws(launchUniform: Double) -> RecordedDraws {
    RecordedDraws { key in
      switch (key.entity, key.variable) {
      case (.programme, .creditFactor): -1
      case (.programme, .input("launch")): 0.5
      case (.factor("macro", series: ""), .factorLevel): macro[key.year - 1]
      case (.factor("sector", series: "food"), .factorLevel): 2
      case (.plan, .base(.attainment)): 0.8
      case (.plan, .base(.launchDelayYears)): 0.25
      case (.plan, .launchUniform): launchUniform
      case (.plan("fails"), .failureScore): 1.0863
      case (.plan, .failureScore): 0.3
      case (.plan, .shock): shocks[key.year - 1]
      default: 0
      }
    }
  }

  private static func engine() throws -> ReferenceEngine {
    let uncertain = ExponentialDistribution(mean: 1)
    let model = try portfolio(
      [
        plan("fails"), plan("late", settings([.startOffsetYears: .constant(1.5)])),
        plan("food", cells: ["sector": "food"]),
      ],
      defaults: settings(
        [
          .periodYears: .constant(4), .startOffsetYears: .constant(0.5),
          .growthAfterPlan: .constant(0.1), .attainment: .distribution(uncertain),
          .launchProbability: .input("launch"), .launchOddsRatio: .constant(3),
          .launchDelayYears: .distribution(uncertain), .annualShockSD: .constant(0.4),
        ], failure: [0.1, 0.2, 0.05]),
      credit: 0.2,
      factors: [
        factor("macro", loading: 0.6, autocorrelation: 0.5),
        factor("sector", loading: 0.25, by: "sector", isCorrelation: true),
      ],
      inputs: [("launch", .distribution(BetaDistribution(a: 2, b: 2)))])
    return ReferenceEngine(
      model: model, options: SimulationOptions(paths: 1, seed: 1, threads: 1))
  }

  /// Variance of the sum of m values of an AR(1) with φ = ½, summed term by term.
  private static let cumulativeVariance = [1, 3, 5.5, 8.25, 11.125]

  /// exp(X) of the year at `index`, for a plan whose first year is at `first`.
  private static func shockFactor(index: Int, first: Int, sector: Double) -> Double {
    let own = (1 - 0.36 - sector * sector).squareRoot()
    var walk = 0.0
    for s in first...index { walk += 0.6 * macro[s] + sector * 2 + own * shocks[s] }
    let m = index - first + 1
    let drift =
      0.08 * (0.36 * cumulativeVariance[m - 1] + sector * sector * Double(m))
      + Double(m) * 0.08 * own * own
    return exp(0.4 * walk - drift)
  }

  @Test func followsTheFormulasYearByYear() throws {
    let path = try Self.engine().revenue(path: Self.draws(launchUniform: 0.74))
    // Relative: a few dozen roundings, of libm and of the engine's own ramp.
    func expectClose(_ a: Double, _ b: Double) { #expect(abs(a - b) <= 1e-13 * abs(b)) }
    let share = [0.25 / 4, 1.25 / 4, 2.25 / 4, 3.25 / 4, pow(1.1, 0.25)]
    for t in 0..<5 {
      // Σ hazard = 0.105, 0.329, 0.380 meets E = −log Φ(√0.2·(−1) + √0.8·1.0863) = 0.357.
      let alive = t < 2 ? 1.0 : 0
      expectClose(
        path.revenueYen[0][t],
        alive * 100 * share[t] * 0.8 * Self.shockFactor(index: t, first: 0, sector: 0))
      #expect(path.hasFailed[0][t] == (t >= 2))
      let lateShare = t < 1 ? 0 : share[t - 1]
      let lateShock = t < 1 ? 1 : Self.shockFactor(index: t, first: 1, sector: 0)
      expectClose(path.revenueYen[1][t], 100 * lateShare * 0.8 * lateShock)
      #expect(path.isLaunched[1][t] == (t >= 1))
      expectClose(
        path.revenueYen[2][t],
        100 * share[t] * 0.8 * Self.shockFactor(index: t, first: 0, sector: 0.5))
    }
  }

  @Test(arguments: [(0.7499999, true), (0.7500001, false)])
  func launchesBelowTheOddsAdjustedProbability(u: Double, launches: Bool) throws {
    let path = try Self.engine().revenue(path: Self.draws(launchUniform: u))
    #expect(path.isLaunched[0] == [Bool](repeating: launches, count: 5))
    #expect((path.revenueYen[0][0] > 0) == launches)
    #expect(path.hasFailed[0][4])
  }
}
