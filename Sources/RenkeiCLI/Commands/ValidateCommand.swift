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
    let loaded = try ScenarioFile.load(path: scenario, overrides: settings.overrides)
    let check: ScenarioCheck
    do {
      check = try loaded.scenario.checked()
    } catch {
      throw DiagnosticReport(loaded.warnings + error.diagnostics)
    }
    Terminal.report(
      DiagnosticText.lines(
        loaded.warnings + check.warnings, style: Terminal.style(STDERR_FILENO)))
    try StandardOutput.write(Self.verdict(on: loaded.scenario, check) + "\n")
  }

  /// `ok: 101 plans, 2005–2009, …` in one line.
  static func verdict(on scenario: Scenario, _ check: ScenarioCheck) -> String {
    let (first, years) = (scenario.startYear.value, scenario.horizonYears.value)
    var parts = [
      count(check.planCount, "plan"),
      count(years, "year") + " (\(first)–\(first + years - 1))",
      count(scenario.arms.count, "arm"), count(scenario.inputs.count, "named input"),
      "promise " + AmountText.western(check.promisedYen),
    ]
    if let goal = scenario.goalYen?.value { parts.append("goal " + AmountText.western(goal)) }
    return "ok: " + parts.joined(separator: ", ")
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    DecimalText.grouped(number) + " " + noun + (number == 1 ? "" : "s")
  }
}
