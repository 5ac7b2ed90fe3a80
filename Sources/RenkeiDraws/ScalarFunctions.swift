// SPDX-License-Identifier: GPL-3.0-or-later

import CColumnKernels

extension ScalarTwin {
  /// a < x ? a : x, so that NaN in x stays.
  package static func minimum(_ x: Double, _ a: Double) -> Double { a < x ? a : x }
  /// a > x ? a : x, so that NaN in x stays.
  package static func maximum(_ x: Double, _ a: Double) -> Double { a > x ? a : x }

  /// c[0] + c[1]·x + c[2]·x² + … by Horner's rule with fused steps.
  static func polynomial(_ c: [Double], at x: Double) -> Double {
    var p = c[c.count - 1]
    for k in stride(from: c.count - 2, through: 0, by: -1) { p = c[k].addingProduct(p, x) }
    return p
  }

  /// 2^x; relative error ≤ 4e-12, exact at integers, 0 below −1022 and 2^1023 above 1023.
  ///
  /// 16x = n + f with n whole and |f| ≤ ½: 2^(n/16) from a table and n's bits, 2^(f/16) from a
  /// polynomial.
  package static func exp2(_ x: Double) -> Double {
    if x < -1022 { return 0 }
    let bounded = minimum(x, 1023)
    let shifted = 0x1.8p52.addingProduct(bounded, 16)
    let f = (-(shifted - 0x1.8p52)).addingProduct(bounded, 16)
    let n = shifted.bitPattern
    let scale = Double(bitPattern: n << 48 &+ Coefficients.exp2Centre[Int(n & 15)])
    return polynomial(Coefficients.exp2, at: f) * scale
  }

  /// log₂ x for normal x > 0; absolute error ≤ 1e-13 + 1 ulp, exact at powers of two. Zero gives −1023.
  ///
  /// x = 2^e·m with m in [31/32, 63/32); m lies in one of 16 segments around 1 + j/16.
  package static func log2(_ x: Double) -> Double {
    let shifted = x.bitPattern &+ (0x0000_8000_0000_0000 &- 0x3ff0_0000_0000_0000)
    let exponentBits = shifted & 0xfff0_0000_0000_0000
    let segment = Int(shifted >> 48 & 15)
    let m = Double(bitPattern: x.bitPattern &- exponentBits)
    let exponent = Double(Int64(bitPattern: exponentBits))
    let z = (-1.0).addingProduct(m, Coefficients.reciprocalCentre[segment])
    return Coefficients.log2Centre[segment].addingProduct(exponent, 0x1p-52)
      .addingProduct(polynomial(Coefficients.log2, at: z), z)
  }

  /// Φ⁻¹(u) for 2⁻⁵³ ≤ u ≤ 1 − 2⁻⁵³; absolute error ≤ 4e-11, odd about ½.
  ///
  /// z = (u − ½)·P(s) with s = √(1 − log₂ 4u(1−u)), P piecewise of degree 7 in s.
  package static func normalQuantile(_ u: Double) -> Double {
    let s = (1 - log2(4 * u * (1 - u))).squareRoot()
    let scale = Coefficients.quantileScale
    let position = minimum((-scale).addingProduct(s, scale), 16.0.nextDown)
    let segment = position.rounded(.down)
    let t = position - (segment + 0.5)
    let row = Coefficients.quantile.map { $0[Int(segment)] }
    let z = polynomial(row, at: t) * (u - 0.5)
    return maximum(minimum(z, RK_NORMAL_LIMIT), -RK_NORMAL_LIMIT)
  }

  /// Piecewise cubic at x: the last piece with start ≤ x, x clamped to it, s = (x − start)·inverse
  /// step, segment k = min(⌊s⌋, last), and ((c3 t + c2) t + c1) t + c0 at t = s − k.
  package static func cubicTable(
    coefficients: [Double], pieces: [rk_piece], at x: Double
  ) -> Double {
    let piece = pieces.dropFirst().last { x >= $0.start } ?? pieces[0]
    let inside = minimum(x > piece.start ? x : piece.start, piece.end)
    let s = (inside - piece.start) * piece.inverse_step
    let k = minimum(s.rounded(.down), piece.last_segment)
    let first = Int(piece.first_coefficient) + 4 * Int(k)
    return polynomial(Array(coefficients[first..<first + 4]), at: s - k)
  }

  /// values[number of thresholds ≤ x]; the thresholds ascend.
  package static func stepTable(thresholds: [Double], values: [Double], at x: Double) -> Double {
    values[thresholds.prefix { $0 <= x }.count]
  }
}
