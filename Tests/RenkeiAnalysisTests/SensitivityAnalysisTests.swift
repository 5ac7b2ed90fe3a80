// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiFiles
import RenkeiModel
import Testing

@testable import RenkeiAnalysis

/// A scenario whose total is x + y + z: two named inputs and a plan's own attainment.
@Suite("Sensitivity of an analytic scenario")
struct SensitivityAnalysisTests {
  private static let deviations = (x: 12e6, y: 6e6, z: 8e6)
  private static var deviation: Double {
    (deviations.x * deviations.x + deviations.y * deviations.y + deviations.z * deviations.z)
      .squareRoot()
  }
  /// One standard deviation above the mean.
  private static let goal = 500e6 + deviation

  static func yaml(_ more: String = "") -> String {
    """
    renkei: 1
    horizon_years: 1
    goal: {cumulative_revenue_yen: \(goal)}
    plans:
      defaults: {period_years: 1}
      list:
        - {plan_id: a, end_target_yen: $x}
        - {plan_id: b, end_target_yen: $y}
        - {plan_id: c, end_target_yen: 100e6, attainment: {normal: {mean: 1, sd: 0.08}}}
    inputs:
      x: {normal: {mean: 300e6, sd: \(deviations.x)}}
      y: {normal: {mean: 100e6, sd: \(deviations.y)}}
    \(more)
    """
  }

  static func result(
    _ yaml: String, paths: Int, seed: UInt64 = 1, threads: Int = 2
  ) throws -> SensitivityResult {
    let model = try ScenarioFile.load(Array(yaml.utf8), source: "s.yaml").scenario.resolved()
    return try SensitivityAnalysis(
      model: model, options: SimulationOptions(paths: paths, seed: seed, threads: threads)
    ).run()
  }

  private static func row(
    _ result: SensitivityResult, _ metric: EffectMetric, _ input: String,
    _ method: SensitivityMethod
  ) throws -> SensitivityRow {
    try #require(
      result.rows.first { $0.metric == metric && $0.input == input && $0.method == method })
  }

  private static func check(_ row: SensitivityRow, _ exact: Double) throws {
    let (value, error) = try (#require(row.value), #require(row.standardError))
    #expect(abs(value - exact) < 5 * error, "\(row.input) \(row.metric) \(row.method)")
    #expect(row.interval95?.contains(value) == true)
  }

  /// One analysis for all tests that only read it.
  private static let linear = Result { try result(yaml(), paths: 8_192) }

  @Test("shares, correlations and ends are the known ones")
  func linear() throws {
    let result = try Self.linear.get()
    #expect(result.runs == 2 + 3 + 4)
    let parts = [
      ("x", Self.deviations.x), ("y", Self.deviations.y), ("plans.attainment", Self.deviations.z),
    ]
    let z10 = 1.281_551_565_544_600_4
    for (input, deviation) in parts {
      let share = deviation * deviation / (Self.deviation * Self.deviation)
      for method in [SensitivityMethod.sobolFirst, .sobolTotal] {
        let row = try Self.row(result, .cumulativeRevenue, input, method)
        try Self.check(row, share)
        #expect(try #require(row.standardError) < 0.03)
      }
      guard input.count == 1 else { continue }
      try Self.check(
        Self.row(result, .cumulativeRevenue, input, .spearman),
        6 / .pi * asin(deviation / Self.deviation / 2))
      for (method, score) in [(SensitivityMethod.tornadoLow, -z10), (.tornadoHigh, z10)] {
        let end = try Self.row(result, .cumulativeRevenue, input, method)
        let mean = input == "x" ? 300e6 : 100e6
        #expect(try abs(#require(end.inputValue) - (mean + score * deviation)) < 1)
        try Self.check(end, 500e6 + score * deviation)
        // The chance that what is left reaches the goal.
        let left = (Self.deviation * Self.deviation - deviation * deviation).squareRoot()
        let distance = (Self.goal - 500e6 - score * deviation) / left
        try Self.check(
          Self.row(result, .goalProbability, input, method), erfc(distance / 2.0.squareRoot()) / 2)
      }
      let swing = try #require(
        result.swings.first { $0.input == input && $0.metric == .cumulativeRevenue })
      // Path by path on the same draws the difference is the same; rounding alone remains.
      #expect(abs(swing.difference / (2 * z10 * deviation) - 1) < 1e-9)
    }
    for method in [SensitivityMethod.tornadoLow, .spearman, .sobolFirst, .sobolTotal] {
      let ranks = ["x", "plans.attainment", "y"].map { input in
        result.rows.first {
          $0.metric == .cumulativeRevenue && $0.input == input && $0.method == method
        }?.rank
      }
      let hasAttainment = method == .sobolFirst || method == .sobolTotal
      #expect(ranks == (hasAttainment ? [1, 2, 3] : [1, nil, 2]))
    }
  }

  @Test("shares of the chance of the goal follow from the normal distribution")
  func goalShares() throws {
    let result = try Self.linear.get()
    let p = erfc(1 / 2.0.squareRoot()) / 2
    let inputs = [
      ("x", Self.deviations.x), ("y", Self.deviations.y), ("plans.attainment", Self.deviations.z),
    ]
    for (input, deviation) in inputs {
      let share = deviation * deviation / (Self.deviation * Self.deviation)
      try Self.check(
        Self.row(result, .goalProbability, input, .sobolFirst),
        (Self.bothReach(correlation: share) - p * p) / (p * (1 - p)))
      try Self.check(
        Self.row(result, .goalProbability, input, .sobolTotal),
        (p - Self.bothReach(correlation: 1 - share)) / (p * (1 - p)))
    }
  }

  /// P(U ≥ 1, V ≥ 1) of standard normals: ∫ φ(s)·P(√ρ·s + √(1−ρ)·e ≥ 1)² ds.
  private static func bothReach(correlation rho: Double) -> Double {
    let step = 0.005
    return stride(from: -8.0, through: 8, by: step).reduce(0) { sum, s in
      let alone = erfc((1 - rho.squareRoot() * s) / (2 * (1 - rho)).squareRoot()) / 2
      return sum + step * exp(-s * s / 2) / (2 * Double.pi).squareRoot() * alone * alone
    }
  }

  @Test(
    "correlated inputs have their shares together; the others stay as they are when one is held")
  func correlated() throws {
    let result = try Self.result(
      Self.yaml("correlations: {normal_score: [[x, y, 0.5]]}"), paths: 4_096)
    let (x, y, z) = Self.deviations
    let both = x * x + y * y + x * y
    for method in [SensitivityMethod.sobolFirst, .sobolTotal] {
      try Self.check(
        Self.row(result, .cumulativeRevenue, "x+y", method), both / (both + z * z))
      #expect(!result.rows.contains { $0.input == "x" && $0.method == method })
    }
    let swing = try #require(
      result.swings.first { $0.input == "x" && $0.metric == .cumulativeRevenue })
    #expect(abs(swing.difference / (2 * 1.281_551_565_544_600_4 * x) - 1) < 1e-9)
    #expect(result.runs == 2 + 2 + 4)
  }

  @Test("an input whose parameters are drawn is held at the quantiles of its draws")
  func nested() throws {
    let yaml = Self.yaml().replacing(
      "y: {normal: {mean: 100e6, sd: 6000000.0}}",
      with: "y: {normal: {mean: $m, sd: 4e6}}\n  m: {normal: {mean: 100e6, sd: 6e6}}")
    let result = try Self.result(yaml, paths: 4_096)
    let low = try Self.row(result, .cumulativeRevenue, "y", .tornadoLow)
    // y has a standard deviation of √52e6, and a tenth of 4,096 draws an error of 2.7% of it.
    let distance = try #require(low.inputValue) - 90.7586e6
    #expect(abs(distance) < 5 * 0.027 * 7.2111e6)
    try Self.check(Self.row(result, .cumulativeRevenue, "m", .sobolFirst), 36.0 / 260)
  }

  @Test("95% intervals of shares hold the truth, engine and all")
  func coverage() throws {
    var (held, count) = (0, 0)
    let total = Self.deviation * Self.deviation
    let exact = [
      "x": Self.deviations.x * Self.deviations.x / total,
      "y": Self.deviations.y * Self.deviations.y / total,
      "plans.attainment": Self.deviations.z * Self.deviations.z / total,
    ]
    for seed in 0..<40 {
      let result = try Self.result(Self.yaml(), paths: 512, seed: 100 + UInt64(seed), threads: 1)
      for row in result.rows
      where row.metric == .cumulativeRevenue && exact[row.input] != nil
        && (row.method == .sobolFirst || row.method == .sobolTotal)
      {
        count += 1
        if let truth = exact[row.input], row.interval95?.contains(truth) == true { held += 1 }
      }
    }
    #expect(count == 240)
    let share = Double(held) / Double(count)
    #expect(share > 0.9 && share < 0.99)
  }
}
