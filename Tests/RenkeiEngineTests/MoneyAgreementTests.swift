// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiModel
import RenkeiReference
import Testing

@testable import RenkeiEngine

/// Fed with the vector engine's numbers, the scalar loop gives the same money.
struct MoneyAgreementTests {
  private static let paths = 128

  /// Every plan's cash and sources, and every figure of the portfolio, path by path and arm by arm.
  ///
  /// 1e-9 of the amounts that enter a figure: the kernels' stated errors of revenue (1e-10), times
  /// what costs and debt service take off it.
  @Test(arguments: MoneyScenario.allCases)
  func moneyAgreesPathByPath(_ scenario: MoneyScenario) throws {
    let model = try EngineTrial.model(scenario.yaml)
    let options = SimulationOptions(paths: 512, seed: 7, threads: 1)
    let trace = try VectorEngine(model: model, options: options).trace(block: 2)
    let reference = ReferenceEngine(model: model, options: options)
    let layout = TallyLayout(model: model)
    var compared = 0
    var failures = 0
    for path in 0..<Self.paths {
      var missing: [DrawKey] = []
      let exact = try reference.arms(
        path: RecordedDraws { key in
          if let value = trace.value(key, path: path) { return value }
          missing.append(key)
          return 0
        })
      for key in missing { #expect(Self.mayBeMissing(key), "not recorded: \(key)") }
      for (index, arm) in exact.enumerated() {
        let name = "\(model.arms[index].name) path \(path)"
        let vector = trace.arms[index]
        for plan in model.plans.indices {
          let money = arm.money[plan]
          let scale = model.plans[plan].endTargetYen.mean ?? 0
          for year in 0..<model.horizonYears {
            let yen = vector.revenueYen[plan][year][path]
            #expect(
              abs(yen - arm.revenueYen[plan][year]) <= 1e-9 * max(yen, scale * 1e-2),
              "\(name) revenue of \(plan) in \(year): \(yen) \(arm.revenueYen[plan][year])")
            guard !vector.cash[plan].isEmpty else { continue }
            let cash = vector.cash[plan][year][path]
            if year >= model.plans[plan].firstYearIndex {
              #expect(
                abs(cash - money.cash[year]) <= 1e-9 * max(abs(cash), scale),
                "\(name) cash of \(plan) in \(year): \(cash) \(money.cash[year])")
            }
            compared += 1
          }
          for (what, value) in [
            ("subsidy", money.subsidy), ("policy loan", money.policyLoan),
            ("private loan", money.privateLoan), ("scale", money.scale),
            ("gap", money.liquidityGap), ("exposure", money.exposureAtDefault),
            ("loss", money.creditLoss), ("profit", money.profit),
            ("cover", money.leastCoverage ?? .infinity),
          ] {
            guard let found = vector.money[plan][what]?[path] else { continue }
            let size = what == "scale" || what == "cover" ? abs(value) : max(abs(value), scale)
            #expect(
              found == value || abs(found - value) <= 1e-9 * max(size, 1),
              "\(name) \(what) of \(plan): \(found) \(value)")
          }
          if arm.hasFailedByCash[plan].contains(true) { failures += 1 }
        }
        compare(
          vector.figures(path: path), arm.figures(layout, goalYen: model.goalYen), name,
          scale: 1e9)
      }
    }
    #expect(compared > 1_000)
    if scenario == .enforced || scenario == .effects { #expect(failures > 20) }
  }

  private func compare(_ a: PathFigures, _ b: PathFigures, _ name: String, scale: Double) {
    for (cell, metric) in EffectMetric.allCases.enumerated() {
      let size = metric.unit == "yen" ? scale : 1
      #expect(
        abs(a.effects[cell] - b.effects[cell]) <= 1e-9 * size,
        "\(name) \(metric): \(a.effects[cell]) \(b.effects[cell])")
    }
    for cell in a.flows.indices {
      #expect(
        abs(a.flows[cell] - b.flows[cell]) <= 1e-9 * scale,
        "\(name) flow \(cell): \(a.flows[cell]) \(b.flows[cell])")
    }
    for cell in a.loans.indices {
      #expect(
        abs(a.loans[cell] - b.loans[cell]) <= 1e-9 * scale,
        "\(name) loans \(cell): \(a.loans[cell]) \(b.loans[cell])")
    }
  }

  /// Numbers that the scalar loop asks for although nothing depends on them.
  private static func mayBeMissing(_ key: DrawKey) -> Bool {
    switch key.variable {
    case .optimismFactor, .creditFactor, .failureScore, .takeUp: true
    // A plan that begins after the horizon has no money.
    default: key.entity == .plan("d")
    }
  }
}
