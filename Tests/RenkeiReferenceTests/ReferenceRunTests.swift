// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import RenkeiModel
import RenkeiReference
import Testing

/// Whole runs: what is counted, and how a run is started, watched and stopped.
@Suite struct ReferenceRunTests {
  private static func options(paths: Int, seed: UInt64 = 5) -> SimulationOptions {
    SimulationOptions(paths: paths, seed: seed, threads: 1)
  }

  /// Without uncertainty every path is the promise, exactly.
  @Test func certainPortfolioHasNoSpread() throws {
    let model = try portfolio(
      [plan("a"), plan("b", settings([.endTargetYen: .constant(123_456_789.1)]))],
      defaults: settings(
        [.startOffsetYears: .constant(0.3)], ramp: .gompertz(displacement: 5, rate: 6)),
      factors: [factor("macro", loading: 0.2)], goalYen: 1)
    let outcome = try ReferenceEngine(model: model, options: Self.options(paths: 50)).run()
    let result = try #require(outcome.result.arms.first)
    for row in result.plans where row.measure == .annual {
      #expect(row.amount.standardDeviation == 0)
      let promised = model.plans[row.planIndex].promisedByYear[row.year - 1]
      // One rounding apart: T·ramp·1·1 against E[T]·ramp, and the mean of equal numbers.
      #expect(abs(row.amount.mean - promised) <= 1e-15 * promised)
      #expect(row.probabilityActive == 1)
    }
    for row in result.portfolio { #expect(row.amount.standardDeviation == 0) }
    let goal = try #require(result.goal)
    #expect(goal.hits == 50)
    #expect(outcome.engine == "reference")
    #expect(outcome.instructionSet.isEmpty && outcome.tablesHash == 0)
  }

  private static func uncertainModel(arms: [Arm] = [.asPlanned]) throws -> ProjectionModel {
    try portfolio(
      [plan("a"), plan("b")],
      defaults: settings(
        [.annualShockSD: .constant(0.3), .launchProbability: .constant(0.7)], failure: [0.1]),
      arms: arms, goalYen: 300)
  }

  @Test func countsWhatThePathsShow() throws {
    let model = try Self.uncertainModel()
    let engine = ReferenceEngine(model: model, options: Self.options(paths: 200))
    let result = try #require(try engine.run().result.arms.first)
    let draws = GSLDraws(seed: 5)
    let paths = try (0..<200).map { _ in try engine.revenue(path: draws) }

    let totals = paths.map { $0.revenueYen.reduce(0) { $0 + $1.reduce(0, +) } }
    let total = try #require(result.portfolio.last)
    #expect(total.measure == .cumulative && total.year == 5)
    // Relative: sums of 200 numbers of like size, in another order.
    #expect(abs(total.amount.mean - totals.reduce(0, +) / 200) < 1e-12 * total.amount.mean)
    #expect(result.goal?.hits == totals.filter { $0 >= 300 }.count)

    for (index, plan) in model.plans.enumerated() {
      let row = try #require(
        result.plans.first { $0.planID == plan.id && $0.measure == .annual && $0.year == 3 })
      let active = paths.filter { $0.revenueYen[index][2] > 0 }.count
      #expect(row.probabilityActive == Double(active) / 200)
    }
    func count(_ metric: CountMetric, _ flags: (PathRevenue, Int) -> Bool) throws {
      let row = try #require(result.counts.first { $0.metric == metric && $0.year == 4 })
      let sum = paths.reduce(0) { sum, path in sum + (0..<2).filter { flags(path, $0) }.count }
      #expect(abs(row.mean - Double(sum) / 200) < 1e-12)
    }
    try count(.launched) { $0.isLaunched[$1][3] }
    try count(.failedHazard) { $0.hasFailed[$1][3] }
    try count(.active) { $0.revenueYen[$1][3] > 0 }
  }

  @Test func planBeyondTheHorizonSellsNothing() throws {
    let model = try portfolio(
      [plan("a", settings([.startOffsetYears: .constant(7)]))],
      defaults: settings([.annualShockSD: .constant(0.3)], failure: [0.9]))
    let engine = ReferenceEngine(model: model, options: Self.options(paths: 1))
    let path = try engine.revenue(path: GSLDraws(seed: 1))
    #expect(path.revenueYen == [[0, 0, 0, 0, 0]])
    #expect(path.isLaunched[0].allSatisfy { !$0 } && path.hasFailed[0].allSatisfy { !$0 })
  }

  @Test func armsShareTheirDraws() throws {
    let model = try Self.uncertainModel(arms: [Arm(name: "one"), Arm(name: "two")])
    let result = try ReferenceEngine(model: model, options: Self.options(paths: 60)).run().result
    #expect(result.arms.map(\.arm) == ["one", "two"])
    #expect(result.arms[0].portfolio.map(\.amount) == result.arms[1].portfolio.map(\.amount))
  }

  @Test func seedDecidesTheResult() throws {
    let model = try Self.uncertainModel()
    func amounts(seed: UInt64) throws -> [AmountSummary] {
      try ReferenceEngine(model: model, options: Self.options(paths: 40, seed: seed)).run()
        .result.arms[0].portfolio.map(\.amount)
    }
    #expect(try amounts(seed: 1) == amounts(seed: 1))
    #expect(try amounts(seed: 1) != amounts(seed: 2))
  }

  @Test func reportsProgressAndStopsWhenAsked() throws {
    let model = try Self.uncertainModel()
    let engine = ReferenceEngine(model: model, options: Self.options(paths: 30))
    let control = RunControl()
    _ = try engine.run(control: control)
    #expect(control.completedPaths == 30)
    control.cancel()
    #expect(throws: SimulationError.cancelled) { try engine.run(control: control) }
    #expect(control.completedPaths == 30)
  }
}
