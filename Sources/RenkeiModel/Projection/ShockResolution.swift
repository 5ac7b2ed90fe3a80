// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

/// Checks that the yearly shock of every plan has the exponential moment that its mean correction
/// needs: E[exp(s·ε)] at s = σ·√(1 − Σb²) must be finite for every draw of σ and b.
struct ShockResolution {
  /// Whether exp(shock) has a variance, by case.
  private var checked: [Case: Bool] = [:]

  private struct Case: Hashable {
    let location: SourceLocation
    let family: String
    let largestScale: Double
  }

  /// Families of which no exponential moment exists on the right, whatever their parameters.
  private static let heavyTailed = ["student_t", "lognormal", "pareto", "cauchy"]

  /// Reports a missing exponential moment, and warns where exp(shock) has a mean but no variance.
  ///
  /// - Parameters:
  ///   - stated: the shock family with the place where it is stated.
  ///   - planID: a plan that it belongs to, for the message.
  ///   - largestSD: largest annual shock sd that can be drawn.
  ///   - leastCommonVariance: least Σb² over the factors that touch the plan.
  /// - Returns: whether exp(shock) has a variance.
  mutating func check(
    _ stated: Stated<ShockFamily>, planID: String, largestSD: Double, leastCommonVariance: Double,
    _ problems: inout ProblemList
  ) -> Bool {
    let family = stated.value
    let s = largestSD * (1 - min(1, max(0, leastCommonVariance))).squareRoot()
    let known = Case(location: stated.location, family: family.name, largestScale: s)
    if let result = checked[known] { return result }
    let isFinite = family.cumulantGenerator(s)?.isFinite == true
    let hasVariance = isFinite && family.hasFiniteVariance(scale: s)
    checked[known] = hasVariance
    if isFinite {
      if !hasVariance {
        problems.warn(
          "no-variance", at: stated.location, key: "shock", value: family.name,
          "exp(shock) has no finite variance for plan '\(planID)': standard errors of revenue mean"
            + " nothing and are left out",
          suggestion: "lower or truncate annual_shock_sd, or use the normal family")
      }
      return hasVariance
    }
    let limit = family.name == "laplace" ? 2.0.squareRoot() : Self.limit(of: family)
    if Self.heavyTailed.contains(family.name) || limit == 0 {
      problems.error(
        "no-exponential-moment", at: stated.location, key: "shock", value: family.name,
        "a shock of this family has an infinite mean of exp(shock), so that revenue has no mean",
        allowed: "a family whose tail falls at least exponentially, such as normal or laplace")
      return false
    }
    problems.error(
      "no-exponential-moment", at: stated.location, key: "shock", value: family.name,
      "the mean of exp(shock) is infinite for plan '\(planID)': annual_shock_sd times the share"
        + " left by the factors, sd·√(1 − Σ loading²), reaches \(Phrase.number(s))",
      allowed:
        "below \(family.name == "laplace" ? "√2 = 1.414" : Phrase.number(limit)) for this family",
      suggestion: "lower or truncate annual_shock_sd, or use the normal family")
    return false
  }

  /// The largest s with a finite moment, to three digits, by bisection in 0…5.
  private static func limit(of family: ShockFamily) -> Double {
    var (low, high) = (0.0, 5.0)
    while high - low > 1e-7 {
      let middle = (low + high) / 2
      if let moment = family.cumulantGenerator(middle), moment.isFinite {
        low = middle
      } else {
        high = middle
      }
    }
    return (low * 1000).rounded() / 1000
  }
}
