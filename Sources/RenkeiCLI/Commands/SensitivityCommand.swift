// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation
import Renkei

struct SensitivityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sensitivity",
    abstract: "Show what the total and the chance of the goal depend on, with error bars.",
    discussion: """
      For every number that is drawn once per path (named inputs, the common optimism, the credit \
      factor) and for each group of other draws (factors, events, and what plans draw for \
      themselves: attainment, launch, delay, shocks, failure, take-up, amounts):
        sobol_first  share of the variance that goes with it alone
        sobol_total  the same with what it does together with others
        spearman     rank correlation with the total; single numbers only
        tornado_p10  the answer with the number at its 10% quantile
        tornado_p90  and at its 90% quantile, all else drawn as ever
      Correlated inputs have their shares together.

      The two shares of an input take one run of --paths, each end of a tornado another, and two \
      more are for comparison. Paths are independent whatever the scenario's sampling design. Small \
      shares may come out slightly below 0 within their error.

      -o FILE writes every row as CSV, -o - sends it to standard output and nothing else.

      Exit codes: 0 done, 64 wrong command line, 65 bad data, 66 unreadable input, 69 too large, \
      73 cannot create, 74 write failed, 130 interrupted.

      Examples:
        renkei sensitivity Scenarios/shinrenkei-2005.yaml
        renkei sensitivity my-scenario.yaml --arms certified -o sensitivity.csv
        renkei sensitivity - --format csv < my-scenario.yaml
      """)

  @Argument(help: "The scenario file, or - for standard input.")
  var scenario: String

  @Option(
    name: [.short, .customLong("output")],
    help: ArgumentHelp(
      "Write every row to this CSV file; - for standard output.", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp("Number of paths of each run, at least 2.", valueName: "n"),
    transform: StrictNumber.paths)
  var paths: Int = SensitivityAnalysis.standardPaths

  @Option(
    help: ArgumentHelp("Seed of the draws, in place of the scenario's.", valueName: "s"),
    transform: StrictNumber.seed)
  var seed: UInt64?

  @OptionGroup var workers: ThreadOptions

  @OptionGroup var settings: SettingOptions

  @Option(help: ArgumentHelp("Arms to ask about, separated by commas.", valueName: "a,b"))
  var arms: String?

  @Option(help: "What standard output carries: table (for people), csv or json.")
  var format: OutputFormat?

  @Flag(help: "Print nothing but errors and what --format or -o - asks for.")
  var quiet = false

  func validate() throws {
    if output == "" { throw ValidationError("-o needs a file, or - for standard output") }
    if paths < 2 { throw ValidationError("--paths: a variance needs at least 2 paths") }
  }

  func run() throws {
    let interruption = Interruption()
    let input = try ScenarioInput(
      path: scenario, overrides: settings.overrides,
      armNames: arms?.split(separator: ",", omittingEmptySubsequences: false).map(String.init))
    if !quiet {
      Terminal.report(
        DiagnosticText.lines(input.warnings, style: Terminal.style(STDERR_FILENO)))
    }
    let result = try analyse(input.model, interruption)
    for file in input.files { try file.checkUnchanged() }
    let origin = AnswerOrigin(
      input, settings: settings.overrides, seed: result.seed, paths: result.paths)
    try interruption.protecting {
      try AnswerOutput(output: output, format: format, quiet: quiet).write(
        SensitivityTable.document(result).stating(origin), json: SensitivityTable.json(result)
      ) { SensitivityReport(result).text(style: Terminal.style(STDOUT_FILENO)) }
    }
  }

  private func analyse(
    _ model: ProjectionModel, _ interruption: Interruption
  ) throws -> SensitivityResult {
    let options = SimulationOptions(
      paths: paths, seed: seed ?? model.simulation.seed,
      threads: workers.count)
    let analysis = try SensitivityAnalysis(
      model: model, options: options,
      instructionSet: InstructionSet.selected(environment: ProcessInfo.processInfo.environment))
    let estimate = try analysis.estimate(isTimed: !quiet)
    if !quiet, estimate.isWorthTelling { Terminal.report([estimate.line()]) }
    let bar =
      !quiet && Terminal.isTerminal(STDERR_FILENO)
      ? ProgressBar(control: interruption.control, totalPaths: analysis.pathsToRun) : nil
    defer { bar?.finish() }
    return try analysis.run(control: interruption.control)
  }
}
