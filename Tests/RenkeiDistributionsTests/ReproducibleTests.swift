// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import RenkeiDistributions
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Distance in units of the last place of `b`.
private func ulps(_ a: Double, _ b: Double) -> Double {
  a == b ? 0 : (a - b).magnitude / b.magnitude.ulp
}

@Suite struct ReproducibleTests {
  struct Pair: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let range: ClosedRange<Double>
    let ours: @Sendable (Double) -> Double
    let library: @Sendable (Double) -> Double
  }

  static let pairs: [Pair] = [
    Pair(testDescription: "exp", range: -708...709, ours: Reproducible.exp, library: exp),
    Pair(testDescription: "exp near 0", range: -1...1, ours: Reproducible.exp, library: exp),
    Pair(testDescription: "exp2", range: -1000...1000, ours: Reproducible.exp2, library: exp2),
    Pair(testDescription: "expm1", range: -30...70, ours: Reproducible.expm1, library: expm1),
    Pair(
      testDescription: "expm1 near 0", range: -0.01...0.7, ours: Reproducible.expm1,
      library: expm1),
    Pair(testDescription: "log", range: 1e-9...1e6, ours: Reproducible.log, library: log),
    Pair(testDescription: "log near 1", range: 0.5...1.6, ours: Reproducible.log, library: log),
    Pair(testDescription: "log2", range: 0.1...1e4, ours: Reproducible.log2, library: log2),
    Pair(testDescription: "log1p", range: -0.999...9, ours: Reproducible.log1p, library: log1p),
    Pair(
      testDescription: "log1p near 0", range: -1e-4...1e-4, ours: Reproducible.log1p,
      library: log1p),
    Pair(
      testDescription: "power", range: 0...30, ours: { Reproducible.pow($0, 7.3) },
      library: { pow($0, 7.3) }),
    Pair(
      testDescription: "exponent", range: -300...300, ours: { Reproducible.pow(1.7, $0) },
      library: { pow(1.7, $0) }),
    Pair(
      testDescription: "arctangent", range: -6...6, ours: Reproducible.arcTangent, library: atan),
    Pair(
      testDescription: "tangent", range: -0.25...0.25, ours: Reproducible.tangentOfPi,
      library: { tan(Double.pi * $0) }),
  ]

  /// The C library is within 1 ulp, so 2 ulp between the two proves 3 ulp, and typically 1.
  @Test(arguments: pairs) func agreesWithTheLibrary(pair: Pair) {
    var random = TestRandom(seed: 7)
    for _ in 0..<4000 {
      let x = random.uniform(pair.range)
      #expect(ulps(pair.ours(x), pair.library(x)) <= 2, "at \(x)")
    }
  }

  @Test func followsIEEEAtTheEdges() {
    #expect(Reproducible.exp(-.infinity) == 0)
    #expect(Reproducible.exp(.infinity) == .infinity)
    #expect(Reproducible.exp(.nan).isNaN)
    #expect(ulps(Reproducible.exp(-740), exp(-740)) <= 1)
    #expect(Reproducible.log(0) == -.infinity)
    #expect(Reproducible.log(-1).isNaN)
    #expect(
      ulps(Reproducible.log(Double.leastNonzeroMagnitude), log(Double.leastNonzeroMagnitude)) <= 1)
    #expect(Reproducible.log1p(-1) == -.infinity)
    #expect(Reproducible.pow(0, 0) == 1)
    #expect(Reproducible.pow(0, -2) == .infinity)
    #expect(Reproducible.pow(-2, 3) == -8)
    #expect(Reproducible.pow(-2, 0.5).isNaN)
    #expect(Reproducible.pow(2, -1074) == Double.leastNonzeroMagnitude)
    for k in -1022...1023 {
      #expect(Reproducible.log2(Reproducible.exp2(Double(k))) == Double(k))
    }
  }

  /// ½·erfc(z/√2), computed to 50 digits.
  static let upperTails: [(Double, Double)] = [
    (0.1, 0.460172162722971), (0.5, 0.3085375387259869), (0.9375, 0.17425071188054236),
    (1.0, 0.15865525393145705), (1.5, 0.06680720126885807), (1.96, 0.024997895148220435),
    (2.0, 0.02275013194817921), (2.75, 0.002979763235054557), (3.0, 0.0013498980316300946),
    (3.999, 3.180534005420203e-05), (4.0, 3.1671241833119924e-05),
    (5.25, 7.604960516488715e-08), (6.0, 9.86587645037698e-10), (7.5, 3.1908916729108963e-14),
    (8.0, 6.220960574271784e-16), (8.3, 5.205569744890254e-17), (10.0, 7.619853024160525e-24),
    (20.0, 2.7536241186062337e-89), (37.0, 5.725571222524577e-300),
  ]

  @Test(arguments: upperTails) func keepsNormalTailsExact(z: Double, tail: Double) {
    #expect(ulps(Reproducible.normalUpperTail(z), tail) <= 4)
    #expect(ulps(Reproducible.normalCDF(-z), tail) <= 4)
    #expect(ulps(Reproducible.normalCDF(z), 1 - tail) <= 2)
  }

  @Test func centersTheNormalDistribution() {
    #expect(Reproducible.normalCDF(0) == 0.5)
    #expect((Reproducible.normalCDF(1e-9) - 0.5 - 1e-9 * 0.3989422804014327).magnitude < 2e-16)
    #expect((Reproducible.normalCDF(-1e-9) - 0.5 + 1e-9 * 0.3989422804014327).magnitude < 2e-16)
    #expect(ulps(Reproducible.normalDensity(8.3), 4.3816394355093325e-16) <= 3)
    #expect(Reproducible.normalDensity(0) == 0.3989422804014327)
  }

  /// Roots of ½·erfc(−z/√2) = p, computed to 50 digits.
  @Test(arguments: [
    (1e-300, -37.0470962993612), (1e-20, -9.262340089798407), (1e-10, -6.361340902404057),
    (0.001, -3.0902323061678136), (0.025, -1.9599639845400543), (0.074, -1.4466320671589785),
    (0.076, -1.4325027208258116), (0.3, -0.5244005127080408), (0.4999, -0.00025066283008800747),
  ]) func invertsTheNormalDistribution(p: Double, z: Double) {
    #expect(ulps(Reproducible.normalQuantile(p), z) <= 8)
    #expect(Reproducible.normalQuantile(upperTail: p) == -Reproducible.normalQuantile(p))
  }

  @Test func agreesWithGSLOnTheNormalDistribution() {
    var random = TestRandom(seed: 11)
    for _ in 0..<4000 {
      let z = random.uniform(-8.3...8.3)
      // GSL's own error grows to about 3e-15 in the tails.
      let tail = gsl_cdf_ugaussian_P(z)
      #expect((Reproducible.normalCDF(z) / tail - 1).magnitude < 1e-14, "at \(z)")
      let back = Reproducible.normalQuantile(Reproducible.normalCDF(-z.magnitude))
      #expect((back + z.magnitude).magnitude < 1e-14, "at \(z)")
    }
    #expect(Reproducible.normalQuantile(0) == -.infinity)
    #expect(Reproducible.normalQuantile(1) == .infinity)
    #expect(Reproducible.normalQuantile(0.5) == 0)
    #expect(Reproducible.normalQuantile(1.1).isNaN)
  }

  /// ln Γ computed to 40 digits.
  @Test(
    arguments: [
      (1e-300, 690.7755278982137), (1e-10, 23.025850929882736), (0.1, 2.252712651734206),
      (0.4, 0.7966778177017837), (0.5, 0.5723649429247001), (0.999999, 5.772164873855652e-07),
      (1.0000001, -5.772155829918507e-08), (1.3, -0.10817480950786047),
      (1.5, -0.12078223763524522), (1.75, -0.08440112102048555),
      (1.999999, -4.227840125965854e-07), (2.0000001, 4.227843666532498e-08),
      (2.5, 0.2846828704729192), (3.7, 1.428072326665388), (9.5, 11.689333420797269),
      (10, 12.801827480081469), (123.25, 468.6144829505166), (1e10, 220258509288.81058),
    ]) func takesLogarithmsOfGamma(x: Double, exact: Double)
  {
    #expect(ulps(Reproducible.logGamma(x), exact) <= 6)
  }

  @Test func agreesWithGSLOnGamma() {
    SpecialFunctions.prepare()
    var random = TestRandom(seed: 12)
    for _ in 0..<4000 {
      let x = Reproducible.exp(random.uniform(-20...8))
      // GSL states a few units in the last place; near 1 and 2, where ln Γ is 0, absolutely.
      let exact = gsl_sf_lngamma(x)
      #expect(
        (Reproducible.logGamma(x) - exact).magnitude <= 4e-15 * max(1, exact.magnitude), "at \(x)")
    }
    #expect(Reproducible.logGamma(1) == 0 && Reproducible.logGamma(2) == 0)
    #expect(Reproducible.logGamma(0).isNaN)
  }

  @Test func keepsSmallAndLargeAngles() {
    #expect(Reproducible.arcTangent(1e-20) == 1e-20)
    #expect(Reproducible.arcTangent(1e8) == 1.5707963167948966)
    #expect(Reproducible.arcTangent(-.infinity) == -Double.pi / 2)
    #expect(Reproducible.tangentOfPi(1e-20) == 3.141592653589793e-20)
    #expect((Reproducible.tangentOfPi(0.25) - 1).magnitude < 3e-16)
    #expect(Reproducible.tangentOfPi(0.3).isNaN)
  }
}
