// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

/// The family of the idiosyncratic yearly shock ε, standardised to mean 0 and variance 1.
public enum ShockFamily: Sendable {
  case normal
  /// (X − E[X]) / sd(X); mean and sd are kept because they may be costly to compute.
  case standardised(any UnivariateDistribution, mean: Double, standardDeviation: Double)

  /// The standardised form of `distribution`, or nil where its mean or variance does not exist.
  public init?(_ distribution: any UnivariateDistribution) {
    guard let mean = distribution.mean, let variance = distribution.variance, variance > 0 else {
      return nil
    }
    // A truncated normal keeps its family's name but is not sampled as mean + sd·z.
    if case .normal = distribution.sampling {
      self = .normal
    } else {
      self = .standardised(
        distribution, mean: mean, standardDeviation: variance.squareRoot())
    }
  }

  /// Name of the family in scenario files.
  public var name: String {
    switch self {
    case .normal: "normal"
    case .standardised(let distribution, _, _): distribution.familyName
    }
  }

  /// ε at a normal score: the shock whose rank is Φ(z).
  public func shock(normalScore z: Double) -> Double {
    switch self {
    case .normal: z
    case .standardised(let distribution, let mean, let standardDeviation):
      (distribution.quantile(normalScore: z) - mean) / standardDeviation
    }
  }

  /// log E[exp(s·ε)], the cumulant generating function at `s`; nil where it is infinite.
  ///
  /// Subtracted yearly from the log revenue, it makes E[exp(X)] = 1 exactly.
  public func cumulantGenerator(_ s: Double) -> Double? {
    switch self {
    case .normal: s * s / 2
    case .standardised(let distribution, let mean, let standardDeviation):
      s == 0
        ? 0
        : distribution.cumulantGenerator(s / standardDeviation).map {
          $0 - s * mean / standardDeviation
        }
    }
  }
}
