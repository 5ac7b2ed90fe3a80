// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@Suite("renkei report")
struct ReportCommandTests {
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(SampleScenario.small, to: "two.yaml")
    let ending = try RenkeiProcess.run(["run", "two.yaml", "--quiet"], in: folder)
    #expect(ending.status == 0)
    return folder
  }

  @Test("a page lies in the result folder, and holds the digits of goal.csv")
  func page() throws {
    let folder = try folder()
    let ending = try RenkeiProcess.run(["report", "results/two"], in: folder)
    #expect(ending.status == 0 && ending.errors.isEmpty)
    #expect(ending.output == "results/two/report.html\n")
    let html = try folder.read("results/two/report.html")
    let goal = try folder.read("results/two/goal.csv").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    for column in ["goal_yen", "probability", "ci95_low", "ci95_high", "mean_gap_to_goal_yen"] {
      let place = try #require(goal[0].firstIndex { $0 == column })
      #expect(html.contains("<data value=\"\(goal[1][place])\">"), "\(column)")
    }
    // What explain says, with the places of the values.
    #expect(html.contains("lognormal(median 0.8, log_sd 0.5)") && html.contains("two.yaml:10:"))
    #expect(html.contains("renkei run two.yaml --quiet"))
    // The same folder gives the same bytes; the page itself is no part of the results.
    let again = try RenkeiProcess.run(["report", "results/two", "-o", "-"], in: folder)
    #expect(again.output == html)
    #expect(
      try RenkeiProcess.run(["compare", "results/two", "results/two"], in: folder).status == 0)
  }

  @Test("folders stand side by side in a Japanese page")
  func folders() throws {
    let folder = try folder()
    _ = try RenkeiProcess.run(
      ["run", "two.yaml", "--seed", "8", "-o", "other", "--quiet"], in: folder)
    let ending = try RenkeiProcess.run(
      ["report", "results/two", "other", "--lang", "ja"], in: folder)
    #expect(ending.status == 0 && ending.output == "report.html\n")
    let html = try folder.read("report.html")
    #expect(html.contains("<html lang=\"ja\">") && html.contains("other"))
  }

  @Test("--chart writes one picture")
  func chart() throws {
    let folder = try folder()
    let ending = try RenkeiProcess.run(["report", "results/two", "--chart", "fan"], in: folder)
    #expect(ending.status == 0 && ending.output == "fan.svg\n")
    #expect(try folder.read("fan.svg").hasPrefix("<?xml version=\"1.0\""))
    let missing = try RenkeiProcess.run(["report", "results/two", "--chart", "loans"], in: folder)
    #expect(missing.status == 66 && missing.errors.contains("no data for the chart 'loans'"))
    let unknown = try RenkeiProcess.run(["report", "results/two", "--chart", "fam"], in: folder)
    #expect(unknown.status == 64 && unknown.errors.contains("fan"))
  }

  @Test("a PNG needs rsvg-convert, and says so where it is not")
  func picture() throws {
    let folder = try folder()
    let arguments = ["report", "results/two", "--chart", "fan", "-o", "fan.png"]
    let without = try RenkeiProcess.run(
      arguments, in: folder, shell: "PATH=/nowhere; export PATH; exec \"$@\"")
    #expect(without.status == 73)
    #expect(without.errors.contains("rsvg-convert, which is not installed"))
    #expect(!(try folder.names().contains("fan.png")))
    // A stand-in that says what it was asked for.
    try folder.write(
      "#!/bin/sh\ntest \"$3\" = --output && cat \"$5\" > \"$4\"\n", to: "bin/rsvg-convert")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755],
      ofItemAtPath: folder.url.appendingPathComponent("bin/rsvg-convert").path)
    let with = try RenkeiProcess.run(
      arguments, in: folder, shell: "PATH=\"$PWD/bin:$PATH\"; export PATH; exec \"$@\"")
    #expect(with.status == 0)
    #expect(try folder.read("fan.png").contains("<svg"))
    let page = try RenkeiProcess.run(["report", "results/two", "-o", "page.png"], in: folder)
    #expect(page.status == 64)
  }

  @Test("66 and 65: no result folder, a damaged file")
  func damaged() throws {
    let folder = try folder()
    #expect(try RenkeiProcess.run(["report", "nowhere"], in: folder).status == 66)
    try folder.write("arm,goal_yen\na\n", to: "results/two/goal.csv")
    #expect(try RenkeiProcess.run(["report", "results/two"], in: folder).status == 65)
    try folder.write("[1]", to: "results/two/manifest.json")
    #expect(try RenkeiProcess.run(["report", "results/two"], in: folder).status == 66)
  }

  @Test("run ends with a picture, in ASCII where asked for")
  func terminal() throws {
    let folder = try folder()
    let blocks = try RenkeiProcess.run(["run", "two.yaml"], in: folder)
    #expect(blocks.output.contains("│█") && blocks.output.contains("◀ goal 500"))
    let ascii = try RenkeiProcess.run(["run", "two.yaml", "--ascii"], in: folder)
    #expect(ascii.output.contains("|#") && ascii.output.contains("<- goal 500"))
    #expect(!ascii.output.contains("█") && !ascii.output.contains("│"))
  }
}
