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
      "extends", "plans.list", "plans.defaults.end_target_yen", "arms", "correlations.normal_score",
    ]
    // The support block is for programmes that want their money computed: the starter leaves it out.
    let money =
      ["support", "calibrated_to", "baseline_arm"]
      + (PlanInput.supportInputs.map(\.rawValue) + ["cash_failure"]).flatMap {
        ["plans.segments.set.\($0)", "plans.segments.multiply.\($0)"]
      }
    for key in KeyReference.all where !others.contains(key.path) {
      if money.contains(where: { key.path == $0 || key.path.hasPrefix($0 + ".") }) { continue }
      let name = key.path.split(separator: ".").last ?? ""
      #expect(text.contains("\(name):"), "\(key.path)")
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
