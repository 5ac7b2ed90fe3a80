// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import RenkeiModel
import RenkeiReference
import Testing

@Suite struct BenchmarkPortfolioTests {
  /// The benchmark portfolio of 101 plans, whose moments were computed independently of this
  /// project: five-year total with mean ¥46,678,839,183 and sd ¥13,641,508,278.
  @Test func benchmarkPortfolio() throws {
    let model = try portfolio(
      (0...100).map { i in
        plan("p\(i)", settings([.endTargetYen: .constant(100e6 + 2e6 * Double(i))]))
      },
      defaults: settings(
        [
          .attainment: .distribution(LogNormalDistribution(logMean: -0.2, logSD: 0.5)),
          .annualShockSD: .constant(0.35),
        ], failure: [0.05]),
      factors: [factor("macro", loading: 0.2, isCorrelation: true)])
    let (mean, standardDeviation) = (46.678_839_183, 13.641_508_278)
    try Estimate(model, paths: 1_000) { path in
      let billions = path.revenueYen.reduce(0) { $0 + $1.reduce(0, +) } / 1e9
      return [billions, billions * billions]
    }.expect([mean, mean * mean + standardDeviation * standardDeviation])
  }
}
