// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiDistributions
import RenkeiModel
import RenkeiReference
import Testing

/// GSL's generators are parametrised as the project's distributions are.
@Suite struct GSLDrawsTests {
  private static let key = DrawKey(.programme, .optimismFactor)

  private static func distributions() throws -> [any UnivariateDistribution] {
    let normal = NormalDistribution(mean: 0, sd: 1)
    return [
      try #require(TruncatedDistribution(normal, low: -0.5, high: 2)),
      try #require(TruncatedDistribution(normal, low: 4, high: .infinity)),
      NormalDistribution(mean: 3, sd: 2), LogNormalDistribution(logMean: -0.2, logSD: 0.5),
      UniformDistribution(min: 2, max: 5), TriangularDistribution(min: 1, mode: 2, max: 5),
      PertDistribution(min: 0.6, mode: 0.8, max: 1.6, shape: 3),
      BetaDistribution(a: 2, b: 5, min: 1, max: 4), GammaDistribution(shape: 2.5, scale: 0.7),
      ExponentialDistribution(mean: 0.69), WeibullDistribution(shape: 1.7, scale: 2),
      ParetoDistribution(min: 2, exponent: 6), LaplaceDistribution(location: 1, scale: 0.5),
      StudentTDistribution(degreesOfFreedom: 9, location: 2, scale: 3),
      LogisticDistribution(location: -1, scale: 2), GumbelDistribution(location: 3, scale: 0.4),
      CauchyDistribution(location: 2, scale: 0.3), RayleighDistribution(scale: 1.7),
      ChiSquaredDistribution(degreesOfFreedom: 3),
      MixtureDistribution([
        (3, LogNormalDistribution(logMean: 0, logSD: 0.3)),
        (1, GumbelDistribution(location: 5, scale: 1)),
      ]),
    ]
  }

  /// Largest distance of the empirical from the true distribution function, times √n.
  private static func distance(
    _ law: DrawLaw, from distribution: any UnivariateDistribution
  ) -> Double {
    let draws = GSLDraws(seed: 7)
    let count = 4_000
    let sample = (0..<count).map { _ in draws.value(key, law) }.sorted()
    let distances = sample.enumerated().map { index, x in
      let p = distribution.cumulativeProbability(x)
      return max(p - Double(index) / Double(count), Double(index + 1) / Double(count) - p)
    }
    return (distances.max() ?? .infinity) * Double(count).squareRoot()
  }

  // The Kolmogorov bound: P(√n·D > 3.46) ≤ 2·exp(−2·3.46²) < 1e-10.
  @Test func followsEveryFamily() throws {
    for distribution in try Self.distributions() {
      let distance = Self.distance(.distribution(distribution), from: distribution)
      #expect(distance < 3.46, "\(distribution.familyName): \(distance)")
    }
  }

  /// Frequencies of listed values, each within 5 standard errors.
  @Test func choosesAmongValues() throws {
    let discrete = DiscreteDistribution(values: [1, 2, 7], weights: [1, 5, 2])
    let draws = GSLDraws(seed: 7)
    let sample = (0..<8_000).map { _ in draws.value(Self.key, .distribution(discrete)) }
    for (value, share) in [(1.0, 0.125), (2, 0.625), (7, 0.25)] {
      let found = Double(sample.count { $0 == value }) / 8_000
      #expect(abs(found - share) < 5 * (share * (1 - share) / 8_000).squareRoot(), "\(value)")
    }
  }

  @Test func followsAFamilyThroughItsNormalScore() throws {
    for distribution in try Self.distributions() {
      // With a share this small the common score hardly shifts the law.
      let law = DrawLaw.correlated(distribution, common: 0.5, share: 1e-6)
      #expect(Self.distance(law, from: distribution) < 3.46, "\(distribution.familyName)")
    }
  }

  @Test func conditionsOnTheCommonScore() {
    let standard = NormalDistribution(mean: 0, sd: 1)
    let law = DrawLaw.correlated(standard, common: 1.5, share: 0.36)
    let conditional = NormalDistribution(mean: 0.6 * 1.5, sd: 0.8)
    #expect(Self.distance(law, from: conditional) < 3.46)
  }

  @Test(arguments: [0, 0.36])
  func drawsAboutAnUncertainLocation(share: Double) throws {
    let form = try LogNormalDistribution.family.locationScaleForm(
      fixed: DistributionParameters(["log_sd": 0.5]), open: ["log_mean"])
    let law = DrawLaw.modulated(form, location: -0.2, scale: 0.5, common: 1.5, share: share)
    let conditional = LogNormalDistribution(
      logMean: -0.2 + 0.5 * share.squareRoot() * 1.5, logSD: 0.5 * (1 - share).squareRoot())
    #expect(Self.distance(law, from: conditional) < 3.46)
  }

  @Test func standardisesShocks() throws {
    let gamma = GammaDistribution(shape: 4, scale: 1)
    let family = try #require(ShockFamily(gamma))
    // (X − 4) / 2 of a gamma with shape 4: compared through X = 2ε + 4.
    let draws = GSLDraws(seed: 3)
    let sample = (0..<4_000).map { _ in 2 * draws.value(Self.key, .shock(family)) + 4 }.sorted()
    let worst = sample.enumerated().map { index, x in
      abs(gamma.cumulativeProbability(x) - (Double(index) + 0.5) / 4_000)
    }.max()
    #expect(try #require(worst) * 4_000.squareRoot() < 3.46)
  }

  @Test func uniformsStayInside() {
    let draws = GSLDraws(seed: 1)
    let sample = (0..<10_000).map { _ in draws.value(Self.key, .uniform) }
    #expect(sample.allSatisfy { $0 > 0 && $0 < 1 })
    let mean = sample.reduce(0, +) / 10_000
    #expect(abs(mean - 0.5) < 5 * (1.0 / 12 / 10_000).squareRoot())
  }

  @Test func bothHalvesOfTheSeedCount() {
    let seeds: [UInt64] = [1, 2, 1 << 32, 3 << 32]
    let first = seeds.map { GSLDraws(seed: $0).value(Self.key, .uniform) }
    // 1 and 1 << 32 fold to the same 32 bits; the others do not.
    #expect(Set(first).count == 3)
  }
}
