// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiModel
import Testing

@testable import RenkeiEngine

/// What a run is said to take, against what it takes.
@Suite(.serialized)
struct EstimateTests {
  private static let yaml =
    """
    renkei: 1
    title: many
    start_year: 2005
    horizon_years: 5
    goal: {cumulative_revenue_yen: 20e9}
    report: {groups: [region]}
    plans:
      defaults:
        attainment: {lognormal: {median: 0.3, log_sd: 1.2}}
        annual_shock_sd: 0.35
        launch_probability: 0.7
      list:

    """
    + (1...300).map {
      "    - {plan_id: P\($0), region: r\($0 % 3), end_target_yen: \($0)e6}\n"
    }.joined()

  private static func engine(
    paths: Int, threads: Int = 1, keepsPaths: Bool = false
  ) throws -> VectorEngine {
    try VectorEngine(
      model: try EngineTrial.model(yaml),
      options: SimulationOptions(paths: paths, seed: 3, threads: threads, keepsPaths: keepsPaths))
  }

  @Test func aMomentIsNotTimed() throws {
    let engine = try Self.engine(paths: 512)
    #expect(try engine.estimate(resultFolder: nil).seconds == nil)
    #expect(try engine.estimate(resultFolder: nil, isTimed: false).seconds == nil)
  }

  /// Twice the paths cost twice the time, and paths besides cost what paths of the run do.
  @Test func costsAreInProportion() throws {
    let engine = try Self.engine(paths: 40_000)
    let cost = try RunCost(engine, tiles: [0..<300])
    #expect(cost.pathSeconds > 0)
    let (once, twice) = (cost.seconds(paths: 1e6), cost.seconds(paths: 2e6))
    #expect(abs(twice / once - 2) < 0.05)
    // A third of the plans: less, by whatever else the machine does meanwhile.
    #expect(try RunCost(engine, tiles: [0..<100]).pathSeconds < cost.pathSeconds)
  }

  /// The forecast of processor time, within a factor that leaves room for a busy machine; how close
  /// it is on a quiet one is for a benchmark to say.
  @Test func timeIsOfTheRightSize() throws {
    let engine = try Self.engine(paths: 6_000)
    let cost = try RunCost(engine, tiles: engine.footprint.tiles)
    var (before, after) = (timespec(), timespec())
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before)
    _ = try engine.simulate(control: RunControl())
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after)
    let taken =
      Double(after.tv_sec - before.tv_sec) + Double(after.tv_nsec - before.tv_nsec) * 1e-9
    let told = cost.seconds(paths: 6_000)
    #expect(told > taken / 3 && told < taken * 3)
  }

  @Test func everythingAskedForIsCounted() throws {
    let plain = try Self.engine(paths: 100_000).estimate(resultFolder: "/tmp", isTimed: false)
    let kept = try Self.engine(paths: 100_000, keepsPaths: true)
      .estimate(resultFolder: "/tmp", isTimed: false)
    let years = Double(try Self.engine(paths: 1).portfolio.years)
    #expect(kept.diskBytes - plain.diskBytes >= 100_000 * 8 * years)
    let further = try Self.engine(paths: 100_000).estimate(
      resultFolder: "/tmp", further: FurtherWork(armPaths: 0, memoryBytes: 3e9), isTimed: false)
    #expect(further.memoryBytes >= 3e9 && plain.memoryBytes < 1e9)
  }

  /// Totals of paths alone grow with the paths; a plan's share shrinks in tiles.
  @Test func memoryGrowsWithTotalsOnly() throws {
    let (one, ten) = (
      try Self.engine(paths: 1_000_000).footprint, try Self.engine(paths: 10_000_000).footprint
    )
    let years = Double(one.portfolio.years)
    let growth = (ten.runBytes - one.runBytes) / 9e6
    // At fewer paths the column of totals to date fits into what the workers have given back.
    #expect(growth >= 8 * years && growth < 8 * (years + 1) * 1.05)
  }
}
