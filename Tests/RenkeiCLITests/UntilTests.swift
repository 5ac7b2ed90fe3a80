// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@Suite("renkei run --until")
struct UntilTests {
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(SampleScenario.small, to: "s.yaml")
    return folder
  }

  @Test("the files are those of as many paths, whatever the threads, and verify")
  func sameFiles() throws {
    let folder = try folder()
    let condition = ["--until", "se(mean) < 0.4%", "--paths", "50000", "--quiet"]
    for (name, threads) in [("one", "1"), ("three", "3")] {
      let ending = try RenkeiProcess.run(
        ["run", "s.yaml", "-o", name, "--threads", threads] + condition, in: folder)
      #expect(ending.status == 0 && ending.output.isEmpty, "\(ending.errors)")
    }
    let manifest = try folder.read("one/manifest.json")
    let paths = try #require(manifest.firstMatch(of: /"paths": (\d+),/)?.1)
    let count = try #require(Int(paths))
    #expect(count < 50_000 && count % 4_096 == 0)
    for words in [
      "\"condition\": \"se(mean) < 0.4%\",", "\"met\": true,", "\"path_limit\": 50000,",
      "\"sequence95_whenever_stopped\": [", "\"interval95_for_fixed_paths\": [",
    ] {
      #expect(manifest.contains(words))
    }
    let plain = try RenkeiProcess.run(
      ["run", "s.yaml", "-o", "plain", "--paths", String(paths), "--quiet"], in: folder)
    #expect(plain.status == 0)
    #expect(try folder.read("plain/manifest.json").contains("\"until\": null,"))
    for file in try folder.names(in: "plain") where file.hasSuffix(".csv") {
      #expect(try folder.bytes("one/\(file)") == folder.bytes("plain/\(file)"))
      #expect(try folder.bytes("three/\(file)") == folder.bytes("plain/\(file)"))
    }
    #expect(try folder.bytes("one/convergence.csv") == folder.bytes("three/convergence.csv"))
    let compared = try RenkeiProcess.run(["compare", "one", "plain"], in: folder)
    #expect(compared.status == 0, "\(compared.output)")
    let verified = try RenkeiProcess.run(["verify", "one"], in: folder)
    #expect(verified.status == 0, "\(verified.output)")
  }

  @Test("the summary says what ended the run, in both languages, and when the limit came first")
  func words() throws {
    let folder = try folder()
    let met = try RenkeiProcess.run(
      ["run", "s.yaml", "-o", "a", "--until", "decided(mean>1円)", "--paths", "50000"], in: folder)
    #expect(met.status == 0)
    #expect(met.output.contains("Stopped at 4,096 paths: decided(mean > 1円), at look 1\n"))
    #expect(met.output.contains("  Mean: yes, 95% sequence ¥"))
    let limit = try RenkeiProcess.run(
      ["run", "s.yaml", "-o", "b", "--until", "ci(mean) < 1円", "--paths", "500"], in: folder)
    #expect(limit.status == 0)
    #expect(limit.output.contains("Not reached within 500 paths: ci(mean) < 1円"))
    let japanese = try RenkeiProcess.run(
      ["run", "s.yaml", "-o", "c", "--until", "ci(mean) < 50%", "--lang", "ja"], in: folder)
    #expect(japanese.output.contains("95%信頼列 "))
  }

  @Test("what was known at each look is kept, and drawn")
  func convergence() throws {
    let folder = try folder()
    let run = try RenkeiProcess.run(
      ["run", "s.yaml", "-o", "out", "--until", "ci(mean) < 1円", "--paths", "20000", "--quiet"],
      in: folder)
    #expect(run.status == 0)
    let rows = try folder.read("out/convergence.csv").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(
      rows[0] == [
        "arm", "metric", "paths", "value", "standard_error", "sequence95_low", "sequence95_high",
      ])
    #expect(rows.dropFirst().map { $0[2] } == ["4096", "8192", "12288", "16384", "20000"])
    // A look sees what a run of as many paths tells.
    for row in [rows[2], rows[5]] {
      let plain = try RenkeiProcess.run(
        ["run", "s.yaml", "-o", "-", "--paths", row[2]], in: folder)
      let total = try #require(
        plain.output.split(separator: "\n").first { $0.contains(",cumulative,3,") })
      let cells = total.split(separator: ",").map { Double($0) ?? .nan }
      for (cell, own) in [(cells[4], row[3]), (cells[6], row[4])] {
        #expect((try #require(Double(own)) / cell - 1).magnitude < 1e-12)
      }
    }
    let page = try RenkeiProcess.run(["report", "out", "-o", "-"], in: folder)
    #expect(page.output.contains("paths were not enough for ci(mean) &lt; 1円"))
    let chart = try RenkeiProcess.run(["report", "out", "--chart", "convergence"], in: folder)
    #expect(chart.status == 0)
  }

  @Test("where no summary is printed standard error tells whether the condition was met")
  func endings() throws {
    let folder = try folder()
    func run(_ condition: String, _ options: [String]) throws -> RenkeiProcess.Ending {
      try RenkeiProcess.run(
        ["run", "s.yaml", "--until", condition, "--paths", "8192"] + options, in: folder)
    }
    let (short, met) = ("ci(mean) < 1円", "ci(mean) < 50%")
    for options in [["-o", "-"], ["-o", "-", "--quiet"], ["-o", "out", "--quiet"]] {
      let ending = try run(short, options)
      #expect(ending.status == 0)
      #expect(
        ending.errors.hasPrefix(
          "renkei: warning: --until: Not reached within 8,192 paths: ci(mean) < 1円"))
      #expect(ending.errors.split(separator: "\n").count == 1)
    }
    #expect(try folder.read("out/manifest.json").contains("\"met\": false,"))
    #expect(
      try run(met, ["-o", "-"]).errors
        == "renkei: --until: Stopped at 4,096 paths: ci(mean) < 50%, at look 1\n")
    for options in [["-o", "-", "--quiet"], ["-o", "out", "--quiet"], ["-o", "out"]] {
      #expect(try run(met, options).errors.isEmpty)
    }
    // The summary says it, once.
    #expect(try run(short, ["-o", "out"]).errors.isEmpty)
    for (condition, isMet) in [(short, false), (met, true)] {
      let json = try run(condition, ["-o", "-", "--format", "json", "--quiet"]).output
      let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
      let until = try #require(object?["until"] as? [String: Any])
      #expect(until["met"] as? Bool == isMet && until["path_limit"] as? Int == 8192)
    }
  }

  @Test(
    "64 for a mistake or what cannot be, and nothing is written",
    arguments: [
      (["--until", "sd(mean) < 1%"], "at character 1 of 'sd(mean) < 1%'"),
      (["--until", "se(mean, none) < 1%"], "no arm 'none' runs, only as_planned"),
      (["--until", "se(mean) < 1%", "--engine", "reference"], "needs the vector engine"),
      (
        ["--until", "se(mean) < 1%", "--sampling", "sobol", "--paths", "8192"],
        "16 independent units"
      ),
    ])
  func refusals(options: [String], words: String) throws {
    let folder = try folder()
    let ending = try RenkeiProcess.run(["run", "s.yaml", "-o", "out"] + options, in: folder)
    #expect(ending.status == 64)
    #expect(ending.errors.contains(words), "\(ending.errors)")
    #expect(try folder.names(in: ".") == ["s.yaml"])
  }
}
