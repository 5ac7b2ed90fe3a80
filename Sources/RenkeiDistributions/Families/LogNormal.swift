// SPDX-License-Identifier: GPL-3.0-or-later

/// Lognormal distribution: ln X is normal with mean log_mean = ln(median) and deviation log_sd.
public struct LogNormalDistribution: UnivariateDistribution {
  package let logMean: Double
  package let logSD: Double
  /// As given, or exp(log_mean).
  package let median: Double

  package init(logMean: Double, logSD: Double) {
    self.init(median: Reproducible.exp(logMean), logMean: logMean, logSD: logSD)
  }

  package init(median: Double, logSD: Double) {
    self.init(median: median, logMean: Reproducible.log(median), logSD: logSD)
  }

  private init(median: Double, logMean: Double, logSD: Double) {
    self.median = median
    self.logMean = logMean
    self.logSD = logSD
  }

  public var familyName: String { "lognormal" }
  public var parameters: [(name: String, value: Double)] {
    [("median", median), ("log_sd", logSD)]
  }
  public var support: ClosedRange<Double> { 0 ... .infinity }

  /// exp(log_mean + log_sd²/2).
  public var mean: Double? { Reproducible.exp(logMean.addingProduct(0.5 * logSD, logSD)) }

  /// mean²·(exp(log_sd²) − 1).
  public var variance: Double? {
    Reproducible.exp(2 * logMean + logSD * logSD) * Reproducible.expm1(logSD * logSD)
  }

  private func score(_ x: Double) -> Double { (Reproducible.log(x) - logMean) / logSD }

  public func density(_ x: Double) -> Double {
    x > 0 ? Reproducible.normalDensity(score(x)) / (logSD * x) : 0
  }

  public func cumulativeProbability(_ x: Double) -> Double {
    x > 0 ? Reproducible.normalCDF(score(x)) : 0
  }

  public func upperTailProbability(_ x: Double) -> Double {
    x > 0 ? Reproducible.normalUpperTail(score(x)) : 1
  }

  public func quantile(lowerTail p: Double) -> Double {
    quantile(normalScore: Reproducible.normalQuantile(p))
  }

  public func quantile(upperTail q: Double) -> Double {
    quantile(normalScore: Reproducible.normalQuantile(upperTail: q))
  }

  public func quantile(normalScore z: Double) -> Double {
    Reproducible.exp(logMean.addingProduct(logSD, z))
  }

  public var sampling: SamplingForm { .logNormal(logMean: logMean, logSD: logSD) }
}

extension LogNormalDistribution {
  package static let family = DistributionFamily(
    name: "lognormal", summary: "positive and skewed: the logarithm is normal",
    parameterForms: [
      [
        DistributionParameter("median", .location, .positive),
        DistributionParameter("log_sd", .scale, .positive),
      ],
      [
        DistributionParameter("log_mean", .location),
        DistributionParameter("log_sd", .scale, .positive),
      ],
      [
        DistributionParameter("mean", .shape, .positive),
        DistributionParameter("sd", .shape, .positive),
      ],
    ],
    quantiles: QuantileConstruction(
      replaces: ["median", "log_mean", "mean", "log_sd", "sd"], count: 2
    ) { points, rest throws(DistributionError) in
      try points.requirePositive(rest)
      let (location, scale) = points.line({ $0.score }, value: { Reproducible.log($0.value) })
      return LogNormalDistribution(logMean: location, logSD: scale)
    },
    locationScale: { given in
      LocationScaleForm(
        link: .logarithmic, standard: NormalDistribution(mean: 0, sd: 1),
        location: given.has("median")
          ? given.term("median").logarithm() : given.term("log_mean"),
        scale: given.term("log_sd"))
    },
    build: { given in
      if given.has("median") {
        return LogNormalDistribution(median: given["median"], logSD: given["log_sd"])
      }
      if given.has("log_mean") {
        return LogNormalDistribution(logMean: given["log_mean"], logSD: given["log_sd"])
      }
      let mean = Reproducible.log(given["mean"])
      let ratio = given["sd"] / given["mean"]
      let logVariance = Reproducible.log1p(ratio * ratio)
      return LogNormalDistribution(
        logMean: mean - 0.5 * logVariance, logSD: logVariance.squareRoot())
    })
}
