// SPDX-License-Identifier: GPL-3.0-or-later

/// What an answer of `sweep`, `solve` or `sensitivity` rests on. Their files have no manifest beside
/// them, so that each row says it in its last columns; like all of a file it holds no path and no
/// time.
package struct AnswerOrigin: Sendable, Equatable {
  private let title: String
  private let settings: [String]
  private let seed: UInt64?
  private let paths: Int?
  private let inputsHash: String

  /// - Parameters:
  ///   - title: of the scenario.
  ///   - settings: values of the command line that were laid over the scenario, `key=value`.
  ///   - seed: nil where it varies from row to row.
  ///   - paths: of each run; nil where they vary.
  ///   - inputsHash: `SHA256.hexadecimal(ofHashes:)` of the scenario and every file that it reads.
  package init(title: String, settings: [String], seed: UInt64?, paths: Int?, inputsHash: String) {
    self.title = title
    self.settings = settings
    self.seed = seed
    self.paths = paths
    self.inputsHash = inputsHash
  }

  package static let descriptions = [
    column("scenario", "title of the scenario"),
    column("settings", "values that were laid over the scenario with `--set`, parted by spaces"),
    column("seed", "seed of the draws"),
    column("paths", "paths of each run"),
    column(
      "inputs_sha256",
      "SHA-256 of the lines that the SHA-256 of the scenario and of each file that it reads make, in "
        + "the manifest's order"),
  ]

  private static func column(_ name: String, _ meaning: String) -> ColumnDescription {
    ColumnDescription(name: name, unit: "", meaning: meaning, isKey: false)
  }

  /// Settings as one text.
  package static func text(settings: [String]) -> String { settings.joined(separator: " ") }

  fileprivate var cells: [ResultCell] {
    [
      .text(title), settings.isEmpty ? .empty : .text(Self.text(settings: settings)),
      seed.map { .unsigned($0) } ?? .empty, paths.map { .integer($0) } ?? .empty, .text(inputsHash),
    ]
  }
}

extension CSVDocument {
  /// The file with what it rests on at the end of each row.
  package func stating(_ origin: AnswerOrigin) -> CSVDocument {
    let cells = origin.cells
    return CSVDocument(
      fileName: fileName, header: header + AnswerOrigin.descriptions.map(\.name),
      rows: rows.map { $0 + cells })
  }
}
