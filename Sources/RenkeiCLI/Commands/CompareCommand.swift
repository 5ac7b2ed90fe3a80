// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation
import Renkei

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare two result folders, or two result files of the same kind.",
    discussion: """
      Rows match by their key columns, arms by name (two single arms match whatever their names). \
      Means and probabilities are judged by the standard errors of both results: real where the \
      95% interval of the difference excludes 0, noise where it does not, no_error where there is \
      no standard error to judge by.

      --tolerance x allows |B - A| up to x * max(1, |A|, |B|): an absolute difference of x for \
      numbers up to 1 (probabilities, shares), a relative one for larger numbers (yen, counts). A \
      row, column or file that only one side has exceeds every tolerance. Exit code 1 if anything \
      exceeds the tolerance.

      Examples:
        renkei compare results/before results/after
        renkei compare results/a results/b --tolerance 0.01 -o differences.csv
        renkei compare results/a/goal.csv results/b/goal.csv --format csv
      """)

  @Argument(help: "A result folder or CSV file.")
  var a: String

  @Argument(help: "Another one.")
  var b: String

  @Option(
    name: [.short, .customLong("output")],
    help: ArgumentHelp("Write every compared value to this CSV file.", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp("Largest difference that is accepted; see above.", valueName: "x"),
    transform: StrictNumber.tolerance)
  var tolerance: Double = 0

  @Option(help: "What standard output carries: table (what differs), csv or json (everything).")
  var format: OutputFormat = .table

  func run() throws {
    let (tablesA, tablesB) = try ResultSnapshot.pair(a, b)
    let comparison = Comparison(tablesA, tablesB)
    if let hashA = ResultSnapshot.tablesHash(at: a), let hashB = ResultSnapshot.tablesHash(at: b),
      hashA != hashB
    {
      Terminal.report([
        "renkei: note: the runs used different quantile tables (other distributions or another GSL);"
          + " equal bytes are not to be expected"
      ])
    }
    if let output, output != "-" {
      try SafeFile.write(comparison.document.bytes(), to: output)
    }
    switch output == "-" && format == .table ? .csv : format {
    case .table: try StandardOutput.write(comparison.text(tolerance: tolerance) + "\n")
    case .csv: try StandardOutput.write(comparison.document.bytes())
    case .json: try StandardOutput.write(comparison.document.json.document)
    }
    if !comparison.exceeding(tolerance: tolerance).isEmpty {
      throw CommandFailure(.differences, "")
    }
  }
}
