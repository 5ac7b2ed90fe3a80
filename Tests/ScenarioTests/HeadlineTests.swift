// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Every shipped scenario runs, and its headline figures are those of `headlines.csv`, digit by digit.
///
/// The figures depend on the numeric contract only: not on the machine, its instruction set or the
/// number of threads. A change of the model, of the draws or of a plan list shows here; it is then
/// stated by copying the lines of the failure into the file.
@Suite struct HeadlineTests {
  static let paths = 2_000
  /// Only the first plans of a longer list, so that the test stays quick.
  static let plans = 300

  static func snapshot() throws -> [ShippedScenario.Headline] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("headlines.csv")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    #expect(lines.first.map(String.init) == ShippedScenario.Headline.header)
    return lines.dropFirst().map { ShippedScenario.Headline(line: $0) }
  }

  @Test func everyScenarioHasItsLine() throws {
    #expect(
      try Self.snapshot().map(\.scenario) == ShippedScenario.names(ending: ".yaml"))
  }

  @Test(arguments: try ShippedScenario.names(ending: ".yaml"))
  func headlinesStandAsRecorded(name: String) throws {
    let found = try ShippedScenario.Headline(running: name, paths: Self.paths, plans: Self.plans)
    let recorded = try #require(
      Self.snapshot().first { $0.scenario == name }, "the line would be\n\(found)")
    guard found.tablesHash != recorded.tablesHash else {
      #expect(found == recorded)
      return
    }
    // Another version of GSL may round the tables of gamma, beta and the like differently; they
    // are accurate to 1e-6 in their tails, and so are the figures.
    #expect(found.figures.count == recorded.figures.count)
    for (a, b) in zip(found.figures, recorded.figures) {
      let (x, y) = (Double(a), Double(b))
      guard let x, let y else {
        #expect(a == b)
        continue
      }
      #expect((x - y).magnitude <= 1e-5 * y.magnitude, "\(name): \(a), recorded \(b)")
    }
  }
}
