// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation
import Renkei

@main
struct RenkeiCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "renkei",
    abstract: "Monte Carlo projections for programmes that support small businesses.",
    discussion: """
      Examples:
        renkei new my-programme
        renkei run Scenarios/shinrenkei-2005.yaml
        renkei validate my-scenario.yaml
        renkei report results/shinrenkei-2005
        renkei compare results/before results/after
        renkei sweep my-scenario.yaml --vary factors.macro.loading=0.1:0.5:0.1
        renkei solve my-scenario.yaml --vary plans.target_scale=0.5:4 --for goal_probability=0.8
        renkei sensitivity my-scenario.yaml
        renkei verify results/before
        renkei synthesize Scenarios/plans/shinrenkei-101.spec.yaml -o my-plans.csv

      Exit codes: 0 done, 1 differences beyond the tolerance or nothing found by solve, 64 wrong \
      command line, 65 bad data, 66 unreadable input, 69 too large, 70 internal fault, 73 cannot \
      create, 74 write failed, 130 interrupted, 141 closed pipe.
      """,
    version: RenkeiRelease.version,
    subcommands: [
      NewCommand.self, RunCommand.self, ValidateCommand.self, ExplainCommand.self,
      CompareCommand.self, SweepCommand.self, SolveCommand.self, SensitivityCommand.self,
      VerifyCommand.self, ReportCommand.self, SynthesizeCommand.self, LoanCommand.self,
      SchemaCommand.self,
    ])

  static func main() {
    FileSignals.ignore()
    Foundation.exit(status(of: Array(CommandLine.arguments.dropFirst())).rawValue)
  }

  /// Runs one command line to its end and reports every failure.
  private static func status(of arguments: [String]) -> ExitStatus {
    do {
      try checkEncoding()
      try execute(arguments)
      return .done
    } catch {
      let report = FailureReport(error) {
        (exitCode(for: error).rawValue, fullMessage(for: error))
      }
      Terminal.report(report.lines)
      return report.status
    }
  }

  /// Refuses arguments that are not UTF-8: as text they would name another file than was meant.
  private static func checkEncoding() throws(CommandFailure) {
    for (index, argument) in CommandLine.unsafeArgv.argumentTexts.enumerated().dropFirst()
    where String(validatingCString: argument) == nil {
      throw CommandFailure(.usage, "argument \(index) is not UTF-8 text")
    }
  }

  private static func execute(_ arguments: [String]) throws {
    do {
      var command = try parseAsRoot(arguments)
      // Without a command the help is what was asked for.
      if command is RenkeiCommand { throw CleanExit.helpRequest() }
      try command.run()
    } catch  where exitCode(for: error) == .success {
      try StandardOutput.write(fullMessage(for: error) + "\n")
    }
  }
}

extension UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> {
  /// The texts of a list that ends with a null pointer.
  fileprivate var argumentTexts: [UnsafePointer<CChar>] {
    var texts: [UnsafePointer<CChar>] = []
    var next = self
    while let text = next.pointee {
      texts.append(UnsafePointer(text))
      next += 1
    }
    return texts
  }
}
