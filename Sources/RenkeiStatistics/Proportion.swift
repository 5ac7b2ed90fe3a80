// SPDX-License-Identifier: GPL-3.0-or-later

/// A probability estimated by counting: `hits` of `trials`.
///
/// Carries what an honest report needs: the Wilson interval, and whether the counts suffice for a
/// point value at all.
public struct Proportion: Sendable, Hashable {
  /// The number of trials in which the event happened.
  public private(set) var hits: Int
  /// The number of trials.
  public private(set) var trials: Int

  /// `hits` of `trials`, 0 ≤ hits ≤ trials.
  public init(hits: Int, trials: Int) {
    precondition(hits >= 0 && hits <= trials, "hits must lie between 0 and the trials")
    self.hits = hits
    self.trials = trials
  }

  /// The number of trials in which the event did not happen.
  public var misses: Int { trials - hits }

  /// hits/trials; nil for no trials.
  public var estimate: Double? {
    trials > 0 ? Double(hits) / Double(trials) : nil
  }

  /// √(p(1 − p)/n) with p the estimate; nil for no trials.
  ///
  /// 0 when all trials agree, which is not certainty: use the interval.
  public var standardError: Double? {
    guard let p = estimate else { return nil }
    return (p * (Double(misses) / Double(trials)) / Double(trials)).squareRoot()
  }

  /// Wilson's score interval; 0 ... 1 for no trials.
  ///
  /// (p + z²/2n ± z√(p(1 − p)/n + z²/4n²))/(1 + z²/n). The lower end is exactly 0 at no hits and
  /// the upper end exactly 1 at no misses.
  ///
  /// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
  /// JASA 22 (1927).
  public func wilsonInterval(_ confidence: ConfidenceLevel = .ninetyFive) -> Interval {
    guard trials > 0 else { return Interval(low: 0, high: 1) }
    let n = Double(trials)
    let p = Double(hits) / n
    let q = Double(misses) / n
    let z = confidence.normalQuantile
    let zz = z * z / n
    let middle = (p + zz / 2) / (1 + zz)
    let half = (z * (p * q / n + zz / (4 * n)).squareRoot()) / (1 + zz)
    let low = hits == 0 ? 0 : middle - half
    let high = misses == 0 ? 1 : middle + half
    return Interval(low: low < 0 ? 0 : low, high: high > 1 ? 1 : high)
  }

  /// Whether min(hits, misses) < 100: report with a flag.
  public var isFewHits: Bool { min(hits, misses) < 100 }

  /// Whether min(hits, misses) < 10: report the interval only, no point value.
  public var tooFewForPoint: Bool { min(hits, misses) < 10 }

  /// The "rule of three" at no hits: p ≤ min(1, 3/n) with about 95% confidence; otherwise nil.
  ///
  /// (1 − 3/n)ⁿ < e⁻³ < 0.05. Also nil for no trials.
  /// Source: J. A. Hanley, A. Lippman-Hand, "If nothing goes wrong, is everything all right?",
  /// JAMA 249 (1983).
  public var upperBoundAtZeroHits: Double? {
    hits == 0 && trials > 0 ? min(1, 3 / Double(trials)) : nil
  }

  /// The mirror at no misses: p ≥ max(0, 1 − 3/n); otherwise nil.
  public var lowerBoundAtZeroMisses: Double? {
    misses == 0 && trials > 0 ? max(0, 1 - 3 / Double(trials)) : nil
  }

  /// Adds the trials of `other`. Exact.
  package mutating func merge(_ other: Proportion) {
    hits += other.hits
    trials += other.trials
  }
}

extension Proportion: Mergeable {}
