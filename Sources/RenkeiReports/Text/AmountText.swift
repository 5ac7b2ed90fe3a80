// SPDX-License-Identifier: GPL-3.0-or-later

/// Yen as people say them, to three or four digits.
package enum AmountText {
  /// `¥197.2bn`, `¥6.52bn`, `¥652M`, `¥14.2M`, `¥0.83M`, `¥950`.
  package static func western(_ yen: Double) -> String {
    let sign = yen < 0 ? "-" : ""
    let size = yen.magnitude
    if size >= 9.995e8 { return sign + "¥" + digits(size / 1e9, atMost: 2, wholeFrom: 1e4) + "bn" }
    if size >= 1e5 { return sign + "¥" + digits(size / 1e6, atMost: 2, wholeFrom: 99.95) + "M" }
    return sign + "¥" + DecimalText.fixed(size)
  }

  /// `1,972億円`, `65.2億円`, `6.52億円`, `1,420万円`, `950円`.
  package static func japanese(_ yen: Double) -> String {
    let sign = yen < 0 ? "-" : ""
    let size = yen.magnitude
    if size >= 9.9995e7 { return sign + digits(size / 1e8, atMost: 2, wholeFrom: 99.95) + "億円" }
    if size >= 1e4 { return sign + digits(size / 1e4, atMost: 1, wholeFrom: 9.95) + "万円" }
    return sign + DecimalText.fixed(size) + "円"
  }

  /// `value` with `atMost` decimals below 10, one from 10 on and none from `wholeFrom` on.
  private static func digits(_ value: Double, atMost decimals: Int, wholeFrom: Double) -> String {
    if value >= wholeFrom { return DecimalText.fixed(value) }
    return DecimalText.fixed(value, decimals: value >= 9.995 ? 1 : decimals)
  }
}
