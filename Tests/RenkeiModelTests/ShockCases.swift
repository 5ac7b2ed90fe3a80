// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

@testable import RenkeiModel

/// Problems of factors and of the yearly shock.
enum ShockCases {
  typealias Case = DiagnosticTests.Case

  private static func shock(
    _ family: String, _ parameters: [String: Double], sd: Double,
    _ change: @escaping (inout Scenario) -> Void = { _ in }
  ) throws -> Scenario {
    let distribution = try Build.distribution(family, parameters)
    return Build.scenario(plans: [Build.plan("A")], defaults: [.annualShockSD: .constant(sd)]) {
      $0.defaults.shock = ShockFamily(distribution).map { Stated($0, at: Build.at(13)) }
      change(&$0)
    }
  }

  private static func noVariance(_ family: String) -> String {
    "s.yaml:13:1: warning: shock: exp(shock) has no finite variance for plan 'A': standard errors of "
      + "revenue mean nothing and are left out (got '\(family)'; lower or truncate "
      + "annual_shock_sd, or use the normal family)"
  }

  static let all: [Case] = [
    Case("laplace with a variance", []) {
      try shock("laplace", ["location": 0, "scale": 1], sd: 0.7)
    },
    // exp(shock) needs 2·sd < √2 for its variance.
    Case("laplace within its limit", [noVariance("laplace")]) {
      try shock("laplace", ["location": 0, "scale": 1], sd: 1.4)
    },
    Case("logistic with a variance", []) {
      try shock("logistic", ["location": 0, "scale": 1], sd: 0.9)
    },
    // s·√3/π < 1 for the mean, half of that for the variance.
    Case("logistic within its limit", [noVariance("logistic")]) {
      try shock("logistic", ["location": 0, "scale": 1], sd: 0.91)
    },
    Case(
      "logistic beyond its limit",
      [
        "s.yaml:13:1: error: shock: the mean of exp(shock) is infinite for plan 'A': "
          + "annual_shock_sd times the share left by the factors, sd·√(1 − Σ loading²), reaches "
          + "1.82 (got 'logistic'; allowed: below 1.814 for this family; lower or truncate "
          + "annual_shock_sd, or use the normal family)"
      ]
    ) {
      try shock("logistic", ["location": 0, "scale": 1], sd: 1.82)
    },
    Case("gumbel with a variance", []) {
      try shock("gumbel", ["location": 0, "scale": 1], sd: 0.6)
    },
    Case("rayleigh always has a variance", []) {
      try shock("rayleigh", ["scale": 1], sd: 2)
    },
    Case(
      "laplace beyond its limit",
      [
        "s.yaml:13:1: error: shock: the mean of exp(shock) is infinite for plan 'A': "
          + "annual_shock_sd times the share left by the factors, sd·√(1 − Σ loading²), reaches "
          + "1.5 (got 'laplace'; allowed: below √2 = 1.414 for this family; lower or truncate "
          + "annual_shock_sd, or use the normal family)"
      ]
    ) {
      try shock("laplace", ["location": 0, "scale": 1], sd: 1.5)
    },
    Case("laplace saved by a factor", [noVariance("laplace")]) {
      try shock("laplace", ["location": 0, "scale": 1], sd: 1.5) {
        $0.factors = [Build.factor("macro", loading: .constant(0.5))]
      }
    },
    Case(
      "exponential beyond its limit",
      [
        "s.yaml:13:1: error: shock: the mean of exp(shock) is infinite for plan 'A': "
          + "annual_shock_sd times the share left by the factors, sd·√(1 − Σ loading²), reaches "
          + "1 (got 'exponential'; allowed: below 1 for this family; lower or truncate "
          + "annual_shock_sd, or use the normal family)"
      ]
    ) {
      try shock("exponential", ["mean": 2], sd: 1)
    },
    Case(
      "student_t",
      [
        "s.yaml:13:1: error: shock: a shock of this family has an infinite mean of "
          + "exp(shock), so that revenue has no mean (got 'student_t'; allowed: a family whose "
          + "tail falls at least exponentially, such as normal or laplace)"
      ]
    ) { try shock("student_t", ["degrees_of_freedom": 5], sd: 0.3) },
    Case(
      "lognormal",
      [
        "s.yaml:13:1: error: shock: a shock of this family has an infinite mean of "
          + "exp(shock), so that revenue has no mean (got 'lognormal'; allowed: a family whose "
          + "tail falls at least exponentially, such as normal or laplace)"
      ]
    ) {
      try shock("lognormal", ["median": 1, "log_sd": 0.5], sd: 0.3)
    },
    Case(
      "pareto",
      [
        "s.yaml:13:1: error: shock: a shock of this family has an infinite mean of "
          + "exp(shock), so that revenue has no mean (got 'pareto'; allowed: a family whose tail "
          + "falls at least exponentially, such as normal or laplace)"
      ]
    ) { try shock("pareto", ["min": 1, "exponent": 3], sd: 0.3) },
    Case(
      "loading too large",
      [
        "s.yaml:60:2: error: factors.macro.loading: is out of range (got '1'; allowed: above "
          + "-1 to below 1)"
      ]
    ) {
      Build.scenario(plans: [Build.plan("A")]) {
        $0.factors = [Build.factor("macro", loading: .constant(1))]
      }
    },
    Case(
      "loadings together too large",
      [
        "s.yaml:61:2: error: factors.sector.correlation: the squares of the factors' "
          + "loadings can sum to 1.04 (allowed: a sum below 1, so that every plan keeps a shock "
          + "of its own)"
      ]
    ) {
      Build.scenario(plans: [Build.plan("A")]) {
        $0.factors = [
          Build.factor("macro", loading: .constant(0.8)),
          Build.factor("sector", loading: .constant(0.4), isCorrelation: true, line: 61),
        ]
      }
    },
    Case(
      "autocorrelation",
      [
        "s.yaml:60:3: error: factors.macro.autocorrelation: is out of range (got '-1'; "
          + "allowed: above -1 to below 1)"
      ]
    ) {
      Build.scenario(plans: [Build.plan("A")]) {
        $0.factors = [Build.factor("macro", loading: .constant(0.2), phi: -1)]
      }
    },
    Case(
      "factor by an unknown column",
      [
        "s.yaml:60:4: error: factors.sector.by: the plan list has no column of this name "
          + "(got 'sectors'; allowed: sector; did you mean 'sector'?)"
      ]
    ) {
      Build.scenario(plans: [Build.plan("A", ["sector": "food"])]) {
        $0.factors = [Build.factor("sector", loading: .constant(0.2), by: "sectors")]
      }
    },
    Case(
      "factor with empty cells",
      [
        "s.yaml:60:4: warning: factors.sector.by: the factor does not touch 2 plans (B, C) "
          + "with an empty cell in this column (got 'sector')"
      ]
    ) {
      Build.scenario(plans: [
        Build.plan("A", ["sector": "food"]), Build.plan("B", line: 3), Build.plan("C", line: 4),
      ]) {
        $0.factors = [Build.factor("sector", loading: .constant(0.2), by: "sector")]
      }
    },
  ]
}
