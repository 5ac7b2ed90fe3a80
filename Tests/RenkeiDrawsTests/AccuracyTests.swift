// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import RenkeiDraws
import Testing

/// The scalar twins against the system's libm, which is good to about 1e-16; the vector kernels equal
/// the twins bit for bit.
@Suite("Functions keep their stated error bounds")
struct AccuracyTests {
  @Test("2^x: relative error ≤ 4e-12, exact at integers")
  func exp2() {
    var random = TestBits(seed: 11)
    var worst = 0.0
    for _ in 0..<20_000 {
      let x = random.uniform(-1022..<1023)
      worst = max(worst, abs(ScalarTwin.exp2(x) / Foundation.exp2(x) - 1))
    }
    for _ in 0..<20_000 {
      let x = random.uniform(-1..<1)
      worst = max(worst, abs(ScalarTwin.exp2(x) / Foundation.exp2(x) - 1))
    }
    #expect(worst <= 4e-12)
    for n in -1022...1023 {
      #expect(ScalarTwin.exp2(Double(n)) == Double(sign: .plus, exponent: n, significand: 1))
    }
    #expect(ScalarTwin.exp2(-1022.5) == 0 && ScalarTwin.exp2(-.infinity) == 0)
    #expect(ScalarTwin.exp2(1e9) == 0x1p1023 && ScalarTwin.exp2(.infinity) == 0x1p1023)
    #expect(ScalarTwin.exp2(.nan).isNaN)
  }

  @Test("log₂ x: absolute error ≤ 1e-13 + 1 ulp, relative ≤ 2e-11, exact at powers of two")
  func log2() {
    var random = TestBits(seed: 12)
    var (worst, worstRelative) = (0.0, 0.0)
    for k in 0..<40_000 {
      let x = k % 2 == 0 ? abs(random.spread(exponents: -1022..<1023)) : random.uniform(0.9..<1.1)
      let exact = Foundation.log2(x)
      let error = abs(ScalarTwin.log2(x) - exact)
      // libm's own rounding is half an ulp more.
      worst = max(worst, error - 1.5 * exact.ulp)
      worstRelative = max(worstRelative, error / abs(exact))
    }
    #expect(worst <= 1e-13)
    #expect(worstRelative <= 2e-11)
    for n in -1022...1023 {
      #expect(ScalarTwin.log2(Double(sign: .plus, exponent: n, significand: 1)) == Double(n))
    }
    #expect(ScalarTwin.log2(0) == -1023)
    #expect((-1023.0 ... -1022).contains(ScalarTwin.log2(0x1p-1030)))
  }

  @Test("Φ⁻¹(u): absolute error ≤ 4e-11 as far as u = 2⁻⁵³, odd about ½")
  func normalQuantile() {
    var random = TestBits(seed: 13)
    var lower = (0..<8_000).map { _ in random.uniform(0..<0.5) }
    lower += (0..<8_000).map { _ in abs(random.spread(exponents: -53 ..< -2)) }
    var (worst, previous) = (0.0, -Double.infinity)
    var (asymmetric, falling) = (0, 0)
    for u in lower.sorted() {
      let z = ScalarTwin.normalQuantile(u)
      // (Φ(z) − u) over the density is the error of z.
      let density = exp(-z * z / 2) / (2 * Double.pi).squareRoot()
      worst = max(worst, abs(erfc(-z / 2.0.squareRoot()) / 2 - u) / density)
      if 1 - (1 - u) == u && ScalarTwin.normalQuantile(1 - u) != -z { asymmetric += 1 }
      if z < previous - 4e-11 { falling += 1 }
      previous = z
    }
    #expect(worst <= 4e-11)
    #expect(asymmetric == 0)
    #expect(falling == 0)
    #expect(ScalarTwin.normalQuantile(0.5) == 0)
    #expect((-8.26 ... -8.24).contains(ScalarTwin.normalQuantile(0)))
    #expect((8.24...8.26).contains(ScalarTwin.normalQuantile(1)))
  }

  /// Box–Muller with libm on the words the twin saw.
  private func reference(radiusBits: UInt64, angleBits: UInt64) -> (Double, Double) {
    let r = min((-2 * log(Double(radiusBits) * 0x1p-64)).squareRoot(), 8.3)
    let residual = Double(Int64(bitPattern: angleBits << 2)) * 0x1p-63 * Double.pi / 4
    let angle = residual + (angleBits >> 63 == 0 ? 0 : Double.pi)
    let (cosine, sine) = (r * cos(angle), r * sin(angle))
    return angleBits >> 62 & 1 == 0 ? (cosine, sine) : (sine, cosine)
  }

  @Test("Normal pairs: absolute error ≤ 4e-11, |z| ≤ 8.3, no NaN at the ends of the words")
  func normalPairs() {
    var random = TestBits(seed: 14)
    var words = (0..<20_000).map { _ in (random.bits(), random.bits()) }
    // Radii near zero and near the limit, which ordinary draws never reach.
    for shift in UInt64(1)...63 {
      for _ in 0..<40 {
        words.append((.max - random.bits() >> shift, random.bits()))
        words.append((random.bits() >> shift, random.bits()))
      }
    }
    for angle in [0, 7, .max, 1 << 63, 1 << 63 - 1, 1 << 63 + 12] as [UInt64] {
      for radius in [0, 1, .max, .max - 1, .max - 1023, .max - 1024, 1 << 63] as [UInt64] {
        words.append((radius, angle))
      }
    }
    var worst = 0.0
    for (radiusBits, angleBits) in words {
      let z = ScalarTwin.normalPair(radiusBits: radiusBits, angleBits: angleBits)
      let exact = reference(radiusBits: radiusBits, angleBits: angleBits)
      #expect(abs(z.0) <= 8.3 && abs(z.1) <= 8.3)
      // At the limit the kernel keeps 6e-11 clear of 8.3; words that round to 2⁶⁴ come below.
      if Double(radiusBits) < 0x1p64 && exact.0 * exact.0 + exact.1 * exact.1 < 68.88 {
        worst = max(worst, abs(z.0 - exact.0), abs(z.1 - exact.1))
      }
    }
    #expect(worst <= 4e-11)
    #expect((0...1e-7).contains(ScalarTwin.radius(.max)))
  }
}
