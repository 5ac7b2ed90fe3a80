// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// Numbers as text, the same in every locale.
package enum DecimalText {
  /// The shortest decimal that reads back to `value`, see ``PlainDecimal``; empty for NaN and
  /// infinities.
  package static func shortest(_ value: Double) -> String { PlainDecimal.text(value) ?? "" }

  /// `value` with `decimals` places (0…6) and commas between thousands, half away from zero.
  ///
  /// Values too large to be counted in units of the last place are written in ``shortest(_:)``
  /// form, NaN and infinities as a dash.
  package static func fixed(_ value: Double, decimals: Int = 0) -> String {
    let power = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000][decimals]
    let units = value.magnitude * Double(power)
    guard value.isFinite else { return "–" }
    guard units < 9e15 else { return shortest(value) }
    let scaled = Int(units.rounded())
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

  /// `1 path`, `2,000 paths`.
  package static func counted(_ value: Int, _ noun: String) -> String {
    grouped(value) + " " + noun + (value == 1 ? "" : "s")
  }

  /// A probability or share in percent: one decimal, more below 1% or above 99% so that two digits
  /// of the distance to the end show, at most six.
  package static func percent(_ share: Double) -> String {
    let distance = min(share.magnitude, (1 - share).magnitude) * 100
    var decimals = 1
    var step = 1.0
    while distance > 0, distance < step, decimals < 6 {
      decimals += 1
      step /= 10
    }
    return percent(share, decimals: decimals)
  }

  /// A share in percent with 0…6 decimals.
  package static func percent(_ share: Double, decimals: Int) -> String {
    fixed(share * 100, decimals: decimals) + "%"
  }

  /// Both ends of a range of shares in percent, with decimals enough to tell them apart: two digits
  /// of the width show, at most six.
  package static func percents(_ range: ClosedRange<Double>) -> [String] {
    let width = (range.upperBound - range.lowerBound) * 100
    var decimals = 1
    var step = 1.0
    while width > 0, width < step, decimals < 6 {
      decimals += 1
      step /= 10
    }
    return [range.lowerBound, range.upperBound].map { percent($0, decimals: decimals) }
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
