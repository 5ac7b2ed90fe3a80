// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import Testing

@testable import RenkeiFiles

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

@Suite struct ScenarioReadingTests {
  static let headline = """
    renkei: 1                                 # format version
    title: Shin-Renkei 2005
    start_year: 2005
    horizon_years: 5
    goal: {cumulative_revenue_yen: 197.2e9}
    simulation: {paths: 100000, seed: 20051003, sampling: random}
    report:
      groups: [region, sector, novelty, {core_employees: [5, 20, 50]}]
      quantiles: [0.05, 10%, 0.25, 0.50, 0.75, 0.90, 0.95]
    plans:
      file: plans/list.csv
      defaults:
        period_years: 5
        start_offset_years: 0
        ramp: {s_curve: {midpoint: 0.6, steepness: 9.363}}
        growth_after_plan: 0
        attainment: {lognormal: {median: 0.30, log_sd: 1.2}}
        launch_probability: $launch
        launch_delay_years: {exponential: {mean: 0.69}}
        annual_shock_sd: {uniform: {min: 0.4, max: 0.7}, truncate: [0.45, inf]}
        shock: laplace
        annual_failure_probability: [0.07, 0.06, 0.05, 0.045, 0.04]
      segments:
        small_core: {where: {core_employees: {at_most: 5, at_least: 1}}, set: {annual_shock_sd: 0.60}}
        prior_ties:
          where: {alliance_origin: existing, region: [関東, Kinki], novelty: {not: d}}
          multiply: {launch_odds_ratio: $prior_ties, attainment: 1.1}
    optimism: {common_share: 0.3}
    credit: {correlation: 0.05}
    factors:
      macro:  {loading: 0.22, autocorrelation: 0.3}
      region: {correlation: 0.01, by: region}
    inputs:
      launch: {beta: {a: 14, b: 6}}
      prior_ties: {lognormal: {p10: 1.0, p90: 1.6}}
      shifted: {normal: {mean: $launch, sd: 0.1}}
    arms: {none: []}
    """

  static let list = """
    plan_id,name,region,core_employees,target_yen,ramp,note
    A-1,Pyjamas,関東,5,"100,000,000",linear,"a ""pile"" fabric"
    A-2,,Kinki,,2.5e8,,
    """

  @Test func readsTheHeadlineScenario() throws {
    let folder = try TemporaryFolder()
    #expect(mkdir("\(folder.path)/plans", 0o777) == 0)
    try folder.file("plans/list.csv", Self.list)
    let path = try folder.file("headline.yaml", Self.headline)
    let loaded = try ScenarioFile.load(path: path)
    let scenario = loaded.scenario
    #expect(loaded.warnings.isEmpty)
    #expect(loaded.inputFiles.map(\.path) == [path, "\(folder.path)/plans/list.csv"])
    #expect(loaded.inputFiles[1].sha256 == SHA256.hexadecimal(of: Self.list.utf8))
    #expect(scenario.title == "Shin-Renkei 2005")
    #expect(scenario.startYear.value == 2005)
    #expect(scenario.startYear.location == SourceLocation(file: path, line: 3, column: 13))
    #expect(scenario.goalYen?.value == 197.2e9)
    #expect(scenario.simulation == SimulationSettings(paths: 100_000, seed: 20_051_003))
    #expect(
      scenario.report.groupings.map(\.value) == [
        Grouping(column: "region"), Grouping(column: "sector"), Grouping(column: "novelty"),
        Grouping(column: "core_employees", edges: [5, 20, 50]),
      ])
    #expect(scenario.report.quantileLevels == ReportSettings.standardQuantileLevels)
    #expect(scenario.defaults.ramp?.value == .sCurve(midpoint: 0.6, steepness: 9.363))
    #expect(scenario.defaults.shock?.value.name == "laplace")
    #expect(scenario.defaults.annualFailureProbability?.value.count == 5)
    #expect(scenario.defaults.numbers[.launchProbability]?.value.inputNames == ["launch"])
    guard case .distribution(let delay) = scenario.defaults.numbers[.launchDelayYears]?.value,
      case .distribution(let shock) = scenario.defaults.numbers[.annualShockSD]?.value
    else {
      Issue.record("delay and shock are distributions")
      return
    }
    #expect(delay.familyName == "exponential")
    #expect(abs((delay.mean ?? 0) - 0.69) < 1e-15)
    #expect(shock.support == 0.45...0.7)
  }

  @Test func readsSegmentsFactorsAndInputs() throws {
    let text = Self.headline.replacing(
      "  file: plans/list.csv", with: "  list: [{plan_id: a, end_target_yen: 1e8}]")
    let scenario = try ScenarioFile.load(Array(text.utf8), source: "-").scenario
    #expect(scenario.segments.map(\.name) == ["small_core", "prior_ties"])
    #expect(
      scenario.segments.flatMap { $0.conditions.map(\.test) } == [
        .atMost(5), .atLeast(1), .oneOf(["existing"]), .oneOf(["関東", "Kinki"]), .noneOf(["d"]),
      ])
    #expect(scenario.segments[1].multipliers.map(\.input) == [.launchOddsRatio, .attainment])
    #expect(scenario.factors.map(\.name) == ["macro", "region"])
    #expect(scenario.factors[0].autocorrelation.value == 0.3)
    #expect(scenario.factors[1].loadingIsCorrelation)
    #expect(scenario.factors[1].by?.value == "region")
    #expect(scenario.inputs.map(\.name) == ["launch", "prior_ties", "shifted"])
    guard case .modulated(let shifted) = scenario.inputs[2].quantity.value else {
      Issue.record("a distribution that reads an input is modulated")
      return
    }
    #expect(shifted.inputs.map(\.input) == ["launch"])
    // Φ⁻¹ score 1 with mean 0.7 and sd 0.1.
    #expect(abs(shifted.form.value(normalScore: 1) { _ in 0.7 } - 0.8) < 1e-12)
    #expect(scenario.arms.map(\.name) == ["none"])
  }

  @Test func readsPlanListCells() throws {
    let diagnostics = DiagnosticCollector()
    let list = PlanListReader.read(
      Array(("\u{FEFF}" + Self.list.replacing("\n", with: "\r\n")).utf8), source: "p.csv",
      diagnostics: diagnostics)
    #expect(diagnostics.finished().isEmpty)
    #expect(list.columns.count == 7)
    #expect(list.rows.map(\.id) == ["A-1", "A-2"])
    #expect(list.rows.map(\.name) == ["Pyjamas", "A-2"])
    #expect(list.rows[0].attributes["note"] == "a \"pile\" fabric")
    #expect(list.rows[1].attributes["core_employees"] == nil)
    #expect(list.rows[0].settings.ramp?.value == .linear)
    let target = list.rows[0].settings.numbers[.endTargetYen]
    #expect(target?.location == SourceLocation(file: "p.csv", line: 2, column: 18))
    guard case .constant(1e8) = target?.value else {
      Issue.record("a quoted amount may have grouped digits")
      return
    }
  }

  @Test func leavesStandardsWhereNothingIsStated() throws {
    let text = "renkei: 1\nplans: {list: [{plan_id: a, end_target_yen: 1e8}]}"
    let scenario = try ScenarioFile.load(Array(text.utf8), source: "dir/my.scenario.yaml").scenario
    #expect(scenario.title == "my.scenario")
    #expect(scenario.horizonYears.value == 5)
    #expect(scenario.arms.map(\.name) == ["as_planned"])
    #expect(scenario.goalYen == nil)
    guard case .constant(0.05) = scenario.creditCorrelation.value,
      case .constant(0) = scenario.optimismCommonShare.value
    else {
      Issue.record("correlation is 0.05 and common share 0 by default")
      return
    }
  }

  @Test func readsJSON() throws {
    let text = """
      {
      \t"renkei": 1, "simulation": {"paths": 1e6, "seed": 18446744073709551615},
      \t"plans": {"list": [{"plan_id": "a", "end_target_yen": 1e8, "attainment": {"normal": {"mean": 1, "sd": 0.1}}}]}
      }
      """
    let scenario = try ScenarioFile.load(Array(text.utf8), source: "s.json").scenario
    #expect(scenario.simulation == SimulationSettings(paths: 1_000_000, seed: .max))
    #expect(scenario.plans.rows.map(\.id) == ["a"])
  }
}
