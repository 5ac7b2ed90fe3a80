// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import Foundation

/// The benchmark model B101 as most people would first write it: a scalar loop over paths, plans
/// and years on `gsl_ran_*` and libm, with the same statistics as the engine's portfolio and plans.
struct ScalarB101 {
  static let planCount = 101
  static let years = 5

  private(set) var mean = 0.0
  private(set) var standardDeviation = 0.0

  /// - Parameter generator: GSL's generator; Tausworthe is its fastest good one.
  init(paths: Int, seed: UInt, generator kind: UnsafePointer<gsl_rng_type>) {
    guard let generator = gsl_rng_alloc(kind) else {
      preconditionFailure("no memory for a random number generator")
    }
    defer { gsl_rng_free(generator) }
    gsl_rng_set(generator, seed)
    let sigma = 0.35
    let common = sigma * 0.2.squareRoot()
    let own = sigma * 0.8.squareRoot()
    let drift = sigma * sigma / 2
    var planSums = [Double](repeating: 0, count: Self.planCount * Self.years)
    var planSquares = planSums
    var totals = [Double](repeating: 0, count: paths)
    var macro = [Double](repeating: 0, count: Self.years)
    for path in 0..<paths {
      for year in 0..<Self.years { macro[year] = gsl_ran_gaussian_ziggurat(generator, common) }
      var total = 0.0
      for plan in 0..<Self.planCount {
        let target = 100e6 + 2e6 * Double(plan)
        var walk = -0.2 + gsl_ran_gaussian_ziggurat(generator, 0.5)
        let survival = gsl_rng_uniform_pos(generator)
        var limit = 1.0
        for year in 0..<Self.years {
          walk += macro[year] + gsl_ran_gaussian_ziggurat(generator, own) - drift
          limit *= 0.95
          let revenue =
            survival < limit ? target * Double(year + 1) / Double(Self.years) * exp(walk) : 0
          planSums[plan * Self.years + year] += revenue
          planSquares[plan * Self.years + year] += revenue * revenue
          total += revenue
        }
      }
      totals[path] = total
    }
    mean = totals.reduce(0, +) / Double(paths)
    let squares = totals.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    standardDeviation = (squares / Double(max(1, paths - 1))).squareRoot()
  }
}
