// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
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

  private static let isQuick = !BenchmarkTable.isOptimised

  @Test func moneyOfArms() throws {
    let paths = Self.isQuick ? 512 : 50_000
    let scalarPaths = Self.isQuick ? 50 : 5_000
    guard let generator = cgsl_taus2() else { return }
    var cases: [(name: String, paths: Int, body: () throws -> Void)] = []
    for arms in Self.armCounts {
      let engine = try Self.engine(arms: arms, paths: paths)
      cases.append((arms == 0 ? "no support" : "\(arms) arms", paths, { _ = try engine.run() }))
    }
    let scalar = { _ = ScalarB101(paths: scalarPaths, seed: 1, generator: generator) }
    cases.append(("scalar gsl_ran_* taus2, no support", scalarPaths, scalar))
    // In turn, so that a disturbance meets all alike.
    let clock = ContinuousClock()
    var seconds = cases.map { _ in [Double]() }
    for _ in 0..<(Self.isQuick ? 1 : 7) {
      for (place, item) in cases.enumerated() {
        let start = clock.now
        try item.body()
        seconds[place].append((clock.now - start) / .seconds(1))
      }
    }
    var table = BenchmarkTable()
    for (place, item) in cases.enumerated() {
      table.add(
        group: "B101 with money", name: item.name, items: item.paths * 505, unit: "plan-year",
        seconds: seconds[place])
    }
    print(table.text(title: "Money of arms"))
    print(Self.ratios(table.rows))
    #expect(table.rows.allSatisfy { $0.nanosecondsPerItem > 0 })
  }

  private static let armCounts = [0, 1, 2, 5]

  /// The benchmark model with some of the arms, without support where there is none.
  private static func engine(arms count: Int, paths: Int) throws -> VectorEngine {
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Scenarios/benchmark-b101.yaml").path
    var text = try String(contentsOfFile: path, encoding: .utf8)
    if count > 0 {
      // An arm that does not run is no baseline.
      text += count > 1 ? support : support.replacing("baseline_arm: none", with: "")
      text += "arms: {" + arms.prefix(count).joined(separator: ", ") + "}\n"
    }
    let model = try ScenarioFile.load(Array(text.utf8), source: path).scenario.resolved()
    return try VectorEngine(
      model: model,
      options: SimulationOptions(paths: paths, seed: 1, threads: 1, planQuantiles: false))
  }

  /// What money and arms cost beside the same model without them, and beside the scalar loop, from
  /// the fastest repetitions.
  private static func ratios(_ rows: [BenchmarkRow]) -> String {
    let (plain, one, two, five) = (rows[0], rows[1], rows[2], rows[3])
    let pairs = [(one, plain), (two, plain), (five, two), (two, rows[4])]
    return pairs.map { row, peer in
      let ratio = row.nanosecondsPerItem / peer.nanosecondsPerItem
      return String(format: "%6.2f", ratio) + "  \(row.name) / \(peer.name)"
    }.joined(separator: "\n") + "\n"
  }
}
