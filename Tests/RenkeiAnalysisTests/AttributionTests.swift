// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiAnalysis
import RenkeiFiles
import RenkeiModel
import Testing

/// Attribution of a game whose figures are known, in place of an engine.
@Suite("Attribution")
struct AttributionTests {
  private static let paths = 200

  private static func model(
    arms: String = "{full: [advice, subsidy, guarantee], none: []}", goal: Bool = true
  ) throws -> ProjectionModel {
    let yaml = """
      renkei: 1
      horizon_years: 3
      \(goal ? "goal: {cumulative_revenue_yen: 1e8}" : "title: none")
      plans: {list: [{plan_id: a, end_target_yen: 1e8}]}
      support:
        subsidy: {rate: 50%}
        private_loan: {amount_yen: 1e6}
        guarantee: {coverage: 80%}
        advice: {cost_yen: 1e6}
      arms: \(arms)
      """
    return try ScenarioFile.load(Array(yaml.utf8), source: "s.yaml").scenario.resolved()
  }

  /// Revenue: subsidy 10 + path, advice 4, both together 6 more, guarantee nothing; cost 1 a measure.
  private static func simulate(_ model: ProjectionModel, paths: Int) -> PathMetrics {
    let metrics = PathMetrics(arms: model.arms.count, paths: paths)
    for (index, arm) in model.arms.enumerated() {
      let (subsidy, advice) = (arm.offers(.subsidy), arm.offers(.advice))
      for path in 0..<paths {
        let base = 0.1 * Double(path * path)
        var revenue = base + (subsidy ? 10 + Double(path % 7) : 0) + (advice ? 4 : 0)
        if subsidy && advice { revenue += 6 }
        metrics.column(.cumulativeRevenue, arm: index)[path] = revenue
        metrics.column(.goalProbability, arm: index)[path] = revenue >= 100 ? 1 : 0
        metrics.column(.netPublicCost, arm: index)[path] = Double(arm.measures.count)
      }
    }
    return metrics
  }

  private static func rows(_ model: ProjectionModel) throws -> [AttributionRow] {
    try Attribution(model: model, paths: paths).rows(simulate)
  }

  @Test("every measure gets its part, those that work together half of it each")
  func parts() throws {
    let rows = try Self.rows(Self.model()).filter { $0.metric == .cumulativeRevenue }
    #expect(rows.map(\.measure) == [.subsidy, .guarantee, .advice, nil])
    let shocks = (0..<Self.paths).map { Double($0 % 7) }
    let mean = shocks.reduce(0, +) / Double(Self.paths)
    let squares = shocks.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = (squares / Double(Self.paths - 1) / Double(Self.paths)).squareRoot()
    let expected = [13 + mean, 0, 7, 20 + mean]
    let errors = [error, 0, 0, error]
    for (row, (value, error)) in zip(rows, zip(expected, errors)) {
      #expect((row.shapley - value).magnitude < 1e-10)
      // What all arms have in common cancels path by path.
      #expect(((row.standardError ?? .nan) - error).magnitude < 1e-10)
      #expect(((row.share ?? .nan) - value / (20 + mean)).magnitude < 1e-12)
      #expect(row.arm == "full" && row.baselineArm == "none" && row.paths == Self.paths)
    }
    let firstIn = rows.map(\.firstIn)
    let lastIn = rows.map(\.lastIn)
    #expect(firstIn[3] == nil && lastIn[3] == nil)
    #expect(firstIn[1] == 0 && lastIn[1] == 0)
    #expect(((firstIn[2] ?? 0) - 4).magnitude < 1e-10)
    #expect(((lastIn[2] ?? 0) - 10).magnitude < 1e-10)
    #expect(rows[1].shapley == 0)
  }

  @Test("parts sum to the total of every metric")
  func efficiency() throws {
    let rows = try Self.rows(Self.model())
    #expect(rows.count == 4 * AttributionMetric.allCases.count)
    for metric in AttributionMetric.allCases {
      let own = rows.filter { $0.metric == metric }
      let terms = own.filter { $0.measure != nil }.map(\.shapley)
      let total = try #require(own.last).shapley
      let scale = terms.reduce(0) { $0 + $1.magnitude }
      #expect((terms.reduce(0, +) - total).magnitude <= 1e-12 * scale)
    }
    #expect(
      rows.filter { $0.metric == .launched }.allSatisfy { $0.share == nil && $0.shapley == 0 })
    #expect(rows.filter { $0.metric == .netPublicCost }.map(\.shapley) == [1, 1, 1, 3])
  }

  @Test("the order in which an arm lists its measures does not matter")
  func order() throws {
    let other = "{full: [guarantee, subsidy, advice], none: []}"
    let (a, b) = (try Self.rows(Self.model()), try Self.rows(Self.model(arms: other)))
    #expect(a.map(\.shapley) == b.map(\.shapley))
    #expect(a.map(\.measure) == b.map(\.measure))
  }

  @Test("combinations keep the terms of their arm and are simulated side by side")
  func combinations() throws {
    let arms =
      "{full: [subsidy, advice], none: [], cheap: {measures: [subsidy, advice], set: "
      + "{support.subsidy.rate: 25%}}, other: {measures: [advice], set: "
      + "{support.private_loan.rate: 2%}}}"
    let model = try Self.model(arms: arms, goal: false)
    var offered: [[[SupportMeasure]]] = []
    var changed: [Set<[String]>] = []
    let rows = try Attribution(model: model, paths: 2).rows { model, paths in
      offered.append(model.arms.map(\.measures))
      changed.append(Set(model.arms.map(\.changedPaths)))
      #expect(Set(model.arms.map(\.name)).count == model.arms.count)
      return Self.simulate(model, paths: paths)
    }
    let four: [[SupportMeasure]] = [[], [.subsidy], [.advice], [.subsidy, .advice]]
    #expect(offered == [four, four, [[], [.advice]]])
    #expect(changed == [[[]], [["subsidy.rate"]], [["private_loan.rate"]]])
    #expect(!rows.contains { $0.metric == .goalProbability })
    var baselines: [String] = []
    for row in rows where row.measure == nil && row.metric == .launched {
      baselines.append(row.baselineArm)
    }
    #expect(baselines == ["none", "none", Attribution.noMeasuresLabel])
  }

  @Test("there must be measures")
  func refusals() throws {
    let plain = try ScenarioFile.load(
      Array("renkei: 1\nplans: {list: [{plan_id: a, end_target_yen: 1e8}]}".utf8), source: "s"
    ).scenario.resolved()
    #expect(throws: AttributionError.noSupport) { try Attribution(model: plain, paths: 1) }
    let model = try Self.model()
    #expect(throws: AttributionError.noMeasures) {
      try Attribution(model: model.keepingArms(named: ["none"]), paths: 1)
    }
    #expect(throws: SimulationError.self) {
      try Attribution(model: model, paths: 1).rows { model, paths in
        let metrics = PathMetrics(arms: model.arms.count, paths: paths)
        metrics.column(.launched, arm: 1)[0] = .infinity
        return metrics
      }
    }
    #expect(throws: SimulationError.self) {
      try Attribution(model: model, paths: .max / 4).rows(Self.simulate)
    }
  }
}
