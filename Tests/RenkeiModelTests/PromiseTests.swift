// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import Testing

@testable import RenkeiModel

@Suite("Promises")
struct PromiseTests {
  /// Facts of the programme: a linear ramp sums to 3.0, 3.5 and 4.0 end targets within five years
  /// for plans of five, four and three years.
  @Test(arguments: [(5, 3.0), (4, 3.5), (3, 4.0)])
  func linearRampSums(period: Int, sum: Double) throws {
    let plan = Build.plan("A", own: [.periodYears: .constant(Double(period))])
    let resolved = try Build.scenario(plans: [plan]).resolved().plans[0]
    #expect(abs(resolved.promisedTotal / 100e6 - sum) < 1e-12)
  }

  @Test func sCurveSumsAsDocumented() throws {
    let scenario = Build.scenario(plans: [Build.plan("A")]) {
      $0.defaults.ramp = Stated(.sCurve(midpoint: 0.60, steepness: 9.363), at: Build.at(11))
    }
    // Both coefficients are rounded: 2.55 to its last digit.
    #expect(abs(try scenario.resolved().plans[0].promisedTotal / 100e6 - 2.55) < 0.005)
  }

  @Test func fractionalStartsTakeTheRampAtTheYearsEnd() throws {
    let plan = Build.plan("A", own: [.startOffsetYears: .constant(1.25)])
    let promised = try Build.scenario(plans: [plan]).resolved().plans[0].promisedByYear
    #expect(promised.map { ($0 / 1e6 * 1e6).rounded() / 1e6 } == [0, 15, 35, 55, 75])
  }

  @Test func growthAfterThePlanCompounds() throws {
    let plan = Build.plan(
      "A", own: [.periodYears: .constant(3), .growthAfterPlan: .constant(0.1)])
    let promised = try Build.scenario(plans: [plan]).resolved().plans[0].promisedByYear
    #expect(abs(promised[3] / 110e6 - 1) < 1e-12)
    #expect(abs(promised[4] / 121e6 - 1) < 1e-12)
  }

  /// E[(1 + g)²] = 1 + 2·E[g] + E[g²], for g uniform on [0, 0.3]: 1 + 0.3 + 0.03.
  @Test func uncertainGrowthIsAveragedOverItsDistribution() throws {
    let plan = Build.plan(
      "A",
      own: [
        .periodYears: .constant(3),
        .growthAfterPlan: try Build.quantity("uniform", ["min": 0, "max": 0.3]),
      ])
    let promised = try Build.scenario(plans: [plan]).resolved().plans[0].promisedByYear
    #expect(abs(promised[3] / 115e6 - 1) < 1e-9)
    #expect(abs(promised[4] / 133e6 - 1) < 1e-9)
  }

  /// A lognormal end target promises its mean, exp(0.5·σ²) times its median.
  @Test func randomEndTargetsPromiseTheirMean() throws {
    let target = try Build.quantity("lognormal", ["median": 200e6, "log_sd": 0.5])
    let plan = try Build.scenario(plans: [Build.plan("A", target: target)]).resolved().plans[0]
    #expect(abs(plan.promisedByYear[4] / (200e6 * Reproducible.exp(0.125)) - 1) < 1e-12)
  }
}
