// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import Testing

@testable import RenkeiEngine

/// A run that ends by a rule is the run of as many paths.
struct StoppingRunTests {
  /// Ends at a number of paths and remembers what it was asked.
  private final class EndsAt: StoppingRule {
    private let end: Int
    private(set) var asked: [Int] = []
    /// By arm: totals of the horizon of every 97th path.
    private(set) var seen: [[Double]] = []

    init(_ end: Int) { self.end = end }

    func isEnough(_ totals: [PathTotals], paths: Int) -> Bool {
      if seen.isEmpty { seen = totals.map { _ in [] } }
      for (arm, totals) in totals.enumerated() {
        for path in (asked.last ?? 0)..<paths where path % 97 == 0 {
          seen[arm].append((0..<totals.years).reduce(0) { $0 + totals.annual(year: $1)[path] })
        }
      }
      asked.append(paths)
      return paths >= end
    }
  }

  private static func engine(
    _ model: ProjectionModel, paths: Int, threads: Int = 2, tile: Int? = nil,
    sampling: SamplingDesign = .random
  ) throws -> VectorEngine {
    var engine = try VectorEngine(
      model: model,
      options: SimulationOptions(
        paths: paths, seed: 3, threads: threads, sampling: sampling, keepsPaths: true))
    engine.tilePlans = tile
    return engine
  }

  private static func bits(_ outcome: SimulationOutcome) -> [UInt64] {
    DeterminismTests.bits(outcome.result)
      + outcome.result.arms.flatMap { MoneyFigures.named($0).map(\.value.bitPattern) }
      + [UInt64(outcome.result.paths)]
  }

  @Test(arguments: [MoneyScenario.effects.yaml, VariedScenario.uncertain.yaml], [nil, 2])
  func anEndByRuleIsARunOfSoManyPaths(yaml: String, tile: Int?) throws {
    let model = try EngineTrial.model(yaml)
    let fixed = try Self.engine(model, paths: 2 * 4_096).run()
    for threads in [1, 3] {
      let rule = EndsAt(5_000)
      let engine = try Self.engine(model, paths: 10_000, threads: threads, tile: tile)
      let outcome = try engine.run(control: RunControl(), until: rule)
      #expect(rule.asked == [4_096, 8_192])
      #expect(Self.bits(outcome) == Self.bits(fixed))
      #expect(outcome.keptPaths?.inputs.map(\.values) == fixed.keptPaths?.inputs.map(\.values))
      // What the rule saw is what the results are made of.
      let totals = try #require(fixed.keptPaths?.totals)
      #expect(rule.seen.count == model.arms.count)
      for (arm, seen) in rule.seen.enumerated() {
        let own = stride(from: 0, to: fixed.result.paths, by: 97).map { path in
          (0..<model.horizonYears).reduce(0) { $0 + totals[arm].annual(year: $1)[path] }
        }
        #expect(seen == own)
      }
    }
  }

  @Test(arguments: [nil, 2])
  func aRuleThatIsNeverMetRunsAllPaths(tile: Int?) throws {
    let model = try EngineTrial.model(VariedScenario.plain.yaml)
    let rule = EndsAt(.max)
    let outcome = try Self.engine(model, paths: 9_000, tile: tile).run(
      control: RunControl(), until: rule)
    #expect(rule.asked == [4_096, 8_192, 9_000])
    #expect(Self.bits(outcome) == Self.bits(try Self.engine(model, paths: 9_000).run()))
  }

  @Test func designsAreFirstLookedAtWithUnitsEnough() throws {
    let model = try EngineTrial.model(VariedScenario.plain.yaml)
    let rule = EndsAt(10_000)
    let outcome = try Self.engine(model, paths: 40_960, sampling: .antithetic).run(
      control: RunControl(), until: rule)
    #expect(rule.asked == [8_192, 12_288])
    let fixed = try Self.engine(model, paths: 12_288, sampling: .antithetic).run()
    #expect(Self.bits(outcome) == Self.bits(fixed))
  }

  @Test func cancellingEndsTheSearchOverTiles() throws {
    let model = try EngineTrial.model(VariedScenario.plain.yaml)
    let control = RunControl()
    control.cancel()
    let engine = try Self.engine(model, paths: 40_960, tile: 2)
    #expect(throws: SimulationError.cancelled) {
      try engine.run(control: control, until: EndsAt(0))
    }
  }

  @Test func looksGrowByAQuarterAndEndAtTheLimit() {
    let schedule = LookSchedule(paths: 100 * 4_096 - 1, sampling: .random)
    var looks: [Int] = []
    while let next = schedule.next(after: looks.last ?? 0) { looks.append(next) }
    #expect(looks == [1, 2, 3, 4, 5, 7, 9, 12, 15, 19, 24, 30, 38, 48, 60, 75, 94, 100])
  }
}
