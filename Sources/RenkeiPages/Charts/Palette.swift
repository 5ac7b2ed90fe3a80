// SPDX-License-Identifier: GPL-3.0-or-later

/// The colours of pages and charts, told apart also by those who see colours otherwise.
///
/// Series colours are those of M. Okabe, K. Ito, "Color Universal Design" (2008), the yellow darker
/// so that it shows on white.
enum Palette {
  /// Name of the CSS variable with its value on a light and on a dark page.
  static let colours: [(name: String, light: String, dark: String)] = [
    ("paper", "#ffffff", "#15181c"),
    ("raised", "#f5f7f9", "#1e2329"),
    ("ink", "#16191d", "#eceff2"),
    ("soft", "#56606b", "#a4aeb9"),
    ("rule", "#d8dee4", "#39424c"),
    ("goal", "#c44a00", "#ff8a4c"),
    ("c0", "#0072b2", "#4fb0e8"),
    ("c1", "#e69f00", "#f2b632"),
    ("c2", "#009e73", "#2fc79b"),
    ("c3", "#cc79a7", "#e79cc5"),
    ("c4", "#56b4e9", "#8fd0f7"),
    ("c5", "#d55e00", "#ff8a4c"),
    ("c6", "#b3a500", "#e6dc4a"),
    ("c7", "#767f88", "#9aa4ae"),
  ]

  /// Declarations for both kinds of page.
  static var variables: String {
    func block(_ value: (String, String) -> String) -> String {
      colours.map { "--\($0.name):\(value($0.light, $0.dark))" }.joined(separator: ";")
    }
    return ":root{color-scheme:light dark;\(block { light, _ in light })}\n"
      + "@media (prefers-color-scheme:dark){:root{\(block { _, dark in dark })}}\n"
      + "@media print{:root{color-scheme:light;\(block { light, _ in light })}}\n"
  }

  /// `style` with the variables replaced by the light colours, for programs that do not know
  /// variables.
  static func light(_ style: String) -> String {
    var result = style
    for colour in colours {
      result = result.replacing("var(--\(colour.name))", with: colour.light)
    }
    return result
  }

  static let seriesCount = 8

  /// Class that fills with the colour of a series; colours repeat after the eighth.
  static func fill(_ series: Int) -> String { "f\(series % seriesCount)" }
  /// Class that draws a line in it.
  static func stroke(_ series: Int) -> String { "k\(series % seriesCount)" }
}
