// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Renkei
import Testing

@testable import RenkeiCLI

@Suite("renkei new")
struct NewCommandTests {
  @Test("writes a scenario that validates without a warning and runs")
  func starter() throws {
    let folder = try TemporaryFolder()
    let made = try RenkeiProcess.run(["new", "a/b"], in: folder)
    #expect(made.status == 0 && made.errors.isEmpty)
    #expect(made.output.hasSuffix("next: renkei run a/b/scenario.yaml\n"))
    #expect(try folder.names(in: "a/b") == ["plans.csv", "scenario.schema.json", "scenario.yaml"])
    let checked = try RenkeiProcess.run(["validate", "a/b/scenario.yaml"], in: folder)
    #expect(checked.status == 0 && checked.errors.isEmpty)
    #expect(checked.output.hasPrefix("ok: 10 plans, 5 years"))
    let run = try RenkeiProcess.run(
      ["run", "a/b/scenario.yaml", "--paths", "600", "-o", "out"], in: folder)
    #expect(run.status == 0 && run.errors.isEmpty)
    #expect(try folder.names(in: "out").contains("portfolio.csv"))
  }

  @Test("its schema accepts it, and it shows every key")
  func keys() throws {
    let text = try #require(
      StarterFiles.all.first.map { String(decoding: $0.bytes, as: UTF8.self) })
    let diagnostics = DiagnosticCollector()
    let root = try #require(
      YAMLDocument.read(Array(text.utf8), source: "s", diagnostics: diagnostics))
    #expect(try SchemaChecker(SchemaDocument.json.document).accepts(SchemaInstance(root)))
    // Every key of the file but those that are only for another way to say the same is shown.
    let others: Set = [
      "extends", "plans.list", "plans.defaults.end_target_yen", "correlations.normal_score",
    ]
    for key in KeyReference.all where !others.contains(key.path) {
      let name = key.path.split(separator: ".").last ?? ""
      #expect(text.contains("\(name):"), "\(key.path)")
    }
  }

  /// The starter with its support block and arms switched on, as its comment says.
  private static func withSupport(_ text: String) throws -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let mark = try #require(lines.firstIndex { $0.hasSuffix("from here to the end.") })
    let block = lines[(mark + 1)...].map { $0.dropFirst(2) }
    return (lines[...mark] + block).joined(separator: "\n")
  }

  @Test("its support block and arms validate when they are switched on")
  func support() throws {
    let folder = try TemporaryFolder()
    #expect(try RenkeiProcess.run(["new", "."], in: folder).status == 0)
    let text = try Self.withSupport(folder.read("scenario.yaml"))
    try folder.write(text, to: "scenario.yaml")
    let checked = try RenkeiProcess.run(["validate", "scenario.yaml"], in: folder)
    #expect(checked.status == 0 && checked.errors.isEmpty, "\(checked.errors)")
    let input = try ScenarioFile.load(
      Array(text.utf8), source: folder.url.appendingPathComponent("scenario.yaml").path)
    let model = try input.scenario.resolved()
    #expect(model.arms.map(\.name) == ["certified", "none", "half_the_cap"])
    #expect(model.arms[0].measures == SupportMeasure.allCases)
    let diagnostics = DiagnosticCollector()
    let root = try #require(
      YAMLDocument.read(Array(text.utf8), source: "s", diagnostics: diagnostics))
    #expect(try SchemaChecker(SchemaDocument.json.document).accepts(SchemaInstance(root)))
    // Every key of the support block is written out, so that nobody need know its name.
    for key in KeyReference.all where key.path.hasPrefix("support.") {
      if key.path.contains(".effects") { continue }
      #expect(input.scenario.places[key.path] != nil, "\(key.path)")
    }
  }

  @Test("73: existing files are kept, and nothing is written beside them")
  func existing() throws {
    let folder = try TemporaryFolder()
    try folder.write("mine", to: "here/plans.csv")
    let refused = try RenkeiProcess.run(["new", "here"], in: folder)
    #expect(refused.status == 73)
    #expect(refused.errors.contains("here/plans.csv exists") && refused.output.isEmpty)
    #expect(try folder.names(in: "here") == ["plans.csv"])
    #expect(try folder.read("here/plans.csv") == "mine")
    #expect(try RenkeiProcess.run(["new", "here", "--force"], in: folder).status == 0)
    #expect(try folder.read("here/plans.csv").hasPrefix("plan_id,"))
    try folder.write("", to: "file")
    #expect(try RenkeiProcess.run(["new", "file"], in: folder).status == 73)
    #expect(try RenkeiProcess.run(["new", "file/below"], in: folder).status == 73)
  }

  @Test(
    "64: standard output cannot hold two files", arguments: [["new", "-"], ["new", ""], ["new"]])
  func usage(arguments: [String]) throws {
    let ending = try RenkeiProcess.run(arguments, in: TemporaryFolder())
    #expect(ending.status == 64 && ending.output.isEmpty)
  }
}
