// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import Testing

@testable import RenkeiModel

@Suite("Stated survival")
struct StatedSurvivalTests {
  private func survivors(
    _ failures: [Quantity], inputs: [NamedInput] = [], starts: [Double] = [0]
  ) throws -> Double? {
    let plans = starts.enumerated().map { index, start in
      Build.plan("p\(index)", own: [.startOffsetYears: .constant(start)], line: index + 2)
    }
    let scenario = Build.scenario(plans: plans, years: 4) { scenario in
      scenario.inputs = inputs
      scenario.defaults.annualFailureProbability = Stated(failures, at: Build.at(12))
    }
    return try scenario.resolved().statedSurvivors
  }

  @Test("constants multiply, the last one repeats, and a late start saves years")
  func constants() throws {
    let failures: [Quantity] = [.constant(0.5), .constant(0.25)]
    #expect(try survivors(failures) == 0.5 * 0.75 * 0.75 * 0.75)
    #expect(try survivors(failures, starts: [0, 2.5]) == 0.5 * 0.75 * 0.75 * 0.75 + 0.5 * 0.75)
  }

  /// E[(1 − f)⁴] for one f of all plans and years, f uniform on [0, 0.4]: (1 − 0.6⁵)/(5·0.4).
  @Test("what all years share is averaged as a whole")
  func sharedInput() throws {
    let input = Build.input("f", try Build.quantity("uniform", ["min": 0, "max": 0.4]))
    let total = try #require(
      try survivors([.input("f")], inputs: [input], starts: [0, 0]))
    #expect((total - 2 * (1 - 0.07776) / 2).magnitude < 1e-12)
  }

  /// Each year draws its own: (1 − mean)⁴.
  @Test("own draws of the years count with their mean")
  func ownDraws() throws {
    let failure = try Build.quantity("uniform", ["min": 0, "max": 0.4])
    let total = try #require(try survivors([failure]))
    #expect((total - 0.4096).magnitude < 1e-12)
  }
}
