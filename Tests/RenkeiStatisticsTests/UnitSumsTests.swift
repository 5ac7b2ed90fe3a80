// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import RenkeiStatistics

@Suite("Errors from independent units")
struct UnitSumsTests {
  /// Two cells of blocks whose last is not full, in chunks of 8.
  private static func blocks(count: Int) -> [(paths: Int, sums: [Double])] {
    var random = SeededGenerator(seed: 4)
    return (0..<count).map { block in
      let paths = block == count - 1 ? 100 : 512
      let x = Double.random(in: -1...1, using: &random) * 30
      return (paths, [x, 2 * x + Double.random(in: -5...5, using: &random)])
    }
  }

  private static func tally(
    _ unit: ErrorUnit, _ blocks: [(paths: Int, sums: [Double])]
  ) -> UnitSums {
    var total = UnitSums(unit: unit, cellCount: 2, pairs: [(0, 1)])
    for chunk in stride(from: 0, to: blocks.count, by: 8) {
      var own = UnitSums(unit: unit, cellCount: 2, pairs: [(0, 1)])
      var now = [0.0, 0.0]
      for block in chunk..<min(blocks.count, chunk + 8) {
        now = zip(now, blocks[block].sums).map { $0 + $1 }
        own.endBlock(block, paths: blocks[block].paths, sums: now)
      }
      total.merge(own)
    }
    return total
  }

  /// U/(U − 1)·Σ (s_u − n_u·m)(t_u − n_u·k)/P² written out.
  @Test(arguments: [ErrorUnit.block, .randomisation], [2, 16, 17, 45])
  func errorsFollowFromUnitMeans(_ unit: ErrorUnit, _ count: Int) throws {
    let blocks = Self.blocks(count: count)
    let units = Dictionary(grouping: blocks.indices) { unit == .block ? $0 : $0 % 16 }
      .sorted { $0.key < $1.key }
      .map { members -> (n: Double, s: [Double]) in
        (
          members.value.reduce(0) { $0 + Double(blocks[$1].paths) },
          (0...1).map { cell in members.value.reduce(0) { $0 + blocks[$1].sums[cell] } }
        )
      }
    let paths = units.reduce(0) { $0 + $1.n }
    let means = (0...1).map { cell in units.reduce(0) { $0 + $1.s[cell] } / paths }
    func covariance(_ a: Int, _ b: Int) -> Double {
      let spread = units.reduce(0) {
        $0 + ($1.s[a] - $1.n * means[a]) * ($1.s[b] - $1.n * means[b])
      }
      return Double(units.count) / Double(units.count - 1) * spread / (paths * paths)
    }
    let tally = Self.tally(unit, blocks)
    #expect(tally.unitCount == units.count)
    for cell in 0...1 {
      let error = try #require(tally.standardErrorOfMean(cell: cell))
      // Rounding of a few dozen additions.
      #expect(abs(error / covariance(cell, cell).squareRoot() - 1) < 1e-12)
    }
    let mixed = try #require(tally.covarianceOfMeans(pair: 0))
    #expect(abs(mixed / covariance(0, 1) - 1) < 1e-11)
  }

  @Test(arguments: [ErrorUnit.block, .randomisation])
  func oneUnitTellsNoError(_ unit: ErrorUnit) {
    let tally = Self.tally(unit, [(512, [1, 2])])
    #expect(tally.standardErrorOfMean(cell: 0) == nil)
    #expect(tally.covarianceOfMeans(pair: 0) == nil)
  }

  @Test(arguments: [ErrorUnit.block, .randomisation])
  func constantsHaveNoError(_ unit: ErrorUnit) {
    let tally = Self.tally(unit, (0..<40).map { _ in (512, [0, 0]) })
    #expect(tally.standardErrorOfMean(cell: 0) == 0)
  }

  /// Two-sided 95% points of the printed tables (R's `qt(0.975, df)`).
  @Test(arguments: [
    (1, 12.70620474), (7, 2.36462425), (15, 2.13144955), (16, 2.11990530), (30, 2.04227246),
    (194, 1.97226685), (100_000, 1.95998769),
  ])
  func studentQuantiles(_ degreesOfFreedom: Int, _ published: Double) {
    #expect(
      abs(StudentQuantile.ninetyFive(degreesOfFreedom: degreesOfFreedom) / published - 1) < 1e-6)
  }

  @Test func unitsOfARun() {
    #expect(ErrorUnit.path.count(paths: 1_000) == 1_000)
    #expect(ErrorUnit.block.count(paths: 1_025) == 3)
    #expect(ErrorUnit.randomisation.count(paths: 1_025) == 3)
    #expect(ErrorUnit.randomisation.count(paths: 1_000_000) == 16)
    #expect(ErrorUnit.path.criticalValue(paths: 2) == 1.959_963_984_540_054)
    #expect(abs(ErrorUnit.randomisation.criticalValue(paths: 10_000) - 2.13145) < 1e-5)
  }
}
