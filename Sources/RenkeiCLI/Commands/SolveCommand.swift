// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation
import Renkei

struct SolveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "solve",
    abstract: "Find the value of one number that makes the goal, or the mean, come true.",
    discussion: """
      --vary key=low:high names a number of the scenario file and where to look for it. --for says \
      what it is to bring about: goal_probability=0.8, mean=150e9 (revenue over the horizon), or a \
      quantile such as p10=60e9; without it the scenario's goal.probability.

      All values are tried on the same draws. The range is looked at first at \
      \(SolveRange.gridCount) values; where the answer crosses the target the value is found by Brent's \
      method, or by halving where the key takes whole numbers. The 95% interval holds the values at \
      which the target is compatible with the answer.

      Useful keys: plans.target_scale (size of all targets), plans.count (number of plans like those \
      listed), plans.defaults.attainment.lognormal.median, plans.defaults.launch_probability, \
      goal.cumulative_revenue_yen, support.policy_loan.base_rate, arms.NAME.set.support.subsidy.cap_yen.

      Exit code 1 where no value of the range reaches the target.

      Examples:
        renkei solve my-scenario.yaml --vary plans.target_scale=0.5:4 --for goal_probability=0.8
        renkei solve my-scenario.yaml --vary plans.count=50:400 --for mean=150e9
        renkei solve my-scenario.yaml --vary goal.cumulative_revenue_yen=10e9:90e9 --for goal_probability=90%
        renkei solve my-scenario.yaml --vary plans.defaults.launch_probability=0.3:1 --for p10=20e9
      """)

  @Argument(help: "The scenario file, or - for standard input.")
  var scenario: String

  @Option(
    name: .customLong("vary"),
    help: ArgumentHelp("The number to find, and its range.", valueName: "key=low:high"),
    transform: Self.range)
  var ranges: [SolveRange]

  private var range: SolveRange { ranges[0] }

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp(
      "What it is to bring about. (default: the scenario's goal.probability)",
      valueName: "figure=value"),
    transform: Self.target)
  var target: SolveTarget?

  @Option(help: ArgumentHelp("The arm. (default: the scenario's first)", valueName: "name"))
  var arm: String?

  @Option(
    name: [.short, .customLong("output")],
    help: ArgumentHelp(
      "Write the answer and what was looked at to this CSV file; - for standard output.",
      valueName: "file"))
  var output: String?

  @OptionGroup var options: VariedScenario.Options

  @Flag(help: "Print nothing but errors, and what was asked for with -o - or --format.")
  var quiet = false

  @Option(help: "What standard output carries: table (a sentence and a table), csv or json.")
  var format: OutputFormat?

  func validate() throws {
    if output == "" { throw ValidationError("-o needs a file, or - for standard output") }
    if ranges.count > 1 { throw ValidationError("solve finds one number: --vary stands once") }
  }

  func run() throws {
    let interruption = Interruption()
    let varied = try VariedScenario(
      path: scenario, options, armNames: arm.map { [$0] }, armOption: "--arm")
    let notes = InputNotes()
    let solve = try Solve(range) { settings in
      try interruption.check()
      let input = try varied.input(settings)
      notes.add(input)
      return input.model
    }
    if !quiet {
      Terminal.report(DiagnosticText.lines(notes.warnings, style: Terminal.style(STDERR_FILENO)))
    }
    let target = try wanted(of: solve.lowest)
    let (name, paths) = (
      solve.lowest.arms[0].name, varied.simulationOptions(solve.lowest).paths
    )
    let answer = try watched(paths, interruption) {
      try solve.answer(target, arm: name) {
        try varied.simulate($0, control: interruption.control)
      }
    }
    for file in notes.files { try file.checkUnchanged() }
    let report = SolveReport(answer, range, target, arm: name, paths: paths)
    let origin = notes.origin(varied, varying: [range.key])
    try interruption.protecting { try write(report, origin) }
    if answer.solutions.isEmpty { throw CommandFailure(.differences, "") }
  }

  private func wanted(of model: ProjectionModel) throws(CommandFailure) -> SolveTarget {
    if let target = target ?? model.goalProbability.map(SolveTarget.goalProbability) {
      return target
    }
    throw CommandFailure(
      .usage,
      "say what is to be reached, --for goal_probability=0.8 or --for mean=150e9, or state "
        + "goal.probability in the scenario")
  }

  /// Shows how far the search is, as far as anybody can know.
  private func watched<Value>(
    _ paths: Int, _ interruption: Interruption, _ body: () throws -> Value
  ) throws -> Value {
    let bar =
      Terminal.isTerminal(STDERR_FILENO) && !quiet
      ? ProgressBar(
        control: interruption.control, totalPaths: paths * Solve.usualSimulations) : nil
    defer { bar?.finish() }
    return try body()
  }

  private func write(_ report: SolveReport, _ origin: AnswerOrigin) throws {
    let document = report.document.stating(origin)
    try AnswerOutput(output: output, format: format, quiet: quiet).write(
      document, json: document.json
    ) { report.text }
  }

  private static func range(_ argument: String) throws -> SolveRange {
    do {
      return try SolveRange(argument)
    } catch {
      throw ValidationError(DisplayWidth.printable(error.message))
    }
  }

  private static func target(_ argument: String) throws -> SolveTarget {
    do {
      return try SolveTarget(argument)
    } catch {
      throw ValidationError(DisplayWidth.printable(error.message))
    }
  }
}
