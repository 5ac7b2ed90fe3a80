// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@Suite("renkei verify")
struct VerifyCommandTests {
  private func folder(_ options: [String] = []) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(SampleScenario.small, to: "s.yaml")
    let ending = try RenkeiProcess.run(
      ["run", "s.yaml", "-o", "out", "--quiet"] + options, in: folder)
    #expect(ending.status == 0)
    return folder
  }

  @Test(
    "a folder comes out again, whatever the options",
    arguments: [
      [], ["--seed", "3", "--paths", "700", "--keep-paths"], ["--excel"],
      ["--engine", "reference"], ["--precision", "single"],
      ["--set", "plans.defaults.annual_shock_sd=0.1", "--plan-quantiles", "off"],
    ])
  func same(options: [String]) throws {
    let folder = try folder(options)
    let before = try folder.names(in: "out")
    let ending = try RenkeiProcess.run(["verify", "out", "--threads", "1"], in: folder)
    #expect(ending.status == 0, "\(ending.output)\(ending.errors)")
    #expect(ending.output.hasPrefix("verified: "))
    #expect(try folder.names(in: "out") == before)
  }

  @Test("what was changed is named: a result, an input, the version")
  func changed() throws {
    let folder = try folder()
    let goal = try folder.read("out/goal.csv")
    try folder.write(goal + " ", to: "out/goal.csv")
    let edited = try RenkeiProcess.run(["verify", "out"], in: folder)
    #expect(edited.status == 1)
    #expect(edited.output.hasSuffix("\n  goal.csv was changed after the run\n"))
    try folder.write(goal, to: "out/goal.csv")

    let manifest = try folder.read("out/manifest.json")
    try folder.write(
      manifest.replacingOccurrences(of: "\"renkei_version\": \"", with: "\"renkei_version\": \"9"),
      to: "out/manifest.json")
    let version = try RenkeiProcess.run(["verify", "out"], in: folder)
    #expect(version.status == 1)
    #expect(version.output.contains("made by version 9"))
    for (then, now, key) in [
      ("\"precision\": \"double\"", "\"precision\": \"single\"", "precision"),
      ("\"sampling\": \"random\"", "\"sampling\": \"sobol\"", "sampling"),
      ("\"goal_yen\": ", "\"goal_yen\": 7", "goal_yen"),
    ] {
      try folder.write(
        manifest.replacingOccurrences(of: then, with: now), to: "out/manifest.json")
      let stated = try RenkeiProcess.run(["verify", "out"], in: folder)
      #expect(stated.status == 1)
      #expect(stated.output.contains("the manifest states another \(key) than the run has"))
    }
    try folder.write(manifest, to: "out/manifest.json")

    try folder.write(
      SampleScenario.small.replacingOccurrences(of: "median: 0.8", with: "median: 0.9"),
      to: "s.yaml")
    let input = try RenkeiProcess.run(["verify", "out"], in: folder)
    #expect(input.status == 1)
    #expect(input.output.contains("  the input s.yaml has changed since\n"))
    #expect(input.output.contains("  portfolio.csv comes out with other bytes\n"))
  }

  @Test("66 without a manifest; a moved scenario can be named")
  func places() throws {
    let folder = try folder()
    #expect(try RenkeiProcess.run(["verify", "."], in: folder).status == 66)
    let elsewhere = folder.url.appendingPathComponent("moved")
    try FileManager.default.createDirectory(at: elsewhere, withIntermediateDirectories: false)
    try FileManager.default.moveItem(
      at: folder.url.appendingPathComponent("s.yaml"),
      to: elsewhere.appendingPathComponent("s.yaml"))
    #expect(try RenkeiProcess.run(["verify", "out"], in: folder).status == 66)
    let named = try RenkeiProcess.run(
      ["verify", "out", "--scenario", "moved/s.yaml"], in: folder)
    #expect(named.status == 0)
  }
}
