// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Renkei

/// Values of the command line that are laid over the scenario.
struct SettingOptions: ParsableArguments {
  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Change one value of the scenario, such as plans.defaults.attainment='{lognormal: {median: 0.4, log_sd: 1}}'; null removes a key; may be repeated, the later wins.",
      valueName: "key=value"),
    transform: Self.override)
  var overrides: [ScenarioOverride] = []

  static func override(_ argument: String) throws -> ScenarioOverride {
    guard let override = ScenarioOverride(argument) else {
      throw ValidationError("a dotted key and a value, for example horizon_years=7")
    }
    return override
  }
}
