// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiDraws
import RenkeiModel
import RenkeiStatistics
import Testing

@testable import RenkeiEngine

/// Single precision: the same paths with rounded revenue, on any machine and for any threads.
struct SinglePrecisionTests {
  private static func engine(
    _ yaml: String, _ precision: ArithmeticPrecision, paths: Int = 1_100, threads: Int = 2,
    planQuantiles: Bool = true, _ set: InstructionSet = .best
  ) throws -> VectorEngine {
    try VectorEngine(
      model: EngineTrial.model(yaml),
      options: SimulationOptions(
        paths: paths, seed: 3, threads: threads, planQuantiles: planQuantiles,
        precision: precision),
      instructionSet: set)
  }

  /// A float has 24 bits. A walk of five years rounds some eleven times at magnitudes up to some 2⁸
  /// sixteenths of a power of two, half a unit each: 11·2⁻¹⁷·ln 2 / 16 < 4e-6 in revenue, and the
  /// total of many plans errs less than its worst. Scenarios whose shocks have heavy tails get
  /// three times that.
  @Test(arguments: VariedScenario.allCases)
  func everyPathIsThePathOfDouble(_ scenario: VariedScenario) throws {
    let single = try Self.engine(scenario.yaml, .single).pathTotals().cumulative
    let double = try Self.engine(scenario.yaml, .double).pathTotals().cumulative
    var differing = 0
    for (a, b) in zip(single, double) {
      if abs(a - b) > 1.2e-5 * b { Issue.record("\(a) against \(b)") }
      if a != b { differing += 1 }
    }
    #expect(single.count == double.count)
    // Revenue of no path is a sum of floats by chance.
    #expect(differing > double.count / 2)
  }

  /// Who launches, sells and fails is decided by the same comparisons of the same doubles.
  @Test(arguments: VariedScenario.allCases)
  func decisionsAreThoseOfDouble(_ scenario: VariedScenario) throws {
    let single = try Self.engine(scenario.yaml, .single).run().result.arms[0]
    let double = try Self.engine(scenario.yaml, .double).run().result.arms[0]
    let exact: [CountMetric] = [.launched, .active, .failedHazard]
    for (a, b) in zip(single.counts, double.counts) where exact.contains(a.metric) {
      #expect(a.mean == b.mean && a.standardDeviation == b.standardDeviation)
    }
    for (a, b) in zip(single.plans, double.plans) {
      #expect(a.probabilityActive == b.probabilityActive)
      #expect(abs(a.amount.mean - b.amount.mean) <= 1e-5 * b.amount.mean)
      #expect(
        abs(a.amount.standardDeviation - b.amount.standardDeviation)
          <= 2e-5 * (b.amount.standardDeviation + b.amount.mean))
    }
    #expect(single.counts.map(\.metric).contains(.failedHazard))
  }

  @Test(arguments: VariedScenario.allCases)
  func instructionSetsChangeNothing(_ scenario: VariedScenario) throws {
    func bits(_ set: InstructionSet) throws -> [UInt64] {
      try DeterminismTests.bits(Self.engine(scenario.yaml, .single, set).run().result)
    }
    let best = try bits(.best)
    for set in InstructionSet.available { #expect(try bits(set) == best, "\(set)") }
  }

  @Test(arguments: [1, 3, 7])
  func threadsChangeNothing(_ threads: Int) throws {
    func bits(_ threads: Int) throws -> [UInt64] {
      try DeterminismTests.bits(
        Self.engine(
          VariedScenario.plain.yaml, .single, paths: 3 * VectorEngine.chunkPaths + 700,
          threads: threads
        ).run().result)
    }
    #expect(try bits(threads) == bits(2))
  }

  /// The kernel has a short form for plans that nobody asks more of; longer ones keep their years.
  @Test(arguments: ["5", "20"])
  func allFormsGiveTheSameBits(_ years: String) throws {
    let yaml = VariedScenario.plain.yaml
      .replacing("report: {groups: [region]}", with: "")
      .replacing("horizon_years: 5", with: "horizon_years: \(years)")
    for launch in ["0.7", "1"] {
      let text = yaml.replacing("launch_probability: 0.7", with: "launch_probability: \(launch)")
      func totals(_ planQuantiles: Bool) throws -> PathTotals {
        var engine = try Self.engine(text, .single, planQuantiles: planQuantiles)
        // As many plans in a tile as there are, and one.
        engine.tilePlans = planQuantiles ? 1 : nil
        return try engine.pathTotals()
      }
      let (kept, short) = (try totals(true), try totals(false))
      #expect(Array(kept.cumulative) == Array(short.cumulative))
      #expect(short.cumulative.contains { $0 > 0 })
    }
  }

  @Test func whatNeverMovesHasNoSpread() throws {
    let yaml = """
      renkei: 1
      title: certain
      horizon_years: 4
      plans:
        list:
          - {plan_id: a, end_target_yen: 123456789}
          - {plan_id: b, end_target_yen: 33333333, start_offset_years: 2}
        defaults: {annual_shock_sd: 0, attainment: 0.7, annual_failure_probability: 0}
      """
    for precision in ArithmeticPrecision.allCases {
      let arm = try Self.engine(yaml, precision).run().result.arms[0]
      #expect(arm.plans.allSatisfy { $0.amount.standardDeviation == 0 })
      #expect(arm.plans.contains { $0.amount.mean > 0 })
    }
  }

  @Test func moneyIsRefusedWithItsKey() throws {
    let engine = try VectorEngine(
      model: EngineTrial.model(MoneyScenario.plain.yaml),
      options: SimulationOptions(paths: 600, seed: 1, threads: 1, precision: .single))
    let error = #expect(throws: SimulationError.self) { try engine.run() }
    guard case .unsupported(let message) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(message.contains("'support'") && message.contains("--precision double"))
  }
}
