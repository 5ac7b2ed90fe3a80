// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

extension ProjectionModel {
  /// Mean number of plans whose business outlives the horizon by the stated annual failure
  /// probabilities alone: Σ over plans of E[Π(1 − f)] over the plan years within the horizon.
  ///
  /// Each year draws its own f given the named inputs, and 1 − f is linear in it, so the mean over
  /// the own draws is exact; over the inputs it is a quadrature.
  ///
  /// Nil where more than three uncertain inputs decide a plan's failure.
  ///
  /// Complexity: O(plans × years), and a quadrature for each different list of uncertain f.
  package var statedSurvivors: Double? {
    let table = InputTable(inputs, correlations: correlations)
    var known: [(provenance: Provenance, years: Int, survival: Double)] = []
    var total = 0.0
    for index in canonicalOrder {
      let plan = plans[index]
      let failures = plan.annualFailureProbability
      if let survival = Self.survival(ofConstants: failures) {
        total += survival
        continue
      }
      let provenance = plan.failureProvenance
      let match = known.first { $0.provenance == provenance && $0.years == failures.count }
      if let match {
        total += match.survival
        continue
      }
      guard
        let survival = Expectation(of: failures, table: table, averagesOwnDraws: true)?
          .value({ $0.reduce(1) { $0 * (1 - $1) } })
      else { return nil }
      known.append((provenance, failures.count, survival))
      total += survival
    }
    return total
  }

  private static func survival(ofConstants failures: [Quantity]) -> Double? {
    var survival = 1.0
    for failure in failures {
      guard case .constant(let probability) = failure else { return nil }
      survival *= 1 - probability
    }
    return survival
  }
}
