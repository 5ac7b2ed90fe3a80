// SPDX-License-Identifier: GPL-3.0-or-later
import Renkei

/// The text of a scenario file, read once however often it is interpreted.
struct ScenarioText {
  /// `-` for standard input.
  let path: String
  let bytes: [UInt8]

  /// - Throws: `FileAccessError`.
  init(path: String) throws {
    self.path = path
    bytes = try InputBytes.contents(of: path, limit: InputBytes.scenarioLimit)
  }
}

/// A scenario read, checked and resolved, ready to be run.
struct ScenarioInput {
  /// As stated, with the place of every value.
  let scenario: Scenario
  let model: ProjectionModel
  /// What is unusual but not wrong, in the files and in what they state.
  let warnings: [Diagnostic]
  /// Every file that was read, with its hash.
  let files: [InputFile]

  /// Reads `path` with `overrides` laid over it and keeps only the arms of `armNames` (nil: all), in
  /// the order of the scenario.
  ///
  /// - Throws: `FileAccessError`, `DiagnosticReport` with every problem, or a `CommandFailure` for
  ///   an arm that the scenario does not have.
  init(path: String, overrides: [ScenarioOverride] = [], armNames: [String]? = nil) throws {
    try self.init(try ScenarioText(path: path), overrides: overrides, armNames: armNames)
  }

  /// As ``init(path:overrides:armNames:)``, of a file that has been read.
  ///
  /// - Parameter armOption: the option that names the arms.
  init(
    _ text: ScenarioText, overrides: [ScenarioOverride] = [], armNames: [String]? = nil,
    armOption: String = "--arms"
  ) throws {
    let loaded = try ScenarioFile.load(text.bytes, source: text.path, overrides: overrides)
    var model: ProjectionModel
    do {
      model = try loaded.scenario.resolved()
    } catch {
      throw DiagnosticReport(loaded.warnings + error.diagnostics)
    }
    if let armNames {
      try Self.check(armNames, of: armOption, among: model.arms.map(\.name))
      // Others stay in the scenario: the calibrated arm counts whether or not it runs.
      model = model.keepingArms(named: armNames)
    }
    self.model = model
    scenario = loaded.scenario
    warnings = loaded.warnings + model.warnings
    files = loaded.inputFiles
  }

  private static func check(_ names: [String], of option: String, among known: [String]) throws {
    for (index, name) in names.enumerated() where names[..<index].contains(name) {
      throw CommandFailure(
        .usage, "\(option): the arm '\(DisplayWidth.printable(name))' is named twice")
    }
    for name in names where !known.contains(name) {
      let hint = Suggestion.phrase(for: name, among: known).map { "; \($0)" } ?? ""
      throw CommandFailure(
        .usage,
        "\(option): the scenario has no arm '\(DisplayWidth.printable(name))', only "
          + known.map(DisplayWidth.printable).joined(separator: ", ") + hint)
    }
  }
}

extension AnswerOrigin {
  /// Of a scenario that was read with `settings` laid over it.
  init(_ input: ScenarioInput, settings: [ScenarioOverride], seed: UInt64?, paths: Int?) {
    self.init(
      title: input.model.title, settings: settings.map { "\($0.key)=\($0.value)" }, seed: seed,
      paths: paths, inputsHash: SHA256.hexadecimal(ofHashes: input.files.map(\.sha256)))
  }
}
