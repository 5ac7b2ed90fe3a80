// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDraws
import RenkeiModel
import Testing

@testable import RenkeiEngine

/// The same scenario, seed and paths give the same bits, whatever runs them.
struct DeterminismTests {
  /// Every figure of a result as bits, in file order.
  static func bits(_ result: SimulationResult) -> [UInt64] {
    func amount(_ amount: AmountSummary) -> [Double] {
      [amount.mean, amount.standardDeviation, amount.standardError ?? .nan] + amount.quantiles
    }
    var figures: [Double] = []
    for arm in result.arms {
      for row in arm.portfolio { figures += amount(row.amount) }
      for row in arm.groups { figures += amount(row.amount) }
      for row in arm.plans {
        figures += amount(row.amount) + [row.probabilityActive, row.probabilityTargetMet ?? -1]
      }
      for row in arm.counts { figures += [row.mean, row.standardDeviation, Double(row.p50)] }
      for row in arm.contributions { figures += [row.meanYen, Double(row.rank)] }
      for row in arm.exceedance { figures += [row.thresholdYen, row.probability] }
      if let goal = arm.goal {
        figures += [Double(goal.hits), goal.meanGapYen, goal.cvar95GapYen]
      }
    }
    return figures.map(\.bitPattern)
  }

  private static func run(
    _ scenario: VariedScenario, paths: Int, threads: Int = 1,
    instructionSet: InstructionSet = .best
  ) throws -> SimulationResult {
    try EngineTrial(
      scenario.yaml, paths: paths, seed: 3, threads: threads, instructionSet: instructionSet
    ).result
  }

  @Test(arguments: [2, 3, 7, 16])
  func threadsChangeNothing(_ threads: Int) throws {
    let paths = 5 * VectorEngine.chunkPaths + 700
    let one = try Self.bits(Self.run(.delayed, paths: paths))
    #expect(try Self.bits(Self.run(.delayed, paths: paths, threads: threads)) == one)
  }

  @Test(arguments: VariedScenario.allCases)
  func instructionSetsChangeNothing(_ scenario: VariedScenario) throws {
    // Two blocks and a part: the masked tail is on the path too.
    let paths = 1_100
    let best = try Self.bits(Self.run(scenario, paths: paths))
    for set in InstructionSet.available {
      #expect(try Self.bits(Self.run(scenario, paths: paths, instructionSet: set)) == best)
    }
  }

  @Test func fewerPathsAreAPrefix() throws {
    let model = try EngineTrial.model(VariedScenario.delayed.yaml)
    func totals(_ paths: Int) throws -> [Double] {
      let engine = try VectorEngine(
        model: model, options: SimulationOptions(paths: paths, seed: 3, threads: 2))
      let totals = try engine.pathTotals()
      return (0..<model.horizonYears).flatMap { year in
        Array(totals.annual(year: year).prefix(700))
      }
    }
    #expect(try totals(700) == totals(1_400))
  }

  @Test func orderOfThePlanListPermutesRowsOnly() throws {
    let yaml = VariedScenario.delayed.yaml
    let lines = yaml.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let plans = lines.indices.filter { lines[$0].contains("plan_id:") }
    var shuffled = lines
    for (place, source) in zip(plans, plans.reversed()) { shuffled[place] = lines[source] }
    let original = try EngineTrial(yaml, paths: 3_000).result.arms[0]
    let permuted = try EngineTrial(shuffled.joined(separator: "\n"), paths: 3_000).result.arms[0]
    #expect(original.portfolio.map(\.amount) == permuted.portfolio.map(\.amount))
    #expect(original.plans.first?.planID != permuted.plans.first?.planID)
    for row in original.plans {
      let twin = permuted.plans.first {
        $0.planID == row.planID && $0.measure == row.measure && $0.year == row.year
      }
      #expect(twin?.amount == row.amount)
    }
    for row in original.groups {
      let twin = permuted.groups.first {
        $0.group == row.group && $0.measure == row.measure && $0.year == row.year
      }
      #expect(twin?.amount == row.amount)
    }
  }

  @Test func deletingAPlanLeavesOtherPlansAlone() throws {
    let yaml = VariedScenario.delayed.yaml
    let lines = yaml.split(separator: "\n", omittingEmptySubsequences: false)
    let without = lines.filter { !$0.contains("plan_id: p3") }.joined(separator: "\n")
    let all = try EngineTrial(yaml, paths: 2_000).result.arms[0].plans
    let fewer = try EngineTrial(without, paths: 2_000).result.arms[0].plans
    #expect(fewer.count == all.count - 10)
    for row in fewer {
      let twin = all.first {
        $0.planID == row.planID && $0.measure == row.measure && $0.year == row.year
      }
      #expect(twin?.amount == row.amount)
      #expect(twin?.probabilityTargetMet == row.probabilityTargetMet)
    }
  }

  /// An event that never strikes, or strikes without effect, changes no bit.
  @Test(arguments: [
    "annual_probability: 0, multiplier: 0", "annual_probability: 0.5, multiplier: 1",
  ])
  func eventsWithoutEffectChangeNothing(_ event: String) throws {
    let yaml = VariedScenario.delayed.yaml
    let calm = try EngineTrial(yaml, paths: 1_100, seed: 3).result
    let struck = try EngineTrial(
      yaml + "\nevents: {e: {\(event), duration_years: permanent}}\n", paths: 1_100, seed: 3
    ).result
    #expect(Self.bits(calm) == Self.bits(struck))
  }

  /// Plans out of scope keep their bits, and other events keep their draws.
  @Test func anEventTouchesNothingElse() throws {
    let yaml = VariedScenario.struck.yaml
    let lines = yaml.split(separator: "\n", omittingEmptySubsequences: false)
    let without = lines.filter { !$0.contains("fire:") }.joined(separator: "\n")
    let all = try EngineTrial(yaml, paths: 1_100).result.arms[0].plans
    let fewer = try EngineTrial(without, paths: 1_100).result.arms[0].plans
    for (row, twin) in zip(all, fewer) {
      #expect((row.amount == twin.amount) == (row.planID != "p2"), "\(row.planID)")
    }
  }

  @Test func plansAddUpToThePortfolio() throws {
    let arm = try Self.run(.uncertain, paths: 2_000).arms[0]
    for row in arm.portfolio {
      let sum = arm.plans.filter { $0.measure == row.measure && $0.year == row.year }
        .reduce(0) { $0 + $1.amount.mean }
      // Rounding of five sums of 2,000 terms.
      #expect(abs(sum / row.amount.mean - 1) < 1e-12)
      let groups = arm.groups.filter { $0.measure == row.measure && $0.year == row.year }
        .reduce(0) { $0 + $1.amount.mean }
      #expect(abs(groups / row.amount.mean - 1) < 1e-12)
    }
  }

  @Test func cancellingStopsTheRun() throws {
    let model = try EngineTrial.model(VariedScenario.plain.yaml)
    let control = RunControl()
    control.cancel()
    #expect(throws: SimulationError.cancelled) {
      try VectorEngine(
        model: model, options: SimulationOptions(paths: 100_000, seed: 1, threads: 2)
      ).run(control: control)
    }
  }

  @Test func impossibleSizesAreRefusedBeforeTheirMemoryIsTaken() throws {
    let model = try EngineTrial.model(VariedScenario.plain.yaml)
    #expect(throws: SimulationError.self) {
      try VectorEngine(
        model: model, options: SimulationOptions(paths: 1_000_000_000_000, seed: 1, threads: 2)
      ).run()
    }
  }
}
