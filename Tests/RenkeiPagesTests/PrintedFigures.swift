// SPDX-License-Identifier: GPL-3.0-or-later

/// A figure as a page prints it, with the number that it says it comes from.
struct PrintedFigure {
  let cell: String
  let origin: String
  let text: String

  /// Every figure of a page, in the text and in the pictures.
  static func all(in html: String) -> [PrintedFigure] {
    let pattern =
      /<(?:data value|tspan data-value)="([^"]*)"(?: data-origin="([a-z]+)")?>([^<]*)</
    return html.matches(of: pattern).map {
      PrintedFigure(
        cell: String($0.1), origin: $0.2.map(String.init) ?? "cell", text: String($0.3))
    }
  }

  /// The number that the text says, and the size of its last digit; nil for what is no figure.
  ///
  /// Reads `¥37.4bn`, `374億円`, `+1,420万円`, `2.73%`, `0.0976`.
  var reading: (value: Double, lastDigit: Double)? {
    var body = text[...]
    var sign = 1.0
    while let first = body.first, "+-¥".contains(first) {
      if first == "-" { sign = -1 }
      body.removeFirst()
    }
    // Characters such as 億 count as numbers, too.
    let digits = body.prefix { "0123456789,.e-".contains($0) }
    let units = ["": 1, "bn": 1e9, "M": 1e6, "億円": 1e8, "万円": 1e4, "円": 1, "%": 0.01]
    guard let unit = units[String(body.dropFirst(digits.count))],
      let value = Double(digits.filter { $0 != "," })
    else { return nil }
    let fraction = digits.firstIndex(of: ".").map {
      digits.distance(from: $0, to: digits.endIndex) - 1
    }
    let lastDigit = (0..<(fraction ?? 0)).reduce(1.0) { size, _ in size / 10 }
    return (sign * value * unit, lastDigit * unit)
  }

  /// Whether the text is the number of the cell, rounded to the printed digits.
  var isRounding: Bool {
    guard let exact = Double(cell), let reading else { return false }
    return (reading.value - exact).magnitude <= reading.lastDigit * 0.5 + exact.magnitude * 1e-9
  }
}
