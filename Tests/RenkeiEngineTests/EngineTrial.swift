// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDraws
import RenkeiFiles
import RenkeiModel

@testable import RenkeiEngine

/// A scenario text run by the vector engine.
struct EngineTrial {
  let model: ProjectionModel
  let result: SimulationResult

  /// - Parameter plans: the plan list as CSV text; further keys of `plans` go into `yaml`.
  init(
    _ yaml: String, paths: Int, seed: UInt64 = 1, threads: Int = 2, planQuantiles: Bool = true,
    instructionSet: InstructionSet = .best, sampling: SamplingDesign = .random,
    precision: ArithmeticPrecision = .double
  ) throws {
    model = try Self.model(yaml)
    result = try VectorEngine(
      model: model,
      options: SimulationOptions(
        paths: paths, seed: seed, threads: threads, planQuantiles: planQuantiles,
        sampling: sampling, precision: precision),
      instructionSet: instructionSet
    ).run().result
  }

  static func model(_ yaml: String) throws -> ProjectionModel {
    try ScenarioFile.load(Array(yaml.utf8), source: "test.yaml").scenario.resolved()
  }

  /// How many paths a statistical test takes: an unoptimised engine is some thirty times slower.
  static func paths(_ optimised: Int, unoptimised: Int) -> Int {
    var isOptimised = true
    assert(
      {
        isOptimised = false
        return true
      }())
    return isOptimised ? optimised : unoptimised
  }

  /// Mean, standard deviation and standard error of a plan's year, 1-based.
  func plan(_ id: String, _ measure: Measure, year: Int) throws -> AmountSummary {
    let row = result.arms[0].plans.first {
      $0.planID == id && $0.measure == measure && $0.year == year
    }
    guard let row else { throw MissingRow() }
    return row.amount
  }

  func portfolio(_ measure: Measure, year: Int) throws -> AmountSummary {
    let row = result.arms[0].portfolio.first { $0.measure == measure && $0.year == year }
    guard let row else { throw MissingRow() }
    return row.amount
  }

  struct MissingRow: Error {}
}

extension AmountSummary {
  /// Distance of the mean from an exact value, in standard errors.
  func z(from exact: Double) -> Double { (mean - exact) / (standardError ?? .nan) }
}
