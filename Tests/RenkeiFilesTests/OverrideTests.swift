// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import Testing

@testable import RenkeiFiles

/// Values of the command line laid over a scenario.
@Suite struct OverrideTests {
  static let scenario = """
    renkei: 1
    horizon_years: 3
    inputs: {u: 0.5, cap_yen: 3億円}
    factors: {macro: {loading: 0.2, autocorrelation: 0.3}}
    report: {groups: [region]}
    plans:
      defaults: {attainment: {lognormal: {median: 0.3, log_sd: 1.2}}}
      segments: {kinki: {where: {region: Kinki}, set: {annual_shock_sd: 0.4}}}
      list: [{plan_id: a, end_target_yen: 1e8, region: Kinki}]

    """

  private func load(_ arguments: String...) throws -> Scenario {
    try ScenarioFile.load(
      Array(Self.scenario.utf8), source: "s.yaml",
      overrides: arguments.map { try #require(ScenarioOverride($0)) }
    ).scenario
  }

  private func problems(_ argument: String) throws -> [String] {
    do {
      _ = try load(argument)
      return []
    } catch let report as DiagnosticReport {
      return report.diagnostics.map(\.description)
    }
  }

  @Test func setsNumbersByPath() throws {
    let scenario = try load(
      "horizon_years=7", "factors.macro.loading=0.4", "goal.cumulative_revenue_yen=1972億円",
      "plans.segments.kinki.set.annual_shock_sd=0.6", "inputs.u=70%", "simulation.paths=1e3")
    #expect(scenario.horizonYears.value == 7)
    #expect(scenario.horizonYears.location.description == "--set horizon_years")
    #expect(scenario.goalYen?.value == 197.2e9)
    #expect(scenario.simulation.paths == 1_000)
    guard case .constant(0.4) = scenario.factors[0].loading.value,
      case .constant(0.6)? = scenario.segments[0].settings.numbers[.annualShockSD]?.value,
      case .constant(0.7) = scenario.inputs[0].quantity.value
    else {
      Issue.record("values of the command line hold")
      return
    }
    #expect(scenario.factors[0].autocorrelation.value == 0.3)
  }

  @Test func replacesDistributionsWholeAndInPart() throws {
    let whole = try load("plans.defaults.attainment={normal: {mean: 2, sd: 1}}")
    let part = try load("plans.defaults.attainment.lognormal.median=0.4")
    guard case .distribution(let normal)? = whole.defaults.numbers[.attainment]?.value,
      case .distribution(let lognormal)? = part.defaults.numbers[.attainment]?.value
    else {
      Issue.record("both are distributions")
      return
    }
    #expect(normal.mean == 2)
    #expect(abs(lognormal.quantile(normalScore: 0) - 0.4) < 1e-15)
  }

  @Test func theLaterWinsAndNullRemoves() throws {
    let scenario = try load(
      "horizon_years=7", "horizon_years=8", "report={quantiles: [0.2]}", "report.groups=null",
      "factors={region: {loading: 0.1, by: region}}", "title=a=b")
    #expect(scenario.horizonYears.value == 8)
    #expect(scenario.report.groupings.isEmpty)
    #expect(scenario.report.quantileLevels == [0.05, 0.2, 0.5, 0.95])
    #expect(scenario.factors.map(\.name) == ["macro", "region"])
    #expect(scenario.title == "a=b")
  }

  @Test func pathsCountFromTheWorkingFolder() throws {
    let folder = try TemporaryFolder()
    let list = try folder.file("list.csv", "plan_id,end_target_yen,region\nz,1,Kinki\n")
    #expect(
      try load("plans.list=null", "plans.file=\(list)").plans.rows.map(\.id) == ["z"])
    let place = SourceLocation(file: "--set plans/file")
    #expect(StatedPath.resolved("x.csv", statedAt: place) == "x.csv")
    let inFile = SourceLocation(file: "a/b.yaml", line: 1, column: 1)
    #expect(StatedPath.resolved("x.csv", statedAt: inFile) == "a/x.csv")
  }

  @Test(arguments: ["", "a", "=1", "a..b=1", ".a=1", "a.=1", "a\u{202E}b=1", "a\u{0}=1"])
  func refusesOtherArguments(_ argument: String) {
    #expect(ScenarioOverride(argument) == nil)
  }

  /// Arguments with everything that is reported.
  @Test(arguments: cases) func reports(_ input: BadInput) throws {
    let key = input.text.prefix { $0 != "=" }
    #expect(try problems(input.text) == input.problems.map { "--set \(key)" + $0 })
  }

  private static func attainment(_ value: String, _ problem: String) -> BadInput {
    BadInput(
      value, "plans.defaults.attainment=\(value)",
      [": error: plans.defaults.attainment: \(problem)"])
  }

  static let cases: [BadInput] = [
    attainment("010", "leading zeros are not allowed (got '010'; write 10)"),
    attainment(
      "1:30",
      "times and base-60 numbers are not allowed (got '1:30'; write a plain decimal number)"),
    attainment("1_000", "digits must not be separated by '_' (got '1_000'; write 1000)"),
    attainment("1,000", "digits must not be separated by ',' (got '1,000'; write 1000)"),
    attainment("0x1F", "hexadecimal numbers are not allowed (got '0x1F'; write 31)"),
    attainment(
      "１．５", "full-width characters are not allowed in a number (got '１．５'; write 1.5)"),
    attainment(".nan", "'not a number' is not allowed (got '.nan')"),
    attainment("inf", "infinity is not allowed (got 'inf')"),
    attainment("1e999", "the number is too large (got '1e999')"),
    attainment("no", "expected a number, not a yes-or-no word (got 'no')"),
    attainment("-1", "the number is out of range (got '-1'; allowed: from 0 to 1e6)"),
    attainment("3億円", "expected a share, not an amount in yen (got '3億円')"),
    attainment(
      "\"1\"", "expected a number, but quotes make it text (got '1'; leave out the quotes)"),
    attainment("", "the value is missing (write null to remove the key)"),
    attainment("# none", "the value is missing (write null to remove the key)"),
    BadInput(
      "negative sd", "plans.defaults.attainment={normal: {mean: 1, sd: -1}}",
      [
        ": error: plans.defaults.attainment.normal.sd: sd must be greater than 0 (got '-1')"
      ]),
    BadInput(
      "probability above 1", "plans.defaults.launch_probability=1.01",
      [
        ": error: plans.defaults.launch_probability: the number is out of range (got '1.01'; allowed: from 0 to 1)"
      ]),
    BadInput(
      "unknown key", "plans.defaults.attainmnt=1",
      [": error: the key is not known (did you mean 'attainment'?)"]),
    BadInput(
      "unknown root", "plan.defaults=1",
      [": error: the key is not known (did you mean 'plans'?)"]),
    BadInput(
      "unknown factor", "factors.macor.loading=1",
      [
        ": error: there is no 'macor' in 'factors', and a path cannot add one (did you mean 'macro'?)"
      ]),
    BadInput(
      "unknown input", "inputs.rate=1",
      [": error: there is no 'rate' in 'inputs', and a path cannot add one (allowed: u, cap_yen)"]),
    BadInput(
      "unknown parameter", "plans.defaults.attainment.lognormal.mean=1",
      [
        ": error: there is no 'mean' in 'plans.defaults.attainment.lognormal', and a path cannot add one (did you mean 'median'?)"
      ]),
    BadInput(
      "list element", "report.groups[1]=sector",
      [
        ": error: elements of a list cannot be set one by one (set the whole list: report.groups=[…])"
      ]),
    BadInput(
      "list index", "plans.list.0={plan_id: b}",
      [
        ": error: 'plans.list' is a list, whose elements cannot be set one by one (set the whole list: plans.list=[…])"
      ]),
    BadInput(
      "below a number", "horizon_years.first=1",
      [
        ": error: 'horizon_years' is a single value without keys below it (set the whole: horizon_years=…)"
      ]),
    BadInput(
      "below nothing", "plans.defaults.ramp.bass.p=1",
      [
        ": error: nothing is stated for 'plans.defaults.ramp', so that no part of it can be set (set the whole: plans.defaults.ramp=…)"
      ]),
    BadInput(
      "nothing to remove", "goal.cumulative_revenue_yen=null",
      [
        ": error: goal.cumulative_revenue_yen: there is nothing to remove: the key is not stated below"
      ]),
    BadInput(
      "extends", "extends=b.yaml",
      [
        ": error: extends: the extended file cannot be changed here (write a scenario that extends the other file)"
      ]),
    BadInput(
      "alias", "title=*a",
      [
        ":1:1: error: aliases are not allowed (write the value out, or put text that begins with '*' in quotes)"
      ]),
    BadInput(
      "open bracket", "report.groups=[region",
      [
        ":2:1: error: YAML syntax: did not find expected ',' or ']' (while parsing a flow sequence, which begins in line 1) (separate entries by ', ' and close the bracket)"
      ]),
    BadInput(
      "two documents", "title=a\n---\nb",
      [
        ":2:1: error: the file holds more than one document (keep one scenario per file, without '---' between parts)"
      ]),
  ]
}
