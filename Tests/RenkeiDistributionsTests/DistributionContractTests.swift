// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import Testing

/// What every family owes, whatever it is.
@Suite struct DistributionContractTests {
  @Test func everyFamilyHasCases() {
    let covered = Set((DistributionCase.continuous + DistributionCase.discrete).map(\.family))
    #expect(Set(DistributionRegistry.families.map(\.name)) == covered)
    #expect(DistributionRegistry.families.count == covered.count)
  }

  @Test(arguments: DistributionCase.continuous) func invertsItself(of: DistributionCase) throws {
    let distribution = try of.make()
    for p in [1e-6, 0.001, 0.02, 0.1, 0.3, 0.4999, 0.5, 0.7, 0.9, 0.99, 0.99999] {
      let lower = distribution.quantile(lowerTail: p)
      #expect(hits(.lower(p), distribution, at: lower, precision: 1e-11), "p = \(p)")
      let upper = distribution.quantile(upperTail: p)
      #expect(hits(.upper(p), distribution, at: upper, precision: 1e-11), "q = \(p)")
      let sum =
        distribution.cumulativeProbability(lower) + distribution.upperTailProbability(lower)
      #expect((sum - 1).magnitude < 1e-12)
      #expect(distribution.support.contains(lower) && distribution.support.contains(upper))
    }
  }

  @Test(arguments: DistributionCase.continuous) func keepsItsTails(of: DistributionCase) throws {
    let distribution = try of.make()
    var last = -Double.infinity
    for step in -83...83 {
      let z = Double(step) / 10
      let x = distribution.quantile(normalScore: z)
      #expect(x >= last - 8 * x.ulp, "falls at z = \(z)")
      last = x
      #expect(hits(.score(z), distribution, at: x, precision: 1e-10), "z = \(z), x = \(x)")
    }
  }

  @Test(arguments: DistributionCase.continuous) func differentiates(of: DistributionCase) throws {
    let distribution = try of.make()
    for z in [-3.0, -1.2, -0.4, 0.15, 0.7, 1.9, 3.1] {
      let x = distribution.quantile(normalScore: z)
      let density = distribution.density(x)
      let tail = min(
        distribution.cumulativeProbability(x), distribution.upperTailProbability(x))
      // A step that changes the tail by a thousandth: fourth order error below 1e-9.
      let h = min(1e-3 * tail / density, 0.1 * (x - distribution.support.lowerBound))
      func difference(_ step: Double) -> Double {
        let (a, b) = (x - step, x + step)
        return z < 0
          ? distribution.cumulativeProbability(b) - distribution.cumulativeProbability(a)
          : distribution.upperTailProbability(a) - distribution.upperTailProbability(b)
      }
      let slope = (8 * difference(h) - difference(2 * h)) / (12 * h)
      #expect((slope / density - 1).magnitude < 1e-8, "z = \(z)")
    }
  }

  @Test(arguments: DistributionCase.continuous) func knowsItsMoments(of: DistributionCase) throws {
    let distribution = try of.make()
    if let mean = distribution.mean {
      let found = try #require(integral(over: distribution) { $0 })
      let size = max(mean.magnitude, (distribution.variance ?? 0).squareRoot())
      #expect((found - mean).magnitude <= 1e-8 * size, "mean \(mean), integral \(found)")
      if let variance = distribution.variance {
        let spread = try #require(
          integral(over: distribution) { ($0 - mean) * ($0 - mean) })
        #expect((spread / variance - 1).magnitude < 1e-7, "\(variance), integral \(spread)")
      }
    } else {
      #expect(distribution.variance == nil)
    }
  }

  @Test(arguments: DistributionCase.continuous) func stopsAtItsSupport(of: DistributionCase) throws
  {
    let distribution = try of.make()
    let (low, high) = (distribution.support.lowerBound, distribution.support.upperBound)
    #expect(distribution.quantile(lowerTail: 0) == low)
    #expect(distribution.quantile(upperTail: 0) == high)
    if low.isFinite {
      #expect(distribution.cumulativeProbability(low) == 0)
      #expect(distribution.upperTailProbability(low - 1) == 1)
      #expect(distribution.density(low - 1) == 0)
    }
    if high.isFinite {
      #expect(distribution.upperTailProbability(high) == 0)
      #expect(distribution.cumulativeProbability(high + 1) == 1)
      #expect(distribution.density(high + 1) == 0)
    }
  }

  @Test(
    arguments: DistributionCase.continuous.filter {
      $0.description.truncation == nil && $0.description.components.isEmpty
    })
  func rebuildsFromItsParameters(of: DistributionCase) throws {
    let distribution = try of.make()
    let again = try DistributionRegistry.family(named: of.family).make(
      parameters: Dictionary(uniqueKeysWithValues: distribution.parameters.map { ($0, $1) }))
    for p in [0.01, 0.5, 0.9] {
      let (x, y) = (distribution.quantile(lowerTail: p), again.quantile(lowerTail: p))
      #expect((x - y).magnitude <= 1e-13 * max(x.magnitude, y.magnitude))
    }
  }

  @Test(arguments: DistributionCase.continuous + DistributionCase.discrete)
  func generatesCumulants(of: DistributionCase) throws {
    let distribution = try of.make()
    #expect(distribution.cumulantGenerator(0).map { $0.magnitude < 1e-13 } == true)
    guard let mean = distribution.mean, let variance = distribution.variance,
      distribution.cumulantGenerator(1e-3 / variance.squareRoot()) != nil
    else { return }
    let sd = variance.squareRoot()
    let s = 1e-3 / sd
    let (up, down) = (
      try #require(distribution.cumulantGenerator(s)),
      try #require(distribution.cumulantGenerator(-s))
    )
    // Third and fourth cumulants leave relative errors near s²; rounding leaves 1e-16/s².
    let slope = (up - down) / (2 * s)
    #expect((slope - mean).magnitude < 1e-5 * sd + 1e-12 * mean.magnitude)
    let center = try #require(distribution.cumulantGenerator(0))
    let curvature = (up - 2 * center + down) / (s * s)
    let noise = 1e-9 + 1e-9 * (mean / sd).magnitude
    #expect((curvature / variance - 1).magnitude < 1e-4 + noise)
  }

  /// log ∫ exp(s·x)·density, by GSL's adaptive quadrature where the support is unbounded.
  @Test(arguments: DistributionCase.continuous) func generatesByIntegration(
    of: DistributionCase
  ) throws {
    let distribution = try of.make()
    guard let variance = distribution.variance else { return }
    for s in [-1.0, -0.5, 0.5, 0.9].map({ $0 / variance.squareRoot() }) {
      guard let cumulant = distribution.cumulantGenerator(s) else { continue }
      let center = distribution.quantile(lowerTail: 0.5)
      let sum = try #require(
        integral(over: distribution) { Reproducible.exp(s * ($0 - center)) })
      let expected = s * center + Reproducible.log(sum)
      #expect((cumulant - expected).magnitude < 1e-8, "s = \(s)")
    }
  }

  /// E[function(X)].
  private func integral(
    over distribution: any UnivariateDistribution, _ function: @escaping (Double) -> Double
  ) -> Double? {
    let (low, high) = (distribution.support.lowerBound, distribution.support.upperBound)
    if low.isFinite && high.isFinite {
      return Quadrature.expectations(of: distribution, [function])[0]
    }
    let middle = distribution.quantile(lowerTail: 0.5)
    let body = { (x: Double) in
      let density = distribution.density(x)
      return density > 0 && density < .infinity ? density * function(x) : 0
    }
    let scale = distribution.quantile(lowerTail: 0.9) - middle
    let right = Quadrature.unbounded(middle, .infinity, scale: scale, body)
    let left =
      low.isFinite
      ? Quadrature.unbounded(-.infinity, Reproducible.log(middle - low), scale: 1) { y in
        body(low + Reproducible.exp(y)) * Reproducible.exp(y)
      } : Quadrature.unbounded(-.infinity, middle, scale: scale, body)
    return left.flatMap { left in right.map { left + $0 } }
  }
}
