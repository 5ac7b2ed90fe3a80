// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiEngine
import RenkeiFiles
import RenkeiModel

/// What passes before the first path is simulated, and what the smallest run takes: a scenario of ten
/// plans whose distributions all have closed forms, and the headline, whose quantile functions become
/// tables.
struct StartUpBenchmarks {
  /// A folder for scenarios and results.
  let folder: URL
  /// The released program; nil: not built.
  let program: URL?

  private static let ten = """
    renkei: 1
    title: Ten plans
    start_year: 2025
    horizon_years: 5
    goal: {cumulative_revenue_yen: 1.5e9}
    simulation: {paths: 4096, seed: 1}
    plans:
      list: [\((1...10).map { "{plan_id: p\($0), end_target_yen: \($0)00e6}" }.joined(separator: ", "))]
      defaults:
        attainment: {lognormal: {median: 0.5, log_sd: 0.8}}
        launch_probability: 0.8
        launch_delay_years: {exponential: {mean: 0.5}}
        annual_shock_sd: 0.3
        annual_failure_probability: 0.05
    factors: {macro: {loading: 0.2}}

    """

  init(folder: URL) {
    self.folder = folder
    let program = BenchmarkScenario.top.appending(path: ".build/release/renkei")
    let isThere = FileManager.default.isExecutableFile(atPath: program.path)
    self.program = isThere && BenchmarkBuild.isOptimised ? program : nil
  }

  func groups() throws -> [BenchmarkGroup] {
    let ten = folder.appending(path: "ten-plans.yaml").path
    try Data(Self.ten.utf8).write(to: URL(filePath: ten))
    let headline = BenchmarkScenario.path("shinrenkei-2005")
    return try [inProcess(ten, headline)] + [spawned(ten, headline)].compactMap { $0 }
  }

  /// Reading, tables, and one chunk of paths, each by itself.
  private func inProcess(_ ten: String, _ headline: String) throws -> BenchmarkGroup {
    var cases: [BenchmarkCase] = []
    let scenarios = [("ten plans", ten), ("headline", headline)]
    for (name, path) in BenchmarkBuild.sizes(scenarios, debug: [scenarios[0]]) {
      let model = try ScenarioFile.load(path: path).scenario.resolved()
      let options = SimulationOptions(
        paths: BenchmarkBuild.isOptimised ? VectorEngine.chunkPaths : 512, seed: 1, threads: 1)
      let engine = try VectorEngine(model: model, options: options)
      let steps: [(String, () throws -> Void)] = [
        ("read and resolve", { _ = try ScenarioFile.load(path: path).scenario.resolved() }),
        ("compile", { _ = try VectorEngine(model: model, options: options) }),
        ("one chunk of \(options.paths) paths", { _ = try engine.run() }),
      ]
      for (step, body) in steps {
        cases.append(
          BenchmarkCase(
            "\(name): \(step)", items: 1, peer: name == "headline" ? "ten plans: \(step)" : "",
            body: body))
      }
    }
    return BenchmarkGroup(
      name: "start-up in process", unit: .milliseconds, clock: .wall,
      rounds: BenchmarkBuild.isOptimised ? 9 : 1, cases: cases)
  }

  /// The program from its start to its end, result files written, beside the smallest program.
  private func spawned(_ ten: String, _ headline: String) -> BenchmarkGroup? {
    guard let program else { return nil }
    let output = folder.appending(path: "out").path
    func run(_ scenario: String) -> () throws -> Void {
      {
        try Self.spawn(
          program, ["run", scenario, "--paths", "4096", "--quiet", "--force", "-o", output])
      }
    }
    let smallest = "true"
    return BenchmarkGroup(
      name: "start-up of the program", unit: .milliseconds, clock: .wall, rounds: 15,
      cases: [
        BenchmarkCase(smallest, items: 1) { try Self.spawn(URL(filePath: "/usr/bin/true"), []) },
        BenchmarkCase("renkei --version", items: 1, peer: smallest) {
          try Self.spawn(program, ["--version"])
        },
        BenchmarkCase("renkei run of ten plans", items: 1, peer: smallest, body: run(ten)),
        BenchmarkCase("renkei run of the headline", items: 1, peer: smallest, body: run(headline)),
      ])
  }

  private struct Failure: Error { let status: Int32 }

  private static func spawn(_ program: URL, _ arguments: [String]) throws {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(status: process.terminationStatus) }
  }
}
