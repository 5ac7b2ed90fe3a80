// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDraws
import RenkeiModel
import RenkeiReference
import Testing

@testable import RenkeiEngine

/// What must hold on every path and year, whatever is drawn, to 1e-12 of the terms' sum.
struct MoneyIdentityTests {
  private static func trace(
    _ scenario: MoneyScenario
  ) throws -> (trace: BlockTrace, model: ProjectionModel) {
    let model = try EngineTrial.model(scenario.yaml)
    let engine = try VectorEngine(
      model: model, options: SimulationOptions(paths: 512, seed: 11, threads: 1))
    return (engine.trace(block: 1), model)
  }

  private static func vanishes(_ terms: [Double], _ scale: Double = 0) -> Bool {
    let size = terms.reduce(scale) { $0 + $1.magnitude }
    return terms.reduce(0, +).magnitude <= 1e-12 * size
  }

  @Test(arguments: MoneyScenario.allCases)
  func loansBalance(_ scenario: MoneyScenario) throws {
    let (trace, model) = try Self.trace(scenario)
    let years = model.horizonYears
    // Counted, as a hundred thousand expectations would take long.
    var (faults, defaults) = (0, 0)
    for arm in trace.arms {
      for path in 0..<512 {
        let loans = arm.figures(path: path).loans
        for book in LoanBook.allCases {
          var before = 0.0
          for year in 0..<years {
            func item(_ item: LoanItem) -> Double {
              loans[PlanMoney.index(book, year: year, years: years, item)]
            }
            let scale = item(.opening) + item(.drawn)
            for other in LoanItem.allCases where item(other) < 0 { faults += 1 }
            if !Self.vanishes([item(.opening), -before]) { faults += 1 }
            if !Self.vanishes(
              [item(.opening), item(.drawn), -item(.repaid), -item(.defaulted), -item(.closing)])
            {
              faults += 1
            }
            if !Self.vanishes(
              [item(.defaulted), -item(.recovered), -item(.writtenOff)], scale)
            {
              faults += 1
            }
            if item(.defaulted) > 0 { defaults += 1 }
            before = item(.closing)
          }
        }
      }
    }
    #expect(faults == 0)
    #expect(scenario == .bare || defaults > 100)
  }

  /// Investment made = own funds used + subsidy + loans, and plans add up to the portfolio.
  @Test(arguments: MoneyScenario.allCases)
  func sourcesAreUsesAndPlansAddUp(_ scenario: MoneyScenario) throws {
    let (trace, model) = try Self.trace(scenario)
    let places = EffectMetric.allCases
    var faults = 0
    for arm in trace.arms {
      for path in 0..<512 {
        var (made, loans, revenue) = (0.0, 0.0, 0.0)
        for plan in model.plans.indices {
          revenue += arm.revenueYen[plan].reduce(0) { $0 + $1[path] }
          let money = arm.money[plan].mapValues { $0[path] }
          guard let need = money["need"], let own = money["own"], let grant = money["subsidy"],
            let policy = money["policy loan"], let bank = money["private loan"],
            let scale = money["scale"]
          else { continue }
          if !Self.vanishes([min(own, need), grant, policy, bank, -scale * need]) { faults += 1 }
          if min(grant, policy, bank) < 0 || scale > 1 { faults += 1 }
          made += scale * need
          loans += bank
        }
        let effects = arm.figures(path: path).effects
        for (metric, sum) in [
          (EffectMetric.investment, made), (.privateLoans, loans), (.cumulativeRevenue, revenue),
        ] {
          let figure = effects[places.firstIndex(of: metric) ?? 0]
          if !Self.vanishes([figure, -sum]) { faults += 1 }
        }
      }
    }
    #expect(faults == 0)
  }

  /// Every row about money equals what the scalar loop counts from the same numbers: sums, moments,
  /// quantiles and paired differences.
  @Test(arguments: [MoneyScenario.plain, .effects, .long])
  func rowsAgree(_ scenario: MoneyScenario) throws {
    let model = try EngineTrial.model(scenario.yaml)
    let options = SimulationOptions(paths: 100, seed: 5, threads: 1)
    let engine = try VectorEngine(model: model, options: options)
    let trace = engine.trace(block: 0)
    let reference = ReferenceEngine(model: model, options: options)
    let layout = TallyLayout(model: model)
    let baseline = model.arms.firstIndex { $0.name == model.support?.baselineArmName }
    var finances = model.arms.map { _ in
      FinanceTally(layout: layout, planHistograms: true, hasBaseline: baseline != nil)
    }
    var tallies = model.arms.map { _ in ArmTally(layout: layout, paths: 100, histograms: true) }
    for path in 0..<100 {
      let arms = try reference.arms(
        path: RecordedDraws { trace.value($0, path: path) ?? 0 })
      let figures = arms.map { $0.figures(layout, goalYen: model.goalYen) }
      for (index, arm) in arms.enumerated() {
        tallies[index].record(
          path: path, revenue: arm.revenueYen, launched: arm.isLaunched, failed: arm.hasFailed,
          failedCash: arm.hasFailedByCash)
        finances[index].record(
          figures[index], baseline: baseline.map { figures[$0] }, money: arm.money,
          failedHazard: arm.hasFailed.map { $0[layout.years - 1] },
          failedCash: arm.hasFailedByCash.map { $0[layout.years - 1] })
      }
    }
    let scalar = try SimulationResult(
      model: model, options: options, tallies: tallies, finances: finances)
    let vector = try engine.run().result
    for (own, other) in zip(vector.arms, scalar.arms) {
      let (a, b) = (MoneyFigures.named(own), MoneyFigures.named(other))
      #expect(a.count == b.count)
      for (left, right) in zip(a, b) {
        #expect(left.name == right.name)
        // A histogram's bin may change with the last digit: 1/128.
        let tolerance = left.name.contains("quantile") ? 8e-3 : 1e-8
        let size = max(abs(right.value), left.name.hasSuffix("yen") ? 1e3 : 1e-3)
        #expect(
          abs(left.value - right.value) <= tolerance * size,
          "\(own.arm) \(left.name): \(left.value) \(right.value)")
      }
    }
  }
}

/// Every number about money of an arm's result with its name.
enum MoneyFigures {
  static func named(_ arm: ArmResult) -> [(name: String, value: Double)] {
    var figures: [(String, Double)] = []
    func add(_ name: String, _ amount: AmountSummary) {
      figures.append((name + " mean yen", amount.mean))
      figures.append((name + " sd yen", amount.standardDeviation))
      for quantile in amount.quantiles { figures.append((name + " quantile yen", quantile)) }
    }
    for row in arm.counts { figures.append(("\(row.metric) \(row.year)", row.mean)) }
    guard let finance = arm.finance else { return figures }
    for row in finance.effects {
      let unit = row.metric.unit == "yen" ? " yen" : ""
      figures.append(("\(row.metric) mean\(unit)", row.armMean))
      figures.append(("\(row.metric) difference\(unit)", row.difference))
      figures.append(("\(row.metric) error\(unit)", row.standardError ?? -1))
      figures.append(("\(row.metric) positive", row.probabilityPositive))
    }
    for row in finance.publicCost { add("\(row.basis) \(row.component)", row.amount) }
    for row in finance.costEffectiveness {
      figures.append(("\(row.basis) \(row.metric)", row.ratio.value ?? -1))
    }
    for row in finance.loans { add("\(row.book) \(row.year) \(row.item)", row.amount) }
    for row in finance.plans {
      figures += [
        ("\(row.planID) investment yen", row.investmentMeanYen),
        ("\(row.planID) scale", row.scaleMean),
        ("\(row.planID) default", row.defaultProbability),
        ("\(row.planID) exposure yen", row.exposureAtDefaultYen ?? -1),
        ("\(row.planID) loss yen", row.expectedLossYen),
        ("\(row.planID) cover 5% quantile", row.coverageP05 ?? -1),
        ("\(row.planID) cover 50% quantile", row.coverageP50 ?? -1),
        ("\(row.planID) gap", row.liquidityGapProbability),
        ("\(row.planID) gap yen", row.liquidityGapMeanYen ?? -1),
        ("\(row.planID) failed", row.failedHazard), ("\(row.planID) broke", row.failedCash),
        ("\(row.planID) profitable", row.probabilityProfitable),
      ]
    }
    return figures
  }
}
