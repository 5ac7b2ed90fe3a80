// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation
import Renkei

struct SynthesizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "synthesize",
    abstract: "Make a plan list from totals and distributions.",
    discussion: """
      The specification (YAML) states the columns with their weights or distributions, plans that \
      are known by name, and the total that all plans promise together. End targets are drawn anew \
      until the total is near; those above a threshold are then multiplied by one factor so that \
      it is met. The same specification gives the same bytes on every machine.

      Examples:
        renkei synthesize Scenarios/plans/shinrenkei-101.spec.yaml -o my-plans.csv
        renkei synthesize my.spec.yaml -o - | head -3
      """)

  @Argument(help: "The specification, or - for standard input.")
  var specification: String

  @Option(
    name: [.short, .customLong("output")],
    help: ArgumentHelp("The plan list to write; - for standard output.", valueName: "file"))
  var output: String

  @Option(
    help: ArgumentHelp(
      "Seed of the draws, in place of the specification's.", valueName: "s"),
    transform: StrictNumber.seed)
  var seed: UInt64?

  @Flag(help: "Replace a file that exists.")
  var force = false

  func run() throws {
    var wanted = try SpecificationFile.load(path: specification)
    if let seed { wanted.seed = seed }
    if output != "-" { try checkDestination() }
    let list = try PlanSynthesis(wanted).list()
    guard output != "-" else { return try StandardOutput.write(list.document.bytes()) }
    try SafeFile.write(list.document.bytes(), to: output)
    try StandardOutput.write(Self.summary(of: list) + " in \(output)\n")
  }

  func validate() throws {
    if output.isEmpty { throw ValidationError("-o needs a file, or - for standard output") }
  }

  /// - Throws: `FileWriteError` where a file would be lost.
  private func checkDestination() throws(FileWriteError) {
    func refusal(_ reason: String) -> FileWriteError {
      FileWriteError(kind: .cannotCreate, path: output, operation: reason)
    }
    guard FileManager.default.fileExists(atPath: output) else { return }
    let places = [output, specification].map {
      URL(fileURLWithPath: $0).resolvingSymlinksInPath().standardizedFileURL.path
    }
    if places[0] == places[1] { throw refusal("it is the specification itself") }
    if !force { throw refusal("it exists; use --force to replace it") }
  }

  /// `101 plans, promise ¥197.20 billion, after 4 draws`.
  static func summary(of list: SynthesizedPlanList) -> String {
    var parts = ["\(DecimalText.grouped(list.rows.count)) plan\(list.rows.count == 1 ? "" : "s")"]
    if let promise = list.promiseYen { parts.append("promise " + AmountText.western(promise)) }
    parts.append(
      "after \(DecimalText.grouped(list.attempts)) draw\(list.attempts == 1 ? "" : "s")")
    return parts.joined(separator: ", ")
  }
}

extension SynthesizedPlanList {
  /// The list as a CSV file.
  var document: CSVDocument {
    CSVDocument(
      fileName: "plans.csv", header: columns,
      rows: rows.map { row in row.map { $0.map { .text($0) } ?? .empty } })
  }
}
