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
    BadInput(
      "term 0", support("policy_loan: {term_years: 0}"),
      [
        ":4:29: error: support.policy_loan.term_years: the number is out of range (got '0'; allowed: from 1 to 50)"
      ]),
    BadInput(
      "term that is not whole", support("private_loan: {term_years: 2.5}"),
      [
        ":4:30: error: support.private_loan.term_years: expected a whole number (got '2.5'; allowed: from 1 to 50)"
      ]),
    BadInput(
      "grace as long as the term", support("policy_loan: {term_years: 5, grace_years: 5}"),
      [
        ":4:45: error: support.policy_loan.grace_years: the grace period must end before the term of 5 years (got '5'; allowed: a whole number from 0 to 4)"
      ]),
    BadInput(
      "grace of the standard term", support("private_loan: {grace_years: 1}"),
      [
        ":4:31: error: support.private_loan.grace_years: the grace period must end before the term of 1 year (got '1'; allowed: 0)"
      ]),
    BadInput(
      "rate of -100%", support("policy_loan: {base_rate: -100%}"),
      [
        ":4:28: error: support.policy_loan.base_rate: the number is out of range (got '-100%'; allowed: above -1 to 10)"
      ]),
    BadInput(
      "uncertain rate below -100%", support("policy_loan: {base_rate: {normal: {mean: 0, sd: 1}}}"),
      [
        ":4:28: error: support.policy_loan.base_rate: can fall to -8.3 (allowed: above -1 to 10; limit it with truncate: [low, high])"
      ]),
    BadInput(
      "special rate of -100%", support("policy_loan: {base_rate: -0.5, special_discount: 0.5}"),
      [
        ":4:52: error: support.policy_loan.special_discount: the special rate, base_rate less special_discount, can fall to -1 (allowed: above -1 on every draw)"
      ]),
    BadInput(
      "cap below floor", support("subsidy: {cap_yen: 1e6, floor_yen: 2e6}"),
      [
        ":4:22: error: support.subsidy.cap_yen: the largest grant is below the smallest (got '1000000'; allowed: at least subsidy.floor_yen, 2000000 yen)"
      ]),
    BadInput(
      "coverage above 1", support("guarantee: {coverage: 120%}"),
      [
        ":4:25: error: support.guarantee.coverage: the number is out of range (got '120%'; allowed: from 0 to 1)"
      ]),
    BadInput(
      "unknown measure in the block", support("subsidies: {take_up: 1}"),
      [":4:3: error: support.subsidies: the key is not known (did you mean 'subsidy'?)"]),
    BadInput(
      "unknown measure of an arm", support(measures, "arms: {full: [subsidy, advise]}\n"),
      [
        ":6:24: error: arms.full[2]: there is no support measure of that name (got 'advise'; allowed: subsidy, policy_loan, guarantee, tax_incentive, advice; did you mean 'advice'?)"
      ]),
    BadInput(
      "measure listed twice", support(measures, "arms: {full: [subsidy, subsidy]}\n"),
      [":6:24: error: arms.full: the measure is listed twice (got 'subsidy')"]),
    BadInput(
      "measure that is not described", support(measures, "arms: {full: [guarantee]}\n"),
      [
        ":6:15: error: arms.full: the arm offers a measure that the scenario does not describe (got 'guarantee'; describe it below support.guarantee)"
      ]),
    BadInput(
      "unknown calibrated_to", support(measures, "arms: {full: [subsidy]}\ncalibrated_to: ful\n"),
      [
        ":7:16: error: calibrated_to: no arm has this name (got 'ful'; allowed: full; did you mean 'full'?)"
      ]),
    BadInput(
      "unknown baseline_arm", support(measures, "arms: {full: [subsidy]}\nbaseline_arm: none\n"),
      [":7:15: error: baseline_arm: no arm has this name (got 'none'; allowed: full)"]),
    BadInput(
      "an arm twice", support(measures, "arms: {full: [subsidy], full: []}\n"),
      [
        ":6:25: error: full: the key is stated twice in this map, first in line 6 (keep one of them)"
      ]),
    BadInput(
      "set on the calibrated arm",
      support(
        measures, "arms: {full: {measures: [subsidy], set: {support.subsidy.cap_yen: 1e6}}}\n"),
      [
        ":6:67: error: arms.full.set.support.subsidy.cap_yen: the plans' inputs were observed with this arm, so that its terms are those of the support block (change the support block, or calibrate to another arm)"
      ]),
    BadInput(
      "set on the arm named calibrated",
      support(
        measures,
        "arms: {none: [], full: {set: {support.subsidy.cap_yen: 1e6}}}\ncalibrated_to: full\n"),
      [
        ":6:56: error: arms.full.set.support.subsidy.cap_yen: the plans' inputs were observed with this arm, so that its terms are those of the support block (change the support block, or calibrate to another arm)"
      ]),
    BadInput(
      "set of an unknown term",
      support(measures, "arms: {full: [], half: {set: {support.subsidy.cap: 1e6}}}\n"),
      [
        ":6:31: error: arms.half.set.support.subsidy.cap: no term has this path (allowed: support.<measure>.<term>, such as support.subsidy.cap_yen; did you mean 'support.subsidy.rate'?)"
      ]),
    BadInput(
      "set of a plan's number",
      support(measures, "arms: {full: [], half: {set: {support.subsidy.amount_yen: 1e6}}}\n"),
      [
        ":6:31: error: arms.half.set.support.subsidy.amount_yen: plans have drawn it before any arm: an arm changes terms and effects (change it in the support block, for all arms)"
      ]
    ),
    BadInput(
      "set of the discount rate",
      support(measures, "arms: {full: [], half: {set: {support.discount_rate: 1%}}}\n"),
      [
        ":6:31: error: arms.half.set.support.discount_rate: no term has this path (allowed: support.<measure>.<term>, such as support.subsidy.cap_yen)"
      ]),
    BadInput(
      "cap of an arm below the floor",
      support(
        "subsidy: {cap_yen: 3e6, floor_yen: 2e6}",
        "arms: {full: [], half: {set: {support.subsidy.cap_yen: 1e6}}}\n"),
      [
        ":5:56: error: arms.half.set.support.subsidy.cap_yen: the largest grant is below the smallest (got '1000000'; allowed: at least subsidy.floor_yen, 2000000 yen)"
      ]),
    BadInput(
      "grace of an arm",
      support(
        "policy_loan: {term_years: 5}",
        "arms: {full: [], half: {set: {support.policy_loan.grace_years: 7}}}\n"),
      [
        ":5:64: error: arms.half.set.support.policy_loan.grace_years: the grace period must end before the term of 5 years (got '7'; allowed: a whole number from 0 to 4)"
      ]),
    BadInput(
      "coverage of an arm",
      support("guarantee: {}", "arms: {full: [], half: {set: {support.guarantee.coverage: 2}}}\n"),
      [
        ":5:59: error: arms.half.set.support.guarantee.coverage: the number is out of range (got '2'; allowed: from 0 to 1)"
      ]),
    BadInput(
      "method", support("policy_loan: {method: bullet}"),
      [
        ":4:25: error: support.policy_loan.method: the value is not known (got 'bullet'; allowed: equal_principal, level_payment)"
      ]),
    BadInput(
      "method of an arm",
      support(
        "policy_loan: {}", "arms: {full: [], half: {set: {support.policy_loan.method: level}}}\n"),
      [
        ":5:59: error: arms.half.set.support.policy_loan.method: the value is not known (got 'level'; allowed: equal_principal, level_payment)"
      ]),
    BadInput(
      "share of itself", support("finance: {investment_yen: {share_of_investment: 0.4}}"),
      [
        ":4:29: error: support.finance.investment_yen: an investment cannot be a share of itself (allowed: yen, {share_of_target: x} or a distribution)"
      ]),
    BadInput(
      "negative share", support("finance: {own_funds_yen: {share_of_target: -1}}"),
      [
        ":4:46: error: support.finance.own_funds_yen.share_of_target: the number is out of range (got '-1'; allowed: from 0 to 1000)"
      ]),
    BadInput(
      "two shares",
      support("finance: {own_funds_yen: {share_of_target: 1, share_of_investment: 1}}"),
      [
        ":4:28: error: support.finance.own_funds_yen: only one share can stand here (allowed: {share_of_target: x} or {share_of_investment: x})"
      ]),
    BadInput(
      "tax of 100%", support("finance: {tax_rate: 1}"),
      [
        ":4:23: error: support.finance.tax_rate: the number is out of range (got '1'; allowed: from 0 to below 1)"
      ]),
    BadInput(
      "uncertain cap", support("subsidy: {cap_yen: {uniform: {min: 1, max: 2}}}"),
      [
        ":4:22: error: support.subsidy.cap_yen: expected a plain number: the input cannot be uncertain"
      ]),
    BadInput(
      "odds ratio 0", support("advice: {effects: {launch_odds_ratio: 0}}"),
      [
        ":4:41: error: support.advice.effects.launch_odds_ratio: the number is out of range (got '0'; allowed: above 0 to 1e6)"
      ]),
    BadInput(
      "unknown effect", support("advice: {effects: {log_attainement: 0}}"),
      [
        ":4:22: error: support.advice.effects.log_attainement: the key is not known (did you mean 'log_attainment'?)"
      ]),
    BadInput(
      "unknown input", support("policy_loan: {base_rate: $base}"),
      [
        ":4:28: error: support.policy_loan.base_rate: reads a named input, but the scenario has none (got '$base')"
      ]),
    BadInput(
      "cash failure", support("finance: {cash_failure: maybe}"),
      [
        ":4:27: error: support.finance.cash_failure: the value is not known (got 'maybe'; allowed: report, enforce)"
      ]),
    BadInput(
      "after the horizon", support("after_horizon: forget"),
      [
        ":4:18: error: support.after_horizon: the value is not known (got 'forget'; allowed: run_off, performing, truncate)"
      ]),
    BadInput(
      "money of plans in the defaults", BadInput.defaults("margin: 0.3"),
      [
        ":5:5: error: plans.defaults.margin: the key is not known (state it as support.finance.margin)"
      ]),
  ]
}
