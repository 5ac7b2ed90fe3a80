// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import Testing

/// Distributions from quantiles, with truncation, and with uncertain parameters.
@Suite struct ConstructionTests {
  @Test(arguments: [
    DistributionCase("normal", ["p10": -1, "p90": 4]),
    DistributionCase("lognormal", ["p10": 0.1, "p90": 2.0]),
    DistributionCase("lognormal", ["p2.5": 1, "p50": 1.3]),
    DistributionCase("uniform", ["p25": 3, "p75": 4]),
    DistributionCase("beta", ["p10": 0.55, "p90": 0.82]),
    DistributionCase("beta", ["p5": 0.01, "p60": 0.02]),
    DistributionCase("beta", ["p10": 2, "p90": 7, "min": 1, "max": 10]),
    DistributionCase("gamma", ["p10": 1, "p90": 2]),
    DistributionCase("gamma", ["p1": 0.001, "p50": 2]),
    DistributionCase("exponential", ["p50": 3]),
    DistributionCase("weibull", ["p10": 1, "p90": 10]),
    DistributionCase("pareto", ["p50": 150, "p99": 4000]),
    DistributionCase("laplace", ["p5": -3, "p50": 2]),
    DistributionCase("student_t", ["degrees_of_freedom": 4, "p10": -3, "p90": 5]),
    DistributionCase("logistic", ["p10": -3, "p95": 2]),
    DistributionCase("gumbel", ["p10": -3, "p95": 2]),
    DistributionCase("cauchy", ["p10": -3, "p95": 2]),
    DistributionCase("rayleigh", ["p90": 2]),
  ]) func passesThroughItsQuantiles(of: DistributionCase) throws {
    let distribution = try of.make()
    for (key, value) in of.description.numbers {
      guard key.hasPrefix("p"), let percent = Double(key.dropFirst()) else { continue }
      let p = distribution.cumulativeProbability(value)
      #expect((p - percent / 100).magnitude < 1e-11, "\(key): \(p)")
    }
  }

  @Test func recoversKnownParameters() throws {
    let gamma = GammaDistribution(shape: 2.5, scale: 4)
    let found = try DistributionRegistry.family(named: "gamma").make(parameters: [
      "p10": gamma.quantile(lowerTail: 0.1), "p95": gamma.quantile(lowerTail: 0.95),
    ])
    #expect((found.parameters[0].value - 2.5).magnitude < 1e-9)
    #expect((found.parameters[1].value - 4).magnitude < 1e-9)
    let beta = BetaDistribution(a: 14, b: 6)
    let again = try DistributionRegistry.family(named: "beta").make(parameters: [
      "p10": beta.quantile(lowerTail: 0.1), "p90": beta.quantile(lowerTail: 0.9),
    ])
    #expect((again.parameters[0].value - 14).magnitude < 1e-8)
    #expect((again.parameters[1].value - 6).magnitude < 1e-8)
  }

  /// A Pareto law on [L, H]: mean α·L^α/(1 − (L/H)^α)·(L^(1−α) − H^(1−α))/(α − 1).
  @Test func truncatesAPareto() throws {
    let distribution = try DistributionCase(
      "pareto", ["min": 100, "exponent": 2], truncate: (100, 1000)
    ).make()
    let mean = 2 * 100.0 * 100 / (1 - 0.01) * (1.0 / 100 - 1.0 / 1000)
    #expect((try #require(distribution.mean) / mean - 1).magnitude < 1e-11)
    #expect((distribution.cumulativeProbability(200) - 0.75 / 0.99).magnitude < 1e-14)
    #expect(distribution.density(99) == 0)
    #expect(distribution.density(1001) == 0)
    #expect((distribution.density(100) - 0.02 / 0.99).magnitude < 1e-15)
  }

  /// Normal above a: mean φ(a)/Q(a) and variance 1 + a·mean − mean².
  @Test(arguments: [-2.0, 0, 1, 5]) func truncatesANormal(at a: Double) throws {
    let distribution = try DistributionCase(
      "normal", ["mean": 3e6, "sd": 1e5], truncate: (3e6 + 1e5 * a, .infinity)
    ).make()
    let mean = Reproducible.normalDensity(a) / Reproducible.normalUpperTail(a)
    let variance = 1 + a * mean - mean * mean
    let found = (try #require(distribution.mean) - 3e6) / 1e5
    #expect((found - mean).magnitude < 1e-8)
    #expect((try #require(distribution.variance) / 1e10 / variance - 1).magnitude < 1e-6)
  }

  @Test func leavesInfiniteMomentsOut() throws {
    let heavy = try DistributionCase(
      "pareto", ["min": 1, "exponent": 0.9], truncate: (2, .infinity)
    ).make()
    #expect(heavy.mean == nil && heavy.variance == nil)
    let middle = try DistributionCase(
      "pareto", ["min": 1, "exponent": 1.5], truncate: (2, .infinity)
    ).make()
    // A truncated Pareto is the Pareto above the new minimum: mean 2·1.5/0.5.
    #expect((try #require(middle.mean) - 6).magnitude < 1e-6)
    #expect(middle.variance == nil)
    let bounded = try DistributionCase(
      "student_t", ["degrees_of_freedom": 1], truncate: (-1, 1)
    ).make()
    #expect((try #require(bounded.mean)).magnitude < 1e-12)
    // ∫ x²/(1 + x²) over [−1, 1] is 2 − π/2; the kept mass is ½.
    #expect((try #require(bounded.variance) - (4 / Double.pi - 1)).magnitude < 1e-10)
  }

  @Test func keepsAWholeDistributionWhole() throws {
    let whole = try DistributionCase("beta", ["a": 2, "b": 3], truncate: (0, 1)).make()
    #expect(whole is BetaDistribution)
  }

  @Test(arguments: [
    DistributionCase("normal", ["mean": 2, "sd": 3]),
    DistributionCase("lognormal", ["median": 0.3, "log_sd": 1.2]),
    DistributionCase("lognormal", ["log_mean": -0.2, "log_sd": 0.5]),
    DistributionCase("uniform", ["min": 2, "max": 5]),
    DistributionCase("beta", ["a": 2, "b": 3, "min": 2, "max": 5]),
    DistributionCase("gamma", ["shape": 2, "scale": 3]),
    DistributionCase("exponential", ["mean": 3]),
    DistributionCase("weibull", ["shape": 2, "scale": 3]),
    DistributionCase("pareto", ["min": 2, "exponent": 3]),
    DistributionCase("laplace", ["location": 2, "scale": 3]),
    DistributionCase("student_t", ["degrees_of_freedom": 5, "location": 2, "scale": 3]),
    DistributionCase("logistic", ["location": 2, "scale": 3]),
    DistributionCase("gumbel", ["location": 2, "scale": 3]),
    DistributionCase("cauchy", ["location": 2, "scale": 3]),
    DistributionCase("rayleigh", ["scale": 3]),
  ]) func opensLocationAndScale(of: DistributionCase) throws {
    let family = try DistributionRegistry.family(named: of.family)
    let numbers = of.description.numbers
    let openable = numbers.keys.filter { key in
      family.parameterForms.contains { form in
        form.contains { $0.name == key && ($0.role == .location || $0.role == .scale) }
      }
    }
    let closed = try of.make()
    for open in openable.map({ [$0] }) + [openable.sorted()] {
      let fixed = DistributionParameters(numbers.filter { !open.contains($0.key) })
      let form = try family.locationScaleForm(fixed: fixed, open: Set(open))
      for z in [-3.0, -0.5, 0, 1, 4] {
        let (x, y) = (
          form.value(normalScore: z) { numbers[$0] ?? .nan }, closed.quantile(normalScore: z)
        )
        #expect((x - y).magnitude <= 1e-12 * max(1, y.magnitude), "\(open) at \(z)")
      }
    }
  }

  @Test func writesTermsOut() throws {
    let family = try DistributionRegistry.family(named: "uniform")
    let form = try family.locationScaleForm(
      fixed: DistributionParameters(["max": 3]), open: ["min"])
    #expect(form.location.summands == [.init(parameter: "min", weight: 1)])
    #expect(
      form.scale
        == ParameterTerm(
          constant: 3, summands: [.init(parameter: "min", weight: -1)]))
    let log = try DistributionRegistry.family(named: "lognormal").locationScaleForm(
      fixed: DistributionParameters(["log_sd": 0.5]), open: ["median"])
    #expect(log.link == .logarithmic && log.location.isLogarithm && log.scale.isConstant)
  }
}

@Suite struct DiscreteDistributionTests {
  let dice = DiscreteDistribution(values: [1, 2, 5], weights: [5, 3, 2])

  @Test func countsProbabilities() {
    #expect(dice.density(2) == 0.3 && dice.density(3) == 0)
    #expect(dice.cumulativeProbability(0.9) == 0 && dice.cumulativeProbability(4) == 0.8)
    #expect(dice.upperTailProbability(4) == 0.2 && dice.upperTailProbability(5) == 0)
    #expect((dice.mean ?? 0) == 0.5 + 0.6 + 1.0)
    #expect(((dice.variance ?? 0) - (0.5 + 1.2 + 5 - 2.1 * 2.1)).magnitude < 1e-14)
    let direct = Reproducible.log(
      0.5 * Reproducible.exp(0.7) + 0.3 * Reproducible.exp(1.4) + 0.2 * Reproducible.exp(3.5))
    #expect(((dice.cumulantGenerator(0.7) ?? 0) - direct).magnitude < 1e-14)
  }

  @Test func invertsBySteps() {
    #expect(
      [0, 0.5, 0.51, 0.8, 0.81, 1].map { dice.quantile(lowerTail: $0) } == [1, 1, 2, 2, 5, 5])
    #expect(
      [0, 0.19, 0.2, 0.49, 0.5, 1].map { dice.quantile(upperTail: $0) } == [5, 5, 2, 2, 1, 1])
  }

  @Test func samplesByThresholds() throws {
    guard case .discrete(let thresholds, let values) = dice.sampling else {
      Issue.record("a discrete distribution is sampled by thresholds")
      return
    }
    #expect(values == [1, 2, 5])
    #expect(thresholds == [0, Reproducible.normalQuantile(upperTail: 0.2)])
    for z in [-9, -0.1, 0, 0.001, 0.8, 0.85, 9] {
      let below = thresholds.filter { $0 < z }.count
      #expect(dice.quantile(normalScore: z) == values[below])
    }
    let cut = try DistributionCase.discrete[2].make()
    #expect(cut.support == 2...5)
    #expect(cut.density(2) == 0.6)
  }

  /// Five observations, two of them equal: every value has a fifth for each time it occurs.
  @Test func countsObservations() throws {
    let observed = try DistributionCase.discrete[3].make()
    #expect([1, 2, 3, 8].map { observed.density($0) } == [0.4, 0.2, 0.2, 0.2])
    #expect(observed.familyName == "empirical")
    #expect((try #require(observed.mean) - 3).magnitude < 1e-15)
    let cut = try DistributionCase.discrete[4].make()
    #expect(cut.familyName == "empirical" && cut.support == 2...8)
    #expect((cut.density(3) - 1.0 / 3).magnitude < 1e-15)
  }

  @Test func addsUpMixedSteps() throws {
    let mixed = try DistributionCase.discrete[5].make()
    #expect(mixed.familyName == "mixture" && mixed.support == 1...5)
    let exact = [(1.0, 0.125), (2, 0.125 + 0.25), (5, 0.5)]
    for (value, probability) in exact {
      #expect((mixed.density(value) - probability).magnitude < 1e-15)
    }
  }

  /// Thresholds of many observations: k/n exactly, found without walking through all of them.
  @Test func holdsManyObservations() throws {
    var random = TestRandom(seed: 9)
    let values = (0..<20_000).map { _ in random.uniform(0...1) }
    let observed = try DistributionCase("empirical", lists: ["values": values]).make()
    let sorted = values.sorted()
    for k in [1, 17, 4_000, 10_000, 19_999] {
      #expect(observed.cumulativeProbability(sorted[k - 1]) == Double(k) / 20_000)
      #expect(observed.quantile(lowerTail: Double(k) / 20_000) == sorted[k - 1])
    }
    #expect(observed.label.utf8.count < 250)
  }
}
