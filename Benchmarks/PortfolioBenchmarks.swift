// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import Foundation
import RenkeiDraws
import RenkeiEngine
import RenkeiFiles
import RenkeiModel

/// The benchmark model B101 through the whole engine, statistics included: by instruction set and
/// threads, in both precisions, with and without quantiles of every plan, beside the scalar loop on GSL.
struct PortfolioBenchmarks {
  static let planYears = ScalarB101.planCount * ScalarB101.years

  /// What a run computes beyond its statistics, or how.
  private struct Variant {
    let name: String
    var planQuantiles = false
    var precision = ArithmeticPrecision.double
  }

  private static let variants = [
    Variant(name: "vector"), Variant(name: "vector, single precision", precision: .single),
    Variant(name: "vector with plan quantiles", planQuantiles: true),
  ]

  /// GSL's fastest good generator, and its best known.
  static let peer = "scalar loop on gsl_ran_* (taus2)"
  private static var generators: [(name: String, kind: UnsafePointer<gsl_rng_type>?)] {
    [(peer, cgsl_taus2()), ("scalar loop on gsl_ran_* (mt19937)", cgsl_mt19937())]
  }

  func group() throws -> BenchmarkGroup {
    let paths = BenchmarkBuild.isOptimised ? 100_000 : 512
    var cases = Self.scalarCases(generators: Self.generators)
    for variant in Self.variants {
      for set in Self.instructionSets {
        // Emulated fused multiply-adds take fifty times as long.
        let isSlow = set == .baseline
        let count = isSlow ? min(paths, VectorEngine.chunkPaths) : paths
        for threads in isSlow ? [1] : Self.threadCounts {
          let engine = try VectorEngine(
            model: BenchmarkScenario.model("benchmark-b101"),
            options: SimulationOptions(
              paths: count, seed: 1, threads: threads, planQuantiles: variant.planQuantiles,
              precision: variant.precision),
            instructionSet: set)
          cases.append(
            BenchmarkCase(
              variant.name, instructionSet: set.name, threads: threads,
              items: count * Self.planYears, peer: Self.peer
            ) { _ = try engine.run() })
        }
      }
    }
    return BenchmarkGroup(
      name: "B101", unit: .nanoseconds(per: "plan-year"),
      rounds: BenchmarkBuild.isOptimised ? 9 : 1, cases: cases)
  }

  private static var instructionSets: [InstructionSet] {
    BenchmarkBuild.sizes(InstructionSet.available.reversed(), debug: [.best])
  }

  /// One, and as many as the machine has, by powers of two.
  private static var threadCounts: [Int] {
    let processors = BenchmarkBuild.isOptimised ? ProcessInfo.processInfo.activeProcessorCount : 1
    return sequence(first: 1) { $0 * 2 }.prefix { $0 <= processors }.map { $0 }
  }

  /// The scalar loop; with other generators its time beside the first's.
  static func scalarCases(
    generators: [(name: String, kind: UnsafePointer<gsl_rng_type>?)] = [(peer, cgsl_taus2())]
  ) -> [BenchmarkCase] {
    let paths = BenchmarkBuild.isOptimised ? 5_000 : 50
    return generators.compactMap { name, kind in
      kind.map { kind in
        BenchmarkCase(name, items: paths * planYears, peer: name == peer ? "" : peer) {
          _ = ScalarB101(paths: paths, seed: 1, generator: kind)
        }
      }
    }
  }
}

extension BenchmarkScenario {
  /// A shipped scenario, resolved.
  static func model(_ name: String) throws -> ProjectionModel {
    try ScenarioFile.load(path: path(name)).scenario.resolved()
  }
}
