// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import RenkeiStatistics

/// An exact 95% confidence sequence of a probability: intervals that all hold it together, with 95%
/// probability, however often and whenever one looks.
///
/// After n independent trials with h hits and m = n − h misses, and with ρ a fixed weight,
///
///     ln M(p) = Σ_{i<h} ln(ρ + i/p) + Σ_{j<m} ln(ρ + j/(1 − p)) − Σ_{k<n} ln(ρ + k)
///
/// is the likelihood of the trials under a beta distribution of the chance, with mean p and weight
/// ρ, over that under p itself. If p is the truth, M is a non-negative martingale that begins at 1,
/// so that P(M ≥ 20 at any n) ≤ 1/20 (Ville's inequality); the sequence is {p : M(p) < 20}. Every
/// term of ln M is convex in p, which makes that set an interval.
///
/// Sources: H. Robbins, "Statistical methods related to the law of the iterated logarithm", Annals
/// of Mathematical Statistics 41 (1970), mixtures; S. R. Howard, A. Ramdas, J. McAuliffe, J. Sekhon,
/// "Time-uniform, nonparametric, nonasymptotic confidence sequences", Annals of Statistics 49
/// (2021), section 3.2, the beta-binomial mixture.
package enum ProbabilitySequence {
  /// The chance that the sequence ever misses.
  static let errorRate = 0.05

  /// ρ, which makes the interval shortest, relative to one for a fixed number of trials, where that
  /// of a mean is.
  static let weight = 1 / MeanSequence.mixtureVariance(bestUnits: Double(MeanSequence.bestPaths))

  /// The interval after `proportion.trials` independent trials; 0...1 for none.
  ///
  /// - Complexity: about 60 evaluations of six logarithms of gamma functions.
  package static func interval(_ proportion: Proportion) -> ClosedRange<Double> {
    guard let estimate = proportion.estimate else { return 0...1 }
    let (h, m) = (Double(proportion.hits), Double(proportion.misses))
    // The likelihood peaks at the estimate; ln M is below 0 there, and convex on either side.
    let low = h == 0 ? 0 : edge(from: estimate, to: 0, hits: h, misses: m)
    let high = m == 0 ? 1 : edge(from: estimate, to: 1, hits: h, misses: m)
    return low...high
  }

  /// The last p that is not excluded on the way from the estimate to an end, on the outer side.
  private static func edge(
    from estimate: Double, to end: Double, hits: Double, misses: Double
  ) -> Double {
    let limit = -Reproducible.log(errorRate)
    var (inside, outside) = (estimate, end)
    while true {
      let middle = inside + (outside - inside) / 2
      guard middle != inside, middle != outside else { return outside }
      if logMartingale(middle, hits: hits, misses: misses) < limit {
        inside = middle
      } else {
        outside = middle
      }
    }
  }

  /// ln M(p) by logarithms of the gamma function, 0 < p < 1.
  static func logMartingale(_ p: Double, hits: Double, misses: Double) -> Double {
    let q = 1 - p
    func rise(_ start: Double, by steps: Double) -> Double {
      Reproducible.logGamma(start + steps) - Reproducible.logGamma(start)
    }
    return rise(weight * p, by: hits) + rise(weight * q, by: misses)
      - rise(weight, by: hits + misses) - hits * Reproducible.log(p)
      - misses * Reproducible.log1p(-p)
  }
}
