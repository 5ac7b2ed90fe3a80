// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import Testing

@testable import RenkeiFiles

/// Support blocks and arms that cannot be meant, through reader and resolver.
@Suite struct SupportProblemTests {
  @Test(arguments: cases) func reports(_ input: BadInput) {
    #expect(Self.problems(input.text) == input.problems.map { "s.yaml" + $0 })
  }

  private static func problems(_ text: String) -> [String] {
    do {
      let loaded = try ScenarioFile.load(Array(text.utf8), source: "s.yaml")
      _ = try loaded.scenario.resolved()
      return []
    } catch let report as DiagnosticReport {
      return report.diagnostics.filter { $0.severity == .error }.map(\.description)
    } catch {
      return ["\(error)"]
    }
  }

  /// A support block whose lines begin at line 4, column 3.
  private static func support(_ lines: String, _ rest: String = "") -> String {
    let indented = lines.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    return BadInput.valid + "support:\n" + indented + "\n" + rest
  }

  private static let measures = "subsidy: {amount_yen: 1e6}\nadvice: {}"

  static let cases: [BadInput] = [
    BadInput("a sound block", support(measures, "arms: {full: [subsidy, advice], none: []}\n"), []),
    BadInput("term 0", support("policy_loan: {term_years: 0}"), ["?"]),
    BadInput("term that is not whole", support("private_loan: {term_years: 2.5}"), ["?"]),
    BadInput(
      "grace as long as the term", support("policy_loan: {term_years: 5, grace_years: 5}"), ["?"]),
    BadInput("grace of the standard term", support("private_loan: {grace_years: 1}"), ["?"]),
    BadInput("rate of -100%", support("policy_loan: {base_rate: -100%}"), ["?"]),
    BadInput(
      "uncertain rate below -100%", support("policy_loan: {base_rate: {normal: {mean: 0, sd: 1}}}"),
      ["?"]),
    BadInput(
      "special rate of -100%", support("policy_loan: {base_rate: -0.5, special_discount: 0.5}"),
      ["?"]),
    BadInput("cap below floor", support("subsidy: {cap_yen: 1e6, floor_yen: 2e6}"), ["?"]),
    BadInput("coverage above 1", support("guarantee: {coverage: 120%}"), ["?"]),
    BadInput("unknown measure in the block", support("subsidies: {take_up: 1}"), ["?"]),
    BadInput(
      "unknown measure of an arm", support(measures, "arms: {full: [subsidy, advise]}\n"), ["?"]),
    BadInput(
      "measure listed twice", support(measures, "arms: {full: [subsidy, subsidy]}\n"), ["?"]),
    BadInput(
      "measure that is not described", support(measures, "arms: {full: [guarantee]}\n"), ["?"]),
    BadInput(
      "unknown calibrated_to", support(measures, "arms: {full: [subsidy]}\ncalibrated_to: ful\n"),
      ["?"]),
    BadInput(
      "unknown baseline_arm", support(measures, "arms: {full: [subsidy]}\nbaseline_arm: none\n"),
      ["?"]),
    BadInput("an arm twice", support(measures, "arms: {full: [subsidy], full: []}\n"), ["?"]),
    BadInput(
      "set on the calibrated arm",
      support(
        measures, "arms: {full: {measures: [subsidy], set: {support.subsidy.cap_yen: 1e6}}}\n"),
      ["?"]),
    BadInput(
      "set on the arm named calibrated",
      support(
        measures,
        "arms: {none: [], full: {set: {support.subsidy.cap_yen: 1e6}}}\ncalibrated_to: full\n"),
      ["?"]),
    BadInput(
      "set of an unknown term",
      support(measures, "arms: {full: [], half: {set: {support.subsidy.cap: 1e6}}}\n"), ["?"]),
    BadInput(
      "set of a plan's number",
      support(measures, "arms: {full: [], half: {set: {support.subsidy.amount_yen: 1e6}}}\n"), ["?"]
    ),
    BadInput(
      "set of the discount rate",
      support(measures, "arms: {full: [], half: {set: {support.discount_rate: 1%}}}\n"), ["?"]),
    BadInput(
      "cap of an arm below the floor",
      support(
        "subsidy: {cap_yen: 3e6, floor_yen: 2e6}",
        "arms: {full: [], half: {set: {support.subsidy.cap_yen: 1e6}}}\n"), ["?"]),
    BadInput(
      "grace of an arm",
      support(
        "policy_loan: {term_years: 5}",
        "arms: {full: [], half: {set: {support.policy_loan.grace_years: 7}}}\n"), ["?"]),
    BadInput(
      "coverage of an arm",
      support("guarantee: {}", "arms: {full: [], half: {set: {support.guarantee.coverage: 2}}}\n"),
      ["?"]),
    BadInput("method", support("policy_loan: {method: bullet}"), ["?"]),
    BadInput(
      "method of an arm",
      support(
        "policy_loan: {}", "arms: {full: [], half: {set: {support.policy_loan.method: level}}}\n"),
      ["?"]),
    BadInput(
      "share of itself", support("finance: {investment_yen: {share_of_investment: 0.4}}"), ["?"]),
    BadInput("negative share", support("finance: {own_funds_yen: {share_of_target: -1}}"), ["?"]),
    BadInput(
      "two shares",
      support("finance: {own_funds_yen: {share_of_target: 1, share_of_investment: 1}}"), ["?"]),
    BadInput("tax of 100%", support("finance: {tax_rate: 1}"), ["?"]),
    BadInput("uncertain cap", support("subsidy: {cap_yen: {uniform: {min: 1, max: 2}}}"), ["?"]),
    BadInput("odds ratio 0", support("advice: {effects: {launch_odds_ratio: 0}}"), ["?"]),
    BadInput("unknown effect", support("advice: {effects: {log_attainement: 0}}"), ["?"]),
    BadInput("unknown input", support("policy_loan: {base_rate: $base}"), ["?"]),
    BadInput("cash failure", support("finance: {cash_failure: maybe}"), ["?"]),
    BadInput("after the horizon", support("after_horizon: forget"), ["?"]),
    BadInput("money of plans in the defaults", BadInput.defaults("margin: 0.3"), ["?"]),
  ]
}
