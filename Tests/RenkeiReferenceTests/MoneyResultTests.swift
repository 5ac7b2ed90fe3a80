// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import RenkeiReference
import Testing

/// The rows of a run against sums over the same paths.
@Suite struct MoneyResultTests {
  private static let paths = 80

  private static func run(
    keeping names: [String]? = nil
  ) throws -> (result: SimulationResult, paths: [[PathRevenue]], model: ProjectionModel) {
    let trial = try MoneyTrial(MoneyIdentityTests.scenario(failure: "enforce"))
    let model = names.map { trial.model.keepingArms(named: $0) } ?? trial.model
    let engine = ReferenceEngine(
      model: model, options: SimulationOptions(paths: paths, seed: 7, threads: 1))
    let draws = GSLDraws(seed: 7)
    return (
      try engine.run().result, try (0..<paths).map { _ in try engine.arms(path: draws) }, model
    )
  }

  private static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }

  /// √(Σ(x − mean)²/(n − 1)/n).
  private static func error(_ values: [Double]) -> Double {
    let centre = mean(values)
    let squares = values.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
    return (squares / Double(values.count - 1) / Double(values.count)).squareRoot()
  }

  @Test func rowsAreThePathsAddedUp() throws {
    let (result, paths, model) = try Self.run()
    let layout = TallyLayout(model: model)
    let figures = paths.map { $0.map { $0.figures(layout, goalYen: model.goalYen) } }
    let finance = try #require(result.arms[0].finance)

    let revenue = try #require(finance.effects.first { $0.metric == .cumulativeRevenue })
    let differences = figures.map { $0[0].effects[0] - $0[1].effects[0] }
    #expect(isClose([revenue.difference], [Self.mean(differences)]))
    let error = try #require(revenue.standardError)
    #expect((error / Self.error(differences) - 1).magnitude < 1e-9)
    #expect(revenue.probabilityPositive == Self.mean(differences.map { $0 > 0 ? 1 : 0 }))
    #expect(isClose([revenue.armMean - revenue.baselineMean], [revenue.difference]))
    let total = result.arms[0].portfolio[9].amount.mean
    #expect(isClose([revenue.armMean], [total]))

    let surviving = try #require(finance.effects.first { $0.metric == .surviving })
    let failed = result.arms[0].counts.filter {
      $0.year == 5 && ($0.metric == .failedHazard || $0.metric == .failedCash)
    }
    #expect(failed.count == 2)
    #expect(isClose([surviving.armMean], [3 - failed[0].mean - failed[1].mean]))

    func cost(_ component: CostComponent) -> Double {
      finance.publicCost.first { $0.basis == .life && $0.component == component }?.amount.mean
        ?? .nan
    }
    let net = figures.map { path in
      path[0].costs(baseline: path[1])[FinanceLayout.costCell(.life, .net)]
    }
    #expect(isClose([cost(.net)], [Self.mean(net)]))
    let rate = try #require(
      finance.costEffectiveness.first { $0.basis == .life && $0.metric == .policyLoanSubsidyRate })
    let expected = (cost(.interestSubsidy) + cost(.policyLoanLoss)) / cost(.disbursed)
    #expect(isClose([rate.ratio.value ?? .nan], [expected]))
    let perYen = try #require(
      finance.costEffectiveness.first { $0.basis == .life && $0.metric == .costPerExtraYen })
    #expect(isClose([perYen.ratio.value ?? .nan], [Self.mean(net) / revenue.difference]))

    let repaid = try #require(
      finance.loans.first { $0.book == .policyLoan && $0.year == 4 && $0.item == .repaid })
    #expect(
      isClose(
        [repaid.amount.mean],
        [Self.mean(paths.map { $0[0].money.reduce(0) { $0 + $1.loan("policy_loan", .repaid)[3] } })]
      ))
    #expect(finance.loans.count == 3 * 5 * 8)
  }

  @Test func planRowsAreTheirPaths() throws {
    let (result, paths, _) = try Self.run()
    for (arm, armResult) in result.arms.enumerated() {
      for row in try #require(armResult.finance).plans {
        let money = paths.map { $0[arm].money[row.planIndex] }
        let defaulted = money.filter { $0.exposureAtDefault > 0 }
        #expect(row.defaultProbability == Double(defaulted.count) / Double(Self.paths))
        #expect(isClose([row.expectedLossYen], [Self.mean(money.map(\.creditLoss))]))
        #expect(isClose([row.scaleMean], [Self.mean(money.map(\.scale))]))
        if let exposure = row.exposureAtDefaultYen {
          #expect(isClose([exposure], [Self.mean(defaulted.map(\.exposureAtDefault))]))
        } else {
          #expect(defaulted.isEmpty)
        }
        // The histogram reports within 0.4%.
        let least = money.compactMap(\.leastCoverage).map { max(0, $0) }.sorted()
        let median = least[(least.count + 1) / 2 - 1]
        let reported = try #require(row.coverageP50)
        #expect((reported - median).magnitude <= 0.004 * median + 1 / 16)
        #expect(row.failedHazard + row.failedCash <= 1)
      }
    }
  }

  /// What an attribution reads is what a run reports.
  @Test func metricsOfPathsAreThoseOfTheRun() throws {
    let (result, paths, model) = try Self.run()
    let metrics = try ReferenceEngine(
      model: model, options: SimulationOptions(paths: Self.paths, seed: 7, threads: 1)
    ).pathMetrics()
    #expect(metrics.arms == 4 && metrics.paths == Self.paths)
    for (arm, armResult) in result.arms.enumerated() where arm != 1 {
      let finance = try #require(armResult.finance)
      func mean(_ metric: AttributionMetric, _ arm: Int) -> Double {
        Self.mean(Array(metrics.column(metric, arm: arm)))
      }
      for row in finance.effects {
        guard let metric = AttributionMetric(rawValue: row.metric.rawValue) else { continue }
        #expect(isClose([mean(metric, arm)], [row.armMean]))
        #expect(isClose([mean(metric, 1)], [row.baselineMean]))
      }
      let net = try #require(
        finance.publicCost.first { $0.basis == .life && $0.component == .net })
      #expect(isClose([mean(.netPublicCost, arm) - mean(.netPublicCost, 1)], [net.amount.mean]))
    }
    #expect(paths.count == Self.paths)
  }

  /// Survival stands beside (1 − f)^years where cash can end a plan, and nowhere else.
  @Test func survivalIsCalibrated() throws {
    let result = try Self.run().result
    #expect(result.arms.map { $0.finance?.survival != nil } == [true, false, false, false])
    let survival = try #require(result.arms[0].finance?.survival)
    // Plan c starts in the second year.
    #expect(isClose([survival.statedPlans], [2 * Self.power(0.92, 5) + Self.power(0.92, 4)]))
    #expect(survival.planCount == 3)
    let surviving = result.arms[0].finance?.effects.first { $0.metric == .surviving }
    #expect(survival.simulatedPlans == surviving?.armMean)
    let reported = try MoneyTrial(MoneyIdentityTests.scenario(failure: "report"))
    let arms = try reported.engine(paths: 2).run().result.arms
    #expect(arms.allSatisfy { $0.finance?.survival == nil })
  }

  private static func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }

  /// Without the baseline arm nothing is compared, and the calibrated arm still counts.
  @Test func armsCanRunAlone() throws {
    let alone = try Self.run(keeping: ["halved"])
    let together = try Self.run()
    let finance = try #require(alone.result.arms[0].finance)
    #expect(finance.effects.isEmpty)
    #expect(!finance.publicCost.contains { $0.component == .net || $0.component == .extraTax })
    #expect(!finance.costEffectiveness.contains { $0.metric == .costPerExtraYen })
    #expect(
      alone.result.arms[0].portfolio.map(\.amount.mean)
        == together.result.arms[2].portfolio.map(\.amount.mean))
  }

  @Test func withoutSupportThereIsNoMoney() throws {
    let trial = try MoneyTrial(
      "renkei: 1\nplans: {list: [{plan_id: a, end_target_yen: 1e8}]}\narms: {x: [], y: []}")
    let result = try trial.engine(paths: 3).run().result
    #expect(result.arms.allSatisfy { $0.finance == nil })
    #expect(!result.arms[0].counts.contains { $0.metric == .failedCash })
  }
}
