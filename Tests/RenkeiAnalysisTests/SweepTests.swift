// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiEngine
import RenkeiFiles
import RenkeiModel
import Testing

@testable import RenkeiAnalysis

@Suite("Sweep")
struct SweepTests {
  /// Two plans with support under three arms.
  private static let supported = """
    renkei: 1
    horizon_years: 3
    goal: {cumulative_revenue_yen: 400e6}
    inputs: {uplift: {triangular: {min: 0, mode: 0.1, max: 0.3}}}
    plans:
      defaults:
        attainment: {lognormal: {median: 0.8, log_sd: 0.5}}
        annual_shock_sd: 0.3
        annual_failure_probability: 0.05
      list:
        - {plan_id: P1, end_target_yen: 200e6}
        - {plan_id: P2, end_target_yen: 100e6}
    support:
      discount_rate: 0.015
      finance: {investment_yen: {share_of_target: 0.4}, margin: 0.3, tax_rate: 0.4}
      subsidy: {amount_yen: 20e6, cap_yen: 30e6, effects: {log_attainment: $uplift}}
      policy_loan: {amount_yen: 50e6, base_rate: 0.02, special_discount: 0.009, term_years: 5}
    arms:
      certified: [subsidy, policy_loan]
      capped: {measures: [subsidy, policy_loan], set: {support.subsidy.cap_yen: 10e6}}
      none: []
    """

  /// A scenario, how it is simulated, and how often that has happened.
  private final class Trial {
    let text: String
    let paths: Int
    private(set) var simulations = 0

    init(_ text: String, paths: Int = 1_500) {
      self.text = text
      self.paths = paths
    }

    func load(_ settings: [ScenarioOverride]) throws -> ProjectionModel {
      try ScenarioFile.load(Array(text.utf8), source: "s.yaml", overrides: settings).scenario
        .resolved()
    }

    func engine(_ model: ProjectionModel) throws -> VectorEngine {
      try VectorEngine(
        model: model,
        options: SimulationOptions(
          paths: paths, seed: model.simulation.seed, threads: 2,
          sampling: model.simulation.sampling))
    }

    func rows(_ axes: String...) throws -> [SweepRow] {
      try Sweep(SweepGrid(axes.map { try SweepAxis($0) }), load: load).rows(load: load) {
        simulations += 1
        return try engine($0).portfolioPaths()
      }
    }
  }

  private func value(
    _ rows: [SweepRow], point: Int, _ arm: String, _ metric: SweepMetric, year: Int? = 3,
    _ comparison: SweepComparison = .none
  ) throws -> SweptFigure {
    try #require(
      rows.first {
        $0.point == point && $0.arm == arm && $0.metric == metric && $0.year == year
          && $0.comparison == comparison
      }
    ).figure
  }

  @Test("every point tells, bit by bit, what a run of its own tells")
  func sameAsRuns() throws {
    let trial = Trial(Self.supported)
    let rows = try trial.rows(
      "plans.defaults.annual_shock_sd=0.2,0.4", "goal.cumulative_revenue_yen=3e8,5e8")
    for (index, (shock, goal)) in [("0.2", "3e8"), ("0.2", "5e8"), ("0.4", "3e8"), ("0.4", "5e8")]
      .enumerated()
    {
      let settings = [
        ScenarioOverride("plans.defaults.annual_shock_sd=\(shock)"),
        ScenarioOverride("goal.cumulative_revenue_yen=\(goal)"),
      ].compactMap { $0 }
      let result = try trial.engine(trial.load(settings)).run().result
      for arm in result.arms {
        for row in arm.portfolio {
          func own(_ revenue: SweepMetric.Revenue) throws -> SweptFigure {
            try value(
              rows, point: index + 1, arm.arm, .revenue(row.measure, revenue), year: row.year)
          }
          #expect(try own(.mean).value == row.amount.mean)
          #expect(try own(.mean).standardError == row.amount.standardError)
          #expect(try own(.standardDeviation).value == row.amount.standardDeviation)
          for (level, quantile) in zip(result.quantileLevels, row.amount.quantiles) {
            #expect(try own(.quantile(level)).value == quantile)
          }
        }
        let goal = try value(rows, point: index + 1, arm.arm, .goalProbability)
        #expect(goal.value == arm.goal?.probability)
        #expect(goal.interval == arm.goal?.interval95)
        for cost in arm.finance?.publicCost ?? [] where cost.basis == .life {
          guard cost.component == .gross || cost.component == .net else { continue }
          let own = try value(
            rows, point: index + 1, arm.arm, .publicCost(cost.component), year: nil)
          #expect((own.value - cost.amount.mean).magnitude <= 1e-12 * cost.amount.mean.magnitude)
        }
        for effect in arm.finance?.effects ?? [] where effect.metric == .cumulativeRevenue {
          let own = try value(
            rows, point: index + 1, arm.arm, .revenue(.cumulative, .mean), .baseline)
          #expect((own.value - effect.difference).magnitude <= 1e-9 * effect.armMean)
          let error = try #require(effect.standardError)
          #expect(((own.standardError ?? .nan) - error).magnitude <= 1e-9 * error)
        }
      }
    }
    // Points that differ in the goal alone share a simulation.
    #expect(trial.simulations == 2)
  }

  @Test(
    "arms of several points run beside each other without changing each other",
    arguments: [
      "arms.capped.set.support.subsidy.cap_yen=5e6,10e6,15e6",
      // Two laws for one term of one arm: each is drawn for itself.
      "arms.capped.set.support.policy_loan.base_rate={uniform: {min: 0.01, max: 0.02}},{uniform: {min: 0.02, max: 0.04}}",
      "arms.capped=[subsidy],[policy_loan],{measures: [subsidy], set: {support.subsidy.cap_yen: 1e6}}",
    ])
  func sharedArms(axis: String) throws {
    let trial = Trial(Self.supported, paths: 600)
    let shared = try trial.rows(axis)
    #expect(trial.simulations == 1)
    let values = try SweepAxis(axis).values
    for (index, text) in values.enumerated() {
      let alone = try Trial(Self.supported, paths: 600).rows("\(axis.prefix { $0 != "=" })=\(text)")
      let own = shared.filter { $0.point == index + 1 && $0.comparison != .first }
      #expect(own.count == alone.count && own.count > 100)
      for (a, b) in zip(own, alone) {
        #expect(a.arm == b.arm && a.metric == b.metric && a.year == b.year && a.figure == b.figure)
      }
    }
    // The arm that varies answers differently at each point.
    let costs = try values.indices.map {
      try value(shared, point: $0 + 1, "capped", .publicCost(.gross), year: nil).value
    }
    #expect(Set(costs).count == values.count)
  }

  @Test(
    "points that change more than the goal or an arm have simulations of their own",
    arguments: [
      ("arms.certified=[subsidy],[policy_loan]", 2), ("arms.none=[],[policy_loan]", 2),
      ("support.subsidy.cap_yen=1e6,2e6,3e6", 3), ("baseline_arm=none,capped", 2),
      ("simulation.seed=1,2", 2), ("report.quantiles=[0.1],[0.2],[0.3]", 1),
    ])
  func ownSimulations(axis: String, count: Int) throws {
    let trial = Trial(Self.supported, paths: 40)
    _ = try trial.rows(axis)
    #expect(trial.simulations == count)
  }

  @Test("under a sampling design arms run apart, for they share its dimensions")
  func designs() throws {
    let trial = Trial(Self.supported + "\nsimulation: {sampling: latin_hypercube}", paths: 8_192)
    let rows = try trial.rows("arms.capped.set.support.subsidy.cap_yen=5e6,10e6")
    #expect(trial.simulations == 2)
    #expect(try value(rows, point: 1, "capped", .goalProbability).interval != nil)
  }

  @Test("a difference on common draws is exact where the values differ by a factor")
  func factor() throws {
    let trial = Trial(
      """
      renkei: 1
      horizon_years: 3
      plans:
        defaults: {attainment: {lognormal: {median: 1, log_sd: 0.7}}}
        list: [{plan_id: a, end_target_yen: 1e8}]
      """)
    let rows = try trial.rows("plans.defaults.attainment.lognormal.median=1,3")
    for revenue in [SweepMetric.Revenue.mean, .standardDeviation, .quantile(0.05)] {
      let metric = SweepMetric.revenue(.cumulative, revenue)
      let first = try value(rows, point: 1, "as_planned", metric)
      let change = try value(rows, point: 2, "as_planned", metric, .first)
      #expect((change.value - 2 * first.value).magnitude < 1e-9 * first.value)
      let error = try #require(change.standardError)
      #expect((error - 2 * (first.standardError ?? .nan)).magnitude < 1e-6 * error)
    }
    #expect(!rows.contains { $0.point == 1 && $0.comparison == .first })
  }

  @Test("other draws, and other years, are not paired")
  func unpaired() throws {
    for axis in ["simulation.seed=1,2", "horizon_years=2,3"] {
      let rows = try Trial(Self.supported, paths: 40).rows(axis)
      #expect(!rows.contains { $0.comparison == .first })
      #expect(rows.contains { $0.comparison == .baseline })
    }
  }

  @Test("every problem of every point at once, each once")
  func problems() throws {
    let trial = Trial(Self.supported)
    let grid = try SweepGrid([
      SweepAxis("horizon_years=3,99,x"), SweepAxis("goal.cumulative_revenue_yen=-1,1e9"),
      SweepAxis("nosuch=1,2"),
    ])
    do {
      _ = try Sweep(grid, load: trial.load)
      Issue.record("nothing is refused")
    } catch let report as DiagnosticReport {
      #expect(
        report.diagnostics.map { "\($0.location): \($0.value ?? $0.code)" }.sorted() == [
          "--vary goal.cumulative_revenue_yen: -1", "--vary horizon_years: 99",
          "--vary horizon_years: x", "--vary nosuch: unknown-key",
        ])
    }
  }
}
