// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Reads plain decimals fast: the double nearest to what the bytes state, bit for bit.
///
/// Up to 18 digits become an integer m, so the number is m·10^−k. With |k| ≤ 22 the power is exact,
/// and quotient and remainder (by fma) give the value to about 2⁻¹⁰⁰: enough to round it correctly
/// unless it lies almost on a midpoint of two doubles. Those, longer numbers and larger exponents go
/// to the C library.
package enum DecimalBytes {
  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  /// The number, or nil for anything but `[+-]digits[.digits][e[+-]digits]`, finite.
  ///
  /// Complexity: O(bytes).
  package static func value(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    guard let parts = Parts(text) else { return nil }
    if parts.digits <= 18, parts.exponent.magnitude <= 22,
      let magnitude = rounded(parts.mantissa, exponent: parts.exponent)
    {
      return parts.isNegative ? -magnitude : magnitude
    }
    return libraryValue(text)
  }

  /// m·10^exponent correctly rounded; nil where the short arithmetic cannot tell.
  private static func rounded(_ mantissa: UInt64, exponent: Int) -> Double? {
    let high = Double(mantissa)
    if exponent == 0 { return high }
    if mantissa == 0 { return 0 }
    // Exact: m has at most 60 bits, so what its upper 53 leave fits a double.
    let low = Double(Int64(mantissa) - Int64(high))
    let power = powers[Int(exponent.magnitude)]
    let main: Double
    let rest: Double
    if exponent < 0 {
      main = high / power
      rest = (high.addingProduct(-main, power) + low) / power
    } else {
      main = high * power
      rest = (-main).addingProduct(high, power) + low * power
    }
    let sum = main + rest
    let left = rest - (sum - main)
    let half = sum.ulp / 2
    // Below a power of two the doubles lie twice as close.
    let isNearMidpoint =
      (left.magnitude - half).magnitude < half * 1e-9
      || (left.magnitude - half / 2).magnitude < half * 1e-9
    return isNearMidpoint ? nil : sum
  }

  private static func libraryValue(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    let value = Double(String(decoding: text, as: UTF8.self))
    return value?.isFinite == true ? value : nil
  }

  /// A number taken apart.
  private struct Parts {
    var isNegative = false
    var mantissa: UInt64 = 0
    /// Digits after leading zeros.
    var digits = 0
    var exponent = 0

    init?(_ text: UnsafeBufferPointer<UInt8>) {
      var index = 0
      let count = text.count
      if index < count, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+") {
        isNegative = text[index] == UInt8(ascii: "-")
        index += 1
      }
      let start = index
      while index < count, let digit = Self.digit(text[index]) {
        take(digit)
        index += 1
      }
      guard index > start else { return nil }
      if index < count, text[index] == UInt8(ascii: ".") {
        index += 1
        let fraction = index
        while index < count, let digit = Self.digit(text[index]) {
          take(digit)
          exponent -= 1
          index += 1
        }
        guard index > fraction else { return nil }
      }
      if index < count, text[index] | 0x20 == UInt8(ascii: "e") {
        guard let stated = Self.exponent(text, from: index + 1) else { return nil }
        exponent += stated
        index = count
      }
      guard index == count else { return nil }
    }

    private mutating func take(_ digit: UInt64) {
      if digits < 18 { mantissa = mantissa &* 10 &+ digit }
      if digits > 0 || digit > 0 { digits += 1 }
    }

    private static func digit(_ byte: UInt8) -> UInt64? {
      let digit = byte &- UInt8(ascii: "0")
      return digit <= 9 ? UInt64(digit) : nil
    }

    private static func exponent(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
      var index = start
      var isNegative = false
      if index < text.count, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+") {
        isNegative = text[index] == UInt8(ascii: "-")
        index += 1
      }
      guard index < text.count else { return nil }
      var value = 0
      while index < text.count {
        guard let digit = Self.digit(text[index]) else { return nil }
        value = min(99_999, value * 10 + Int(digit))
        index += 1
      }
      return isNegative ? -value : value
    }
  }
}
