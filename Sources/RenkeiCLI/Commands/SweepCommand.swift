// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation
import Renkei

struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Run a scenario with one value after another of a key, on the same draws.",
    discussion: """
      --vary key=a,b,c states the values of a key of the scenario file, in the file's own grammar; \
      key=from:to:step states plain numbers in even steps. Several --vary make a grid, the first \
      varying slowest. Values are laid over the scenario after those of --set. Commas within \
      brackets, braces and quotes part no values.

      All points are checked before the first is run. They share their draws, so that differences \
      between them are the values' own. Points that differ in the goal alone are simulated once; \
      points that differ in the terms of an arm run beside each other as arms.

      -o writes every figure, one a line: point, the varied keys, arm, metric, year, value, \
      standard_error, ci95_low, ci95_high, and what it rests on: scenario, settings, seed, paths, \
      inputs_sha256. Metrics: goal_probability, mean_gap_to_goal_yen, \
      cumulative_ and annual_ mean_yen, standard_deviation_yen and p05_yen … p95_yen; with support \
      gross_public_cost_yen and net_public_cost_yen over the life of the loans, and \
      cost_per_extra_yen. vs_baseline_ before a metric: less the baseline arm of the point; \
      vs_first_: less the same arm at the first point; both path by path.

      Examples:
        renkei sweep my-scenario.yaml --vary plans.defaults.attainment.lognormal.median=0.2,0.3,0.4
        renkei sweep my-scenario.yaml --vary factors.macro.loading=0:0.6:0.1 -o results/sweep.csv
        renkei sweep my-scenario.yaml --vary credit.correlation=0,0.1 --vary optimism.common_share=0,0.3
        renkei sweep my-scenario.yaml --vary goal.cumulative_revenue_yen=50e9:200e9:10e9 --format csv
        renkei sweep my-scenario.yaml --vary 'plans.defaults.ramp=linear,{bass: {p: 0.03, q: 0.4}}'
      """)

  @Argument(help: "The scenario file, or - for standard input.")
  var scenario: String

  @Option(
    name: .customLong("vary"),
    help: ArgumentHelp(
      "A key and the values that it takes in turn; may be repeated.", valueName: "key=a,b,c"),
    transform: Self.axis)
  var axes: [SweepAxis] = []

  @Option(
    name: [.short, .customLong("output")],
    help: ArgumentHelp(
      "Write every figure to this CSV file; - for standard output.", valueName: "file"))
  var output: String?

  @OptionGroup var options: VariedScenario.Options

  @Option(help: ArgumentHelp("Arms to run, separated by commas.", valueName: "a,b"))
  var arms: String?

  @Flag(help: "Print nothing but errors, and what was asked for with -o - or --format.")
  var quiet = false

  @Option(
    help: "What standard output carries: table (a line a point and arm), csv or json (everything).")
  var format: OutputFormat?

  func validate() throws {
    if axes.isEmpty { throw ValidationError("state what varies: --vary key=a,b,c") }
    if output == "" { throw ValidationError("-o needs a file, or - for standard output") }
    _ = try grid()
  }

  func run() throws {
    let interruption = Interruption()
    let varied = try VariedScenario(
      path: scenario, options,
      armNames: arms?.split(separator: ",", omittingEmptySubsequences: false).map(String.init))
    let notes = InputNotes()
    let sweep = try Sweep(try grid()) { settings in
      try interruption.check()
      let input = try varied.input(settings)
      notes.add(input)
      return input.model
    }
    if !quiet {
      Terminal.report(DiagnosticText.lines(notes.warnings, style: Terminal.style(STDERR_FILENO)))
    }
    let rows = try simulate(sweep, varied, paths: notes.paths(varied), interruption)
    for file in notes.files { try file.checkUnchanged() }
    let origin = notes.origin(varied, varying: sweep.grid.axes.map(\.key))
    try interruption.protecting { try write(SweepReport(sweep.grid, rows), origin) }
  }

  private func simulate(
    _ sweep: Sweep, _ varied: VariedScenario, paths: Int, _ interruption: Interruption
  ) throws -> [SweepRow] {
    let bar =
      Terminal.isTerminal(STDERR_FILENO) && !quiet
      ? ProgressBar(control: interruption.control, totalPaths: paths * sweep.runs.count) : nil
    defer { bar?.finish() }
    return try sweep.rows(
      load: { try varied.input($0).model },
      simulate: { try varied.simulate($0, control: interruption.control) })
  }

  private func write(_ report: SweepReport, _ origin: AnswerOrigin) throws {
    let document = report.document.stating(origin)
    try AnswerOutput(output: output, format: format, quiet: quiet).write(
      document, json: document.json
    ) { report.text }
  }

  private func grid() throws -> SweepGrid {
    do {
      return try SweepGrid(axes)
    } catch {
      throw ValidationError("--vary: \(DisplayWidth.printable(error.message))")
    }
  }

  private static func axis(_ argument: String) throws -> SweepAxis {
    do {
      return try SweepAxis(argument)
    } catch {
      throw ValidationError(DisplayWidth.printable(error.message))
    }
  }
}
