// SPDX-License-Identifier: GPL-3.0-or-later
import Renkei
import Testing

@testable import RenkeiCLI

@Suite("Progress")
struct ProgressBarTests {
  @Test(
    "shows the share and the time left",
    arguments: [
      (0, 100, 1.0, "[------------------------------]   0%"),
      (50, 100, 30.0, "[###############---------------]  50%  0:30 left"),
      (1, 100, 60.0, "[------------------------------]   1%  1:39:00 left"),
      (100, 100, 9.0, "[##############################] 100%  0:00 left"),
      (200, 100, 9.0, "[##############################] 100%  0:00 left"),
    ])
  func line(done: Int, total: Int, seconds: Double, text: String) {
    #expect(ProgressBar.line(done: done, total: total, elapsedSeconds: seconds) == text)
  }
}

@Suite("Place of the results")
struct RunDestinationTests {
  @Test(
    "follows the scenario's name unless stated",
    arguments: [
      (nil, "Scenarios/shinrenkei-2005.yaml", "results/shinrenkei-2005"),
      (nil, "a.b.yaml", "results/a.b"), (nil, "plain", "results/plain"),
      (nil, ".yaml", "results/.yaml"), (nil, "-", "results/stdin"), ("out", "-", "out"),
    ])
  func folder(output: String?, scenario: String, folder: String) {
    #expect(RunDestination(output: output, scenario: scenario) == .folder(folder))
    #expect(RunDestination(output: "-", scenario: scenario) == .standardOutput)
  }
}

@Suite("Advice on memory")
struct MemoryAdviceTests {
  /// Gigabytes: a part for each path, and one for quantiles of plans.
  private func advice(paths: Int, bytesPerPath: Double, quantileBytes: Double) -> String {
    func bytes(_ options: SimulationOptions) -> Double {
      1e8 + bytesPerPath * Double(options.paths) + (options.planQuantiles ? quantileBytes : 0)
    }
    let options = SimulationOptions(paths: paths, seed: 1, threads: 1)
    return MemoryAdvice(needed: Int(bytes(options)), available: 4_000_000_000, options: options) {
      MemoryAdvice.Need(bytes: bytes($0), fits: bytes($0) <= 0.9 * 4e9)
    }.failure.message
  }

  @Test("names what helps, and nothing that does not")
  func ways() {
    // (0.88 · 4e9 − 1e8)/100 = 34.2 million paths.
    #expect(
      advice(paths: 100_000_000, bytesPerPath: 100, quantileBytes: 1e6).hasSuffix(
        "the run needs about 10.1 GB of memory, 4.0 GB are available; it fits with --paths 34000000"
      ))
    #expect(
      advice(paths: 1_000, bytesPerPath: 100, quantileBytes: 9e9).hasSuffix(
        "; it fits with --plan-quantiles off"))
    #expect(
      advice(paths: 30_000_000, bytesPerPath: 100, quantileBytes: 1.5e9).hasSuffix(
        "; it fits with --plan-quantiles off or with --paths 19000000"))
    #expect(
      advice(paths: 1, bytesPerPath: 100, quantileBytes: 9e9).hasSuffix(
        "; it fits with --plan-quantiles off"))
  }
}
