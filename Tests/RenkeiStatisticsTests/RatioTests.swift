// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import RenkeiStatistics

@Suite struct RatioTests {
  private static let x = [3.0, 5, 4, 8, 7, 6]
  private static let y = [2.0, 3, 1, 4, 5, 2]

  private static func moments(shift: Double) -> PairedMoments {
    var moments = PairedMoments(shiftX: shift, shiftY: -shift)
    for (a, b) in zip(x, y) { moments.add(a, b) }
    return moments
  }

  /// Two-pass moments, whatever the shift.
  @Test(arguments: [0.0, 5, 1e4]) func momentsAreThoseOfTheTextbook(shift: Double) throws {
    let ratio = try #require(Self.moments(shift: shift).ratio)
    let n = 6.0
    let (mx, my) = (Self.x.reduce(0, +) / n, Self.y.reduce(0, +) / n)
    func mean(_ a: [Double], _ ma: Double, _ b: [Double], _ mb: Double) -> Double {
      zip(a, b).reduce(0) { $0 + ($1.0 - ma) * ($1.1 - mb) } / (n - 1) / n
    }
    // Squares of 10⁴ leave about 8 of 16 digits.
    let tolerance = 1e-12 * max(1, shift * shift)
    #expect((ratio.numerator - mx).magnitude < tolerance)
    #expect((ratio.denominator - my).magnitude < tolerance)
    #expect((ratio.numeratorVariance - mean(Self.x, mx, Self.x, mx)).magnitude < tolerance)
    #expect((ratio.denominatorVariance - mean(Self.y, my, Self.y, my)).magnitude < tolerance)
    #expect((ratio.covariance - mean(Self.x, mx, Self.y, my)).magnitude < tolerance)
  }

  @Test func mergingIsAddingOnAndOn() {
    var parts = PairedMoments(shiftX: 5, shiftY: -5)
    var rest = parts
    for index in 0..<6 {
      if index < 2 {
        parts.add(Self.x[index], Self.y[index])
      } else {
        rest.add(Self.x[index], Self.y[index])
      }
    }
    parts.merge(rest)
    #expect(parts == Self.moments(shift: 5))
  }

  /// At both ends of a bounded interval the studentised residual is exactly z.
  @Test func endsSolveFiellersEquation() throws {
    let ratio = try #require(Self.moments(shift: 0).ratio)
    let (kind, low, high) = ratio.interval()
    #expect(kind == .bounded)
    let z = ConfidenceLevel.ninetyFive.normalQuantile
    for end in [low, high] {
      let theta = try #require(end)
      let variance =
        ratio.numeratorVariance - 2 * theta * ratio.covariance
        + theta * theta * ratio.denominatorVariance
      let residual = ratio.numerator - theta * ratio.denominator
      #expect((residual.magnitude / variance.squareRoot() - z).magnitude < 1e-9)
    }
    let value = try #require(ratio.value)
    #expect(try #require(low) < value && value < (try #require(high)))
    #expect(value == 5.5 / (17.0 / 6))
  }

  @Test func aDenominatorNearZeroLeavesNoBound() {
    func ratio(_ numerator: Double, _ denominator: Double) -> RatioEstimate {
      RatioEstimate(
        numerator: numerator, denominator: denominator, numeratorVariance: 1,
        denominatorVariance: 1, covariance: 0)
    }
    #expect(ratio(10, 10).interval().kind == .bounded)
    // Far from 0 above, near it below: large ratios of either sign, no small ones.
    let outside = ratio(10, 0.5).interval()
    #expect(outside.kind == .outside)
    #expect((outside.low ?? 0) < 0 && (outside.high ?? 0) > 0)
    #expect(ratio(0.5, 0.5).interval().kind == .unbounded)
    #expect(ratio(1, 0).value == nil && ratio(1, 0).standardError == nil)
  }

  @Test func withoutSpreadTheIntervalIsThePoint() {
    let ratio = RatioEstimate(
      numerator: 2, denominator: -4, numeratorVariance: 0, denominatorVariance: 0, covariance: 0)
    #expect(ratio.interval().low == -0.5 && ratio.interval().high == -0.5)
    #expect(ratio.standardError == 0)
    #expect(PairedMoments(shiftX: 0, shiftY: 0).ratio == nil)
  }
}
