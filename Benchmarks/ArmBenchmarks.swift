// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiEngine
import RenkeiFiles
import RenkeiModel

/// What arms cost: the benchmark model B101 with the money of its plans under one, two and five arms,
/// every measure and an effect of each; and the headline, beside one arm of it.
struct ArmBenchmarks {
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

  func groups() throws -> [BenchmarkGroup] { [try benchmarkModel(), try headline()] }

  /// Beside the scalar loop, which knows no money; five arms beside two.
  private func benchmarkModel() throws -> BenchmarkGroup {
    let paths = BenchmarkBuild.isOptimised ? 20_000 : 512
    var cases = PortfolioBenchmarks.scalarCases()
    for count in BenchmarkBuild.sizes([0, 1, 2, 5], debug: [0, 2]) {
      let engine = try Self.engine(model: Self.benchmarkModel(arms: count), paths: paths)
      cases.append(
        BenchmarkCase(
          Self.name(count), items: paths * PortfolioBenchmarks.planYears,
          peer: count > 2 ? Self.name(2) : PortfolioBenchmarks.peer
        ) { _ = try engine.run() })
    }
    return group("B101 by arms", cases)
  }

  /// Beside one arm.
  private func headline() throws -> BenchmarkGroup {
    let paths = BenchmarkBuild.isOptimised ? 20_000 : 512
    let model = try BenchmarkScenario.model("support-options")
    let names = model.arms.map(\.name)
    return try group(
      "headline by arms",
      BenchmarkBuild.sizes([1, 2, 5], debug: [1]).map { count in
        let arms = model.keepingArms(named: Array(names.prefix(count)))
        let engine = try Self.engine(model: arms, paths: paths)
        return BenchmarkCase(
          Self.name(count), items: paths * model.plans.count * model.horizonYears,
          peer: Self.name(1)
        ) { _ = try engine.run() }
      })
  }

  private func group(_ name: String, _ cases: [BenchmarkCase]) -> BenchmarkGroup {
    BenchmarkGroup(
      name: name, unit: .nanoseconds(per: "plan-year"),
      rounds: BenchmarkBuild.isOptimised ? 7 : 1, cases: cases)
  }

  private static func name(_ arms: Int) -> String {
    arms == 0 ? "no support" : arms == 1 ? "1 arm" : "\(arms) arms"
  }

  private static func engine(model: ProjectionModel, paths: Int) throws -> VectorEngine {
    try VectorEngine(
      model: model,
      options: SimulationOptions(paths: paths, seed: 1, threads: 1, planQuantiles: false))
  }

  /// The benchmark model with some of the arms, without support where there is none.
  private static func benchmarkModel(arms count: Int) throws -> ProjectionModel {
    let path = BenchmarkScenario.path("benchmark-b101")
    var text = try String(contentsOfFile: path, encoding: .utf8)
    if count > 0 {
      // An arm that does not run is no baseline.
      text += count > 1 ? support : support.replacing("baseline_arm: none", with: "")
      text += "arms: {" + arms.prefix(count).joined(separator: ", ") + "}\n"
    }
    return try ScenarioFile.load(Array(text.utf8), source: path).scenario.resolved()
  }
}
