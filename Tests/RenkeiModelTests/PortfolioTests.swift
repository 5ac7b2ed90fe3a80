// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import Testing

@testable import RenkeiModel

/// A scenario of the programme's size with everything in it that resolution handles.
@Suite("A portfolio of 101 plans")
struct PortfolioTests {
  private func scenario(_ change: (inout Scenario) -> Void = { _ in }) throws -> Scenario {
    let sectors = ["food", "wood", "textile", "logistics"]
    let plans = (0..<101).map { index in
      Build.plan(
        "P\(index)", target: .constant(100e6 + 2e6 * Double(index)),
        [
          "sector": sectors[index % 4], "region": "r\(index % 9)",
          "core_employees": "\(index % 60)", "partner_count": "3",
        ],
        own: index % 3 == 0 ? [.periodYears: .constant(3)] : [:], line: index + 2)
    }
    let attainment = try Build.modulated(
      "lognormal", fixed: ["log_sd": 1.2], open: [("median", "middle")])
    let middle = try Build.quantity("triangular", ["min": 0.2, "mode": 0.3, "max": 0.4])
    let launch = try Build.quantity("beta", ["a": 14, "b": 6])
    let ties = try Build.quantity("lognormal", ["p10": 1, "p90": 1.6])
    let delay = try Build.quantity("exponential", ["mean": 0.69])
    return Build.scenario(
      plans: plans,
      defaults: [
        .attainment: attainment, .launchProbability: .input("launch"),
        .launchDelayYears: delay, .annualShockSD: .constant(0.45),
      ]
    ) {
      $0.inputs = [
        Build.input("middle", middle), Build.input("launch", launch), Build.input("ties", ties),
      ]
      $0.segments = [
        Build.segment(
          "small", where: [("core_employees", .atMost(5))], set: [.annualShockSD: .constant(0.6)],
          line: 20),
        Build.segment(
          "food", where: [("sector", .oneOf(["food"]))],
          multiply: [(.launchOddsRatio, .input("ties"))], line: 21),
      ]
      $0.factors = [
        Build.factor("macro", loading: .constant(0.22), phi: 0.3),
        Build.factor("sector", loading: .constant(0.2), by: "sector", line: 61),
        Build.factor(
          "region", loading: .constant(0.01), isCorrelation: true, by: "region", line: 62),
      ]
      $0.report.groupings = [
        Stated(Grouping(column: "sector"), at: Build.at(5)),
        Stated(Grouping(column: "core_employees", edges: [5, 20, 50]), at: Build.at(5, 9)),
      ]
      $0.defaults.annualFailureProbability = Stated(
        [0.07, 0.06, 0.05, 0.045, 0.04].map { .constant($0) }, at: Build.at(12))
      change(&$0)
    }
  }

  @Test func resolvesWithoutAProblem() throws {
    let model = try scenario().resolved()
    #expect(model.warnings.isEmpty)
    #expect(model.plans.count == 101)
    #expect(model.arms.map(\.name) == ["as_planned"])
    #expect(model.factors.map(\.series.count) == [1, 4, 9])
    #expect(model.groupings.map(\.labels.count) == [4, 4])
    #expect(model.plans.filter { $0.annualShockSD.constantValue == 0.6 }.count == 12)
    #expect(model.plans.filter { $0.launchOddsRatio.multipliers.count == 1 }.count == 26)
    // Triangular mean 0.3 times exp(1.2²/2).
    let mean = try #require(model.plans[7].attainment.mean)
    #expect(abs(mean / (0.3 * Reproducible.exp(0.72)) - 1) < 1e-12)
  }

  /// 34 plans of three years promise 4.0 end targets each, 67 plans of five years 3.0.
  @Test func promisesAddUp() throws {
    let model = try scenario().resolved()
    var expected = 0.0
    for index in 0..<101 {
      expected += (index % 3 == 0 ? 4 : 3) * (100e6 + 2e6 * Double(index))
    }
    #expect(abs(model.promisedByYear.reduce(0, +) / expected - 1) < 1e-12)
    #expect(abs(model.plans.map(\.promisedTotal).reduce(0, +) / expected - 1) < 1e-12)
  }

  /// Sums of doubles depend on their order: it must be that of the ids, not of the list.
  @Test func totalsDoNotDependOnTheListsOrder() throws {
    func uneven(_ scenario: inout Scenario) {
      for index in scenario.plans.rows.indices {
        scenario.plans.rows[index].settings.numbers[.endTargetYen]?.value = .constant(
          1e8 / Double(index + 3))
      }
    }
    let model = try scenario(uneven).resolved()
    let reversed = try scenario {
      uneven(&$0)
      $0.plans.rows.reverse()
    }.resolved()
    #expect(model.promisedByYear == reversed.promisedByYear)
    #expect(
      model.canonicalOrder.map { model.plans[$0].id }
        == reversed.canonicalOrder.map { reversed.plans[$0].id })
    let plain = model.plans.reduce(0) { $0 + $1.promisedByYear[0] }
    let backwards = reversed.plans.reduce(0) { $0 + $1.promisedByYear[0] }
    #expect(plain != backwards, "the sample must tell orders apart")
  }

  @Test func warningsReachTheModel() throws {
    let model = try scenario { $0.inputs.append(Build.input("spare", .constant(1), line: 90)) }
      .resolved()
    #expect(model.warnings.map(\.code) == ["unused-input"])
  }

  @Test func cellsAreLaidOutByPlanMeasureAndYear() throws {
    let layout = TallyLayout(model: try scenario().resolved())
    #expect(layout.cell(0, .annual, 0) == 0)
    #expect(layout.cell(0, .cumulative, 0) == 5)
    #expect(layout.cell(100, .cumulative, 4) == layout.planCellCount - 1)
    #expect(layout.groupOffsets == [0, 4, 8])
    #expect(layout.groupOfPlan[1][6] == 5)
    // By bytes: P0, P1, P10, P100, P11, …
    #expect(layout.canonicalOrder.prefix(5) == [0, 1, 10, 100, 11])
    #expect(layout.promised[layout.cell(3, .cumulative, 4)] == 4 * 106e6)
  }
}
