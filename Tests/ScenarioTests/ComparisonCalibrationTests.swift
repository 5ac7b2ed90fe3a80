// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiAnalysis
import RenkeiEngine
import RenkeiFiles
import RenkeiModel
import RenkeiReports
import Testing

/// Whether compare's 95% intervals hold what they promise, on runs of a small scenario.
///
/// `RENKEI_CALIBRATION_RUNS=1000 swift test --filter ComparisonCalibrationTests` is the full check;
/// by default there are fewer runs.
@Suite("Calibration of compare")
struct ComparisonCalibrationTests {
  private static let runs =
    ProcessInfo.processInfo.environment["RENKEI_CALIBRATION_RUNS"].flatMap { Int($0) } ?? 400
  private static let paths = 1_024

  private static func engine(target: String) throws -> VectorEngine {
    let yaml = """
      renkei: 1
      title: t
      start_year: 2005
      horizon_years: 2
      goal: {cumulative_revenue_yen: 300e6}
      simulation: {paths: 100, seed: 1}
      report: {groups: [region]}
      credit: {correlation: 0}
      plans:
        defaults:
          attainment: {lognormal: {median: 0.8, log_sd: 0.4}}
          launch_probability: 0.7
          annual_shock_sd: 0.3
          annual_failure_probability: 0.1
        list:
          - {plan_id: P1, region: a, end_target_yen: \(target)}
          - {plan_id: P2, region: b, end_target_yen: 150e6}
      """
    let model = try ScenarioFile.load(Array(yaml.utf8), source: "t.yaml").scenario.resolved()
    return try VectorEngine(
      model: model,
      options: SimulationOptions(
        paths: paths, seed: 1, threads: 1, planQuantiles: false, keepsPaths: true))
  }

  private static func side(_ engine: VectorEngine, seed: UInt64) throws -> ComparedResult {
    let outcome = try engine.reseeded(seed).run()
    let result = outcome.result
    var facts = RunFacts()
    (facts.seed, facts.paths, facts.numericContract) = (seed, paths, "c")
    (facts.horizonYears, facts.arms) = (2, result.arms.map(\.arm))
    facts.goalYen = 300e6
    return ComparedResult(
      name: "",
      tables: [ResultFile.portfolio, .goal, .plans, .groups, .counts].map { file in
        .bytes(file.document(result).bytes(), name: file.rawValue)
      }, facts: facts,
      totals: outcome.keptPaths.map { KeptTotals(arms: facts.arms, totals: $0.totals) })
  }

  private static func rows(_ a: ComparedResult, _ b: ComparedResult) throws -> [ComparisonRow] {
    let recorder = ComparisonRecorder()
    try Comparison(a, b).run(recorder)
    return recorder.rows
  }

  @Test("of two seeds 4–6% of the judged values are flagged")
  func seeds() throws {
    let engine = try Self.engine(target: "200e6")
    var (judged, flagged) = (0, 0)
    for pair in 0..<(Self.runs / 2) {
      let seed = UInt64(2 * pair)
      let rows = try Self.rows(
        Self.side(engine, seed: seed), Self.side(engine, seed: seed + 1))
      judged += rows.count { $0.figures.verdict.isJudged }
      flagged += rows.count { $0.figures.verdict == .real }
    }
    let share = Double(flagged) / Double(judged)
    #expect(judged > 50 * Self.runs / 2)
    #expect(share > 0.04 && share < 0.06, "\(share)")
  }

  @Test("the interval of a known difference covers it in 93–97% of the runs", arguments: [0, 1])
  func coverage(offset: UInt64) throws {
    let (a, b) = try (Self.engine(target: "200e6"), Self.engine(target: "220e6"))
    // R[t] = T·ramp·attainment·launched·alive; a linear ramp over five years gives .2 and .4.
    let mean = 0.7 * 0.8 * 1.083_287_067_674_958_6
    let exact = 20e6 * mean * (0.2 * 0.9 + 0.4 * 0.81)
    var covered = 0
    let runs = Self.runs / 2
    for run in 0..<runs {
      let seed = UInt64(10_000 + 2 * run)
      let rows = try Self.rows(
        Self.side(a, seed: seed), Self.side(b, seed: seed + offset))
      let total = try #require(
        rows.first {
          $0.place.table == "portfolio" && $0.place.measure == "cumulative"
            && $0.place.year == "2" && $0.place.metric == "mean_yen"
        })
      #expect(total.figures.isPaired == (offset == 0))
      if try #require(total.figures.interval95).contains(exact) { covered += 1 }
    }
    // Five standard errors of so many runs, and the stated 93–97% from a thousand on.
    let slack = max(0.02, 5 * (0.05 * 0.95 / Double(runs)).squareRoot())
    #expect(abs(Double(covered) / Double(runs) - 0.95) <= slack, "\(covered) of \(runs)")
  }
}
