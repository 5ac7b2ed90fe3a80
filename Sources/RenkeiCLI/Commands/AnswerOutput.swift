// SPDX-License-Identifier: GPL-3.0-or-later
import Renkei

/// Where the answer of a command that writes one table goes: a CSV file, and standard output in the
/// form that was asked for.
struct AnswerOutput {
  /// `-` for standard output; nil: no file.
  let output: String?
  let format: OutputFormat?
  let quiet: Bool

  /// - Parameter text: what people read.
  /// - Throws: errors of writing.
  func write(_ document: CSVDocument, json: JSONText, text: () -> String) throws {
    if let output, output != "-" { try SafeFile.write(document.bytes(), to: output) }
    if quiet && format == nil && output != "-" { return }
    switch format ?? (output == "-" ? .csv : .table) {
    case .table: try StandardOutput.write(text() + "\n")
    case .csv: try StandardOutput.write(document.bytes())
    case .json: try StandardOutput.write(json.document)
    }
  }
}
