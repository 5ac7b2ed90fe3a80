// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import RenkeiModel
import Testing

@testable import RenkeiFiles

/// Mixtures and observations that a scenario states, from its own text and from files.
@Suite struct ObservationTests {
  /// A scenario in `folder` whose attainment is `distribution`.
  private func load(_ distribution: String, in folder: TemporaryFolder) throws -> LoadedScenario {
    let path = try folder.file("s.yaml", BadInput.defaults("attainment: \(distribution)"))
    return try ScenarioFile.load(path: path)
  }

  private func attainment(_ loaded: LoadedScenario) throws -> any UnivariateDistribution {
    let stated = try #require(loaded.scenario.defaults.numbers[.attainment])
    guard case .distribution(let distribution) = stated.value else {
      throw DiagnosticReport([])
    }
    return distribution
  }

  /// What is reported, less the folder's path.
  private func problems(_ distribution: String, in folder: TemporaryFolder) -> [String] {
    func short(_ text: String) -> String { text.replacing(folder.path + "/", with: "") }
    do {
      return try load(distribution, in: folder).warnings.map { short($0.description) }
    } catch let report as DiagnosticReport {
      return report.diagnostics.map { short($0.description) }
    } catch {
      return [short("\(error)")]
    }
  }

  @Test(arguments: [
    "1\n2\n2\n50%\n", "attainment\r\n1\r\n2\r\n2\r\n0.5", "\u{FEFF}1\n\n\"2\"\n2\n5e-1\n",
  ])
  func readsAFile(text: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("seen.csv", text)
    let loaded = try load("{empirical: {file: seen.csv}}", in: folder)
    let observed = try attainment(loaded)
    #expect(observed.familyName == "empirical" && observed.support == 0.5...2)
    #expect([0.5, 1, 2].map { observed.density($0) } == [0.25, 0.25, 0.5])
    #expect(loaded.inputFiles.map(\.path).last == path)
    #expect(
      loaded.inputFiles.last?.sha256 == SHA256.hexadecimal(of: Array(text.utf8)))
  }

  @Test func readsEachFileOnce() throws {
    let folder = try TemporaryFolder()
    try folder.file("seen.csv", "1\n2\n")
    let twice =
      "{mixture: [{weight: 1, of: {empirical: {file: seen.csv}}}, "
      + "{weight: 3, of: {empirical: {file: seen.csv}}}]}"
    let loaded = try load(twice, in: folder)
    #expect(loaded.inputFiles.count == 2)
    let mixed = try attainment(loaded)
    #expect(mixed.familyName == "mixture" && mixed.density(1) == 0.5)
  }

  @Test func mixesAndTruncates() throws {
    let folder = try TemporaryFolder()
    let loaded = try load(
      "{mixture: [{weight: 85, of: {lognormal: {median: 1, log_sd: 0.5}}}, "
        + "{weight: 15, of: {lognormal: {p10: 2, p90: 9}, truncate: [0, 20]}}], "
        + "truncate: [0.1, 10]}", in: folder)
    let mixed = try attainment(loaded)
    #expect(mixed.support == 0.1...10)
    let low = LogNormalDistribution(median: 1, logSD: 0.5)
    let high = try DistributionRegistry.make(
      family: "lognormal",
      DistributionParameters(["p10": 2, "p90": 9], truncation: Truncation(low: 0, high: 20)))
    func whole(_ x: Double) -> Double {
      0.85 * low.cumulativeProbability(x) + 0.15 * high.cumulativeProbability(x)
    }
    let exact = (whole(3) - whole(0.1)) / (whole(10) - whole(0.1))
    #expect((mixed.cumulativeProbability(3) - exact).magnitude < 1e-12)
  }

  @Test(
    arguments: [
      (
        "1\nx\n",
        [
          "seen.csv:2:1: error: plans.defaults.attainment.empirical.file[2]: expected a number (got 'x')"
        ]
      ),
      (
        "nan\n1\n2\n",
        [
          "seen.csv:1:1: error: plans.defaults.attainment.empirical.file[1]: 'not a number' is not allowed (got 'nan')"
        ]
      ),
      (
        "1\n2,3\n",
        [
          "seen.csv:2:3: error: expected one number on each line, found 2 cells (keep the column of the observations only)"
        ]
      ),
      ("", ["seen.csv: error: the file holds no numbers (allowed: one number on each line)"]),
      (
        "share\n", ["seen.csv: error: the file holds no numbers (allowed: one number on each line)"]
      ),
      (
        "3\n3\n",
        [
          "s.yaml:5:36: error: plans.defaults.attainment.empirical.file: the file must hold at least two different numbers (write the plain number 3)"
        ]
      ),
      (
        "100\n200\n300\u{0}\n",
        ["seen.csv:3:4: error: the file holds a NUL byte (check that it is a text file)"]
      ),
    ]) func reportsProblems(text: String, expected: [String]) throws
  {
    let folder = try TemporaryFolder()
    try folder.file("seen.csv", text)
    #expect(problems("{empirical: {file: seen.csv}}", in: folder) == expected)
  }

  @Test func namesAMissingFile() throws {
    let folder = try TemporaryFolder()
    #expect(
      problems("{empirical: {file: none.csv}}", in: folder) == [
        "cannot read none.csv: the file does not exist (stated at s.yaml:5:36)"
      ])
    #expect(
      problems("{empirical: {file: none.csv, values: [1, 2]}}", in: folder) == [
        "s.yaml:5:29: error: plans.defaults.attainment.empirical: file and values do not go "
          + "together (its parameters are values or file)",
        "s.yaml:5:36: error: plans.defaults.attainment.empirical.file: the file cannot be read: "
          + "the file does not exist (got 'none.csv')",
      ])
  }

  @Test func refusesTooManyNumbers() throws {
    let folder = try TemporaryFolder()
    let limit = ObservationFiles.valueLimit
    try folder.file("seen.csv", String(repeating: "1\n", count: limit + 1))
    #expect(
      problems("{empirical: {file: seen.csv}}", in: folder) == [
        "seen.csv:\(limit + 1):1: error: the file holds too many numbers (allowed: at most "
          + "\(limit); keep a random part of them)"
      ])
  }
}
