// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@Suite("README")
struct ReadmeTests {
  /// The first fenced block of `language`.
  private func block(_ language: String) throws -> String {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "README.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    let start = try #require(text.range(of: "```\(language)\n"))
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
}
