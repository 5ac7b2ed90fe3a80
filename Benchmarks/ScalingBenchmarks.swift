// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiEngine
import RenkeiFiles
import RenkeiModel

/// How the time of a plan-year depends on how many paths and plans there are: flat is right.
struct ScalingBenchmarks {
  /// Whether to take minutes and gigabytes.
  let isFull: Bool

  func groups() throws -> [BenchmarkGroup] { [try paths(), try plans()] }

  /// B101 with 10⁴ to 10⁷ paths, beside 10⁵.
  private func paths() throws -> BenchmarkGroup {
    let counts =
      !BenchmarkBuild.isOptimised
      ? [512, 1_024] : isFull ? [10_000, 100_000, 1_000_000, 10_000_000] : [10_000, 100_000]
    let peer = Self.name(counts[1], "paths")
    let model = try BenchmarkScenario.model("benchmark-b101")
    return try group("B101 by paths", rounds: isFull ? 3 : 1, counts: counts, unit: "paths", peer) {
      (try Self.engine(model, paths: $0), $0 * PortfolioBenchmarks.planYears)
    }
  }

  /// Portfolios like B101 with 10 to 10⁵ plans, beside 100, with as many paths as keep the work even.
  private func plans() throws -> BenchmarkGroup {
    let counts =
      !BenchmarkBuild.isOptimised
      ? [10, 100] : isFull ? [10, 100, 1_000, 10_000, 100_000] : [10, 100, 1_000]
    let peer = Self.name(counts[1], "plans")
    return try group("B101 by plans", rounds: isFull ? 3 : 1, counts: counts, unit: "plans", peer) {
      let paths = BenchmarkBuild.isOptimised ? max(4_096, 5_000_000 / $0) : 512
      let model = try Self.portfolio(plans: $0)
      return (try Self.engine(model, paths: paths), paths * $0 * ScalarB101.years)
    }
  }

  private func group(
    _ name: String, rounds: Int, counts: [Int], unit: String, _ peer: String,
    _ engine: (Int) throws -> (VectorEngine, items: Int)
  ) throws -> BenchmarkGroup {
    let cases = try counts.map { count in
      let (engine, items) = try engine(count)
      return BenchmarkCase(Self.name(count, unit), items: items, peer: peer) {
        _ = try engine.run()
      }
    }
    return BenchmarkGroup(
      name: name, unit: .nanoseconds(per: "plan-year"), rounds: rounds, cases: cases)
  }

  private static func engine(_ model: ProjectionModel, paths: Int) throws -> VectorEngine {
    try VectorEngine(
      model: model,
      options: SimulationOptions(paths: paths, seed: 1, threads: 1, planQuantiles: false))
  }

  /// The benchmark scenario with a list of other length.
  private static func portfolio(plans: Int) throws -> ProjectionModel {
    let path = BenchmarkScenario.path("benchmark-b101")
    let list = (0..<plans).map { "{plan_id: p\($0), end_target_yen: \(100_000_000 + $0)}" }
    let text = try String(contentsOfFile: path, encoding: .utf8)
      .replacing("file: plans/benchmark-b101.csv", with: "list: [\(list.joined(separator: ", "))]")
    return try ScenarioFile.load(Array(text.utf8), source: path).scenario.resolved()
  }

  private static func name(_ count: Int, _ unit: String) -> String { "\(count) \(unit)" }
}
