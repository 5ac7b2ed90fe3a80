// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation
import Renkei

struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check a scenario and its plan list; report every problem at once.",
    discussion: """
      Problems go to standard error as file:line:column, what is wrong, what is allowed and what \
      was probably meant, and are counted at the end. Exit code 65 if there is an error; warnings \
      alone leave it at 0.

      Examples:
        renkei validate Scenarios/shinrenkei-2005.yaml
        renkei validate - < my-scenario.yaml
      """)

  @Argument(help: "The scenario file, or - for standard input.")
  var scenario: String

  @OptionGroup var settings: SettingOptions

  func run() throws {
    let input = try ScenarioInput(path: scenario, overrides: settings.overrides)
    Terminal.report(
      DiagnosticText.lines(
        input.warnings, style: Terminal.style(STDERR_FILENO)))
    try StandardOutput.write(Self.verdict(on: input.model) + "\n")
  }

  /// `ok: 101 plans, 2005–2009, …` in one line.
  static func verdict(on model: ProjectionModel) -> String {
    let lastYear = model.startYear + model.horizonYears - 1
    let promise = model.promisedByYear.reduce(0, +)
    var parts = [
      count(model.plans.count, "plan"),
      count(model.horizonYears, "year") + " (\(model.startYear)–\(lastYear))",
      count(model.arms.count, "arm"), count(model.inputs.count, "named input"),
      "promise " + AmountText.western(promise),
    ]
    if let goal = model.goalYen { parts.append("goal " + AmountText.western(goal)) }
    return "ok: " + parts.joined(separator: ", ")
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    DecimalText.grouped(number) + " " + noun + (number == 1 ? "" : "s")
  }
}
