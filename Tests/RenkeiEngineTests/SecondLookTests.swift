// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiReference
import Testing

@testable import RenkeiEngine
@testable import RenkeiModel

@Suite("Second look of the vector engine")
struct SecondLookTests {
  private static func scenario(share: Double, shock: Double) -> String {
    """
    renkei: 1
    title: t
    start_year: 2005
    horizon_years: 3
    goal: {cumulative_revenue_yen: 400e6}
    simulation: {paths: 100, seed: 1}
    report: {groups: [region]}
    optimism: {common_share: \(share)}
    credit: {correlation: 0}
    plans:
      defaults:
        attainment: {lognormal: {median: 0.8, log_sd: 0.5}}
        annual_shock_sd: \(shock)
      list:
        - {plan_id: P1, region: a, end_target_yen: 200e6}
        - {plan_id: P2, region: b, end_target_yen: 100e6}
    """
  }

  private func parameterShare(_ result: SimulationResult) throws -> VarianceSplitRow {
    try #require(
      result.arms[0].varianceSplit.first {
        $0.metric == .cumulativeRevenue && $0.source == .parameter
      })
  }

  @Test("all of the variance is the programme's where nothing else varies, none where it does not")
  func extremes() throws {
    let all = try EngineTrial(Self.scenario(share: 1, shock: 0), paths: 2_048).result
    #expect(abs(try #require(parameterShare(all).share) - 1) < 1e-12)
    let none = try EngineTrial(Self.scenario(share: 0, shock: 0.3), paths: 8_192).result
    let row = try parameterShare(none)
    #expect(try #require(row.share) < 5 * (try #require(row.standardError)))
  }

  @Test("the share of one plan's variance is what common optimism gives it")
  func closedForm() throws {
    // log C has variance s²; a share ω of it is common, so Cov(C, C′)/Var C = (e^(ωs²) − 1)/(e^(s²) − 1).
    let yaml = Self.scenario(share: 0.5, shock: 0)
      .replacingOccurrences(
        of:
          "\n    - {plan_id: P2, region: b, end_target_yen: 100e6}", with: "")
    let result = try EngineTrial(yaml, paths: 65_536).result
    let row = try parameterShare(result)
    let one = result.arms[0].plans.contains { $0.planID == "P2" }
    #expect(!one)
    let exact = 0.133_148_453 / 0.284_025_417
    #expect(abs(try #require(row.share) - exact) < 5 * (try #require(row.standardError)))
  }

  @Test("parts and sources sum to the whole; groups of single plans are these plans")
  func sums() throws {
    let result = try EngineTrial(Self.scenario(share: 0.3, shock: 0.3), paths: 6_000).result
    let arm = result.arms[0]
    let goal = try #require(arm.goal)
    for groupBy in ["plan", "region"] {
      let rows = arm.contributions.filter { $0.groupBy == groupBy }.compactMap(\.euler)
      #expect(rows.count == 2)
      let gap = rows.reduce(0) { $0 + ($1.gap?.yen ?? 0) }
      let tail = rows.reduce(0) { $0 + ($1.tail?.yen ?? 0) }
      let spread = rows.reduce(0) { $0 + $1.standardDeviationYen }
      #expect(abs(gap / goal.meanGapYen - 1) < 1e-12)
      #expect(abs(tail / goal.cvar95GapYen - 1) < 1e-12)
      let total = try #require(arm.portfolio.last).amount
      #expect(abs(spread / total.standardDeviation - 1) < 1e-12)
    }
    let split = arm.varianceSplit.filter { $0.metric == .goalProbability }
    #expect(split.map(\.source) == [.parameter, .natural, .monteCarloError])
    let p = goal.probability
    let variance = p * (1 - p) * 6_000 / 5_999
    #expect(abs((split[0].variance + split[1].variance) / variance - 1) < 1e-12)
    #expect(abs(split[2].variance / (variance / 6_000) - 1) < 1e-12)
  }

  @Test("threads change nothing; the reference engine finds the same")
  func agreement() throws {
    let yaml = Self.scenario(share: 0.3, shock: 0.3)
    let one = try EngineTrial(yaml, paths: 9_000, threads: 1).result.arms[0]
    let three = try EngineTrial(yaml, paths: 9_000, threads: 3).result.arms[0]
    #expect(
      one.contributions.map { $0.euler?.tail?.yen }
        == three.contributions.map { $0.euler?.tail?.yen })
    #expect(one.varianceSplit.map(\.share) == three.varianceSplit.map(\.share))
    let model = try EngineTrial.model(yaml)
    let reference = try ReferenceEngine(
      model: model, options: SimulationOptions(paths: 9_000, seed: 2, threads: 1)
    ).run().result.arms[0]
    func parameter(_ arm: ArmResult) throws -> (Double, Double) {
      let row = try #require(arm.varianceSplit.first)
      return (try #require(row.share), try #require(row.standardError))
    }
    let (a, b) = try (parameter(one), parameter(reference))
    #expect(abs(a.0 - b.0) < 5 * (a.1 * a.1 + b.1 * b.1).squareRoot())
    for row in one.contributions {
      let other = try #require(
        reference.contributions.first { $0.groupBy == row.groupBy && $0.group == row.group })
      for (x, y) in [
        (row.euler?.gap, other.euler?.gap), (row.euler?.tail, other.euler?.tail),
      ] {
        let (x, y) = (try #require(x), try #require(y))
        let error = (x.standardError * x.standardError + y.standardError * y.standardError)
          .squareRoot()
        #expect(abs(x.yen - y.yen) < 5 * error)
      }
    }
  }

  @Test("other designs leave it out")
  func designs() throws {
    let result = try EngineTrial(
      Self.scenario(share: 0.3, shock: 0.3), paths: 16_384, sampling: .latinHypercube
    ).result
    #expect(result.arms[0].varianceSplit.isEmpty)
    #expect(result.arms[0].contributions.allSatisfy { $0.euler == nil })
  }
}
