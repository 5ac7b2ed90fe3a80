// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiStatistics
import Testing

@testable import RenkeiAnalysis

/// Confidence sequences against their definition, and against truths that somebody looks for at
/// every step.
@Suite("Confidence sequences")
struct ConfidenceSequenceTests {
  /// Most misses among `count` sequences that a rate of 5% explains: five standard errors above it.
  private static func mostMisses(_ count: Int) -> Int {
    Int(0.05 * Double(count) + 5 * (Double(count) * 0.05 * 0.95).squareRoot())
  }

  /// ln M by the urn: each trial's chance given those before, over its chance under p.
  private static func urn(_ p: Double, _ trials: [Bool], weight: Double) -> Double {
    var (hits, logRatio) = (0.0, 0.0)
    for (before, isHit) in trials.enumerated() {
      let chance = (weight * p + hits) / (weight + Double(before))
      logRatio += log(isHit ? chance / p : (1 - chance) / (1 - p))
      if isHit { hits += 1 }
    }
    return logRatio
  }

  @Test(
    "the martingale is the product of the urn's chances",
    arguments: [(0.5, 40), (0.03, 25), (0.97, 1), (0.2, 0), (1e-5, 3)])
  func martingale(p: Double, hits: Int) {
    // The order of the trials does not matter; 300 of them, hits spread among misses.
    let trials = (0..<300).map { $0 * hits / 300 != ($0 + 1) * hits / 300 }
    #expect(trials.count { $0 } == hits)
    let expected = Self.urn(p, trials, weight: ProbabilitySequence.weight)
    let found = ProbabilitySequence.logMartingale(
      p, hits: Double(hits), misses: Double(300 - hits))
    // Logarithms of gamma functions near 7e4 leave 1e-11 each.
    #expect(abs(found - expected) < 1e-9 + 1e-9 * abs(expected))
  }

  @Test("the ends are where the martingale reaches 20; a side without trials has none")
  func ends() {
    for (hits, trials) in [(0, 4_096), (1, 4_096), (123, 4_096), (5_000, 9_000), (999, 1_000)] {
      let range = ProbabilitySequence.interval(Proportion(hits: hits, trials: trials))
      let estimate = Double(hits) / Double(trials)
      #expect(range.contains(estimate))
      for end in [range.lowerBound, range.upperBound] where end > 0 && end < 1 {
        let value = ProbabilitySequence.logMartingale(
          end, hits: Double(hits), misses: Double(trials - hits))
        #expect(abs(value - log(20)) < 1e-6)
      }
      // A fixed number of trials allows a shorter interval.
      let wilson = Proportion(hits: hits, trials: trials).wilsonInterval()
      #expect(range.lowerBound <= wilson.low && range.upperBound >= wilson.high)
    }
    #expect(ProbabilitySequence.interval(Proportion(hits: 0, trials: 0)) == 0...1)
    #expect(ProbabilitySequence.interval(Proportion(hits: 0, trials: 50)).lowerBound == 0)
    #expect(ProbabilitySequence.interval(Proportion(hits: 50, trials: 50)).upperBound == 1)
  }

  /// Looked at after each of 3,000 trials: the weight is that of few trials, so that the looks come
  /// where the sequence is tight.
  @Test(
    "5% of Bernoulli sequences ever exclude the truth, and many usual intervals do",
    arguments: [0.5, 0.05])
  func bernoulliCoverage(truth: Double) {
    let sequences = 1_000
    var generator = SplitMix(state: 11)
    var (missed, usual) = (0, 0)
    let weight = 1 / MeanSequence.mixtureVariance(bestUnits: 1_000)
    for _ in 0..<sequences {
      var (hits, logRatio, isMissed, isUsualMissed) = (0.0, 0.0, false, false)
      for before in 0..<3_000 {
        let isHit = generator.uniform() < truth
        let chance = (weight * truth + hits) / (weight + Double(before))
        logRatio += log(isHit ? chance / truth : (1 - chance) / (1 - truth))
        if isHit { hits += 1 }
        if logRatio >= log(20) { isMissed = true }
        if before % 500 == 499 {
          let proportion = Proportion(hits: Int(hits), trials: before + 1)
          if !proportion.wilsonInterval().contains(truth) { isUsualMissed = true }
        }
      }
      if isMissed { missed += 1 }
      if isUsualMissed { usual += 1 }
    }
    #expect(missed <= Self.mostMisses(sequences), "\(missed)")
    // Six looks at intervals for one look: the test would notice intervals that are too short.
    #expect(usual > Self.mostMisses(sequences), "\(usual)")
  }

  /// Looks from 500 lognormal draws on, each a quarter later, up to 13,000.
  @Test("5% of sequences of a skewed mean ever exclude it, and many usual intervals do")
  func meanCoverage() {
    let sequences = 400
    let (logDeviation, truth) = (0.8, exp(0.32))
    var generator = SplitMix(state: 5)
    var (missed, usual) = (0, 0)
    for _ in 0..<sequences {
      var (sum, squares, count, look) = (0.0, 0.0, 0, 500)
      var (isMissed, isUsualMissed) = (false, false)
      while look < 13_000 {
        while count < look {
          let value = exp(logDeviation * generator.normal()) - truth
          sum += value
          squares += value * value
          count += 1
        }
        let n = Double(count)
        let error = ((squares - sum * sum / n) / (n - 1) / n).squareRoot()
        let distance = abs(sum / n) / error
        // 32 draws stand for one: the sequence is tightest at 2,048 of them.
        if distance > MeanSequence.multiplier(units: count, pathsPerUnit: 32) { isMissed = true }
        if distance > 1.96 { isUsualMissed = true }
        look += (look + 3) / 4
      }
      if isMissed { missed += 1 }
      if isUsualMissed { usual += 1 }
    }
    #expect(missed <= Self.mostMisses(sequences), "\(missed)")
    #expect(usual > Self.mostMisses(sequences), "\(usual)")
  }

  @Test("the multiplier is that of the published formula, and shortest about where it should be")
  func multiplier() {
    // α = 0.05 and ρ² = (−2 ln α + ln(1 − 2 ln α))/65,536, computed apart.
    for (units, expected) in [(4_096, 4.391), (65_536, 3.035), (1_000_000, 3.299)] {
      #expect(abs(MeanSequence.multiplier(units: units) - expected) < 0.002)
    }
    #expect(
      MeanSequence.multiplier(units: 128, pathsPerUnit: 512)
        == MeanSequence.multiplier(units: 65_536))
  }
}
