// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation
import Renkei

/// A scenario that is read with one value after another and simulated each time.
struct VariedScenario {
  /// How its runs are computed.
  struct Options: ParsableArguments {
    @Option(
      help: ArgumentHelp(
        "Number of Monte Carlo paths of every run, in place of the scenario's.", valueName: "n"),
      transform: StrictNumber.paths)
    var paths: Int?

    @Option(
      help: ArgumentHelp("Seed of the draws, in place of the scenario's.", valueName: "s"),
      transform: StrictNumber.seed)
    var seed: UInt64?

    @OptionGroup var workers: ThreadOptions

    @OptionGroup var settings: SettingOptions
  }

  let text: ScenarioText
  let options: Options
  /// The arms to run; nil: all.
  let armNames: [String]?
  /// The option that names them.
  let armOption: String

  init(
    path: String, _ options: Options, armNames: [String]?, armOption: String = "--arms"
  ) throws {
    text = try ScenarioText(path: path)
    self.options = options
    self.armNames = armNames
    self.armOption = armOption
  }

  /// The scenario with values laid over it after those of `--set`.
  ///
  /// - Throws: as `ScenarioInput`.
  func input(_ settings: [ScenarioOverride] = []) throws -> ScenarioInput {
    try ScenarioInput(
      text, overrides: options.settings.overrides + settings, armNames: armNames,
      armOption: armOption)
  }

  func simulationOptions(_ model: ProjectionModel) -> SimulationOptions {
    SimulationOptions(
      paths: options.paths ?? model.simulation.paths, seed: options.seed ?? model.simulation.seed,
      threads: options.workers.count,
      planQuantiles: false, sampling: model.simulation.sampling)
  }

  /// Every path of the portfolio.
  ///
  /// - Throws: `SimulationError`, `InstructionSetError` or `TableError`.
  func simulate(_ model: ProjectionModel, control: RunControl) throws -> PortfolioPaths {
    let instructionSet = try InstructionSet.selected(
      environment: ProcessInfo.processInfo.environment)
    return try VectorEngine(
      model: model, options: simulationOptions(model), instructionSet: instructionSet
    ).portfolioPaths(control: control)
  }
}

/// What a scenario read many times has to say beside its models, each thing once.
final class InputNotes {
  private(set) var warnings: [Diagnostic] = []
  private var first: ScenarioInput?

  /// Of the first reading.
  var files: [InputFile] { first?.files ?? [] }

  func add(_ input: ScenarioInput) {
    for warning in input.warnings where !warnings.contains(warning) { warnings.append(warning) }
    if first == nil { first = input }
  }

  /// Paths of a run.
  func paths(_ varied: VariedScenario) -> Int {
    first.map { varied.simulationOptions($0.model).paths } ?? 0
  }

  /// What the answer rests on, apart from the values of the keys that vary.
  func origin(_ varied: VariedScenario, varying keys: [String]) -> AnswerOrigin {
    guard let first else { preconditionFailure("an answer rests on a scenario that was read") }
    let (options, stated) = (varied.simulationOptions(first.model), varied.options)
    func isFixed(_ key: String, _ option: Bool) -> Bool { option || !keys.contains(key) }
    return AnswerOrigin(
      first, settings: stated.settings.overrides,
      seed: isFixed("simulation.seed", stated.seed != nil) ? options.seed : nil,
      paths: isFixed("simulation.paths", stated.paths != nil) ? options.paths : nil)
  }
}
