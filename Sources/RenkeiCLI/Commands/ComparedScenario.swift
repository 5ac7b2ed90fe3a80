// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation
import Renkei

/// The sides of a comparison, read from disk or run in memory.
enum ComparedScenario {
  /// How scenarios are run.
  struct Options: ParsableArguments {
    @Option(
      help: ArgumentHelp("Number of paths for scenario files.", valueName: "n"),
      transform: StrictNumber.paths)
    var paths: Int?

    @Option(
      help: ArgumentHelp("Seed of the draws for scenario files.", valueName: "s"),
      transform: StrictNumber.seed)
    var seed: UInt64?

    @OptionGroup var workers: ThreadOptions
  }

  /// Whether a path means a scenario file and not a result.
  static func isScenario(_ path: String) -> Bool {
    path == "-" || [".yaml", ".yml", ".json"].contains { path.hasSuffix($0) }
  }

  /// Both sides: results are read, then scenarios run on common draws.
  ///
  /// - Throws: errors of reading, of scenarios and of running.
  static func results(
    _ a: String, _ b: String, _ options: Options, _ interruption: Interruption
  ) throws -> (ComparedResult, ComparedResult) {
    let read = try [a, b].map { isScenario($0) ? nil : try ComparedResult.load(path: $0) }
    let inputs = try [a, b].map { isScenario($0) ? try ScenarioInput(path: $0) : nil }
    let settings = inputs.compactMap { $0 }.first?.model.simulation
    let facts = read.compactMap { $0 }.first?.facts
    let results = try zip([a, b], zip(read, inputs)).map { path, side in
      if let result = side.0 { return result }
      guard let input = side.1, let settings else {
        preconditionFailure("a side is a result or a scenario")
      }
      return try run(
        input, path: path,
        SimulationOptions(
          paths: options.paths ?? facts?.paths ?? settings.paths,
          seed: options.seed ?? facts?.seed ?? settings.seed,
          threads: options.workers.count, sampling: settings.sampling,
          keepsPaths: true),
        interruption)
    }
    return (results[0], results[1])
  }

  private static func run(
    _ input: ScenarioInput, path: String, _ options: SimulationOptions,
    _ interruption: Interruption
  ) throws -> ComparedResult {
    Terminal.report(
      DiagnosticText.lines(input.warnings, style: Terminal.style(STDERR_FILENO)))
    let bar =
      Terminal.isTerminal(STDERR_FILENO)
      ? ProgressBar(control: interruption.control, totalPaths: options.paths) : nil
    defer { bar?.finish() }
    let outcome = try EngineChoice.vector.run(input.model, options, control: interruption.control)
    var facts = RunFacts()
    facts.seed = options.seed
    facts.paths = options.paths
    facts.numericContract = RunManifest.numericContract
    facts.horizonYears = outcome.result.horizonYears
    facts.currency = RunManifest.currency
    facts.goalYen = outcome.result.arms.first?.goal?.goalYen
    facts.sampling = outcome.result.sampling.rawValue
    facts.arms = outcome.result.arms.map(\.arm)
    let result = outcome.result
    return ComparedResult(
      name: path,
      tables: ResultFile.allCases.filter { $0.isPresent(in: result) }.map { file in
        ComparedTable(name: file.rawValue) {
          try CSVStream(file.document(result).bytes(), source: file.fileName)
        }
      }
        + AssumptionFile.allCases.filter { $0 != .assumptions }.map { file in
          .bytes(file.document(input.scenario, input.model).bytes(), name: file.rawValue)
        }, facts: facts,
      totals: outcome.keptPaths.map { KeptTotals(arms: facts.arms, totals: $0.totals) })
  }
}
