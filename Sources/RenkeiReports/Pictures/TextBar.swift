// SPDX-License-Identifier: GPL-3.0-or-later

/// Which characters a terminal picture is drawn with.
package enum PictureCharacters: Sendable {
  /// Block elements, an eighth of a column fine.
  case blocks
  /// ASCII alone, for old terminals and log files.
  case ascii
}

/// A horizontal bar of characters.
package enum TextBar {
  private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

  /// A bar of `share` of `width` columns, share from 0 to 1; what is above 0 always shows.
  package static func text(
    _ share: Double, width: Int, _ characters: PictureCharacters
  ) -> String {
    guard share > 0 else { return "" }
    let size = min(1, share) * Double(width)
    switch characters {
    case .ascii:
      return String(repeating: "#", count: max(1, Int(size.rounded())))
    case .blocks:
      let parts = max(1, Int((size * 8).rounded()))
      return String(repeating: "█", count: parts / 8) + eighths[parts % 8]
    }
  }
}

/// A line of characters, one a number, as high as the number is large.
package enum Sparkline {
  private static let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  private static let ascii: [Character] = ["_", ".", "-", "~", "=", "+", "*", "#"]

  /// - Parameters:
  ///   - values: 0 or more.
  ///   - top: the number that the highest character stands for.
  package static func text(
    _ values: [Double], top: Double, _ characters: PictureCharacters
  ) -> String {
    let levels = characters == .blocks ? blocks : ascii
    return String(
      values.map { value in
        guard top > 0, value > 0 else { return levels[0] }
        let level = (min(1, value / top) * Double(levels.count)).rounded(.up)
        return levels[max(0, Int(level) - 1)]
      })
  }
}
