// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiDraws
import RenkeiModel
import Testing

@testable import RenkeiEngine

/// Tiles of plans, and files for their rows, change no bit of the answers.
struct TileTests {
  private static func engine(
    _ yaml: String, paths: Int, threads: Int, tile: Int?, spills: Bool = false,
    sampling: SamplingDesign = .random, planQuantiles: Bool = true
  ) throws -> VectorEngine {
    var engine = try VectorEngine(
      model: try EngineTrial.model(yaml),
      options: SimulationOptions(
        paths: paths, seed: 3, threads: threads, planQuantiles: planQuantiles, sampling: sampling))
    engine.tilePlans = tile
    if spills { engine.spillBytes = 0 }
    return engine
  }

  private static func bits(_ engine: VectorEngine) throws -> [UInt64] {
    let result = try engine.run().result
    let shares = result.arms.flatMap(\.contributions).flatMap { row -> [Double] in
      guard let euler = row.euler else { return [] }
      return [euler.standardDeviationYen, euler.gap?.yen ?? -1, euler.tail?.yen ?? -1]
    }
    return DeterminismTests.bits(result) + shares.map(\.bitPattern)
      + result.arms.flatMap { MoneyFigures.named($0).map(\.value.bitPattern) }
  }

  @Test(arguments: [1, 2, 7], [1, 2])
  func tilesChangeNothing(threads: Int, tile: Int) throws {
    let paths = 2 * VectorEngine.chunkPaths + 700
    let yaml = VariedScenario.delayed.yaml
    let whole = try Self.bits(Self.engine(yaml, paths: paths, threads: 1, tile: .max))
    let tiled = try Self.engine(yaml, paths: paths, threads: threads, tile: tile)
    #expect(tiled.footprint.tiles.count > 2)
    #expect(try Self.bits(tiled) == whole)
  }

  @Test(arguments: VariedScenario.allCases)
  func noStageNoticesATile(_ scenario: VariedScenario) throws {
    let whole = try Self.bits(Self.engine(scenario.yaml, paths: 1_100, threads: 1, tile: .max))
    #expect(try Self.bits(Self.engine(scenario.yaml, paths: 1_100, threads: 2, tile: 2)) == whole)
  }

  @Test(arguments: MoneyScenario.allCases)
  func moneyOfArmsAddsUpOverTiles(_ scenario: MoneyScenario) throws {
    let whole = try Self.bits(Self.engine(scenario.yaml, paths: 1_100, threads: 1, tile: .max))
    #expect(!whole.isEmpty)
    for tile in [1, 3] {
      let tiled = try Self.engine(scenario.yaml, paths: 1_100, threads: 2, tile: tile)
      #expect(try Self.bits(tiled) == whole)
    }
  }

  @Test(arguments: [SamplingDesign.antithetic, .latinHypercube, .sobol])
  func errorsFromUnitsAddUpOverTiles(_ design: SamplingDesign) throws {
    for yaml in [VariedScenario.uncertain.yaml, MoneyScenario.effects.yaml] {
      let whole = try Self.bits(
        Self.engine(yaml, paths: 8_192, threads: 1, tile: .max, sampling: design))
      let tiled = try Self.engine(yaml, paths: 8_192, threads: 2, tile: 2, sampling: design)
      #expect(try Self.bits(tiled) == whole)
    }
  }

  @Test(arguments: [true, false])
  func rowsComeBackFromAFile(planQuantiles: Bool) throws {
    for yaml in [VariedScenario.uncertain.yaml, MoneyScenario.effects.yaml] {
      let kept = try Self.engine(
        yaml, paths: 700, threads: 1, tile: 2, planQuantiles: planQuantiles)
      let spilled = try Self.engine(
        yaml, paths: 700, threads: 2, tile: 2, spills: true, planQuantiles: planQuantiles)
      #expect(!kept.footprint.spills && spilled.footprint.spills)
      #expect(try Self.bits(spilled) == Self.bits(kept))
    }
  }

  @Test func aFileThatCannotBeMadeIsAnErrorOfTheRun() throws {
    var engine = try Self.engine(
      VariedScenario.plain.yaml, paths: 700, threads: 1, tile: 2, spills: true)
    engine.temporaryFolder = "/nowhere/to/be/found"
    #expect(throws: SimulationError.self) { try engine.run() }
  }

  @Test func rowsAreReadInPiecesAndOneByOne() throws {
    let result = try Self.engine(
      VariedScenario.plain.yaml, paths: 700, threads: 1, tile: 2, spills: true
    ).run().result
    let rows = result.arms[0].plans
    #expect(rows.count == rows.map(\.planIndex).count)
    for (place, row) in rows.enumerated() {
      #expect(rows[place].amount == row.amount)
      #expect(rows[place].planID == row.planID && rows[place].year == row.year)
    }
  }

  @Test func tilesCoverAllPlansInOrder() throws {
    let engine = try Self.engine(VariedScenario.plain.yaml, paths: 700, threads: 1, tile: 3)
    let tiles = engine.footprint.tiles
    #expect(tiles.flatMap { $0 } == Array(engine.portfolio.plans.indices))
    #expect(tiles.dropLast().allSatisfy { $0.count == 3 })
  }

  @Test func impossibleMemoryAndDiskAreToldWithTheEstimate() throws {
    let engine = try Self.engine(
      VariedScenario.plain.yaml, paths: 1_000_000_000_000, threads: 1, tile: nil)
    do {
      _ = try engine.estimate(resultFolder: nil)
      Issue.record("no refusal")
    } catch SimulationError.tooLarge(let needed, let available) {
      // Five years of 10¹² paths are 40 terabytes.
      #expect(needed > 40_000_000_000_000 && available < needed)
    }
  }
}
