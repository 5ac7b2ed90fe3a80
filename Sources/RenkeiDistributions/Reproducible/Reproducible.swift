// SPDX-License-Identifier: GPL-3.0-or-later

/// Elementary functions that return the same bits on every machine.
///
/// The C library picks other code paths on processors with and without fused multiply-add, so its
/// last bits differ between machines. These functions use only `+ - * /`, square root and an
/// explicit fused multiply-add, all of which IEEE 754 fixes to the last bit.
///
/// Accuracy: within 2 units in the last place of the exact value; `pow` within 2 units too, because
/// it carries the logarithm to about 70 bits. Special values follow IEEE 754: NaN in, NaN out.
public enum Reproducible {
  /// Evaluates c[0] + c[1]·x + … by Horner's rule with fused multiply-adds.
  package static func polynomial(_ coefficients: [Double], at x: Double) -> Double {
    coefficients.withUnsafeBufferPointer { c in
      var index = c.count - 1
      var sum = c[index]
      while index > 0 {
        index -= 1
        sum = c[index].addingProduct(sum, x)
      }
      return sum
    }
  }

  /// ln 2 with 42 significant bits, so that its product with an exponent is exact.
  private static let ln2High = 0.6931471805598903
  private static let ln2Low = 5.497923018708371e-14
  /// ln 2 rounded to a double, and what the rounding lost.
  private static let ln2 = 0.6931471805599453
  private static let ln2Rest = 2.3190468138462996e-17
  private static let inverseLn2 = 1.4426950408889634
  private static let inverseLn2Rest = 2.0355273740931033e-17

  /// 1/2!, 1/3!, …, 1/14!: (eʳ − 1 − r)/r² for |r| ≤ ln 2 / 2, truncation below 1e-18.
  private static let exponentialSeries: [Double] = [
    1.0 / 2, 1.0 / 6, 1.0 / 24, 1.0 / 120, 1.0 / 720, 1.0 / 5040, 1.0 / 40320, 1.0 / 362880,
    1.0 / 3_628_800, 1.0 / 39_916_800, 1.0 / 479_001_600, 1.0 / 6_227_020_800,
    1.0 / 87_178_291_200,
  ]

  /// 2/3, 2/5, …: the series of (2·artanh(s) − 2s)/s³ in s², for |s| ≤ 0.1716.
  private static let logarithmSeries: [Double] = [
    2.0 / 3, 2.0 / 5, 2.0 / 7, 2.0 / 9, 2.0 / 11, 2.0 / 13, 2.0 / 15, 2.0 / 17, 2.0 / 19,
    2.0 / 21, 2.0 / 23, 2.0 / 25,
  ]

  /// Multiplies by 2ᵏ without overflow or underflow on the way, rounding once.
  private static func scaled(_ value: Double, by exponent: Int) -> Double {
    if exponent >= -1021 && exponent <= 1023 {
      return value * Double(sign: .plus, exponent: exponent, significand: 1)
    }
    if exponent > 1023 {
      return value * 0x1p1023
        * Double(sign: .plus, exponent: min(exponent - 1023, 1023), significand: 1)
    }
    let rest = max(exponent + 1000, -1074)
    return value * Double(sign: .plus, exponent: rest, significand: 1) * 0x1p-1000
  }

  /// eʳ⁺ʳᵉˢᵗ for |r| ≤ 0.35 and a rest far below r.
  private static func exponential(reduced r: Double, rest: Double) -> Double {
    let square = r * r
    let tail = rest.addingProduct(square, polynomial(exponentialSeries, at: r))
    return 1 + (r + tail.addingProduct(rest, r))
  }

  /// e raised to `x`: 0 below −745.14, infinite above 709.79.
  public static func exp(_ x: Double) -> Double {
    guard x == x else { return x }
    if x > 709.79 { return .infinity }
    if x < -745.14 { return 0 }
    let k = (x * inverseLn2).rounded(.toNearestOrEven)
    let high = x.addingProduct(-k, ln2High)
    let low = -k * ln2Low
    let r = high + low
    return scaled(exponential(reduced: r, rest: (high - r) + low), by: Int(k))
  }

  /// 2 raised to `x`; exact for whole x.
  public static func exp2(_ x: Double) -> Double {
    guard x == x else { return x }
    if x >= 1024 { return .infinity }
    if x < -1075 { return 0 }
    let k = x.rounded(.toNearestOrEven)
    let fraction = x - k
    let r = fraction * ln2
    let rest = (-r).addingProduct(fraction, ln2).addingProduct(fraction, ln2Rest)
    return scaled(exponential(reduced: r, rest: rest), by: Int(k))
  }

  /// eˣ − 1 without cancellation near 0.
  public static func expm1(_ x: Double) -> Double {
    guard x == x else { return x }
    if x > 709.79 { return .infinity }
    if x < -40 { return -1 }
    let k = (x * inverseLn2).rounded(.toNearestOrEven)
    let high = x.addingProduct(-k, ln2High)
    let low = -k * ln2Low
    let r = high + low
    let rest = (high - r) + low
    let tail = rest.addingProduct(r * r, polynomial(exponentialSeries, at: r))
    if k == 0 { return r + tail }
    if k > 60 { return exp(x) }
    let scale = Double(sign: .plus, exponent: Int(k), significand: 1)
    return (scale - 1) + scale * (r + tail)
  }

  /// Splits a positive finite number into m·2ᵏ with m in [√½, √2).
  private static func split(_ x: Double) -> (significand: Double, exponent: Double) {
    let m = x.significand
    let k = Double(x.exponent)
    return m >= 1.4142135623730951 ? (m * 0.5, k + 1) : (m, k)
  }

  /// ln(1 + f) + rest, for f in [√½ − 1, √2 − 1], plus k·ln 2.
  private static func logarithm(_ f: Double, rest: Double, exponent k: Double) -> Double {
    let s = f / (2 + f)
    let z = s * s
    let series = z * polynomial(logarithmSeries, at: z)
    let half = 0.5 * f * f
    let low = (s * (half + series)).addingProduct(k, ln2Low) + rest
    if k == 0 { return f - (half - low) }
    return k * ln2High - ((half - low) - f)
  }

  /// Natural logarithm: −∞ at 0, NaN below.
  public static func log(_ x: Double) -> Double {
    guard x > 0 else { return x == 0 ? -.infinity : .nan }
    guard x < .infinity else { return x }
    let (m, k) = split(x)
    return logarithm(m - 1, rest: 0, exponent: k)
  }

  /// Natural logarithm of 1 + `x` without cancellation near 0.
  public static func log1p(_ x: Double) -> Double {
    guard x > -1 else { return x == -1 ? -.infinity : .nan }
    if x > -0.29 && x < 0.41 { return logarithm(x, rest: 0, exponent: 0) }
    guard x < .infinity else { return x }
    let sum = 1 + x
    let lost = x >= 1 ? 1 - (sum - x) : x - (sum - 1)
    let (m, k) = split(sum)
    return logarithm(m - 1, rest: lost / sum, exponent: k)
  }

  /// Logarithm to base 2; exact at powers of two.
  public static func log2(_ x: Double) -> Double {
    guard x > 0 else { return x == 0 ? -.infinity : .nan }
    guard x < .infinity else { return x }
    let (m, k) = split(x)
    let (high, low) = preciseLogarithm(m, exponent: 0)
    let product = high * inverseLn2
    let rest = (-product).addingProduct(high, inverseLn2)
      .addingProduct(high, inverseLn2Rest).addingProduct(low, inverseLn2)
    return (k + product) + (rest + (k == 0 ? 0 : roundingLoss(k, product)))
  }

  /// What k + p loses to rounding when |k| ≥ |p|.
  private static func roundingLoss(_ k: Double, _ p: Double) -> Double { p - ((k + p) - k) }

  /// ln(m·2ᵏ) as an unevaluated sum with about 70 correct bits, m in [√½, √2).
  private static func preciseLogarithm(
    _ m: Double, exponent k: Double
  ) -> (high: Double, low: Double) {
    let f = m - 1
    let divisor = 2 + f
    let divisorLost = f - (divisor - 2)
    let s = f / divisor
    let sLow = (f.addingProduct(-s, divisor) - s * divisorLost) / divisor
    let z = s * s
    let zLow = (-z).addingProduct(s, s).addingProduct(2 * s, sLow)
    let cube = z * s
    let cubeLow = (-cube).addingProduct(z, s).addingProduct(z, sLow).addingProduct(zLow, s)
    let third = 2.0 / 3
    let thirdLow = 3.700743415417188e-17
    let term = cube * third
    let termLow = (-term).addingProduct(cube, third)
      .addingProduct(cube, thirdLow).addingProduct(cubeLow, third)
    let series = cube * z * polynomial(Array(logarithmSeries[1...]), at: z)
    var high = 2 * s + term
    var low = (2 * s - high) + term + (termLow + 2 * sLow + series)
    if k != 0 {
      let whole = k * ln2High
      let sum = whole + high
      low = ((whole - sum) + high) + (low.addingProduct(k, ln2Low))
      high = sum
    }
    let total = high + low
    return (total, (high - total) + low)
  }

  /// `base` raised to `exponent`, base ≥ 0; a negative base gives NaN unless the exponent is whole.
  public static func pow(_ base: Double, _ exponent: Double) -> Double {
    if exponent == 0 || base == 1 { return 1 }
    guard base == base, exponent == exponent else { return .nan }
    if base < 0 {
      guard exponent == exponent.rounded(.towardZero) else { return .nan }
      let isOdd = exponent.remainder(dividingBy: 2) != 0
      let size = pow(-base, exponent)
      return isOdd ? -size : size
    }
    if base == 0 { return exponent > 0 ? 0 : .infinity }
    if base == .infinity { return exponent > 0 ? .infinity : 0 }
    if exponent.isInfinite { return (base > 1) == (exponent > 0) ? .infinity : 0 }
    let (m, k) = split(base)
    let (high, low) = preciseLogarithm(m, exponent: k)
    let product = exponent * high
    if product > 709.79 { return .infinity }
    if product < -745.2 { return 0 }
    let lost = (-product).addingProduct(exponent, high).addingProduct(exponent, low)
    let n = (product * inverseLn2).rounded(.toNearestOrEven)
    let reduced = product.addingProduct(-n, ln2High)
    let reducedLow = lost - n * ln2Low
    let r = reduced + reducedLow
    return scaled(exponential(reduced: r, rest: (reduced - r) + reducedLow), by: Int(n))
  }
}
