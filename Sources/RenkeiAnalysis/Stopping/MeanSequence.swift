// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

/// An asymptotic 95% confidence sequence of a mean: intervals that all hold it together, however
/// often one looks, in the same sense in which a usual interval rests on the central limit theorem.
///
/// After t independent units whose mean has the standard error s,
///
///     mean ± s·√( 2(tρ² + 1)/(tρ²) · ln(√(tρ² + 1)/α) ),  α = 0.05,
///
/// is the set of means at which a Gaussian mixture of likelihood ratios stays below 1/α. From 4,096
/// to a million paths it is 1.5 to 2.3 times as long as ± 1.96·s, the price of looking often.
///
/// Source: I. Waudby-Smith, D. Arbour, R. Sinha, E. H. Kennedy, A. Ramdas, "Time-uniform central
/// limit theory and asymptotic confidence sequences", Annals of Statistics 52 (2024), the Gaussian
/// mixture of theorem 2.2 and its remark on the choice of ρ.
package enum MeanSequence {
  /// Paths at which the sequence is shortest relative to an interval for a fixed number of them.
  static let bestPaths = 65_536

  /// The factor of the standard error that makes half the interval, t ≥ 1.
  ///
  /// - Parameters:
  ///   - units: t, independent units.
  ///   - pathsPerUnit: of an average unit; ρ is chosen in paths, whatever the unit.
  package static func multiplier(units: Int, pathsPerUnit: Int = 1) -> Double {
    precondition(units >= 1 && pathsPerUnit >= 1, "a sequence needs units of paths")
    let variance = mixtureVariance(bestUnits: Double(bestPaths / pathsPerUnit))
    let growth = Double(units) * variance
    let logarithm =
      Reproducible.log(growth + 1) / 2 - Reproducible.log(ProbabilitySequence.errorRate)
    return (2 * (growth + 1) / growth * logarithm).squareRoot()
  }

  /// ρ² = (−2·ln α + ln(1 − 2·ln α))/t: close to the best at t units.
  static func mixtureVariance(bestUnits: Double) -> Double {
    let doubled = -2 * Reproducible.log(ProbabilitySequence.errorRate)
    return (doubled + Reproducible.log(1 + doubled)) / bestUnits
  }
}
