// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import Testing

@testable import RenkeiModel

@Suite struct ExplanationTests {
  /// The 95% point of the standard normal distribution.
  private static let score = 1.6448536269514722

  private func rows(_ scenario: Scenario, plan: Int? = nil) throws -> [String: Explanation.Row] {
    let model = try scenario.resolved()
    let explanation =
      plan.map { scenario.explanation(of: model.plans[$0], in: model) }
      ?? scenario.explanation(of: model)
    return Dictionary(explanation.rows.map { ($0.key, $0) }) { first, _ in first }
  }

  private func expect(
    _ range: ClosedRange<Double>?, _ low: Double, _ high: Double, tolerance: Double,
    sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) {
    guard let range else {
      Issue.record("no range", sourceLocation: sourceLocation)
      return
    }
    #expect(
      abs(range.lowerBound / low - 1) < tolerance, sourceLocation: sourceLocation)
    #expect(
      abs(range.upperBound / high - 1) < tolerance, sourceLocation: sourceLocation)
  }

  @Test func everyInputOfAPlanKnowsItsOrigin() throws {
    let scenario = Build.scenario(
      plans: [
        Build.plan("a", ["size": "3"], own: [.annualShockSD: .constant(0.3)], line: 2),
        Build.plan("b", ["size": "30"], line: 3),
      ], defaults: [.attainment: .constant(0.8), .annualShockSD: .constant(0.2)]
    ) {
      $0.segments = [
        Build.segment(
          "small", where: [("size", .atMost(5))], set: [.growthAfterPlan: .constant(0.1)],
          multiply: [(.attainment, .constant(0.5))], line: 30)
      ]
      $0.places["plans.segments.small.multiply.attainment"] = Build.at(30, 40)
    }
    let rows = try rows(scenario, plan: 0)
    #expect(rows["annual_shock_sd"]?.source == .plan(.plan, Build.at(2, 9, file: "plans.csv")))
    #expect(rows["growth_after_plan"]?.source == .plan(.segment("small"), Build.at(30, 4)))
    #expect(rows["attainment"]?.source == .plan(.defaults, Build.at(10, 5)))
    #expect(rows["attainment"]?.value == "0.8")
    #expect(rows["attainment"]?.mean == 0.4)
    #expect(
      rows["attainment"]?.factors == [
        Explanation.Factor(segment: "small", value: "0.5", location: Build.at(30, 40))
      ])
    #expect(rows["launch_delay_years"]?.source == .standard)
    #expect(rows["segments"]?.value == "small")
    let other = try self.rows(scenario, plan: 1)
    #expect(other["attainment"]?.factors.isEmpty == true && other["segments"]?.value == "none")
    for input in PlanInput.revenueInputs { #expect(other[input.rawValue] != nil) }
  }

  @Test func rangeOfOneDistributionIsExact() throws {
    let scenario = Build.scenario(
      plans: [Build.plan("a")],
      defaults: [.attainment: try Build.quantity("lognormal", ["median": 0.3, "log_sd": 1.2])])
    let row = try #require(try rows(scenario, plan: 0)["attainment"])
    #expect(row.value == "lognormal(median 0.3, log_sd 1.2)" && row.level == .plan)
    let ratio = Reproducible.exp(1.2 * Self.score)
    expect(row.range90, 0.3 / ratio, 0.3 * ratio, tolerance: 1e-12)
    #expect(abs((row.mean ?? 0) / (0.3 * Reproducible.exp(0.72)) - 1) < 1e-12)
  }

  @Test func rangeOfAProductFollowsItsDistribution() throws {
    // A product of independent lognormals is lognormal: log_sd² adds.
    let scenario = Build.scenario(
      plans: [Build.plan("a")],
      defaults: [.attainment: try Build.quantity("lognormal", ["median": 0.5, "log_sd": 0.4])]
    ) {
      $0.inputs = [
        Build.input("x", .constant(0))
      ]
      $0.segments = [
        Build.segment("all", multiply: [(.attainment, .input("x"))], line: 30)
      ]
    }
    var uncertain = scenario
    uncertain.inputs = [
      Build.input("x", try Build.quantity("lognormal", ["median": 2, "log_sd": 0.3]))
    ]
    let row = try #require(try rows(uncertain, plan: 0)["attainment"])
    let ratio = Reproducible.exp(0.5 * Self.score)
    // The lattice of 2,048 points places a 5% quantile within about 0.2% of a probability.
    expect(row.range90, 1 / ratio, ratio, tolerance: 0.01)
    #expect(abs((row.mean ?? 0) / Reproducible.exp(0.125) - 1) < 1e-12)
    #expect(try rows(scenario, plan: 0)["attainment"]?.level == .plan)
  }

  @Test func rangeOfAnUncertainMeanAddsVariances() throws {
    let scenario = Build.scenario(plans: [Build.plan("a")]) {
      $0.inputs = [
        Build.input(
          "level", (try? Build.quantity("normal", ["mean": 50, "sd": 3])) ?? .constant(0)),
        Build.input(
          "y",
          (try? Build.modulated("normal", fixed: ["sd": 4], open: [("mean", "level")]))
            ?? .constant(0)),
      ]
    }
    let row = try #require(try rows(scenario)["inputs.y"])
    #expect(row.level == .programme)
    #expect(abs((row.mean ?? 0) - 50) < 1e-9)
    expect(row.range90, 50 - 5 * Self.score, 50 + 5 * Self.score, tolerance: 0.01)
  }

  @Test func rangeFollowsTheCorrelationOfInputs() throws {
    // x·y with log_sd 0.3 and 0.4 and correlated logarithms: variance 0.09 + 0.16 + 2·ρ·0.12.
    let x = try Build.quantity("lognormal", ["median": 1, "log_sd": 0.3])
    let y = try Build.quantity("lognormal", ["median": 1, "log_sd": 0.4])
    for rho in [-0.8, 0.8] {
      let scenario = Build.scenario(plans: [Build.plan("a")], defaults: [.attainment: .input("x")])
      {
        $0.inputs = [Build.input("x", x), Build.input("y", y)]
        $0.segments = [Build.segment("all", multiply: [(.attainment, .input("y"))], line: 30)]
        $0.correlations = CorrelationSettings(
          pairs: [
            .init(
              measure: .normalScore, first: Stated("x", at: Build.at(90)),
              second: Stated("y", at: Build.at(90)), coefficient: Stated(rho, at: Build.at(90)),
              location: Build.at(90))
          ], repairsToNearest: false, location: Build.at(90))
      }
      let row = try #require(try rows(scenario, plan: 0)["attainment"])
      let sd = (0.25 + 0.24 * rho).squareRoot()
      let ratio = Reproducible.exp(sd * Self.score)
      expect(row.range90, 1 / ratio, ratio, tolerance: 0.01)
      #expect(row.level == .programme)
    }
  }

  @Test func scenarioWithoutFilePlacesHasStandardValues() throws {
    var scenario = Build.scenario(plans: [Build.plan("a")])
    #expect(try rows(scenario)["horizon_years"]?.source == .standard)
    scenario.places["horizon_years"] = Build.at(3, 16)
    #expect(try rows(scenario)["horizon_years"]?.source == .scenario(Build.at(3, 16)))
    #expect(try rows(scenario)["arms"]?.value == "as_planned")
  }
}
