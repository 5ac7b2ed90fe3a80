// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@Suite("README")
struct ReadmeTests {
  /// The fenced block of `language` with that number, from 0.
  private func block(_ language: String, _ number: Int = 0) throws -> String {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "README.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    let starts = text.ranges(of: "```\(language)\n")
    let start = try #require(starts.dropFirst(number).first)
    let end = try #require(text.range(of: "```", range: start.upperBound..<text.endIndex))
    return String(text[start.upperBound..<end.lowerBound])
  }

  @Test("the scenario of one's own is right as it stands")
  func scenario() throws {
    let folder = try TemporaryFolder()
    try folder.write(block("yaml"), to: "my.yaml")
    try folder.write(block("csv"), to: "my-plans.csv")
    let checked = try RenkeiProcess.run(["validate", "my.yaml"], in: folder)
    #expect(checked.status == 0 && checked.errors.isEmpty)
    let ending = try RenkeiProcess.run(["run", "my.yaml", "--paths", "600"], in: folder)
    #expect(ending.status == 0)
    #expect(ending.output.hasSuffix("Results in results/my\n"))
  }

  @Test("its support block goes below that scenario")
  func support() throws {
    let folder = try TemporaryFolder()
    try folder.write(block("yaml") + block("yaml", 1), to: "my.yaml")
    try folder.write(block("csv"), to: "my-plans.csv")
    let checked = try RenkeiProcess.run(["validate", "my.yaml"], in: folder)
    #expect(checked.status == 0 && checked.errors.isEmpty, "\(checked.errors)")
    #expect(checked.output.contains(", 3 arms, 1 named input,"))
  }
}
