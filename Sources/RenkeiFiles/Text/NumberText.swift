// SPDX-License-Identifier: GPL-3.0-or-later

/// The one grammar of numbers in scenario files and plan lists.
///
///     number   = sign? digits ("." [0-9]+)? (("e" | "E") sign? [0-9]+)? "%"?
///     digits   = "0" | [1-9][0-9]*
///     sign     = "+" | "-"
///
/// Nothing else is a number: no leading zeros, separators, other bases, times, infinities. The
/// value is the double nearest to what is written, whatever the locale; `66.7%` is 66.7e-2.
package enum NumberText {
  /// A regular expression for the numbers that YAML takes for text.
  package static let unitPattern =
    "^[-+]?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?%$"

  /// Why a text is no number, and what its writer probably meant.
  package struct Problem: Error, Equatable {
    package let message: String
    package let suggestion: String?
  }

  /// The number that `text` states.
  ///
  /// - Throws: Problem.
  /// - Complexity: O(length).
  package static func value(of text: String) throws(Problem) -> Double {
    guard let parts = parts(of: text) else { throw explanation(of: text) }
    var value: Double?
    if parts.isPercent || parts.exponent.magnitude > 9_999 {
      let exponent = min(max(parts.exponent, -9_999), 9_999) - (parts.isPercent ? 2 : 0)
      value = Double("\(parts.mantissa)e\(exponent)")
    } else {
      value = Double(text)
    }
    guard let value else { throw explanation(of: text) }
    if !value.isFinite { throw Problem(message: "the number is too large", suggestion: nil) }
    if value == 0, parts.mantissa.utf8.contains(where: { (0x31...0x39).contains($0) }) {
      throw Problem(message: "the number is too close to 0", suggestion: "write 0")
    }
    return value
  }

  /// The whole number from 0 that `text` states in plain digits, nil for anything else.
  package static func unsignedInteger(_ text: String) -> UInt64? {
    guard let parts = parts(of: text), parts.exponent == 0, !parts.isPercent,
      parts.mantissa.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return UInt64(text)
  }

  private struct Parts {
    /// Sign, digits and fraction.
    let mantissa: Substring
    let exponent: Int
    let isPercent: Bool
  }

  /// The parts of a well-formed number, nil for any other text.
  private static func parts(of text: String) -> Parts? {
    let bytes = text.utf8
    var index = bytes.startIndex
    func skipDigits() -> Int {
      var count = 0
      while index < bytes.endIndex, (0x30...0x39).contains(bytes[index]) {
        index = bytes.index(after: index)
        count += 1
      }
      return count
    }
    func skip(_ a: Character, _ b: Character) -> Bool {
      guard index < bytes.endIndex, bytes[index] == a.asciiValue || bytes[index] == b.asciiValue
      else { return false }
      index = bytes.index(after: index)
      return true
    }
    _ = skip("-", "+")
    let first = index
    let count = skipDigits()
    guard count == 1 || (count > 1 && bytes[first] != UInt8(ascii: "0")) else { return nil }
    if skip(".", ".") {
      guard skipDigits() > 0 else { return nil }
    }
    let mantissa = text[text.startIndex..<index]
    var exponent = 0
    if skip("e", "E") {
      let exponentStart = index
      let isNegative = index < bytes.endIndex && bytes[index] == UInt8(ascii: "-")
      _ = skip("-", "+")
      guard skipDigits() > 0 else { return nil }
      exponent = Int(text[exponentStart..<index]) ?? (isNegative ? -99_999 : 99_999)
    }
    let isPercent = skip("%", "%")
    guard index == bytes.endIndex else { return nil }
    return Parts(mantissa: mantissa, exponent: exponent, isPercent: isPercent)
  }
}
