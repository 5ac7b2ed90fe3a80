// SPDX-License-Identifier: GPL-3.0-or-later
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
