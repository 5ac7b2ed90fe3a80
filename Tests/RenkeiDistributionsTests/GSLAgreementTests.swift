// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import RenkeiDistributions
import Testing

/// Distribution functions and densities against GSL's own, which were written by other people.
@Suite struct GSLAgreementTests {
  struct Peer: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let distribution: any UnivariateDistribution
    let lower: @Sendable (Double) -> Double
    let upper: @Sendable (Double) -> Double
    let density: @Sendable (Double) -> Double

    init(
      _ distribution: any UnivariateDistribution, _ lower: @escaping @Sendable (Double) -> Double,
      _ upper: @escaping @Sendable (Double) -> Double,
      _ density: @escaping @Sendable (Double) -> Double
    ) {
      testDescription = distribution.label
      self.distribution = distribution
      self.lower = lower
      self.upper = upper
      self.density = density
    }
  }

  static let peers: [Peer] = [
    Peer(
      NormalDistribution(mean: 0, sd: 2.5), { gsl_cdf_gaussian_P($0, 2.5) },
      { gsl_cdf_gaussian_Q($0, 2.5) }, { gsl_ran_gaussian_pdf($0, 2.5) }),
    Peer(
      LogNormalDistribution(logMean: 1, logSD: 1.2), { gsl_cdf_lognormal_P($0, 1, 1.2) },
      { gsl_cdf_lognormal_Q($0, 1, 1.2) }, { gsl_ran_lognormal_pdf($0, 1, 1.2) }),
    Peer(
      UniformDistribution(min: -1, max: 5), { gsl_cdf_flat_P($0, -1, 5) },
      { gsl_cdf_flat_Q($0, -1, 5) }, { gsl_ran_flat_pdf($0, -1, 5) }),
    Peer(
      BetaDistribution(a: 14, b: 6), { gsl_cdf_beta_P($0, 14, 6) }, { gsl_cdf_beta_Q($0, 14, 6) },
      { gsl_ran_beta_pdf($0, 14, 6) }),
    Peer(
      BetaDistribution(a: 0.5, b: 3), { gsl_cdf_beta_P($0, 0.5, 3) },
      { gsl_cdf_beta_Q($0, 0.5, 3) }, { gsl_ran_beta_pdf($0, 0.5, 3) }),
    Peer(
      PertDistribution(min: 0, mode: 0.25, max: 1), { gsl_cdf_beta_P($0, 2, 4) },
      { gsl_cdf_beta_Q($0, 2, 4) }, { gsl_ran_beta_pdf($0, 2, 4) }),
    Peer(
      GammaDistribution(shape: 0.5, scale: 3), { gsl_cdf_gamma_P($0, 0.5, 3) },
      { gsl_cdf_gamma_Q($0, 0.5, 3) }, { gsl_ran_gamma_pdf($0, 0.5, 3) }),
    Peer(
      GammaDistribution(shape: 40, scale: 0.1), { gsl_cdf_gamma_P($0, 40, 0.1) },
      { gsl_cdf_gamma_Q($0, 40, 0.1) }, { gsl_ran_gamma_pdf($0, 40, 0.1) }),
    Peer(
      ExponentialDistribution(mean: 0.69), { gsl_cdf_exponential_P($0, 0.69) },
      { gsl_cdf_exponential_Q($0, 0.69) }, { gsl_ran_exponential_pdf($0, 0.69) }),
    Peer(
      WeibullDistribution(shape: 1.5, scale: 2), { gsl_cdf_weibull_P($0, 2, 1.5) },
      { gsl_cdf_weibull_Q($0, 2, 1.5) }, { gsl_ran_weibull_pdf($0, 2, 1.5) }),
    Peer(
      ParetoDistribution(min: 3, exponent: 1.4), { gsl_cdf_pareto_P($0, 1.4, 3) },
      { gsl_cdf_pareto_Q($0, 1.4, 3) }, { gsl_ran_pareto_pdf($0, 1.4, 3) }),
    Peer(
      LaplaceDistribution(location: 0, scale: 0.7), { gsl_cdf_laplace_P($0, 0.7) },
      { gsl_cdf_laplace_Q($0, 0.7) }, { gsl_ran_laplace_pdf($0, 0.7) }),
    Peer(
      StudentTDistribution(degreesOfFreedom: 3), { gsl_cdf_tdist_P($0, 3) },
      { gsl_cdf_tdist_Q($0, 3) }, { gsl_ran_tdist_pdf($0, 3) }),
    Peer(
      StudentTDistribution(degreesOfFreedom: 12), { gsl_cdf_tdist_P($0, 12) },
      { gsl_cdf_tdist_Q($0, 12) }, { gsl_ran_tdist_pdf($0, 12) }),
    Peer(
      LogisticDistribution(location: 0, scale: 0.7), { gsl_cdf_logistic_P($0, 0.7) },
      { gsl_cdf_logistic_Q($0, 0.7) }, { gsl_ran_logistic_pdf($0, 0.7) }),
    // GSL's type 1 with a = 1/scale and b = exp(location/scale).
    Peer(
      GumbelDistribution(location: 1, scale: 2),
      { gsl_cdf_gumbel1_P($0, 0.5, Reproducible.exp(0.5)) },
      { gsl_cdf_gumbel1_Q($0, 0.5, Reproducible.exp(0.5)) },
      { gsl_ran_gumbel1_pdf($0, 0.5, Reproducible.exp(0.5)) }),
    Peer(
      CauchyDistribution(location: 0, scale: 3), { gsl_cdf_cauchy_P($0, 3) },
      { gsl_cdf_cauchy_Q($0, 3) }, { gsl_ran_cauchy_pdf($0, 3) }),
    Peer(
      RayleighDistribution(scale: 1.3), { gsl_cdf_rayleigh_P($0, 1.3) },
      { gsl_cdf_rayleigh_Q($0, 1.3) }, { gsl_ran_rayleigh_pdf($0, 1.3) }),
    Peer(
      ChiSquaredDistribution(degreesOfFreedom: 4), { gsl_cdf_chisq_P($0, 4) },
      { gsl_cdf_chisq_Q($0, 4) }, { gsl_ran_chisq_pdf($0, 4) }),
    Peer(
      MixtureDistribution([
        (3, LogNormalDistribution(logMean: 0, logSD: 0.5)),
        (1, ExponentialDistribution(mean: 20)),
      ]), { 0.75 * gsl_cdf_lognormal_P($0, 0, 0.5) + 0.25 * gsl_cdf_exponential_P($0, 20) },
      { 0.75 * gsl_cdf_lognormal_Q($0, 0, 0.5) + 0.25 * gsl_cdf_exponential_Q($0, 20) },
      { 0.75 * gsl_ran_lognormal_pdf($0, 0, 0.5) + 0.25 * gsl_ran_exponential_pdf($0, 20) }),
  ]

  @Test(arguments: peers) func quantilesSatisfyGSL(peer: Peer) {
    SpecialFunctions.prepare()
    for step in 1..<200 {
      let u = Double(step) / 200
      let x = peer.distribution.quantile(lowerTail: u)
      #expect((peer.lower(x) - u).magnitude < 1e-10, "u = \(u)")
      let y = peer.distribution.quantile(upperTail: u)
      #expect((peer.upper(y) - u).magnitude < 1e-10, "q = \(u)")
      #expect((peer.density(x) / peer.distribution.density(x) - 1).magnitude < 1e-11)
    }
  }

  @Test(arguments: peers) func tailsSatisfyGSL(peer: Peer) {
    SpecialFunctions.prepare()
    for z in [1.0, 2, 3, 4, 5, 6, 7, 8] {
      let tail = Reproducible.normalUpperTail(z)
      let upper = peer.distribution.quantile(normalScore: z)
      // Bounded supports away from 0 cannot resolve their far tails: compare above rounding.
      if tail > 1e-7 || peer.distribution.support.upperBound == .infinity {
        #expect((peer.upper(upper) / tail - 1).magnitude < 1e-8, "z = \(z)")
      }
      let lower = peer.distribution.quantile(normalScore: -z)
      if tail > 1e-7 || peer.distribution.support.lowerBound == -.infinity {
        #expect((peer.lower(lower) / tail - 1).magnitude < 1e-8, "z = \(-z)")
      }
    }
  }

  /// Printed tables of Student's t give three decimals.
  @Test func manyDegreesOfFreedomMatchPrintedTables() {
    let published: [(nu: Double, tail: Double, value: Double)] = [
      (80, 0.025, 1.990), (80, 0.0005, 3.416), (100, 0.025, 1.984), (100, 0.005, 2.626),
      (1000, 0.025, 1.962), (1000, 0.0005, 3.300),
    ]
    for row in published {
      let x = StudentTDistribution(degreesOfFreedom: row.nu).quantile(upperTail: row.tail)
      #expect((x - row.value).magnitude <= 0.00051, "t(\(row.nu)) upper \(row.tail): \(x)")
    }
  }
}
