// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Renkei

@main
struct RenkeiCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "renkei",
    abstract: "Monte Carlo projections for programmes that support small businesses.")
}
