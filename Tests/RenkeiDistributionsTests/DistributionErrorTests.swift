// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import Testing

/// Every broken constraint says which one it is, word for word.
@Suite struct DistributionErrorTests {
  struct Refusal: Sendable, CustomTestStringConvertible {
    let given: DistributionCase
    let message: String
    var testDescription: String { given.testDescription }

    init(_ given: DistributionCase, _ message: String) {
      self.given = given
      self.message = message
    }
  }

  static let refusals: [Refusal] = [
    Refusal(
      DistributionCase("nromal", ["mean": 0]),
      "nromal: there is no distribution family 'nromal' (did you mean 'normal'?)"),
    Refusal(
      DistributionCase("zipf"),
      "zipf: there is no distribution family 'zipf' (the families are normal, lognormal, uniform, "
        + "triangular, pert, beta, gamma, exponential, weibull, pareto, laplace, student_t, "
        + "logistic, gumbel, cauchy, rayleigh, chi_squared, discrete, empirical, mixture)"),
    Refusal(
      DistributionCase("normal", ["mean": 0, "sdd": 1]),
      "normal: normal has no parameter 'sdd' (did you mean 'sd'?)"),
    Refusal(
      DistributionCase("normal", ["mean": 0, "variance": 1]),
      "normal: normal has no parameter 'variance' (its parameters are mean, sd)"),
    Refusal(DistributionCase("normal", ["mean": 0]), "normal: sd must be given"),
    Refusal(DistributionCase("normal"), "normal: mean and sd must be given"),
    Refusal(
      DistributionCase("lognormal", ["median": 1]),
      "lognormal: log_sd must be given (its parameters are median, log_sd or log_mean, log_sd or "
        + "mean, sd)"),
    Refusal(
      DistributionCase("lognormal", ["median": 1, "mean": 2]),
      "lognormal: mean and median do not go together (its parameters are median, log_sd or "
        + "log_mean, log_sd or mean, sd)"),
    Refusal(
      DistributionCase("normal", ["mean": 5, "sd": 0]),
      "normal: sd must be greater than 0, not 0 (write the plain number 5 if the value is certain)"
    ),
    Refusal(
      DistributionCase("normal", ["mean": 5, "sd": -1]),
      "normal: sd must be greater than 0, not -1"),
    Refusal(
      DistributionCase("normal", ["mean": .infinity, "sd": 1]),
      "normal: mean must be a finite number, not inf"),
    Refusal(
      DistributionCase("lognormal", ["median": 0, "log_sd": 1]),
      "lognormal: median must be greater than 0, not 0"),
    Refusal(
      DistributionCase("lognormal", ["median": 3, "log_sd": 0]),
      "lognormal: log_sd must be greater than 0, not 0 (write the plain number 3 if the value is "
        + "certain)"),
    Refusal(
      DistributionCase("uniform", ["min": 2, "max": 1]),
      "uniform: max must be greater than min, not 1"),
    Refusal(
      DistributionCase("uniform", ["min": 2, "max": 2]),
      "uniform: max must be greater than min, not 2 (write the plain number 2 if the value is "
        + "certain)"),
    Refusal(
      DistributionCase("triangular", ["min": 0, "mode": 3, "max": 2]),
      "triangular: mode must be at most max, not 3"),
    Refusal(
      DistributionCase("pert", ["min": 0, "mode": -3, "max": 2]),
      "pert: mode must be at least min, not -3"),
    Refusal(
      DistributionCase("pert", ["min": 0, "mode": 1, "max": 2, "shape": 0]),
      "pert: shape must be greater than 0, not 0"),
    Refusal(
      DistributionCase("beta", ["a": 0, "b": 6]), "beta: a must be greater than 0, not 0"),
    Refusal(
      DistributionCase("beta", ["a": 1, "b": 6, "min": 3, "max": 1]),
      "beta: max must be greater than min, not 1"),
    Refusal(
      DistributionCase("gamma", ["shape": 2, "scale": -4]),
      "gamma: scale must be greater than 0, not -4"),
    Refusal(
      DistributionCase("gamma", ["shape": 2e4, "scale": 4]),
      "gamma: shape must be greater than 0 and at most 10000, not 20000"),
    Refusal(
      DistributionCase("exponential", ["mean": 0]),
      "exponential: mean must be greater than 0, not 0"),
    Refusal(
      DistributionCase("weibull", ["shape": .nan, "scale": 1]),
      "weibull: shape must be greater than 0, not nan"),
    Refusal(
      DistributionCase("pareto", ["min": 100, "exponent": -0.5]),
      "pareto: exponent must be greater than 0, not -0.5"),
    Refusal(
      DistributionCase("laplace", ["location": 1.5, "scale": 0]),
      "laplace: scale must be greater than 0, not 0 (write the plain number 1.5 if the value is "
        + "certain)"),
    Refusal(
      DistributionCase("student_t", ["degrees_of_freedom": 0]),
      "student_t: degrees_of_freedom must be greater than 0, not 0"),
    Refusal(
      DistributionCase("normal", lists: ["mean": [1, 2], "sd": [1]]),
      "normal: mean must be one number, not a list"),
    Refusal(
      DistributionCase("discrete", ["values": 3], lists: ["weights": [1]]),
      "discrete: values must be a list of numbers"),
    Refusal(
      DistributionCase("discrete", lists: ["values": [1, 2]]),
      "discrete: weights must be given"),
    Refusal(
      DistributionCase("discrete", lists: ["values": [1, 2], "weights": [1]]),
      "discrete: weights must hold as many numbers as values: 2, not 1"),
    Refusal(
      DistributionCase("discrete", lists: ["values": [1, 2], "weights": [1, -1]]),
      "discrete: weights must be at least 0, not -1"),
    Refusal(
      DistributionCase("discrete", lists: ["values": [1, 2], "weights": [0, 0]]),
      "discrete: weights must not all be 0"),
    Refusal(
      DistributionCase("discrete", lists: ["values": [1, 1], "weights": [1, 1]]),
      "discrete: values must differ from each other, not 1"),
    Refusal(
      DistributionCase("discrete", lists: ["values": [1, .infinity], "weights": [1, 1]]),
      "discrete: values must be finite numbers, not inf"),
    Refusal(
      DistributionCase("discrete", lists: ["values": [7, 2], "weights": [1, 0]]),
      "discrete: values must hold at least two numbers with weight (write the plain number 7)"),
    Refusal(
      DistributionCase("rayleigh", ["scale": 0]),
      "rayleigh: scale must be greater than 0, not 0"),
    Refusal(
      DistributionCase("cauchy", ["location": 1, "scale": 0]),
      "cauchy: scale must be greater than 0, not 0 (write the plain number 1 if the value is "
        + "certain)"),
    Refusal(
      DistributionCase("chi_squared", ["p10": 1]),
      "chi_squared: chi_squared cannot be made from quantiles (its parameters are "
        + "degrees_of_freedom)"),
    Refusal(
      DistributionCase("empirical", lists: ["values": [1, 2], "file": [1, 2]]),
      "empirical: file and values do not go together (its parameters are values or file)"),
    Refusal(
      DistributionCase("empirical", lists: ["values": []]),
      "empirical: values must hold a list of numbers"),
    Refusal(
      DistributionCase("empirical", lists: ["values": [1, .nan]]),
      "empirical: values must hold finite numbers, not nan"),
    Refusal(
      DistributionCase("empirical", lists: ["file": [4, 4]]),
      "empirical: the file must hold at least two different numbers (write the plain number 4)"),
    Refusal(DistributionCase("mixture"), "mixture: components must be given"),
    Refusal(
      DistributionCase("mixture", mixing: [(1, DistributionCase("normal", ["mean": 0, "sd": 1]))]),
      "mixture: a mixture needs at least two components (write the distribution itself)"),
    Refusal(
      DistributionCase(
        "mixture",
        mixing: [
          (0, DistributionCase("normal", ["mean": 0, "sd": 1])),
          (1, DistributionCase("normal", ["mean": 1, "sd": 1])),
        ]), "mixture: each weight must be greater than 0, not 0"),
    Refusal(
      DistributionCase(
        "mixture",
        mixing: [
          (1, DistributionCase("normal", ["mean": 0, "sd": -1])),
          (1, DistributionCase("normal", ["mean": 1, "sd": 1])),
        ]), "normal: sd must be greater than 0, not -1"),
    Refusal(
      DistributionCase(
        "mixture",
        mixing: [
          (1, DistributionCase("uniform", ["min": 0, "max": 1])),
          (1, DistributionCase("uniform", ["min": 2, "max": 3])),
        ]),
      "mixture: the components leave a gap without probability, from 1 to 2 (let their supports "
        + "meet, or add a component in between)"),
    Refusal(
      DistributionCase(
        "mixture",
        mixing: [
          (1, DistributionCase("normal", ["mean": 0, "sd": 1e-3])),
          (1, DistributionCase("normal", ["mean": 100, "sd": 1e-3])),
        ]),
      "mixture: the quantiles of this mixture cannot be tabulated accurately (bring the components "
        + "closer together, or give them wider tails)"),
    Refusal(
      DistributionCase(
        "mixture",
        mixing: [
          (1, DistributionCase("empirical", lists: ["values": [0, 1]])),
          (1, DistributionCase("normal", ["mean": 0, "sd": 1])),
        ]),
      "mixture: discrete and continuous components cannot be mixed: empirical is discrete (replace "
        + "its values by narrow continuous distributions)"),
    Refusal(
      DistributionCase("normal", ["p10": 3, "p90": 1]),
      "normal: p90 must be greater than p10, not 1"),
    Refusal(
      DistributionCase("normal", ["p10": 3, "p90": 3]),
      "normal: p90 must be greater than p10, not 3 (write the plain number 3 if the value is "
        + "certain)"),
    Refusal(
      DistributionCase("normal", ["p10": 3, "p10.0": 4]),
      "normal: p10 and p10.0 are the same quantile"),
    Refusal(
      DistributionCase("normal", ["p10": 3]),
      "normal: normal needs exactly two quantiles, not 1"),
    Refusal(
      DistributionCase("exponential", ["p10": 3, "p90": 4]),
      "exponential: exponential needs exactly one quantile, not 2"),
    Refusal(
      DistributionCase("normal", ["p0": 3, "p90": 4]),
      "normal: p0 must lie between p0 and p100, both excluded"),
    Refusal(
      DistributionCase("normal", ["p10": 3, "p90": 4, "sd": 1]),
      "normal: sd may not stand beside quantiles, which replace mean and sd"),
    Refusal(
      DistributionCase("lognormal", ["p10": -1, "p90": 4]),
      "lognormal: p10 must be greater than 0, not -1"),
    Refusal(
      DistributionCase("beta", ["p10": 0.5, "p90": 4]),
      "beta: p90 must lie between min and max, not 4"),
    Refusal(
      DistributionCase("triangular", ["p10": 0.5, "p90": 4]),
      "triangular: triangular cannot be made from quantiles (its parameters are min, mode, max)"),
    Refusal(
      DistributionCase("student_t", ["p10": 0.5, "p90": 4]),
      "student_t: degrees_of_freedom must be given"),
    Refusal(
      DistributionCase("gamma", ["p1": 1e-300, "p99": 1e300]),
      "gamma: no gamma distribution has these quantiles"),
    Refusal(
      DistributionCase("normal", ["mean": 0, "sd": 1], truncate: (3, 1)),
      "normal: truncate must be [low, high] with low below high, not 1"),
    Refusal(
      DistributionCase("uniform", ["min": 0, "max": 1], truncate: (3, 4)),
      "uniform: truncate [3, 4] holds no probability of uniform(min 0, max 1)"),
    Refusal(
      DistributionCase("normal", ["mean": 0, "sd": 1], truncate: (100, 101)),
      "normal: truncate [100, 101] holds no probability of normal(mean 0, sd 1)"),
    Refusal(
      DistributionCase(
        "discrete", lists: ["values": [1, 2], "weights": [1, 1]], truncate: (1.2, 1.8)),
      "discrete: truncate [1.2, 1.8] holds no probability of discrete(value_1 1, weight_1 0.5, "
        + "value_2 2, weight_2 0.5)"),
  ]

  @Test(arguments: refusals) func namesTheConstraint(refusal: Refusal) {
    do {
      let distribution = try refusal.given.make()
      Issue.record("accepted as \(distribution.label)")
    } catch {
      #expect("\(error)" == refusal.message)
    }
  }

  @Test(arguments: [
    (
      "beta", ["b": 6.0], ["a"],
      "beta: a is a shape parameter and may not be uncertain (write a plain number)"
    ),
    (
      "triangular", ["min": 0, "mode": 1], ["max"],
      "triangular: max is a shape parameter and may not be uncertain (write a plain number)"
    ),
    (
      "lognormal", ["sd": 1], ["mean"],
      "lognormal: mean is a shape parameter and may not be uncertain (write a plain number, or "
        + "give median and log_sd)"
    ),
    ("normal", ["p10": 1], ["p90"], "normal: the quantile p90 may not be uncertain"),
    (
      "normal", ["p10": 1], ["sd"], "normal: quantiles may not stand beside an uncertain parameter"
    ),
    ("normal", [:], ["sd"], "normal: mean must be given"),
    (
      "chi_squared", [:], ["degrees_of_freedom"],
      "chi_squared: degrees_of_freedom is a shape parameter and may not be uncertain (write a "
        + "plain number)"
    ),
    (
      "normal", ["mean": 1], ["ds"],
      "normal: normal has no parameter 'ds' (did you mean 'sd'?)"
    ),
    ("gamma", ["shape": -1], ["scale"], "gamma: shape must be greater than 0, not -1"),
  ]) func refusesUncertainShapes(
    family: String, fixed: [String: Double], open: [String], message: String
  ) throws {
    let found = try DistributionRegistry.family(named: family)
    do {
      _ = try found.locationScaleForm(fixed: DistributionParameters(fixed), open: Set(open))
      Issue.record("accepted")
    } catch {
      #expect("\(error)" == message)
    }
  }

  @Test func refusesTruncationBesideUncertainParameters() throws {
    let family = try DistributionRegistry.family(named: "normal")
    let fixed = DistributionParameters(["mean": 1], truncation: Truncation(low: 0, high: 3))
    #expect(throws: DistributionError.self) {
      try family.locationScaleForm(fixed: fixed, open: ["sd"])
    }
  }
}
