// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDraws
import RenkeiFiles
import RenkeiModel
import Testing

@testable import RenkeiAnalysis

@Suite("Sensitivity at the edges")
struct SensitivityEdgeTests {
  private static func head(goal: String = "1e8") -> String {
    """
    renkei: 1
    horizon_years: 2
    goal: {cumulative_revenue_yen: \(goal)}

    """
  }

  private static func result(_ yaml: String, paths: Int = 600) throws -> SensitivityResult {
    try SensitivityAnalysisTests.result(yaml, paths: paths)
  }

  @Test("a scenario without uncertainty has no rows")
  func certain() throws {
    let result = try Self.result(
      Self.head() + "plans: {list: [{plan_id: a, end_target_yen: 1e8}]}")
    #expect(result.rows.isEmpty && result.swings.isEmpty && result.runs == 2)
    #expect(result.arms.count == 1 && result.arms[0].standardErrorYen == 0)
  }

  @Test("a total that never varies has no shares and no correlation; what is held still has a mean")
  func inert() throws {
    let result = try Self.result(
      Self.head() + """
        plans: {list: [{plan_id: a, end_target_yen: 1e8}]}
        inputs: {unused: {uniform: {min: 0, max: 1}}}
        """)
    #expect(result.rows.count == 9)
    for row in result.rows {
      switch row.method {
      case .tornadoLow, .tornadoHigh: #expect(row.value != nil && row.rank == 1)
      case .spearman, .sobolFirst, .sobolTotal:
        #expect(row.value == nil && row.standardError == nil && row.interval95 == nil)
        #expect(row.rank == nil)
      }
    }
  }

  @Test("a goal that is never or always reached has no shares", arguments: ["1e15", "1"])
  func sureGoal(goal: String) throws {
    let result = try Self.result(
      Self.head(goal: goal) + """
        plans:
          list: [{plan_id: a, end_target_yen: 1e8, attainment: {uniform: {min: 0.5, max: 1}}}]
        inputs: {unused: {uniform: {min: 0, max: 1}}}
        """)
    let shares = result.rows.filter { $0.method == .sobolTotal }
    #expect(shares.filter { $0.metric == .goalProbability }.allSatisfy { $0.value == nil })
    #expect(shares.filter { $0.metric == .cumulativeRevenue }.allSatisfy { $0.value != nil })
    let end = try #require(
      result.rows.first { $0.metric == .goalProbability && $0.method == .tornadoLow })
    #expect(end.value == (goal == "1" ? 1 : 0) && end.standardError == 0)
    // None or all of 600 paths leaves room up to about 0.6%.
    let interval = try #require(end.interval95)
    #expect(interval.upperBound - interval.lowerBound > 0.005)
  }

  @Test("without a goal there are no rows about it")
  func noGoal() throws {
    let yaml =
      "renkei: 1\nhorizon_years: 1\n" + """
        plans: {list: [{plan_id: a, end_target_yen: 1e8, attainment: {uniform: {min: 0.5, max: 1}}}]}
        """
    let result = try Self.result(yaml)
    #expect(result.rows.map(\.method) == [.sobolFirst, .sobolTotal])
    #expect(result.rows.allSatisfy { $0.metric == .cumulativeRevenue })
    #expect(result.arms[0].goal == nil)
  }

  @Test("revenue without a variance has no shares and no error, but ranks")
  func infiniteVariance() throws {
    let result = try Self.result(
      Self.head(goal: "1e6") + """
        plans:
          list: [{plan_id: a, end_target_yen: 1e8, attainment: {pareto: {min: 0.005, exponent: 2}}}]
          defaults: {launch_probability: $p}
        inputs: {p: {uniform: {min: 0.2, max: 0.9}}}
        """)
    for row in result.rows where row.metric == .cumulativeRevenue {
      switch row.method {
      case .tornadoLow, .tornadoHigh: #expect(row.value != nil && row.standardError == nil)
      case .spearman: #expect(row.value.map { $0 > 0 } == true)
      case .sobolFirst, .sobolTotal: #expect(row.value == nil)
      }
    }
    #expect(result.rows.contains { $0.metric == .goalProbability && $0.method == .sobolTotal })
  }

  /// Support, factors, events and inputs of which two are correlated.
  private static let rich = """
    renkei: 1
    horizon_years: 3
    goal: {cumulative_revenue_yen: 4e8}
    simulation: {sampling: antithetic, paths: 8192, seed: 1}
    plans:
      defaults:
        attainment: {lognormal: {median: 0.5, log_sd: 0.7}}
        annual_shock_sd: 0.3
        launch_probability: $launch
        launch_delay_years: {exponential: {mean: 0.4}}
        annual_failure_probability: 0.05
      list:
        - {plan_id: a, end_target_yen: 2e8}
        - {plan_id: b, end_target_yen: 3e8}
    inputs: {launch: {beta: {a: 14, b: 6}}, rate: {uniform: {min: 0.01, max: 0.04}}, lift: {normal: {mean: 0.1, sd: 0.05}}}
    correlations: {rank: [[lift, launch, 0.5]]}
    optimism: {common_share: 0.3}
    credit: {correlation: {uniform: {min: 0, max: 0.2}}}
    factors: {macro: {loading: {uniform: {min: 0.1, max: 0.4}}}}
    events: {slump: {annual_probability: 0.2, multiplier: {uniform: {min: 0.5, max: 0.9}}}}
    support:
      finance: {investment_yen: {share_of_target: {lognormal: {p5: 0.2, p95: 0.8}}}}
      private_loan: {amount_yen: {share_of_investment: 0.4}, rate: $rate, loss_given_default: {beta: {a: 3, b: 1}}}
      subsidy: {take_up: 0.8, amount_yen: {lognormal: {median: 2e7, log_sd: 0.5}}, effects: {log_attainment: $lift}}
    arms: {with: [subsidy], without: []}
    calibrated_to: with
    """

  @Test("everything that is drawn is asked about, once, and in a fixed order")
  func names() throws {
    let result = try Self.result(Self.rich, paths: 64)
    let own = result.rows.filter {
      $0.arm == "without" && $0.metric == .cumulativeRevenue && $0.method == .sobolTotal
    }
    #expect(
      own.map(\.input) == [
        "launch+lift", "rate", "optimism.factor", "credit.correlation", "credit.factor",
        "factors.macro.loading", "factors.macro", "events.slump", "plans.attainment",
        "plans.launch",
        "plans.launch_delay_years", "plans.annual_shock", "plans.failure", "support.take_up",
        "support.amounts", "support.loss_given_default", "support.finance",
      ])
    #expect(own.first { $0.input == "plans.annual_shock" }?.level == .planYear)
    #expect(own.first { $0.input == "events.slump" }?.level == .year)
    let ends = result.rows.filter { $0.arm == "with" && $0.method == .tornadoLow }
    #expect(Set(ends.map(\.input)).count == 7)
    // What changes nothing under an arm does so on every path.
    let idle = result.rows.first {
      $0.arm == "with" && $0.input == "support.loss_given_default" && $0.method == .sobolTotal
    }
    #expect(idle?.value == 0 && idle?.interval95 == 0...0)
    #expect(Set(own.compactMap(\.rank)).count == own.count)
  }

  @Test("the same for any number of threads, instruction set and order of the plan list")
  func determinism() throws {
    func text(_ yaml: String, threads: Int, _ set: InstructionSet = .best) throws -> String {
      let model = try ScenarioFile.load(Array(yaml.utf8), source: "s.yaml").scenario.resolved()
      let result = try SensitivityAnalysis(
        model: model, options: SimulationOptions(paths: 4_200, seed: 3, threads: threads),
        instructionSet: set
      ).run()
      return "\(result.rows) \(result.swings) \(result.arms)"
    }
    let yaml = SensitivityAnalysisTests.yaml("correlations: {rank: [[x, y, 0.5]]}")
    let one = try text(yaml, threads: 1)
    #expect(try text(yaml, threads: 3) == one)
    if let least = InstructionSet.available.min() {
      #expect(try text(yaml, threads: 2, least) == one)
    }
    var turned = yaml.split(separator: "\n").map(String.init)
    let place = try #require(turned.firstIndex { $0.contains("plan_id: a") })
    turned.swapAt(place, place + 1)
    #expect(try text(turned.joined(separator: "\n"), threads: 2) == one)
  }
}
