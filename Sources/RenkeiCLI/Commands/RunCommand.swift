// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation
import Renkei

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Simulate a scenario; write the result files and say what they mean.",
    discussion: """
      The result folder appears as a whole at the end or not at all. The files of an earlier run in \
      a result folder of the same name are replaced; what else lies there (the answers of other \
      commands, report.html, notes) stays, with a warning where the results have changed. Any other \
      folder is replaced only with --force, which keeps nothing.

      -o - writes no folder: standard output carries portfolio.csv (or, with --format json, the \
      portfolio, the goal and what support does and costs) and nothing else.
      --format csv or json prints the same to standard output in place of the summary, and the \
      folder is written all the same.
      --excel writes the CSV files so that a double click opens them right in Excel, also a \
      Japanese one: UTF-8 with a byte-order mark, CRLF line ends, and text that Excel would run as \
      a formula or turn into a number or date kept as text. Other tools should read the standard \
      files.
      --timing prints one line to standard error: engine_seconds=… plan_years=… \
      ns_per_plan_year=… (simulation and statistics, without reading, tables and writing).
      A run of more than a second is announced by a line on standard error: memory, disk and time \
      that it will take (with --timing every run is). One that does not fit the machine is \
      refused with exit code 69.
      --until ends the run as soon as a condition holds, with at most --paths (or the scenario's) \
      paths: se(goal_probability) < 0.001, a standard error; ci(mean) < 1%, half the interval; \
      decided(goal_probability > 0.5), whether a figure lies above or below a threshold. It is looked \
      at after fixed numbers of paths, so that threads change nothing, and the result is that of \
      --paths with the number at which it ended. Every arm must satisfy it, or the one behind the \
      figure: se(mean, none) < 0.1%. ci and decided stay right although one looks often. A run \
      that uses all its paths without reaching the condition ends with exit code 0 all the same: its \
      results are right, only less precise. The summary, the manifest ("until": "met") and \
      --format json say so; where no summary is printed, also with --quiet, standard error does.
      --attribution adds attribution.csv: what each support measure contributes to each arm, as \
      Shapley values over up to 32 combinations of measures, simulated on paths of their own.

      Examples:
        renkei run Scenarios/shinrenkei-2005.yaml
        renkei run my-scenario.yaml --paths 1000000 --seed 7 -o results/seed-7
        renkei run my-scenario.yaml --set factors.macro.loading=0.4 -o results/macro
        renkei run my-scenario.yaml --arms certified,none --attribution
        renkei run my-scenario.yaml --paths 10000000 --until 'se(goal_probability) < 0.0005'
        renkei run my-scenario.yaml --lang ja --excel
        renkei run my-scenario.yaml --paths 10000000 --precision single
        renkei run my-scenario.yaml -o - | head -3
      """)

  @Argument(help: "The scenario file, or - for standard input.")
  var scenario: String

  @Option(
    name: [.short, .customLong("output")],
    help: ArgumentHelp(
      "Folder for the results; - for standard output. (default: results/<scenario name>)",
      valueName: "dir"))
  var output: String?

  @Option(
    help: ArgumentHelp("Number of Monte Carlo paths, in place of the scenario's.", valueName: "n"),
    transform: StrictNumber.paths)
  var paths: Int?

  @Option(
    help: ArgumentHelp("Seed of the draws, in place of the scenario's.", valueName: "s"),
    transform: StrictNumber.seed)
  var seed: UInt64?

  @OptionGroup var workers: ThreadOptions

  @OptionGroup var settings: SettingOptions

  @Option(help: ArgumentHelp("Arms to run, separated by commas.", valueName: "a,b"))
  var arms: String?

  @Option(help: "Engine: vector is fast; reference is slow and easy to audit.")
  var engine: EngineChoice = .vector

  @Option(
    help: ArgumentHelp(
      "Sampling design of the draws that all plans share, in place of the scenario's.",
      valueName: "design"))
  var sampling: SamplingDesign?

  @Option(
    help: ArgumentHelp(
      "What plan-years are computed in: double, or single, which is faster and agrees with double "
        + "on the same draws to about six digits.", valueName: "double|single"))
  var precision: ArithmeticPrecision = .double

  @Option(
    help: ArgumentHelp("Whether quantiles of plans and groups are computed.", valueName: "on|off"))
  var planQuantiles: OnOff = .on

  @Option(
    help: ArgumentHelp(
      "Stop as soon as this holds, at the latest after --paths paths; see above.",
      valueName: "condition"))
  var until: String?

  @Flag(
    help: "Keep every path: its total by arm and year (paths.f64) and its inputs (draws.csv).")
  var keepPaths = false

  // Read by hand: a transform that fails would silently leave the number to the default.
  @Option(
    defaultAsFlag: String(Attribution.standardPaths), parsing: .next,
    help: ArgumentHelp(
      "Attribute what arms do to their measures, on n paths.", valueName: "n"))
  var attribution: String?

  @Flag(help: "Print the engine's time to standard error.")
  var timing = false

  @Flag(
    help: "Replace an existing folder with all it holds, even if that is no result of this program."
  )
  var force = false

  @Flag(help: "Print nothing but errors, and that the condition of --until was not reached.")
  var quiet = false

  @Option(help: "Language of the summary.")
  var lang: ReportLanguage = .english

  @Flag(help: "Draw the picture of the summary with plain ASCII characters.")
  var ascii = false

  @Flag(help: "Write CSV files for opening in Excel.")
  var excel = false

  @Option(help: "What standard output carries: table (the summary), csv or json.")
  var format: OutputFormat?

  func run() throws {
    let interruption = Interruption()
    let input = try ScenarioInput(
      path: scenario, overrides: settings.overrides, armNames: armNames)
    if !quiet {
      Terminal.report(
        DiagnosticText.lines(
          input.warnings, style: Terminal.style(STDERR_FILENO)))
    }
    try destination.check(force: force, inputs: input.files)
    let outcome = try simulate(input.model, attributionRequest(input.model), interruption)
    for file in input.files { try file.checkUnchanged() }
    if timing { Terminal.report([Self.timingLine(outcome)]) }
    tellEnding(outcome)
    if let folder = destination.folder {
      try interruption.protecting {
        try write(outcome, of: input, to: folder, interruption)
      }
    }
    try show(outcome, input.model)
  }

  func validate() throws {
    if output == "" { throw ValidationError("-o needs a folder, or - for standard output") }
    _ = try attributionPaths()
    _ = try stoppingCondition()
  }

  private func stoppingCondition() throws -> StoppingCondition? {
    guard let until else { return nil }
    do throws(ConditionMistake) {
      return try StoppingCondition(parsing: until)
    } catch {
      throw ValidationError("--until, \(DisplayWidth.printable(error.description))")
    }
  }

  private func attributionPaths() throws -> Int? {
    guard let attribution else { return nil }
    do {
      return try StrictNumber.paths(attribution)
    } catch let error as ValidationError {
      throw ValidationError("--attribution needs \(error.message)")
    }
  }

  private var destination: RunDestination { RunDestination(output: output, scenario: scenario) }

  /// The arms to run; nil: all.
  var armNames: [String]? {
    arms?.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }

  /// The attribution that was asked for.
  func attributionRequest(_ model: ProjectionModel) throws -> Attribution? {
    try attributionPaths().map { try Attribution(model: model, paths: $0) }
  }

  func simulate(
    _ model: ProjectionModel, _ attribution: Attribution?, _ interruption: Interruption
  ) throws -> SimulationOutcome {
    var options = SimulationOptions(
      paths: paths ?? model.simulation.paths, seed: seed ?? model.simulation.seed,
      threads: workers.count,
      planQuantiles: planQuantiles == .on, sampling: sampling ?? model.simulation.sampling,
      precision: precision, keepsPaths: keepPaths)
    let watch = try stoppingCondition().map {
      try StoppingWatch($0, model: model, options: options)
    }
    let totalPaths = options.paths + (attribution?.pathsToRun ?? 0)
    var bar: ProgressBar?
    defer { bar?.finish() }
    let announce = { (estimate: RunEstimate) in
      if timing || estimate.isWorthTelling {
        Terminal.report([estimate.line(isLimit: watch != nil)])
      }
      if Terminal.isTerminal(STDERR_FILENO) {
        bar = ProgressBar(control: interruption.control, totalPaths: totalPaths)
      }
    }
    let outcome = try engine.run(
      model, options, control: interruption.control, folder: destination.existingFolder,
      until: watch, further: attribution?.work ?? .none, announce: quiet ? nil : announce)
    guard let attribution else { return outcome }
    return outcome.adding(
      try attribution.rows { model, paths in
        // Its errors are those of independent paths.
        (options.paths, options.sampling) = (paths, .random)
        return try engine.pathMetrics(model, options, control: interruption.control)
      })
  }

  private func write(
    _ outcome: SimulationOutcome, of input: ScenarioInput, to path: String,
    _ interruption: Interruption
  ) throws {
    let folder = try ResultFolderWriter(path: path, force: force)
    var hashes: [RunManifest.HashedFile] = []
    let files = RunFiles(outcome, of: input, excel: excel)
    for name in files.names {
      try interruption.check()
      var hash = ""
      try folder.write(name) { file in hash = try files.write(name) { try file.append($0) } }
      hashes.append(.init(path: name, sha256: hash))
    }
    let manifest = RunManifest(
      outcome: outcome, renkeiVersion: RenkeiRelease.version, scenarioPath: scenario,
      settings: settings.overrides.map { "\($0.key)=\($0.value)" },
      inputs: input.files.map { .init(path: $0.path, sha256: $0.sha256) }, results: hashes,
      command: ["renkei"] + CommandLine.arguments.dropFirst(), gslVersion: GSLLibrary.version)
    try folder.write(RunManifest.fileName, bytes: manifest.json.document)
    try interruption.check()
    let isSameRun = Self.results(in: path) == hashes.map(\.sha256)
    let kept = try folder.commit()
    if !isSameRun && !quiet { warn(ofKept: kept, in: path) }
  }

  /// Hashes of the result files that the manifest of a folder states.
  private static func results(in folder: String) -> [String]? {
    (try? ManifestFile.load(path: folder + "/" + RunManifest.fileName))?
      .hashes("results").map(\.sha256)
  }

  /// Says what lies beside the results that another command made, perhaps of another run.
  private func warn(ofKept names: [String], in folder: String) {
    guard !names.isEmpty else { return }
    let shown = names.prefix(8).map(DisplayWidth.printable).joined(separator: ", ")
    let more = names.count > 8 ? " and \(names.count - 8) more" : ""
    let mark = Terminal.style(STDERR_FILENO).warning("warning:")
    Terminal.report([
      "renkei: \(mark) \(DisplayWidth.printable(folder)) keeps what this run did not write and what "
        + "may tell of the run before: \(shown)\(more)"
    ])
  }

  /// What standard output carries; nil: nothing.
  private var shownFormat: OutputFormat? {
    if let format { return format }
    if destination == .standardOutput { return .csv }
    return quiet ? nil : .table
  }

  /// Says on standard error whether the condition ended the run, where no summary says it. A run
  /// that fell short of its condition looks like any other, so that --quiet does not silence it.
  private func tellEnding(_ outcome: SimulationOutcome) {
    guard let record = outcome.stopping, shownFormat != .table, !(quiet && record.isMet),
      let words = RunSummary(outcome: outcome).ending(language: lang)
    else { return }
    let mark = record.isMet ? "" : Terminal.style(STDERR_FILENO).warning("warning:") + " "
    Terminal.report(["renkei: \(mark)--until: \(words)"])
  }

  private func show(_ outcome: SimulationOutcome, _ model: ProjectionModel) throws {
    switch shownFormat {
    case nil: return
    case .table:
      let names = Dictionary(model.plans.map { ($0.id, $0.name) }) { first, _ in first }
      let summary = RunSummary(outcome: outcome, planNames: names, destination: destination.folder)
      let text = summary.text(
        language: lang, style: Terminal.style(STDOUT_FILENO), picture: ascii ? .ascii : .blocks)
      try StandardOutput.write(text + "\n")
    case .csv:
      let document = ResultFile.portfolio.document(outcome.result)
      try StandardOutput.write(document.bytes(excel ? .excel : .standard))
    case .json:
      let files: [ResultFile] = [
        .portfolio, .goal, .effects, .publicCost, .costEffectiveness, .attribution,
      ]
      let answers = files.filter { $0.isPresent(in: outcome.result) }.map { file in
        (name: file.rawValue, value: file.document(outcome.result).json)
      }
      try StandardOutput.write(
        JSONText.object(
          [("title", .string(outcome.result.title)), ("until", RunManifest.until(outcome))]
            + answers
        ).document)
    }
  }

  /// `engine_seconds=… plan_years=… ns_per_plan_year=…`
  static func timingLine(_ outcome: SimulationOutcome) -> String {
    func text(_ value: Double) -> String {
      DecimalText.shortest((value * 1e6).rounded() / 1e6)
    }
    let planYears = Double(max(1, outcome.planYears))
    return "engine_seconds=\(text(outcome.engineSeconds)) plan_years=\(outcome.planYears) "
      + "ns_per_plan_year=\(text(outcome.engineSeconds * 1e9 / planYears))"
  }
}

extension Attribution {
  /// What it takes besides the run.
  fileprivate var work: FurtherWork {
    FurtherWork(armPaths: armPathsToRun, memoryBytes: Double(neededBytes))
  }
}
