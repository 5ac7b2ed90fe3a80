// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiEngine
import RenkeiFiles
import RenkeiModel

/// The scenarios, specifications and plan lists that come with the project.
enum ShippedScenario {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Scenarios")

  /// Names of the files of a folder below `Scenarios/`, sorted, that end in `ending`.
  static func names(in path: String = "", ending: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(path).path)
      .filter { $0.hasSuffix(ending) }.sorted()
  }

  static func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  /// What one scenario answers in short, as the text of numbers that read back unchanged.
  struct Headline: Equatable, CustomStringConvertible {
    var scenario: String
    /// Plans, promise, then the total over the whole horizon.
    var figures: [String]
    /// Hash of the quantile tables: the figures are the same wherever it is.
    var tablesHash: String

    static let header = "scenario,plans,promise_yen,mean_yen,p50_yen,hits,tables_hash"

    var description: String {
      ([scenario] + figures + [tablesHash]).joined(separator: ",")
    }

    init(line: Substring) {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      scenario = cells.first ?? ""
      figures = Array(cells.dropFirst().dropLast())
      tablesHash = cells.last ?? ""
    }

    /// Runs the scenario of that file name.
    ///
    /// - Parameter plans: of a longer list only so many of the first plans are run.
    init(running name: String, paths: Int, plans: Int) throws {
      var stated = try ScenarioFile.load(path: ShippedScenario.path(name)).scenario
      stated.plans.rows = Array(stated.plans.rows.prefix(plans))
      let model = try stated.resolved()
      let outcome = try VectorEngine(
        model: model,
        options: SimulationOptions(
          paths: paths, seed: model.simulation.seed, threads: 2, planQuantiles: false),
        instructionSet: .best
      ).run()
      let arm = outcome.result.arms[0]
      let total = arm.portfolio.first {
        $0.measure == .cumulative && $0.year == model.horizonYears
      }
      let median = outcome.result.quantileLevels.firstIndex(of: 0.5).flatMap { index in
        total?.amount.quantiles[index]
      }
      scenario = name
      figures = [
        "\(model.plans.count)",
        PlainDecimal.text(model.promisedByYear.reduce(0, +)) ?? "",
        total.flatMap { PlainDecimal.text($0.amount.mean) } ?? "",
        median.flatMap { PlainDecimal.text($0) } ?? "",
        arm.goal.map { "\($0.hits)" } ?? "",
      ]
      tablesHash = "\(String(outcome.tablesHash, radix: 16))"
    }
  }
}
