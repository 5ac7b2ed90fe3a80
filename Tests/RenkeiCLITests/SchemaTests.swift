// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Renkei
import Testing

@testable import RenkeiCLI

@Suite("The schema of scenario files")
struct SchemaTests {
  /// The repository's folder of scenarios.
  private static let scenarios = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Scenarios")

  private let checker: SchemaChecker

  init() throws {
    checker = try SchemaChecker(SchemaDocument.json.document)
  }

  private func accepts(_ text: String) throws -> Bool {
    let diagnostics = DiagnosticCollector()
    let value = YAMLDocument.read(Array(text.utf8), source: "s.yaml", diagnostics: diagnostics)
    let root = try #require(value, "a fixture must be well-formed YAML")
    return try checker.accepts(SchemaInstance(root))
  }

  private func validates(_ text: String) -> Bool {
    (try? ScenarioFile.load(Array(text.utf8), source: "s.yaml").scenario.resolved()) != nil
  }

  @Test("says what validation says", arguments: SchemaFixture.all)
  func agreement(fixture: SchemaFixture) throws {
    #expect(validates(fixture.text) == fixture.isValid)
    #expect(try accepts(fixture.text) == fixture.isValid)
  }

  @Test("accepts every shipped scenario, and each names it")
  func shippedScenarios() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.scenarios.path)
      .filter { $0.hasSuffix(".yaml") }.sorted()
    #expect(names.count >= 3)
    for name in names {
      let file = Self.scenarios.appendingPathComponent(name)
      let text = try String(contentsOf: file, encoding: .utf8)
      #expect(try accepts(text), "\(name)")
      #expect(text.contains("# yaml-language-server: $schema=\(SchemaDocument.fileName)\n"))
    }
  }

  @Test(
    "a scenario that extends another may leave out or remove what the other states",
    arguments: [
      ("plans: {defaults: {ramp: linear, attainment: null}, segments: {small: null}}", true),
      ("factors: {macro: {loading: 0.3}, region: null}\ngoal: null\ntitle: B", true),
      ("plans: {defaults: {rampe: linear}}", false), ("goal: {cumulative_revenue_yen: 0}", false),
      ("inputs: {x: {lognormal: {median: 1}}}", false),
    ])
  func extending(lines: String, isAccepted: Bool) throws {
    #expect(try accepts("renkei: 1\nextends: other.yaml\n\(lines)\n") == isAccepted)
    #expect(try !accepts("extends: other.yaml\n\(lines)\n"))
  }

  @Test("the committed file is current: make schema writes it")
  func committedFile() throws {
    let file = Self.scenarios.appendingPathComponent(SchemaDocument.fileName)
    #expect(try Data(contentsOf: file) == Data(SchemaDocument.json.document))
  }

  @Test("a rule that the checker does not know is no pass")
  func unknownKeyword() throws {
    let checker = try SchemaChecker(Array("{\"multipleOf\": 2}".utf8))
    #expect(throws: SchemaChecker.Unsupported.self) { try checker.accepts(.number(3)) }
  }

  @Test("every key is in the schema, the reference and the markdown")
  func reference() {
    let page = ScenarioReference.markdown
    for key in KeyReference.all {
      #expect(page.contains("| `\(key.path)` |"))
      #expect(!key.meaning.isEmpty && !key.kind.isEmpty)
    }
    for family in DistributionRegistry.families { #expect(page.contains("| `\(family.name)` |")) }
    for column in PlanColumns.known { #expect(page.contains("| `\(column)` |")) }
  }

  @Test("schema prints to standard output or a file")
  func process() throws {
    let folder = try TemporaryFolder()
    let printed = try RenkeiProcess.run(["schema"], in: folder)
    #expect(printed.status == 0 && printed.errors.isEmpty)
    #expect(Array(printed.output.utf8) == SchemaDocument.json.document)
    #expect(try RenkeiProcess.run(["schema", "-o", "s.json"], in: folder).output.isEmpty)
    #expect(try folder.bytes("s.json") == SchemaDocument.json.document)
    let page = try RenkeiProcess.run(["schema", "--format", "markdown"], in: folder)
    #expect(page.output == ScenarioReference.markdown)
    let results = try RenkeiProcess.run(["schema", "--results"], in: folder)
    for file in ResultFile.allCases { #expect(results.output.contains("\n## \(file.fileName)\n")) }
    #expect(results.output.contains("| `p05_yen` | yen |  |"))
  }

  @Test(
    "64 and 73: what cannot be printed or written",
    arguments: [
      (["--format", "yaml"], 64), (["--results", "--format", "json"], 64), (["-o", ""], 64),
      (["-o", "nowhere/s.json"], 73),
    ])
  func failures(options: [String], status: Int) throws {
    let folder = try TemporaryFolder()
    let ending = try RenkeiProcess.run(["schema"] + options, in: folder)
    #expect(Int(ending.status) == status)
    #expect(!ending.errors.isEmpty && ending.output.isEmpty)
    #expect(try folder.names().isEmpty)
  }
}
