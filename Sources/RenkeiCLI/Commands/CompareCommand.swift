// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation
import Renkei

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare two results: folders, files of the same kind, or scenarios run on the spot.",
    discussion: """
      A and B are result folders, CSV files of the same kind, or scenario files. Scenarios are run \
      in memory on the same draws; beside a result folder on its seed and number of paths.

      Rows match by their key columns, arms by name (two single arms match whatever their names; \
      --arms-map certified=none compares arms of different names, also within one result).

      Verdicts, by the 95% interval of B - A:
        identical   the same
        real        the interval excludes 0
        noise       it includes 0 and lies within --matters
        more_paths  it includes 0 and reaches beyond --matters; paths_needed would decide
        no_error    there is no standard error to judge by
        only_a, only_b  a value, row, column or file of one side alone

      Where both runs have the same seed, paths and sampling and kept their path totals \
      (run --keep-paths; always for scenarios), the portfolio and the goal are judged path by path, \
      which is much sharper: paired says yes. All else takes the two runs as independent.

      --tolerance x allows |B - A| up to x * max(1, |A|, |B|): an absolute difference of x for \
      numbers up to 1 (probabilities, shares), a relative one for larger numbers (yen, counts); \
      --matters counts in the same way. A row, column or file that only one side has exceeds every \
      tolerance. Exit code 1 if anything exceeds the tolerance.

      Examples:
        renkei compare results/before results/after
        renkei compare results/a results/b --tolerance 0.01 -o differences.csv
        renkei compare results/a/goal.csv results/b/goal.csv --format csv
        renkei compare base.yaml subsidy.yaml --paths 20000
        renkei compare results/a results/a --arms-map certified=none
      """)

  /// Columns of a terminal for the keys of a row.
  private static let nameWidth = 48

  @Argument(help: "A result folder, CSV file or scenario file.")
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

  @Option(
    help: ArgumentHelp("Smallest difference that matters; see above.", valueName: "x"),
    transform: StrictNumber.positive)
  var matters: Double = 0.01

  @Option(
    help: ArgumentHelp("Arms of A and B to compare, separated by commas.", valueName: "a=b"))
  var armsMap: String?

  @Option(
    help: ArgumentHelp(
      "What may differ although it makes the results hard to compare: horizon, currency, goal or tables, separated by commas.",
      valueName: "what"),
    transform: Self.kinds)
  var allowDifferent: [ComparisonObstacle.Kind] = []

  @OptionGroup var runs: ComparedScenario.Options

  @Option(
    help:
      "What standard output carries: table or markdown (what differs), csv or json (everything)."
  )
  var format: ComparisonFormat = .table

  func run() throws {
    let interruption = Interruption()
    let (resultA, resultB) = try ComparedScenario.results(a, b, runs, interruption)
    let comparison = Comparison(
      resultA, resultB, arms: try armMatching(resultA.facts.arms, resultB.facts.arms),
      rules: ColumnRules(keysByTable: ResultFile.keyColumns), matters: matters)
    try refuseObstacles(comparison)
    let digest = ComparisonDigest(
      tolerance: tolerance, lastYear: resultA.facts.horizonYears ?? 0)
    try interruption.protecting { try write(comparison, digest, interruption) }
    if format.isForPeople && output != "-" {
      let notes = ComparisonNotes(comparison, digest).lines
      let nameWidth = Terminal.isTerminal(STDOUT_FILENO) ? Self.nameWidth : nil
      try StandardOutput.write(
        digest.text(format, nameWidth: nameWidth, notes: notes) + "\n")
    }
    if digest.exceedingCount > 0 { throw CommandFailure(.differences, "") }
  }

  /// Runs the comparison with everything that wants to see each value.
  private func write(
    _ comparison: Comparison, _ digest: ComparisonDigest, _ interruption: Interruption
  ) throws {
    digest.check = { try interruption.check() }
    func run() throws {
      let streamed: ComparisonFormat? =
        output == "-" && format.isForPeople ? .csv : (format.isForPeople ? nil : format)
      if let streamed { digest.add(streamed == .json ? .json : .csv, StandardOutput.write) }
      try comparison.run(digest)
      try digest.finish()
    }
    guard let output, output != "-" else { return try run() }
    try SafeFile.write(to: output) { file in
      // A closure that is kept cannot capture the file itself; the digest lets go of it in time.
      try withUnsafeMutablePointer(to: &file) { pointer in
        digest.add(.csv) { bytes in try pointer.pointee.append(bytes) }
        try run()
      }
    }
  }

  private func refuseObstacles(_ comparison: Comparison) throws {
    let obstacles = comparison.obstacles.filter { !allowDifferent.contains($0.kind) }
    guard !obstacles.isEmpty else { return }
    throw CommandFailure(
      .badData,
      obstacles.map(\.message).joined(separator: "; ")
        + "; to compare them all the same: --allow-different "
        + obstacles.map(\.kind.rawValue).joined(separator: ","))
  }

  private func armMatching(_ armsA: [String], _ armsB: [String]) throws -> ArmMatching? {
    guard let armsMap else { return nil }
    let pairs = try armsMap.split(separator: ",", omittingEmptySubsequences: false).map { entry in
      let names = entry.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      guard names.count == 2 else {
        throw CommandFailure(.usage, "--arms-map needs pairs such as certified=none")
      }
      for (name, (side, known)) in zip(names, [("A", armsA), ("B", armsB)])
      where !known.contains(name) {
        let hint = Suggestion.phrase(for: name, among: known).map { "; \($0)" } ?? ""
        throw CommandFailure(
          .usage,
          "--arms-map: \(side) has no arm '\(DisplayWidth.printable(name))', only "
            + known.map(DisplayWidth.printable).joined(separator: ", ") + hint)
      }
      return ArmMatching.Pair(a: names[0], b: names[1])
    }
    return ArmMatching(stated: pairs)
  }

  private static func kinds(_ text: String) throws -> [ComparisonObstacle.Kind] {
    try text.split(separator: ",").map { name in
      guard let kind = ComparisonObstacle.Kind(rawValue: String(name)) else {
        throw ValidationError("one or more of horizon, currency, goal, tables")
      }
      return kind
    }
  }
}
