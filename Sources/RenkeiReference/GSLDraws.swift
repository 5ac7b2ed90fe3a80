// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import Foundation
import RenkeiDistributions
import RenkeiModel

/// Fresh numbers from GSL's Mersenne twister, one after the other in the order asked for.
///
/// Source: Matsumoto & Nishimura, Mersenne twister: a 623-dimensionally equidistributed uniform
/// pseudo-random number generator, 1998; GSL reference manual, "Random Number Distributions".
package final class GSLDraws: DrawSource {
  private let generator: UnsafeMutablePointer<gsl_rng>

  /// - Parameter seed: both halves are folded into the 32 bits that the generator takes.
  package init(seed: UInt64) {
    guard let generator = gsl_rng_alloc(cgsl_mt19937()) else {
      preconditionFailure("no memory for a random number generator")
    }
    self.generator = generator
    gsl_rng_set(generator, UInt(UInt32(truncatingIfNeeded: seed ^ (seed >> 32))))
  }

  deinit { gsl_rng_free(generator) }

  package func value(_ key: DrawKey, _ law: DrawLaw) -> Double {
    switch law {
    case .uniform:
      return gsl_rng_uniform_pos(generator)
    case .normal(let mean, let standardDeviation):
      return mean + gsl_ran_gaussian(generator, standardDeviation)
    case .distribution(let distribution):
      return sample(distribution)
    case .correlated(let distribution, let common, let share):
      return sample(distribution, common: common, share: share)
    case .modulated(let form, let location, let scale, let common, let share):
      let x = location + scale * sample(form.standard, common: common, share: share)
      return form.link == .identity ? x : exp(x)
    case .shock(.normal):
      return gsl_ran_gaussian(generator, 1)
    case .shock(.standardised(let distribution, let mean, let standardDeviation)):
      return (sample(distribution) - mean) / standardDeviation
    }
  }

  private func sample(
    _ distribution: any UnivariateDistribution, common: Double, share: Double
  ) -> Double {
    if share == 0 { return sample(distribution) }
    let own = gsl_ran_gaussian(generator, 1)
    return distribution.quantile(
      normalScore: share.squareRoot() * common + (1 - share).squareRoot() * own)
  }

  /// By the family's own GSL generator, by inversion where GSL has none.
  private func sample(_ distribution: any UnivariateDistribution) -> Double {
    if let truncated = distribution as? TruncatedDistribution { return sample(truncated) }
    if let discrete = distribution as? DiscreteDistribution {
      return discrete.values[choice(discrete.probabilities)]
    }
    if let mixture = distribution as? MixtureDistribution {
      return sample(mixture.components[choice(mixture.components.map(\.weight))].distribution)
    }
    let p = distribution.parameters.map(\.value)
    return switch distribution.familyName {
    case "normal": p[0] + gsl_ran_gaussian(generator, p[1])
    case "lognormal": gsl_ran_lognormal(generator, log(p[0]), p[1])
    case "uniform": gsl_ran_flat(generator, p[0], p[1])
    case "pert": pert(min: p[0], mode: p[1], max: p[2], shape: p[3])
    case "beta": p[2] + (p[3] - p[2]) * gsl_ran_beta(generator, p[0], p[1])
    case "gamma": gsl_ran_gamma(generator, p[0], p[1])
    case "exponential": gsl_ran_exponential(generator, p[0])
    case "weibull": gsl_ran_weibull(generator, p[1], p[0])
    case "pareto": gsl_ran_pareto(generator, p[1], p[0])
    case "laplace": p[0] + gsl_ran_laplace(generator, p[1])
    case "logistic": p[0] + gsl_ran_logistic(generator, p[1])
    case "gumbel": p[0] + gsl_ran_gumbel1(generator, 1 / p[1], 1)
    case "cauchy": p[0] + gsl_ran_cauchy(generator, p[1])
    case "rayleigh": gsl_ran_rayleigh(generator, p[0])
    case "chi_squared": gsl_ran_chisq(generator, p[0])
    case "student_t": p[1] + p[2] * gsl_ran_tdist(generator, p[0])
    default: distribution.quantile(lowerTail: gsl_rng_uniform_pos(generator))
    }
  }

  /// An index that comes up with the given probabilities, which sum to 1.
  private func choice(_ probabilities: [Double]) -> Int {
    var rest = gsl_rng_uniform(generator)
    for (index, probability) in probabilities.enumerated() {
      rest -= probability
      if rest < 0 { return index }
    }
    return probabilities.count - 1
  }

  /// By rejection; by inversion where the interval holds so little that rejection takes too long.
  private func sample(_ truncated: TruncatedDistribution) -> Double {
    for _ in 0..<100 {
      let x = sample(truncated.base)
      if truncated.support.contains(x) { return x }
    }
    return truncated.quantile(lowerTail: gsl_rng_uniform_pos(generator))
  }

  /// The modified PERT: a beta distribution on min…max whose mean weighs the mode by `shape`.
  private func pert(min: Double, mode: Double, max: Double, shape: Double) -> Double {
    let width = max - min
    let a = 1 + shape * (mode - min) / width
    let b = 1 + shape * (max - mode) / width
    return min + width * gsl_ran_beta(generator, a, b)
  }
}
