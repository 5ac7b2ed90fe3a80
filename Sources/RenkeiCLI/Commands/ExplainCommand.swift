// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation
import Renkei

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show every value of a scenario, or of one plan, and where it comes from.",
    discussion: """
      Without PLAN: years, simulation, defaults, segments, factors and named inputs. With PLAN: what \
      holds for that plan after defaults, segments and its own row. Every value appears, also where \
      nothing was stated ("standard value").

      level says how often a value is drawn: programme (once per path), year, plan, plan-year, or \
      fixed. Mean and 90% range include the factors of segments, which stand below their value.

      --format csv and json carry numbers in full.

      Exit codes: 0 done, 64 no such plan, 65 bad data, 66 unreadable input.

      Examples:
        renkei explain Scenarios/shinrenkei-2005.yaml
        renkei explain Scenarios/shinrenkei-2005.yaml P-001
        renkei explain my-scenario.yaml --set credit.correlation=0.1
        renkei explain my-scenario.yaml --format csv > values.csv
        renkei explain - P-001 < my-scenario.yaml
      """)

  @Argument(help: "The scenario file, or - for standard input.")
  var scenario: String

  @Argument(help: "A plan's id, or its name.")
  var plan: String?

  @OptionGroup var settings: SettingOptions

  @Option(help: "What standard output carries: table, csv or json.")
  var format: OutputFormat = .table

  func run() throws {
    let input = try ScenarioInput(path: scenario, overrides: settings.overrides)
    Terminal.report(
      DiagnosticText.lines(
        input.warnings, style: Terminal.style(STDERR_FILENO)))
    let explanation =
      if let plan {
        input.scenario.explanation(
          of: try Self.plan(plan, among: input.model.plans), in: input.model)
      } else {
        input.scenario.explanation(of: input.model)
      }
    let report = ExplanationReport(explanation)
    switch format {
    case .table:
      try StandardOutput.write(report.text(style: Terminal.style(STDOUT_FILENO)) + "\n")
    case .csv: try StandardOutput.write(report.document.bytes())
    case .json: try StandardOutput.write(report.document.json.document)
    }
  }

  /// The plan of that id, else the only plan of that name.
  static func plan(_ text: String, among plans: [ResolvedPlan]) throws -> ResolvedPlan {
    if let plan = plans.first(where: { $0.id == text }) { return plan }
    let named = plans.filter { $0.name == text }
    if let plan = named.first, named.count == 1 { return plan }
    let shown = DisplayWidth.printable(text)
    if named.count > 1 {
      let ids = named.prefix(5).map { DisplayWidth.printable($0.id) }.joined(separator: ", ")
      throw CommandFailure(
        .usage,
        "\(named.count) plans are named '\(shown)'; give the id of one: \(ids)"
          + (named.count > 5 ? ", …" : ""))
    }
    let hint = Suggestion.phrase(for: text, among: plans.map(\.id) + plans.map(\.name))
    throw CommandFailure(
      .usage,
      "the plan list has no plan '\(shown)'"
        + (hint.map { "; " + DisplayWidth.printable($0) } ?? ""))
  }
}
