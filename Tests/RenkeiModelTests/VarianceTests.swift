// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import RenkeiStatistics
import Testing

@testable import RenkeiModel

/// Whether revenue has a variance, and what the results leave out where it has none.
@Suite struct VarianceTests {
  /// A Pareto law has a variance where its exponent is above 2; draws stay below 10⁶.
  private static func pareto(_ exponent: Double) throws -> Quantity {
    try Build.quantity("pareto", ["min": 1e-6, "exponent": exponent])
  }

  private static func plan(
    _ own: [PlanInput: Quantity], _ change: (inout Scenario) -> Void = { _ in }
  ) throws -> ResolvedPlan {
    let scenario = Build.scenario(plans: [Build.plan("A", own: own)], change)
    return try #require(try scenario.resolved().plans.first)
  }

  @Test(arguments: [(1.5, false), (2, false), (2.5, true)])
  func followsTheAttainment(exponent: Double, isFinite: Bool) throws {
    #expect(try Self.plan([.attainment: Self.pareto(exponent)]).hasFiniteVariance == isFinite)
  }

  @Test func readsThroughInputsAndFactors() throws {
    let heavy = Build.input("heavy", try Self.pareto(1.5))
    let named = try Self.plan([.attainment: .input("heavy")]) { $0.inputs = [heavy] }
    #expect(!named.hasFiniteVariance)
    let location = try Build.modulated(
      "laplace", fixed: ["scale": 1e-7], open: [("location", "heavy")])
    #expect(try !InputTable([ResolvedInput(heavy)]).hasFiniteVariance(location))
    let multiplied = Build.scenario(
      plans: [Build.plan("A", ["region": "west"])], defaults: [.attainment: .constant(0.3)]
    ) { scenario in
      scenario.segments = [
        Build.segment(
          "west", where: [("region", .oneOf(["west"]))], multiply: [(.attainment, .input("heavy"))],
          line: 30)
      ]
      scenario.inputs = [heavy]
    }
    #expect(try multiplied.resolved().plans.allSatisfy { !$0.hasFiniteVariance })
  }

  /// E[exp(2·scale·z)] of a lognormal whose log_sd is itself drawn: finite for a bounded one.
  @Test func integratesOverUncertainScales() throws {
    let spread = Build.input("spread", try Build.quantity("uniform", ["min": 0.2, "max": 0.8]))
    let open = try Build.modulated(
      "lognormal", fixed: ["median": 0.3], open: [("log_sd", "spread")])
    #expect(try InputTable([ResolvedInput(spread)]).hasFiniteVariance(open))
  }

  @Test func growthCountsOnlyAfterThePlan() throws {
    let growth = try Build.quantity("pareto", ["min": 1e-11, "exponent": 1.5])
    #expect(try Self.plan([.growthAfterPlan: growth]).hasFiniteVariance)
    let own: [PlanInput: Quantity] = [.growthAfterPlan: growth, .periodYears: .constant(3)]
    #expect(try !Self.plan(own).hasFiniteVariance)
  }

  /// Plan A has no variance: neither have its group and the portfolio, and B's are as they were.
  @Test(arguments: [true, false]) func leavesStandardErrorsOut(histograms: Bool) throws {
    let model = try Build.scenario(plans: [
      Build.plan("A", ["region": "west"], own: [.attainment: Self.pareto(1.5)]),
      Build.plan("B", ["region": "east"], own: [.attainment: Self.pareto(2.5)], line: 3),
    ]) { $0.report.groupings = [Stated(Grouping(column: "region"), at: Build.at(5))] }
    .resolved()
    let layout = TallyLayout(model: model)
    var tally = ArmTally(layout: layout, paths: 10, histograms: histograms)
    for path in 0..<10 {
      let revenue = [Double](repeating: Double(path), count: 5)
      tally.record(
        path: path, revenue: [revenue, revenue],
        launched: [[Bool]](repeating: [Bool](repeating: true, count: 5), count: 2),
        failed: [[Bool]](repeating: [Bool](repeating: false, count: 5), count: 2))
    }
    let arm = try SimulationResult(
      model: model, options: SimulationOptions(paths: 10, seed: 1, threads: 1), tallies: [tally]
    ).arms[0]
    #expect(arm.portfolio.allSatisfy { $0.amount.standardError == nil })
    for row in arm.plans { #expect((row.amount.standardError == nil) == (row.planID == "A")) }
    for row in arm.groups { #expect((row.amount.standardError == nil) == (row.group == "west")) }
    // Nine tenths of the sum of squares about 4.5, a tenth of it again for the mean.
    let error = try #require(arm.plans.last { $0.measure == .annual }?.amount.standardError)
    #expect((error * error - 82.5 / 9 / 10).magnitude < 1e-12)
  }
}

extension ResolvedInput {
  fileprivate init(_ input: NamedInput) throws {
    let table = InputTable()
    self.init(
      name: input.name, quantity: input.quantity.value,
      bounds: try table.bounds(of: input.quantity.value),
      mean: table.mean(of: input.quantity.value))
  }
}
