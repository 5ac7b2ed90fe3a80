// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiEngine
import RenkeiFiles
import RenkeiModel
import Testing

/// The scenario of December 2006 beside the record, and what its way of dating plans is worth.
@Suite struct HindcastTests {
  private static let scenario = "hindcast-2006.yaml"
  /// Cohorts and their ages in years.
  private static let ages = [("october_2005", 1.35), ("december_2005", 1.05), ("july_2006", 0.5)]
  private static let blocks = 4

  /// Mean over paths of the total, in yen, and of the number of plans above ¥1 billion.
  private struct Figures {
    var totalYen = 0.0
    var plansAboveOneBillion = 0.0
  }

  /// The same scenario with plans that start at once, or as it is.
  private func model(startingAtOnce: Bool) throws -> ProjectionModel {
    var scenario = try ScenarioFile.load(path: ShippedScenario.path(Self.scenario)).scenario
    if startingAtOnce {
      scenario.segments.removeAll { segment in Self.ages.contains { $0.0 == segment.name } }
    }
    return try scenario.resolved()
  }

  /// - Parameter sold: what a plan of an age has sold, from its revenue of years 1 and 2.
  private func figures(
    _ model: ProjectionModel, sold: (_ age: Double, _ first: Double, _ second: Double) -> Double
  ) throws -> Figures {
    let cohorts = try ScenarioFile.load(path: ShippedScenario.path(Self.scenario)).scenario.plans
      .rows.map(\.attributes["cohort"])
    let engine = try VectorEngine(
      model: model,
      options: SimulationOptions(
        paths: 512 * Self.blocks, seed: model.simulation.seed, threads: 1, planQuantiles: false),
      instructionSet: .best)
    var sum = Figures()
    for block in 0..<Self.blocks {
      let trace = engine.trace(block: block)
      for (plan, cohort) in cohorts.enumerated() {
        let age = try #require(Self.ages.first { $0.0 == cohort }).1
        let (first, second) = (trace.revenueYen[plan][0], trace.revenueYen[plan][1])
        for (one, other) in zip(first, second) {
          let yen = sold(age, one, other)
          sum.totalYen += yen
          if yen > 1e9 { sum.plansAboveOneBillion += 1 }
        }
      }
    }
    let paths = Double(512 * Self.blocks)
    return Figures(
      totalYen: sum.totalYen / paths, plansAboveOneBillion: sum.plansAboveOneBillion / paths)
  }

  @Test("without delays, a later start is interpolation between the ends of a plan's own years")
  func laterStartIsInterpolation() throws {
    for (_, age) in Self.ages {
      let text = """
        renkei: 1
        horizon_years: 2
        plans:
          defaults: {period_years: 5}
          list:
            - {plan_id: later, end_target_yen: 100e6, start_offset_years: \(2 - age)}
            - {plan_id: at_once, end_target_yen: 100e6}
        """
      let model = try ScenarioFile.load(Array(text.utf8), source: "s.yaml").scenario.resolved()
      let engine = try VectorEngine(
        model: model, options: SimulationOptions(paths: 1, seed: 1, threads: 1),
        instructionSet: .best)
      let revenue = engine.trace(block: 0).revenueYen.map { $0.map { $0[0] } }
      let later = revenue[0][0] + revenue[0][1]
      let interpolated = Self.interpolated(age, revenue[1][0], revenue[1][1])
      // The engine's exp is accurate to 2e-11.
      #expect((later / interpolated - 1).magnitude < 1e-9)
    }
  }

  /// Cumulative revenue at an age up to 2, between 0, the end of year 1 and that of year 2.
  private static func interpolated(_ age: Double, _ first: Double, _ second: Double) -> Double {
    age <= 1 ? age * first : first + (age - 1) * second
  }

  @Test("the model sells as many plans as the record, and less than it in total")
  func besideTheRecord() throws {
    let model = try model(startingAtOnce: false)
    let outcome = try VectorEngine(
      model: model,
      options: SimulationOptions(
        paths: 4_096, seed: model.simulation.seed, threads: 2, planQuantiles: false),
      instructionSet: .best
    ).run()
    let sellers = try #require(
      outcome.result.arms[0].counts.first { $0.year == 2 && $0.metric == .launched })
    // The delay was solved from 135 sellers: 0.7 · Σ plans · (1 − exp(−1.45 · age)).
    #expect((sellers.mean - 135).magnitude < 5)

    let dated = try figures(model) { _, first, second in first + second }
    let interpolated = try figures(self.model(startingAtOnce: true), sold: Self.interpolated)
    // The record is ¥9.7 billion; README.md gives both figures and says why they stay below.
    #expect((4.5e9...7.5e9).contains(dated.totalYen), "\(dated)")
    #expect((dated.totalYen...9.7e9).contains(interpolated.totalYen), "\(interpolated)")
    // On record: 2 plans above ¥1 billion; the model has about one.
    #expect((0.4...2).contains(dated.plansAboveOneBillion), "\(dated)")
    #expect((0.4...2).contains(interpolated.plansAboveOneBillion), "\(interpolated)")
  }
}
