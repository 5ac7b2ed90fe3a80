// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// The one grammar of numbers in scenario files and plan lists.
///
///     number   = sign? digits ("." [0-9]+)? (("e" | "E") sign? [0-9]+)? unit?
///     digits   = "0" | [1-9][0-9]*
///     sign     = "+" | "-"
///     unit     = "%" | ("千" | "万" | "百万" | "億" | "兆")? "円"
///
/// Nothing else is a number: no leading zeros, separators, other bases, times, infinities. The
/// value is the double nearest to what is written, whatever the locale; `66.7%` is 66.7e-2 and
/// `1.972億円` is 1.972e8.
package enum NumberText {
  /// A regular expression for the numbers that YAML takes for text.
  package static func pattern(unit: String) -> String {
    "^[-+]?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?\(unit)$"
  }

  /// The units of money as a regular expression.
  package static var yenPattern: String {
    "(" + yenUnits.map(\.text).joined(separator: "|") + ")"
  }

  /// Why a text is no number, and what its writer probably meant.
  package struct Problem: Error, Equatable {
    package var code = "not-a-number"
    package let message: String
    package let suggestion: String?
  }

  /// What stands behind the digits.
  enum Suffix: Equatable {
    case none
    case percent
    /// A multiple of a yen, as a power of ten.
    case yen(power: Int)

    /// Power of ten by which the number is multiplied.
    var power: Int {
      switch self {
      case .none: 0
      case .percent: -2
      case .yen(let power): power
      }
    }
  }

  /// Multiples of a yen by their power of ten.
  static let yenUnits: [(text: String, power: Int)] = [
    ("円", 0), ("千円", 3), ("万円", 4), ("百万円", 6), ("億円", 8), ("兆円", 12),
  ]

  /// The number that `text` states.
  ///
  /// - Parameter unit: the units that may stand behind the digits.
  /// - Throws: Problem.
  /// - Complexity: O(length).
  package static func value(
    of text: String, unit: NumberUnit = .number
  ) throws(Problem) -> Double {
    guard let parts = parts(of: text) else { throw explanation(of: text) }
    if let objection = unit.objection(to: parts.suffix) { throw objection }
    let isPlain = parts.suffix == .none && parts.exponent.magnitude <= 9_999
    guard let value = isPlain ? Double(text) : parts.value else { throw explanation(of: text) }
    if !value.isFinite { throw Problem(message: "the number is too large", suggestion: nil) }
    if value == 0, parts.mantissa.utf8.contains(where: { (0x31...0x39).contains($0) }) {
      throw Problem(message: "the number is too close to 0", suggestion: "write 0")
    }
    return value
  }

  /// Powers of ten that divide exactly.
  private static let fractionUnits: [Double] = (0...15).map { digits in
    (0..<digits).reduce(1) { power, _ in power * 10 }
  }

  /// The number that up to 15 digits state, a decimal point among them or not; nil for any other
  /// text, number or not.
  ///
  /// Digits and power of ten are exact, so that their quotient is the double nearest to the text.
  static func plainValue(of text: UnsafeBufferPointer<UInt8>) -> Double? {
    guard (1...16).contains(text.count) else { return nil }
    var (value, point) = (0, text.count)
    for index in text.indices {
      let byte = text[index]
      if byte == 0x2E, point == text.count {
        point = index
        continue
      }
      guard (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    let fraction = max(0, text.count - point - 1)
    let hasPoint = point < text.count
    guard point > 0, !hasPoint || fraction > 0, point == 1 || text[0] != 0x30,
      hasPoint || text.count <= 15
    else { return nil }
    return hasPoint ? Double(value) / fractionUnits[fraction] : Double(value)
  }

  /// Whether `text` is a number with or without a unit.
  static func isWellFormed(_ text: String) -> Bool { parts(of: text) != nil }

  /// The number without its unit, in plain decimal notation; nil where no unit stands behind it.
  static func plainText(_ text: String) -> String? {
    guard let last = text.utf8.last, last == UInt8(ascii: "%") || last >= 0x80,
      let parts = parts(of: text)
    else { return nil }
    return parts.value.flatMap(PlainDecimal.text)
  }

  /// The whole number from 0 that `text` states in plain digits, nil for anything else.
  package static func unsignedInteger(_ text: String) -> UInt64? {
    guard let parts = parts(of: text), parts.exponent == 0, parts.suffix == .none,
      parts.mantissa.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return UInt64(text)
  }

  private struct Parts {
    /// Sign, digits and fraction.
    let mantissa: Substring
    let exponent: Int
    let suffix: Suffix

    /// Mantissa × 10^k, read as one decimal so that it is rounded once.
    var value: Double? {
      Double("\(mantissa)e\(min(max(exponent, -9_999), 9_999) + suffix.power)")
    }
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
    guard let suffix = suffix(text[index...]) else { return nil }
    return Parts(mantissa: mantissa, exponent: exponent, suffix: suffix)
  }

  /// The unit that `text` is, nil where it is something else.
  private static func suffix(_ text: Substring) -> Suffix? {
    if text.utf8.isEmpty { return Suffix.none }
    if text == "%" { return .percent }
    return yenUnits.first { $0.text == text }.map { .yen(power: $0.power) }
  }
}
