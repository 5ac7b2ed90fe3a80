// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiEngine
import RenkeiFiles
import RenkeiModel
import RenkeiStatistics
import Testing

@testable import RenkeiAnalysis

/// Conditions that end a run: how they are read, and what the engine does with them.
@Suite("Stopping on a condition")
struct StoppingTests {
  // MARK: The grammar

  @Test(
    "conditions are read, spaces or not",
    arguments: [
      ("se(goal_probability) < 0.001", "se(goal_probability) < 0.001"),
      ("  se( goal_probability )<0.1%  ", "se(goal_probability) < 0.1%"),
      ("ci(mean)<1%", "ci(mean) < 1%"),
      ("ci(mean,none) < 2億円", "ci(mean, none) < 2億円"),
      ("decided(goal_probability>0.5)", "decided(goal_probability > 0.5)"),
      ("decided(mean, a b < 150e9)", "decided(mean, a b < 150e9)"),
    ])
  func reads(text: String, expected: String) throws {
    let condition = try StoppingCondition(parsing: text)
    #expect(condition.text == expected)
    #expect(try StoppingCondition(parsing: condition.text) == condition)
  }

  @Test("bounds keep their meaning")
  func bounds() throws {
    func test(_ text: String) throws -> StoppingCondition.Test {
      try StoppingCondition(parsing: text).test
    }
    #expect(try test("se(goal_probability) < 0.1%") == .standardError(.absolute(0.001)))
    #expect(try test("ci(mean) < 1%") == .halfWidth(.relative(0.01)))
    #expect(try test("ci(mean) < 2億円") == .halfWidth(.absolute(2e8)))
    #expect(try test("decided(mean < 150e9)") == .decided(isAbove: false, threshold: 150e9))
  }

  @Test(
    "every mistake is told with its place",
    arguments: [
      ("", 1, "expected a test: se, ci, decided"),
      ("sd(mean) < 1%", 1, "did you mean 'se'?"),
      ("se mean", 4, "'(' is missing after 'se'"),
      ("se(goal) < 0.1", 4, "goal_probability, mean"),
      ("se(maen) < 1%", 4, "did you mean 'mean'?"),
      ("se(mean < 1%)", 9, "close the brackets first"),
      ("se(mean,) < 1%", 9, "the name of an arm is missing"),
      ("se(mean) > 1%", 10, "can only be asked to be below"),
      ("se(mean) <= 1%", 11, "leave '=' out"),
      ("se(mean) <", 11, "a number is missing"),
      ("se(mean) < 0.01", 12, "with its %"),
      ("se(mean) < 0%", 12, "above 0"),
      ("se(goal_probability) < 0.7", 24, "between 0 and 0.5"),
      ("se(goal_probability) < 1億円", 24, "expected a probability"),
      ("se(goal_probability) < 010", 24, "leading zeros"),
      ("decided(goal_probability) > 0.5", 25, "inside the brackets"),
      ("decided(goal_probability > 1)", 28, "between 0 and 1"),
      ("decided(mean > 1e9, none)", 16, "behind the figure"),
      ("decided(mean > 1e9) now", 21, "nothing may follow"),
      ("decided(mean > 1e9", 19, "')' is missing"),
    ])
  func mistakes(text: String, character: Int, words: String) {
    do throws(ConditionMistake) {
      let condition = try StoppingCondition(parsing: text)
      Issue.record("read as \(condition)")
    } catch {
      #expect(error.offset + 1 == character, "\(error)")
      #expect(error.message.contains(words), "\(error)")
    }
  }

  // MARK: Scenarios

  /// One plan, one year: R = 50e6·exp(0.4·z + 0.4·(½F + √¾ε) + 0.2·a − 0.08).
  private static func model(goal: Bool = true) throws
    -> ProjectionModel
  {
    let yaml = """
      renkei: 1
      title: t
      start_year: 2005
      horizon_years: 1
      \(goal ? "goal: {cumulative_revenue_yen: 70e6}" : "")
      plans:
        list: [{plan_id: a, end_target_yen: 100e6, period_years: 1}]
        defaults: {attainment: {lognormal: {median: $level, log_sd: 0.2}}, annual_shock_sd: 0.4}
      factors: {macro: {loading: 0.5}}
      inputs: {level: {lognormal: {median: 0.5, log_sd: 0.4}}}
      """
    return try ScenarioFile.load(Array(yaml.utf8), source: "s.yaml").scenario.resolved()
  }

  private static let exactMean = 50e6 * exp(0.36 / 2 - 0.08)
  private static let exactProbability =
    erfc((log(70.0 / 50) + 0.08) / 0.6 / 2.0.squareRoot()) / 2

  private static func options(
    _ paths: Int, seed: UInt64 = 1, sampling: SamplingDesign = .random
  ) -> SimulationOptions {
    SimulationOptions(
      paths: paths, seed: seed, threads: 1, planQuantiles: false, sampling: sampling)
  }

  private static func run(
    _ text: String, paths: Int, sampling: SamplingDesign = .random
  ) throws -> (result: SimulationResult, record: StoppingRecord) {
    let model = try model()
    let options = options(paths, sampling: sampling)
    let watch = try StoppingWatch(
      StoppingCondition(parsing: text), model: model, options: options)
    let outcome = try VectorEngine(model: model, options: options)
      .run(control: RunControl(), until: watch)
    return (outcome.result, watch.record)
  }

  @Test("what ends the run is true of the results")
  func endsWhereItShould() throws {
    let (error, first) = try Self.run("se(goal_probability) < 0.004", paths: 200_000)
    let goal = try #require(error.arms[0].goal)
    #expect(first.isMet && goal.standardError < 0.004)
    // √(0.25·0.75)/0.004 squared is 11,700 paths.
    #expect(error.paths == 12_288 && first.looks == 3)

    let (width, second) = try Self.run("ci(mean) < 2%", paths: 200_000)
    let total = width.arms[0].portfolio[1].amount
    let half = 1.96 * (total.standardError ?? .infinity)
    let sequence = second.estimates[0].sequence95
    #expect(second.isMet && half < 0.02 * total.mean)
    #expect((sequence.upperBound - sequence.lowerBound) / 2 < 0.02 * total.mean)
    #expect(sequence.contains(Self.exactMean))

    let (above, third) = try Self.run("decided(goal_probability > 0.3)", paths: 200_000)
    #expect(third.isMet && third.estimates[0].answer == false)
    #expect(third.estimates[0].sequence95.upperBound < 0.3)
    #expect(above.paths < 200_000)
  }

  @Test("a limit that comes first is told, with the paths that would do")
  func limit() throws {
    let (result, record) = try Self.run("se(goal_probability) < 0.002", paths: 10_000)
    #expect(result.paths == 10_000 && !record.isMet && record.estimates[0].answer == nil)
    let needed = try #require(record.pathsNeeded)
    let variance = Self.exactProbability * (1 - Self.exactProbability)
    #expect(abs(Double(needed) / (variance / 4e-6) - 1) < 0.1)
  }

  @Test("what the scenario cannot answer is refused")
  func refusals() throws {
    func refusal(_ text: String, goal: Bool = true, _ sampling: SamplingDesign = .random)
      throws -> StoppingRefusal?
    {
      let condition = try StoppingCondition(parsing: text)
      let model = try Self.model(goal: goal)
      do throws(StoppingRefusal) {
        _ = try StoppingWatch(
          condition, model: model,
          options: Self.options(10_000, sampling: sampling))
        return nil
      } catch {
        return error
      }
    }
    #expect(try refusal("se(goal_probability) < 0.1", goal: false) == .noGoal)
    #expect(
      try refusal("se(mean, as_planed) < 1%")
        == .unknownArm("as_planed", known: ["as_planned"]))
    #expect(try refusal("se(mean) < 1%", .sobol) == .fewUnits(.sobol))
    #expect(try refusal("se(mean) < 1%", .antithetic) == nil)
  }

  // MARK: Coverage

  /// Remembers whether a sequence ever excluded the truth.
  private final class Peeker: StoppingRule {
    private let truths: [StoppingFigure: Double]
    private var sight: PathSight
    private var seen = 0
    private(set) var missed: Set<StoppingFigure> = []
    private(set) var looks = 0

    init(_ truths: [StoppingFigure: Double], goal: Double, unit: ErrorUnit) {
      self.truths = truths
      sight = PathSight(goalYen: goal, unit: unit)
    }

    func isEnough(_ totals: [PathTotals], paths: Int) -> Bool {
      sight.add(totals[0], seen..<paths)
      seen = paths
      looks += 1
      for (figure, truth) in truths where !sight.view(figure).sequence95.contains(truth) {
        missed.insert(figure)
      }
      return false
    }
  }

  /// At most 5% and five standard errors of that share: 13 of 80, which sequences that miss in 5%
  /// exceed once in 20,000 tries.
  @Test(
    "the sequences of runs hold the truth at all looks together",
    arguments: [SamplingDesign.random, .antithetic, .latinHypercube])
  func coverage(design: SamplingDesign) throws {
    let seeds = 80
    let engine = try VectorEngine(
      model: Self.model(), options: Self.options(5 * 4_096, sampling: design))
    var missed: [StoppingFigure: Int] = [:]
    for seed in 1...UInt64(seeds) {
      let peeker = Peeker(
        [.mean: Self.exactMean, .goalProbability: Self.exactProbability], goal: 70e6,
        unit: design.errorUnit)
      _ = try engine.reseeded(seed).pathTotals(until: peeker)
      #expect(peeker.looks == (design == .random ? 5 : 4))
      for figure in peeker.missed { missed[figure, default: 0] += 1 }
    }
    for figure in StoppingFigure.allCases {
      #expect(missed[figure, default: 0] <= 13, "\(figure)")
    }
  }
}
