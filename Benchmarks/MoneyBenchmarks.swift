// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiEngine
import RenkeiFiles
import RenkeiModel
import Testing

/// The benchmark model B101 with the money of its plans under one, two and five arms: every measure
/// and an effect of each, beside the same model without support.
@Suite(.serialized)
struct MoneyBenchmarks {
  private static let support = """
    support:
      discount_rate: 0.015
      finance:
        investment_yen: {share_of_target: {uniform: {min: 0.3, max: 0.7}}}
        own_funds_yen: {share_of_investment: 0.3}
        margin: 0.25
        fixed_cost_yen: {share_of_target: 0.05}
        credit_line_yen: {share_of_target: 0.02}
        tax_rate: 0.3
        scale_elasticity: 0.5
      private_loan: {amount_yen: {share_of_investment: 0.3}, crowd_in: 0.3, rate: 0.022, term_years: 7, loss_given_default: 0.6}
      subsidy: {take_up: 0.4, amount_yen: {share_of_investment: 0.2}, rate: 66.7%, cap_yen: 30e6, effects: {log_attainment: {normal: {mean: 0.03, sd: 0.03}}}}
      policy_loan: {take_up: 0.5, amount_yen: {share_of_investment: 0.4}, base_rate: 0.018, special_discount: 0.009, special_limit_yen: 27e6, term_years: 15, grace_years: 2, loss_given_default: 0.6, effects: {hazard_ratio: 0.95}}
      guarantee: {take_up: 0.5, coverage: 80%, fee_rate: 0.01}
      tax_incentive: {eligible_share: 0.5, credit_rate: 7%, credit_limit: 20%, carry_forward_years: 1}
      advice: {take_up: 0.7, cost_yen: 1e6, effects: {log_attainment: 0.02}}
    calibrated_to: certified
    baseline_arm: none

    """

  private static let arms = [
    "certified: [subsidy, policy_loan, guarantee, tax_incentive, advice]", "none: []",
    "subsidy: [subsidy]", "loan: [policy_loan, guarantee]",
    "halved: {measures: [subsidy, policy_loan, guarantee, tax_incentive, advice], set: {support.subsidy.cap_yen: 10e6}}",
  ]

  @Test func moneyOfArms() throws {
    let isQuick = !BenchmarkTable.isOptimised
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Scenarios/benchmark-b101.yaml").path
    let plain = try String(contentsOfFile: path, encoding: .utf8)
    let paths = isQuick ? 512 : 50_000
    var table = BenchmarkTable()
    for count in [0, 1, 2, 5] {
      let arms = "arms: {" + Self.arms.prefix(count).joined(separator: ", ") + "}\n"
      let text =
        count == 0
        ? plain
        : plain
          + Self.support.replacing(
            "baseline_arm: none", with: count > 1 ? "baseline_arm: none" : "")
          + arms
      let model = try ScenarioFile.load(Array(text.utf8), source: path).scenario.resolved()
      let engine = try VectorEngine(
        model: model,
        options: SimulationOptions(paths: paths, seed: 1, threads: 1, planQuantiles: false))
      try table.measure(
        group: "B101 with money", name: count == 0 ? "no support" : "\(count) arms",
        items: paths * 505, unit: "plan-year", repetitions: isQuick ? 1 : 5
      ) {
        _ = try engine.run()
      }
    }
    print(table.text(title: "Money of arms"))
    #expect(table.rows.allSatisfy { $0.nanosecondsPerItem > 0 })
  }
}
