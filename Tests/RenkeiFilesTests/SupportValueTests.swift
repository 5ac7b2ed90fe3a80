// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import Testing

@testable import RenkeiFiles

/// Amounts, probabilities, effects and arms that are out of range or misspelt, in the file, by `--set`
/// and in cells of the plan list; each with its exact message.
@Suite struct SupportValueTests {
  @Test(arguments: cases) func reports(_ input: BadInput) {
    #expect(errors(input.text) == input.problems.map { "s.yaml" + $0 })
  }

  private func errors(_ text: String, setting arguments: [String] = []) -> [String] {
    diagnostics(text, setting: arguments).filter { $0.severity == .error }.map(\.description)
  }

  /// Everything reported about a scenario, by reader and resolver.
  private func diagnostics(_ text: String, setting arguments: [String] = []) -> [Diagnostic] {
    do {
      let loaded = try ScenarioFile.load(
        Array(text.utf8), source: "s.yaml", overrides: arguments.compactMap(ScenarioOverride.init))
      return try loaded.warnings + loaded.scenario.resolved().warnings
    } catch let report as DiagnosticReport {
      return report.diagnostics
    } catch {
      Issue.record(error)
      return []
    }
  }

  /// One plan that invests, three measures, three arms.
  private static let sound = """
    renkei: 1
    plans: {list: [{plan_id: a, end_target_yen: 1e8}]}
    support:
      finance: {investment_yen: 1e6}
      subsidy: {amount_yen: 1e6, cap_yen: 2e6, floor_yen: 1e5}
      policy_loan: {term_years: 3}
      guarantee: {}
    arms:
      full: [subsidy, policy_loan, guarantee]
      half: {measures: [subsidy], set: {support.subsidy.cap_yen: 1e6}}
      none: []

    """

  @Test func theSoundScenarioIsSound() {
    #expect(diagnostics(Self.sound).isEmpty)
  }

  @Test(arguments: settings) func reportsSettings(_ input: BadInput) {
    let key = input.text.prefix { $0 != "=" }
    #expect(
      errors(Self.sound, setting: [input.text])
        == input.problems.map { "--set \(key): error: " + $0 })
  }

  @Test(
    "terms of an arm are set by path", arguments: ["2e6", "null"]
  )
  func setsTermsOfArms(value: String) throws {
    let argument = "arms.half.set.support.subsidy.cap_yen=\(value)"
    let override = try #require(ScenarioOverride(argument))
    let model = try ScenarioFile.load(
      Array(Self.sound.utf8), source: "s.yaml", overrides: [override]
    ).scenario.resolved()
    #expect(model.arms[1].terms.limitYen(.subsidyCapYen) == 2e6)
    #expect(model.arms[1].changedPaths == (value == "null" ? [] : ["subsidy.cap_yen"]))
    // `set` need not be stated before.
    let other = try #require(ScenarioOverride("arms.other.set.support.subsidy.cap_yen=3e6"))
    let text = Self.sound + "  other: {measures: [subsidy]}\n"
    let added = try ScenarioFile.load(Array(text.utf8), source: "s.yaml", overrides: [other])
    #expect(try added.scenario.resolved().arms[3].terms.limitYen(.subsidyCapYen) == 3e6)
  }

  @Test func aChangeOfWhatIsNotOfferedIsWarnedOf() {
    let argument = "arms.half.set.support.guarantee.coverage=50%"
    #expect(
      diagnostics(Self.sound, setting: [argument]).map(\.description) == [
        "--set arms.half.set.support.guarantee.coverage: warning: arms.half.set.support.guarantee.coverage: changes nothing: the arm does not offer guarantee (add it to the arm's measures, or leave the term out)"
      ])
    let bank = "arms.half.set.support.private_loan.rate=3%"
    #expect(diagnostics(Self.sound, setting: [bank]).isEmpty)
  }

  @Test func moneyWithoutASupportBlockIsWarnedOf() {
    let text = """
      renkei: 1
      plans:
        list: [{plan_id: a, end_target_yen: 1e8, region: x, margin: 0.3}]
        segments: {s: {where: {region: x}, set: {investment_yen: 1e6}}}
      """
    #expect(
      diagnostics(text).map(\.description) == [
        "s.yaml: warning: margin: counts for nothing: the scenario has no support block (describe the programme under 'support')",
        "s.yaml:4:60: warning: investment_yen: counts for nothing: the scenario has no support block (describe the programme under 'support')",
      ])
  }

  /// Cells of columns that hold the money of plans.
  @Test(arguments: [
    ("investment_yen", "-5", "the number is out of range (got '-5'; allowed: from 0 to 1e15)"),
    ("investment_yen", "50%", "expected an amount in yen, not a percentage (got '50%')"),
    (
      "investment_yen", "{share_of_target: 0.4}", "expected a number (got '{share_of_target: 0.4}')"
    ),
    ("subsidy_take_up", "1.2", "the number is out of range (got '1.2'; allowed: from 0 to 1)"),
    ("advice_take_up", "-1%", "the number is out of range (got '-1%'; allowed: from 0 to 1)"),
    ("margin", "2", "the number is out of range (got '2'; allowed: from -1 to 1)"),
    ("tax_rate", "1", "the number is out of range (got '1'; allowed: from 0 to below 1)"),
    (
      "policy_loan_loss_given_default", "-0.1",
      "the number is out of range (got '-0.1'; allowed: from 0 to 1)"
    ),
    ("subsidy_amount_yen", "high", "expected a number (got 'high')"),
    (
      "cash_failure", "never",
      "the value is not known (got 'never'; allowed: report, enforce)"
    ),
  ]) func reportsCells(_ column: String, _ cell: String, _ problem: String) {
    #expect(
      listProblems("plan_id,\(column),end_target_yen\nA,\(cell),1\n") == [
        "p.csv:2:3: error: \(column): " + problem
      ])
  }
}
