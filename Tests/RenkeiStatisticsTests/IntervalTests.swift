// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiStatistics
import Testing

@Suite struct IntervalTests {
  /// Binomial probabilities by logarithms of factorials.
  private func binomial(_ n: Int, _ p: Double) -> [Double] {
    var logFactorial = [0.0]
    for k in 0..<n { logFactorial.append(logFactorial[k] + log(Double(k + 1))) }
    return (0...n).map { (k: Int) -> Double in
      let ways = logFactorial[n] - logFactorial[k] - logFactorial[n - k]
      return exp(ways + Double(k) * log(p) + Double(n - k) * log1p(-p))
    }
  }

  // Source: R. G. Newcombe, "Two-sided confidence intervals for the single proportion",
  // Statistics in Medicine 17 (1998), table I, method 3; printed to four decimals.
  @Test(arguments: [
    (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
  ])
  func wilsonAgreesWithNewcombe(hits: Int, trials: Int, low: Double, high: Double) {
    let interval = Proportion(hits: hits, trials: trials).wilsonInterval()
    #expect((interval.low - low).magnitude <= 0.5e-4)
    #expect((interval.high - high).magnitude <= 0.5e-4)
    let mirror = Proportion(hits: trials - hits, trials: trials).wilsonInterval()
    #expect((1 - mirror.high - interval.low).magnitude < 1e-15)
  }

  @Test func wilsonEndsAreExactAtNoHitsAndNoMisses() {
    #expect(Proportion(hits: 0, trials: 7).wilsonInterval().low == 0)
    #expect(Proportion(hits: 7, trials: 7).wilsonInterval().high == 1)
    let nothing = Proportion(hits: 0, trials: 0)
    #expect(nothing.wilsonInterval() == Interval(low: 0, high: 1))
    #expect(nothing.estimate == nil && nothing.standardError == nil)
    #expect(nothing.upperBoundAtZeroHits == nil)
  }

  @Test(arguments: [20, 100, 400])
  func wilsonCoverageIsCloseToNominal(trials: Int) {
    let intervals = (0...trials).map { Proportion(hits: $0, trials: trials).wilsonInterval() }
    var sum = 0.0
    var count = 0
    for step in 1..<200 {
      let p = Double(step) / 200
      let weights = binomial(trials, p)
      let coverage = (0...trials).reduce(0.0) { $0 + (intervals[$1].contains(p) ? weights[$1] : 0) }
      sum += coverage
      count += 1
      // The dips near the ends are known and no deeper than 0.83.
      #expect(coverage > (p > 0.1 && p < 0.9 ? 0.92 : 0.83))
    }
    #expect(sum / Double(count) > 0.945 && sum / Double(count) < 0.96)
  }

  @Test func countsSayWhatMayBeReported() throws {
    #expect(Proportion(hits: 99, trials: 10_000).isFewHits)
    #expect(!Proportion(hits: 100, trials: 10_000).isFewHits)
    #expect(Proportion(hits: 9_901, trials: 10_000).isFewHits)
    #expect(Proportion(hits: 9, trials: 10_000).tooFewForPoint)
    #expect(!Proportion(hits: 10, trials: 10_000).tooFewForPoint)
    #expect(Proportion(hits: 9_991, trials: 10_000).tooFewForPoint)
    #expect(Proportion(hits: 0, trials: 3_000).upperBoundAtZeroHits == 0.001)
    #expect(Proportion(hits: 1, trials: 3_000).upperBoundAtZeroHits == nil)
    #expect(Proportion(hits: 0, trials: 2).upperBoundAtZeroHits == 1)
    #expect(Proportion(hits: 3_000, trials: 3_000).lowerBoundAtZeroMisses == 0.999)
    // What the rule of three promises: no hit has less than 5% probability at the bound.
    for n in [4, 30, 1_000, 100_000] {
      let bound = try #require(Proportion(hits: 0, trials: n).upperBoundAtZeroHits)
      #expect(pow(1 - bound, Double(n)) < 0.05)
    }
    var merged = Proportion(hits: 3, trials: 10)
    merged.merge(Proportion(hits: 1, trials: 10))
    #expect(merged.estimate == 0.2 && merged.misses == 16)
    #expect((try #require(merged.standardError) - (0.2 * 0.8 / 20).squareRoot()).magnitude < 1e-17)
  }

  @Test(arguments: [1, 5, 10, 20, 60, 500, 2_000])
  func rankIntervalsCoverAndAreTight(count: Int) {
    for level in [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95] {
      let weights = binomial(count, level)
      let ranks = RankInterval(count: count, level: level)
      // P(B < lower) and P(B ≥ upper); each at most 2.5%, and more one rank further in.
      func below(_ rank: Int) -> Double { weights[..<rank].reduce(0, +) }
      func above(_ rank: Int) -> Double { rank > count ? 0 : weights[rank...].reduce(0, +) }
      let lower = ranks.lower ?? 0
      let upper = ranks.upper ?? count + 1
      #expect(below(lower) <= 0.025 && below(lower + 1) > 0.025)
      #expect(above(upper) <= 0.025 && above(upper - 1) > 0.025)
    }
  }

  @Test func rankIntervalOfAMedianIsThePublishedOne() {
    // Source: W. J. Conover, "Practical Nonparametric Statistics", section 3.2: n = 10 gives
    // ranks 2 and 9, n = 20 ranks 6 and 15; n = 5 has no 95% interval.
    #expect(RankInterval(count: 10, level: 0.5).lower == 2)
    #expect(RankInterval(count: 10, level: 0.5).upper == 9)
    #expect(RankInterval(count: 20, level: 0.5).lower == 6)
    #expect(RankInterval(count: 20, level: 0.5).upper == 15)
    #expect(RankInterval(count: 5, level: 0.5).lower == nil)
    #expect(RankInterval(count: 0, level: 0.5).upper == nil)
  }

  @Test(arguments: [0.001, 0.05, 0.5, 0.95])
  func normalRanksOfManyValuesCover(level: Double) throws {
    let count = 150_000
    let ranks = RankInterval(count: count, level: level)
    let weights = binomial(count, level)
    let lower = try #require(ranks.lower)
    let upper = try #require(ranks.upper)
    let coverage = weights[lower..<upper].reduce(0, +)
    // One rank is worth at most 3% at np = 150, and the ranks are rounded outwards.
    #expect(coverage > 0.945 && coverage < 0.965)
  }

  @Test func differencesCarryTheirError() throws {
    let difference = StudentisedDifference(10, standardError: 3, minus: 5, standardError: 4)
    #expect(difference.difference == 5 && difference.standardError == 5 && difference.z == 1)
    #expect((difference.interval().high - (5 + 5 * 1.959963984540054)).magnitude < 1e-14)
    #expect((difference.interval().width - 10 * 1.959963984540054).magnitude < 1e-14)
    #expect(StudentisedDifference(1, standardError: 0, minus: 1, standardError: 0).z == 0)
    #expect(StudentisedDifference(1, standardError: 0, minus: 2, standardError: 0).z == -.infinity)
    var moments = ShiftedMoments(shift: 0)
    #expect(PairedDifference(moments) == nil)
    for x in [1.0, 2, 3, 4] { moments.add(x) }
    let paired = try #require(PairedDifference(moments))
    #expect(paired.difference == 2.5 && paired.count == 4)
    #expect((paired.standardError - (5.0 / 12).squareRoot()).magnitude < 1e-15)
  }

  @Test(arguments: [ConfidenceLevel.ninety, .ninetyFive, .ninetyNine])
  func confidenceLevelsAgreeWithTheErrorFunction(level: ConfidenceLevel) {
    #expect((erf(level.normalQuantile / 2.0.squareRoot()) - level.probability).magnitude < 4e-16)
  }
}

@Suite struct ExceedanceTests {
  @Test(arguments: [0, 1, 2, 7, 40])
  func agreesWithCountingEachThreshold(thresholdCount: Int) {
    var generator = SeededGenerator(seed: 9)
    let values = (0..<3_000).map { _ in (generator.nearlyNormal() * 8).rounded() } + [.infinity]
    let thresholds = (0..<thresholdCount).map { _ in (generator.nearlyNormal() * 8).rounded() }
      .sorted()
    var exceedance = Exceedance(thresholds: thresholds)
    var parts = (Exceedance(thresholds: thresholds), Exceedance(thresholds: thresholds))
    values.withUnsafeBufferPointer {
      exceedance.add($0)
      parts.0.add(UnsafeBufferPointer(rebasing: $0[..<1_234]))
      parts.1.add(UnsafeBufferPointer(rebasing: $0[1_234...]))
    }
    let expected = thresholds.map { t in
      Proportion(hits: values.filter { $0 >= t }.count, trials: values.count)
    }
    #expect(exceedance.proportions == expected)
    parts.1.merge(parts.0)
    #expect(parts.1 == exceedance)
    #expect(exceedance.count == values.count)
  }

  /// Thresholds over twelve powers of ten, so that most of them share a bucket.
  @Test(arguments: [[1e12], [-1e300, 1e300], [0, 1e12], [-.infinity, 0, .infinity]])
  func agreesWhereThresholdsCrowd(outer: [Double]) {
    var generator = SeededGenerator(seed: 10)
    let inner = (0..<60).map { _ in (generator.nearlyNormal() * 40).rounded() / 8 }
    let thresholds = (outer + inner).sorted()
    let values = thresholds + thresholds.map(\.nextDown) + thresholds.map(\.nextUp) + [0.5, 1e11]
    var exceedance = Exceedance(thresholds: thresholds)
    values.withUnsafeBufferPointer { exceedance.add($0) }
    let expected = thresholds.map { t in
      Proportion(hits: values.filter { $0 >= t }.count, trials: values.count)
    }
    #expect(exceedance.proportions == expected)
  }

  @Test func notANumberIsRefused() async {
    await #expect(processExitsWith: .failure) {
      var exceedance = Exceedance(thresholds: [1])
      [0, Double.nan].withUnsafeBufferPointer { exceedance.add($0) }
    }
  }
}
