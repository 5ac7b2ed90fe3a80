// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiAnalysis
import Testing

@Suite("Rank correlation")
struct RankCorrelationTests {
  private static func correlation(_ x: [Double], _ y: [Double]) -> RankCorrelation? {
    RankCorrelation(RankedColumn(x), RankedColumn(y))
  }

  @Test("without ties it is Spearman's formula 1 − 6Σd²/(n³ − n)")
  func formula() throws {
    // C. Spearman's d: ranks 1…10 against 2 1 4 3 7 5 6 10 9 8.
    let y: [Double] = [2, 1, 4, 3, 7, 5, 6, 10, 9, 8]
    let x = (1...10).map { exp(Double($0)) }
    let d2 = zip(1...10, y).reduce(0) { $0 + (Double($1.0) - $1.1) * (Double($1.0) - $1.1) }
    let found = try #require(Self.correlation(x, y))
    #expect(abs(found.value - (1 - 6 * d2 / 990)) < 1e-12)
  }

  @Test("equal values share the mean of their ranks")
  func ties() throws {
    // Ranks 1½ 1½ 3 4 and 1 3 3 3: centred products 1½ − ½·... = 3/√(4.5·3).
    let found = try #require(Self.correlation([5, 5, 6, 9], [0, 7, 7, 7]))
    // Σ(u − 2½)(v − 2½) = (−1)(−1½) + (−1)(½) + (½)(½) + (1½)(½) = 2.
    #expect(abs(found.value - 2 / (4.5 * 3.0).squareRoot()) < 1e-12)
  }

  @Test("orders that agree or disagree entirely are ±1 without error; a constant has none")
  func extremes() throws {
    let x: [Double] = (0..<300).map { Double($0 * 37 % 301) }
    let up = try #require(Self.correlation(x, x.map { $0 * $0 * $0 }))
    let down = try #require(Self.correlation(x, x.map { -$0 }))
    #expect(abs(up.value - 1) < 1e-12 && abs(down.value + 1) < 1e-12)
    #expect(up.standardError < 1e-3 && up.interval95.upperBound <= 1)
    #expect(down.interval95.lowerBound >= -1)
    #expect(Self.correlation(x, x.map { _ in 3 }) == nil)
  }

  @Test(
    "95% intervals hold 6/π·asin(ρ/2) of normals, independent or not", arguments: [0, 0.6, -0.9])
  func coverage(rho: Double) throws {
    let exact = 6 / Double.pi * asin(rho / 2)
    try Self.checkCoverage(exact: exact, seed: 77) { generator in
      let x = generator.normal()
      return (x, rho * x + (1 - rho * rho).squareRoot() * generator.normal())
    }
  }

  @Test("and where one of the two has two values only")
  func coverageWithTies() throws {
    // y = x/2 + uniform: P(y₁ > y₀) = 7/8 for x = 1 and 0, and r = (7/8 − 1/2)·√3.
    try Self.checkCoverage(exact: 0.375 * 3.0.squareRoot(), seed: 91) { generator in
      let x: Double = generator.uniform() < 0.5 ? 0 : 1
      return (x, x / 2 + generator.uniform())
    }
  }

  private static func checkCoverage(
    exact: Double, seed: UInt64, _ pair: (inout SplitMix) -> (Double, Double)
  ) throws {
    let samples = 400
    var held = 0
    for sample in 0..<samples {
      var generator = SplitMix(state: seed + 1_000_003 * UInt64(sample))
      let pairs = (0..<150).map { _ in pair(&generator) }
      let found = try #require(correlation(pairs.map(\.0), pairs.map(\.1)))
      if found.interval95.contains(exact) { held += 1 }
    }
    // 0.95 less and plus three binomial errors of 400 samples.
    let share = Double(held) / Double(samples)
    #expect(share > 0.917 && share < 0.983)
  }
}
