// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiFiles
import RenkeiModel
import Testing

@testable import RenkeiEngine

/// The benchmark model B101, whose total is known in closed form.
struct BenchmarkPortfolioTests {
  private static let mean = 46_678_839_183.0
  private static let standardDeviation = 13_641_508_278.0

  /// Mean and standard deviation of the five-year total within 5 standard errors; a million paths
  /// where the code is optimised, a twentieth in a debug build.
  @Test func totalMatchesItsClosedForm() throws {
    let paths = EngineTrial.paths(1_000_000, unoptimised: 50_000)
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Scenarios/benchmark-b101.yaml").path
    let model = try ScenarioFile.load(path: path).scenario.resolved()
    let result = try VectorEngine(
      model: model,
      options: SimulationOptions(paths: paths, seed: 1, threads: 2, planQuantiles: false)
    ).run().result
    let total = try #require(
      result.arms[0].portfolio.first { $0.measure == .cumulative && $0.year == 5 }
    ).amount
    #expect(abs(total.mean - Self.mean) < 5 * Self.standardDeviation / Double(paths).squareRoot())
    // Var(sd) ≈ sd²·(kurtosis − 1) / 4n; the total's kurtosis is below 6.
    let error = Self.standardDeviation * (5 / (4 * Double(paths))).squareRoot()
    #expect(abs(total.standardDeviation - Self.standardDeviation) < 5 * error)
  }
}
