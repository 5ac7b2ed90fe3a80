// SPDX-License-Identifier: GPL-3.0-or-later

/// Numbers as files and messages write them, the same in every locale.
///
/// The shortest decimal that reads back as the same double, as Swift prints it, without a trailing
/// `.0`: `197200000000`, `0.05`, `1e-05`, `1.5e+20`. Magnitudes above 2⁵³ and below 1e-4 have an
/// exponent. Minus zero is `0`.
package enum PlainDecimal {
  /// The text of `value`, nil where it is infinite or not a number.
  package static func text(_ value: Double) -> String? {
    guard value.isFinite else { return nil }
    if value == 0 { return "0" }
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
