// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiDistributions
import Testing

@testable import RenkeiModel

/// Means of numbers that read correlated inputs, against closed forms.
@Suite struct CorrelatedMeanTests {
  private static func mean(
    base: String, times factor: String? = nil, _ inputs: [(String, Quantity)],
    correlations: [(String, String, Double)]
  ) throws -> Double {
    let scenario = Build.scenario(plans: [Build.plan("A")]) {
      $0.inputs = inputs.map { Build.input($0.0, $0.1) }
      $0.defaults.numbers[.attainment] = Stated(.input(base), at: Build.at(10))
      if let factor {
        $0.segments = [Build.segment("s", multiply: [(.attainment, .input(factor))], line: 20)]
      }
      $0.correlations = CorrelationSettings(
        pairs: correlations.map { CorrelationCases.pair($0.0, $0.1, $0.2) },
        repairsToNearest: false, location: Build.at(90))
    }
    return try #require(try scenario.resolved().plans[0].attainment.mean)
  }

  private static func logNormal(_ median: Double, _ logSD: Double) throws -> Quantity {
    try Build.quantity("lognormal", ["median": median, "log_sd": logSD])
  }

  /// E[XY] = m_x·m_y·exp((s² + t²)/2 + r·s·t) for lognormal X and Y.
  @Test(arguments: [-1, -0.6, 0, 0.4, 1])
  func productOfLogNormals(_ r: Double) throws {
    let mean = try Self.mean(
      base: "x", times: "y",
      [("x", try Self.logNormal(0.5, 0.4)), ("y", try Self.logNormal(1.2, 0.3))],
      correlations: [("x", "y", r)])
    let exact = 0.6 * exp((0.16 + 0.09) / 2 + r * 0.12)
    #expect(abs(mean / exact - 1) < 1e-10)
  }

  /// Two fair coins: P(both 1) = 1/4 + arcsin(r)/2π (Sheppard, 1899).
  @Test(arguments: [-0.7, 0.3, 0.9])
  func productOfCoins(_ r: Double) throws {
    let coin = Quantity.distribution(
      try DistributionRegistry.make(
        family: "discrete",
        DistributionParameters(lists: ["values": [0, 1], "weights": [1, 1]])))
    let mean = try Self.mean(
      base: "x", times: "y", [("x", coin), ("y", coin)], correlations: [("x", "y", r)])
    #expect(abs(mean - (0.25 + asin(r) / (2 * Double.pi))) < 1e-9)
  }

  /// X = median·exp(s·z) of median M = exp(t·w), r the correlation of z and w.
  @Test func inputCorrelatedWithItsOwnMedian() throws {
    let mean = try Self.mean(
      base: "x",
      [
        ("m", try Self.logNormal(0.5, 0.3)),
        ("x", try Build.modulated("lognormal", fixed: ["log_sd": 0.4], open: [("median", "m")])),
      ], correlations: [("x", "m", 0.5)])
    let exact = 0.5 * exp((0.09 + 0.16) / 2 + 0.5 * 0.12)
    #expect(abs(mean / exact - 1) < 1e-10)
  }

  /// Inputs that no correlation joins keep the product of their means.
  @Test func independentInputsMultiply() throws {
    let mean = try Self.mean(
      base: "x", times: "y",
      [
        ("x", try Self.logNormal(0.5, 0.4)), ("y", try Self.logNormal(1.2, 0.3)),
        ("z", try Self.logNormal(1, 0.3)),
      ], correlations: [("x", "z", 0.5)])
    #expect(abs(mean / (0.6 * exp((0.16 + 0.09) / 2)) - 1) < 1e-14)
  }
}
