// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation
import Renkei

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Run a result folder again from its manifest and prove that it is the same bytes.",
    discussion: """
      Reads manifest.json, checks the hashes of the scenario's files and of the result files, runs \
      the same command in memory and compares every file byte by byte through its SHA-256. Says \
      what differs: inputs changed since, another version, other quantile tables, results edited \
      by hand. Nothing is written.

      Paths in the manifest are relative to where the run was started: verify from there, or name \
      the scenario with --scenario (the files of assumptions name its path and are then left out). \
      Exit code 0 if all bytes agree, 1 if anything differs.

      Examples:
        renkei verify results/shinrenkei-2005
        renkei verify old/results --scenario Scenarios/shinrenkei-2005.yaml
      """)

  @Argument(help: "A result folder.")
  var folder: String

  @Option(help: ArgumentHelp("The scenario file, in place of the manifest's.", valueName: "file"))
  var scenario: String?

  @OptionGroup var workers: ThreadOptions

  func run() throws {
    let interruption = Interruption()
    let path = folder + "/" + RunManifest.fileName
    guard let manifest = try ManifestFile.load(path: path) else {
      throw FileAccessError(path: path, reason: .notFound)
    }
    let record = try RunRecord(manifest, path: path)
    var command = try record.command()
    if let scenario { command.scenario = scenario }
    guard command.scenario != "-" else {
      throw CommandFailure(
        .usage, "the run read its scenario from standard input; name it with --scenario")
    }
    command.workers = workers
    var differences = record.changesOfProgram
    differences += try filesChanged(record, interruption)
    let input = try ScenarioInput(
      path: command.scenario, overrides: command.settings.overrides, armNames: command.armNames)
    differences += record.changes(of: input.files)
    let outcome = try command.simulate(
      input.model, command.attributionRequest(input.model), interruption)
    differences += record.changes(of: outcome)
    differences += try record.changes(
      of: RunManifest(
        outcome: outcome, renkeiVersion: RenkeiRelease.version, scenarioPath: command.scenario,
        settings: [], inputs: [], results: [], command: [], gslVersion: GSLLibrary.version))
    differences += try resultsChanged(
      record, outcome, of: input, excel: command.excel, interruption)
    try report(differences, files: record.results.count)
  }

  /// Result files on disk that are not what the manifest says.
  private func filesChanged(
    _ record: RunRecord, _ interruption: Interruption
  ) throws -> [String] {
    try record.results.compactMap { file in
      try interruption.check()
      let path = folder + "/" + file.path
      guard FileManager.default.fileExists(atPath: path) else {
        return "\(file.path) is missing from the folder"
      }
      return try SHA256.hexadecimal(ofFile: path) == file.sha256
        ? nil : "\(file.path) was changed after the run"
    }
  }

  /// Result files whose bytes come out otherwise now.
  private func resultsChanged(
    _ record: RunRecord, _ outcome: SimulationOutcome, of input: ScenarioInput, excel: Bool,
    _ interruption: Interruption
  ) throws -> [String] {
    let files = RunFiles(outcome, of: input, excel: excel)
    var differences: [String] = []
    // They name the places of values in the scenario's files, which stand elsewhere then.
    let skipped = scenario == nil ? [] : AssumptionFile.allCases.map(\.fileName)
    for name in files.names where !skipped.contains(name) {
      try interruption.check()
      guard let stated = record.results.first(where: { $0.path == name }) else {
        differences.append("\(name) is written now and was not then")
        continue
      }
      if files.write(name, to: { _ in }) != stated.sha256 {
        differences.append("\(name) comes out with other bytes")
      }
    }
    for file in record.results where !files.names.contains(file.path) {
      differences.append("\(file.path) was written then and is not now")
    }
    return differences
  }

  private func report(_ differences: [String], files: Int) throws {
    let place = DisplayWidth.printable(folder)
    guard differences.isEmpty else {
      let lines = ["\(place) cannot be made again as it is:"] + differences.map { "  " + $0 }
      try StandardOutput.write(lines.joined(separator: "\n") + "\n")
      throw CommandFailure(.differences, "")
    }
    try StandardOutput.write(
      "verified: \(files) files of \(place) come out again with the same bytes\n")
  }
}

/// What a manifest says of how its folder was made.
struct RunRecord {
  let results: [ManifestFile.HashedFile]
  private let content: [String: Any]
  private let inputs: [ManifestFile.HashedFile]
  private let arguments: [String]
  private let version: String?
  private let contract: String?
  private let tablesHash: String?
  private let gslVersion: String?
  private let seed: UInt64?
  private let paths: Int?

  /// - Throws: `FileAccessError` where the manifest does not tell what is needed.
  init(_ manifest: ManifestFile, path: String) throws {
    content = manifest.content
    results = manifest.hashes("results")
    inputs = manifest.hashes("inputs")
    arguments = manifest.content["command"] as? [String] ?? []
    let facts = RunFacts(manifest)
    version = manifest.text("renkei_version")
    contract = facts.numericContract
    tablesHash = facts.tablesHash
    gslVersion = facts.gslVersion
    seed = facts.seed
    paths = facts.paths
    guard !results.isEmpty, arguments.count > 2, arguments[1] == "run" else {
      throw FileAccessError(
        path: path, reason: .system("it does not tell the command and the files of a run"))
    }
  }

  /// The command of the run, with the seed and the paths that it used.
  func command() throws -> RunCommand {
    guard var command = try RenkeiCommand.parseAsRoot(Array(arguments.dropFirst())) as? RunCommand
    else { throw CommandFailure(.badData, "the manifest's command is no run") }
    if let seed { command.seed = seed }
    if let paths { command.paths = paths }
    command.quiet = true
    return command
  }

  /// How this program differs from the one that ran then.
  var changesOfProgram: [String] {
    var changes: [String] = []
    if let version, version != RenkeiRelease.version {
      changes.append("made by version \(version), this is \(RenkeiRelease.version)")
    }
    if let contract, contract != RunManifest.numericContract {
      changes.append("draws follow \(contract), now \(RunManifest.numericContract)")
    }
    return changes
  }

  /// Inputs that are not what they were; paths may differ, content may not.
  func changes(of files: [InputFile]) -> [String] {
    let then = inputs.map(\.sha256)
    let now = files.map(\.sha256)
    if then == now { return [] }
    var changes: [String] = []
    for input in inputs where !now.contains(input.sha256) {
      changes.append("the input \(DisplayWidth.printable(input.path)) has changed since")
    }
    for file in files where !then.contains(file.sha256) {
      let isKnown = inputs.contains { $0.path == file.path }
      if !isKnown {
        changes.append("the input \(DisplayWidth.printable(file.path)) was not read then")
      }
    }
    return changes
  }

  /// What the manifest states of the run and the run does not bear out.
  func changes(of manifest: RunManifest) throws -> [String] {
    let now = try JSONSerialization.jsonObject(with: Data(manifest.json.document))
    return Self.statedOfRun.compactMap { key in
      let (then, now) = (Self.stated(content, key), Self.stated(now as? [String: Any], key))
      return then == now ? nil : "the manifest states another \(key) than the run has"
    }
  }

  private static let statedOfRun = [
    "title", "start_year", "horizon_years", "currency", "goal_yen", "seed", "paths", "until",
    "precision", "sampling", "error_unit", "error_units", "arms", "engine", "plan_quantiles",
    "quantiles",
  ]

  /// The value of a key; of a run that ended by itself all but what its cap would have had it say.
  private static func stated(_ content: [String: Any]?, _ key: String) -> NSObject? {
    guard var until = content?[key] as? [String: Any] else { return content?[key] as? NSObject }
    until["path_limit"] = nil
    until["paths_needed"] = nil
    return until as NSDictionary
  }

  /// Quantile tables that are not what they were.
  func changes(of outcome: SimulationOutcome) -> [String] {
    let now = RunManifest.hexadecimal(outcome.tablesHash)
    guard let tablesHash, tablesHash != now else { return [] }
    let library =
      gslVersion.map { $0 == GSLLibrary.version ? "" : " (GSL \($0), now \(GSLLibrary.version))" }
    return ["the quantile tables differ" + (library ?? "")]
  }
}
