// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiEngine
import RenkeiFiles
import RenkeiModel
import Testing

/// What the support block of the programme of 2005 must not change.
@Suite struct SupportScenarioTests {
  /// Runs the headline scenario as `change` leaves it.
  private func run(
    paths: Int, arms: [String], _ change: (inout Scenario) -> Void = { _ in }
  ) throws -> SimulationResult {
    var scenario = try ScenarioFile.load(
      path: ShippedScenario.path("shinrenkei-2005.yaml")
    ).scenario
    change(&scenario)
    let model = try scenario.resolved().keepingArms(named: arms)
    return try VectorEngine(
      model: model,
      options: SimulationOptions(
        paths: paths, seed: model.simulation.seed, threads: 2, planQuantiles: false),
      instructionSet: .best
    ).run().result
  }

  @Test("the supported arm sells what the scenario without a support block sells, bit for bit")
  func calibratedArm() throws {
    let supported = try run(paths: 1_000, arms: ["certified", "none"]).arms
    let bare = try run(paths: 1_000, arms: ["as_planned"]) { scenario in
      scenario.support = nil
      scenario.arms = [.asPlanned]
      scenario.calibratedTo = nil
      scenario.baselineArm = nil
    }.arms
    for (a, b) in zip(supported[0].portfolio, bare[0].portfolio) {
      #expect(a.amount.mean == b.amount.mean)
      #expect(a.amount.standardDeviation == b.amount.standardDeviation)
      #expect(a.amount.quantiles == b.amount.quantiles)
    }
    let totals = supported.compactMap { $0.portfolio.last?.amount.mean }
    #expect(totals.count == 2 && totals[0] > totals[1], "the other arm is another portfolio")
    for (a, b) in zip(supported[0].plans, bare[0].plans) {
      #expect(a.amount.mean == b.amount.mean && a.probabilityActive == b.probabilityActive)
    }
    #expect(supported[0].goal?.hits == bare[0].goal?.hits)
  }

  @Test("survival is the stated one within two points also where a lack of cash ends a business")
  func enforcedCash() throws {
    let result = try run(paths: 2_000, arms: ["certified"]) { scenario in
      scenario.support?.plans.cashFailure = Stated(.enforce, at: scenario.location)
    }
    func failed(_ metric: CountMetric) throws -> Double {
      try #require(result.arms[0].counts.first { $0.year == 5 && $0.metric == metric }).mean
    }
    let (hazard, cash) = (try failed(.failedHazard), try failed(.failedCash))
    #expect(cash > 0.1)
    let stated = 0.93 * 0.94 * 0.95 * 0.955 * 0.96
    #expect((1 - (hazard + cash) / 101 - stated).magnitude < 0.02)
  }
}
