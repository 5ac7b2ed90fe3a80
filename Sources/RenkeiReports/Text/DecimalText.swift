// SPDX-License-Identifier: GPL-3.0-or-later

/// Numbers as text, the same in every locale.
package enum DecimalText {
  /// The shortest decimal that reads back to `value`, always with a point or an exponent so that
  /// a column of numbers has one type; empty for NaN and infinities.
  package static func shortest(_ value: Double) -> String {
    value.isFinite ? "\(value == 0 ? 0 : value)" : ""
  }

  /// `value` with `decimals` places and commas between thousands, half away from zero.
  ///
  /// Magnitudes of 10¹⁵ and more are written in ``shortest(_:)`` form.
  package static func fixed(_ value: Double, decimals: Int = 0) -> String {
    guard value.isFinite, value.magnitude < 1e15, (0...3).contains(decimals) else {
      return value.isFinite ? shortest(value) : "–"
    }
    let power = [1, 10, 100, 1000][decimals]
    let scaled = Int((value.magnitude * Double(power)).rounded())
    var text = grouped(scaled / power)
    if decimals > 0 {
      let fraction = String(scaled % power)
      text += "." + String(repeating: "0", count: decimals - fraction.count) + fraction
    }
    return value < 0 && scaled > 0 ? "-" + text : text
  }

  /// A whole number with commas between thousands.
  package static func grouped(_ value: Int) -> String {
    var digits = Array(String(value.magnitude).utf8)
    var position = digits.count - 3
    while position > 0 {
      digits.insert(UInt8(ascii: ","), at: position)
      position -= 3
    }
    return (value < 0 ? "-" : "") + String(decoding: digits, as: UTF8.self)
  }

  /// A probability or share in percent: one decimal, more below 1% or above 99% so that two digits
  /// of the distance to the end show, at most six.
  package static func percent(_ share: Double) -> String {
    guard share.isFinite else { return "–" }
    let distance = min(share.magnitude, (1 - share).magnitude) * 100
    var decimals = 1
    var step = 1.0
    while distance > 0, distance < step, decimals < 6 {
      decimals += 1
      step /= 10
    }
    return percent(share, decimals: decimals)
  }

  /// A share in percent with at most six decimals.
  package static func percent(_ share: Double, decimals: Int) -> String {
    if decimals <= 3 { return fixed(share * 100, decimals: decimals) + "%" }
    // Beyond three places the integer part is 0 or 99, so micro-percent fit an Int easily.
    let micro = Int((share.magnitude * 1e8).rounded())
    let fraction = String(micro % 1_000_000)
    let padded = String(repeating: "0", count: 6 - fraction.count) + fraction
    return (share < 0 ? "-" : "") + "\(micro / 1_000_000)." + padded.prefix(decimals) + "%"
  }

  /// Column name of the quantile at `level`: the percentage with two digits before the point,
  /// `p05_yen` for 0.05, `p50_yen` for 0.5, `p02.5_yen` for 0.025.
  package static func quantileColumn(level: Double, suffix: String = "_yen") -> String {
    // Nine decimals of a percent absorb the rounding of the product (0.07 · 100 = 7.000…01).
    let percent = (level * 100 * 1e9).rounded() / 1e9
    let text =
      percent == percent.rounded() && percent < 100 ? String(Int(percent)) : "\(percent)"
    return "p" + (percent < 10 ? "0" : "") + text + suffix
  }
}
