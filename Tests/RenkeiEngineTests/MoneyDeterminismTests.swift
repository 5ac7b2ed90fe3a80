// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDraws
import RenkeiModel
import Testing

@testable import RenkeiEngine

/// The same scenario, seed and paths give the same bits of money, whatever runs them; and support
/// that changes nothing changes no bit.
struct MoneyDeterminismTests {
  private static func bits(_ result: SimulationResult) -> [[UInt64]] {
    result.arms.map { revenue($0) + MoneyFigures.named($0).map(\.value.bitPattern) }
  }

  private static func revenue(_ arm: ArmResult) -> [UInt64] {
    func figures(_ amount: AmountSummary) -> [Double] {
      [amount.mean, amount.standardDeviation] + amount.quantiles
    }
    var all = arm.portfolio.flatMap { figures($0.amount) }
    all += arm.groups.flatMap { figures($0.amount) }
    all += arm.plans.flatMap {
      figures($0.amount) + [$0.probabilityActive, $0.probabilityTargetMet ?? -1]
    }
    // Failures by cash are counted only with support.
    all += arm.counts.filter { $0.metric != .failedCash }
      .flatMap { [$0.mean, $0.standardDeviation] }
    return all.map(\.bitPattern)
  }

  private static func run(
    _ yaml: String, paths: Int = 1_100, threads: Int = 1, set: InstructionSet = .best
  ) throws -> SimulationResult {
    try EngineTrial(yaml, paths: paths, seed: 3, threads: threads, instructionSet: set).result
  }

  @Test(arguments: MoneyScenario.allCases)
  func instructionSetsChangeNothing(_ scenario: MoneyScenario) throws {
    let best = try Self.bits(Self.run(scenario.yaml))
    for set in InstructionSet.available {
      #expect(try Self.bits(Self.run(scenario.yaml, set: set)) == best)
    }
  }

  @Test func threadsChangeNothing() throws {
    let paths = 3 * VectorEngine.chunkPaths + 700
    let one = try Self.bits(Self.run(MoneyScenario.effects.yaml, paths: paths))
    for threads in [2, 5] {
      let many = try Self.run(MoneyScenario.effects.yaml, paths: paths, threads: threads)
      #expect(Self.bits(many) == one)
    }
  }

  @Test func orderOfThePlanListPermutesRowsOnly() throws {
    let yaml = MoneyScenario.effects.yaml
    var lines = yaml.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let plans = lines.indices.filter { lines[$0].contains("plan_id:") }
    let reversed = plans.reversed().map { lines[$0] }
    for (place, line) in zip(plans, reversed) { lines[place] = line }
    let original = try Self.run(yaml)
    let permuted = try Self.run(lines.joined(separator: "\n"))
    for (a, b) in zip(original.arms, permuted.arms) {
      #expect(a.portfolio.map(\.amount) == b.portfolio.map(\.amount))
      let (left, right) = (a.finance, b.finance)
      #expect(left?.publicCost.map(\.amount) == right?.publicCost.map(\.amount))
      #expect(left?.loans.map(\.amount) == right?.loans.map(\.amount))
      #expect(left?.effects.map(\.difference) == right?.effects.map(\.difference))
      for row in left?.plans ?? [] {
        let twin = right?.plans.first { $0.planID == row.planID }
        #expect(twin?.expectedLossYen == row.expectedLossYen)
        #expect(twin?.coverageP05 == row.coverageP05)
      }
      #expect(left?.plans.first?.planID != right?.plans.first?.planID)
    }
  }

  /// The arm to which the inputs are calibrated earns what it earns without a word of support.
  @Test(arguments: [MoneyScenario.plain, .drawn, .bare])
  func supportMovesNoRevenueOfTheCalibratedArm(_ scenario: MoneyScenario) throws {
    let with = try Self.run(scenario.yaml)
    let without = try Self.run(scenario.withoutSupport)
    #expect(Self.revenue(with.arms[0]) == Self.revenue(without.arms[0]))
    #expect(Self.revenue(with.arms[1]) != Self.revenue(without.arms[0]))
  }

  /// No cash effect, no reduced-form effect, e = 0: not a bit of revenue differs between arms, and
  /// cash that ends plans makes the difference.
  @Test func armsWithoutEffectsEarnTheSame() throws {
    let yaml = MoneyScenario.plain.yaml.replacing(
      "scale_elasticity: 0.5", with: "scale_elasticity: 0")
    let arms = try Self.run(yaml).arms
    for arm in arms { #expect(Self.revenue(arm) == Self.revenue(arms[0])) }
    let enforced = try Self.run(
      yaml.replacing("cash_failure: report", with: "cash_failure: enforce"))
    #expect(Self.revenue(enforced.arms[0]) != Self.revenue(enforced.arms[1]))
  }

  /// Effects of size nothing, and a hazard ratio of exactly 1, go through all columns and change
  /// nothing: the arms are computed, not copied, as plans can end for want of cash.
  @Test func nullEffectsChangeNoBit() throws {
    let yaml = MoneyScenario.enforced.yaml
    let sized = yaml.replacing(
      "advice: {cost_yen: 1e6, effects: {log_attainment: 0, delay_multiplier: 1}}",
      with:
        "advice: {take_up: 0, cost_yen: 1e6, effects: {log_attainment: 0.3, delay_multiplier: 0.5}}"
    )
    #expect(sized != yaml)
    let (a, b) = (try Self.run(yaml).arms, try Self.run(sized).arms)
    for (left, right) in zip(a, b) { #expect(Self.revenue(left) == Self.revenue(right)) }
  }

  /// An arm with the measures and terms of the calibrated one is that arm, bit for bit.
  @Test(arguments: [MoneyScenario.plain, .enforced, .effects, .drawn, .long])
  func theSameMeasuresAreTheSameArm(_ scenario: MoneyScenario) throws {
    let arms = try Self.run(scenario.yaml).arms
    let again = try #require(arms.first { $0.arm == "again" })
    #expect(Self.revenue(again) == Self.revenue(arms[0]))
    #expect(
      MoneyFigures.named(again).map(\.value.bitPattern)
        == MoneyFigures.named(arms[0]).map(\.value.bitPattern))
  }
}
