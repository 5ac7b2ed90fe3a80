// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Renkei

/// How the schema is printed.
enum SchemaFormat: String, CaseIterable, ExpressibleByArgument {
  /// JSON Schema, for editors.
  case json
  /// A reference page, for people.
  case markdown
}

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of scenario files, or a reference of all keys.",
    discussion: """
      The schema (draft-07) lets editors complete and check keys while one types: name it in the \
      first lines of a scenario, as in

        # yaml-language-server: $schema=scenario.schema.json

      renkei validate checks more: names, columns, files, and how numbers fit each other.

      --format markdown prints every key with its kind, unit, range, default and meaning, the \
      columns of plan lists, distributions and ramps. --results prints the columns of every result \
      file instead.

      Exit codes: 0 done, 64 wrong command line, 73 cannot create, 74 write failed.

      Examples:
        renkei schema > scenario.schema.json
        renkei schema -o Scenarios/scenario.schema.json
        renkei schema --format markdown
        renkei schema --results
      """)

  @Option(help: "What is printed: json (the schema) or markdown (a reference page).")
  var format: SchemaFormat?

  @Flag(help: "Describe the columns of the result files, in Markdown.")
  var results = false

  @Option(
    name: [.short, .customLong("output")],
    help: ArgumentHelp("Write to this file; - for standard output.", valueName: "file"))
  var output = "-"

  func validate() throws {
    if results, format == .json {
      throw ValidationError("--results describes columns in Markdown only; leave out --format json")
    }
    if output.isEmpty { throw ValidationError("-o needs a file, or - for standard output") }
  }

  func run() throws {
    let bytes: [UInt8] =
      if results {
        Array(ScenarioReference.resultMarkdown.utf8)
      } else {
        switch format ?? .json {
        case .json: SchemaDocument.json.document
        case .markdown: Array(ScenarioReference.markdown.utf8)
        }
      }
    if output == "-" {
      try StandardOutput.write(bytes)
    } else {
      try SafeFile.write(bytes, to: output)
    }
  }
}
