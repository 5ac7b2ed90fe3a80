// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiReports

/// How much room text takes in a proportional font that nobody has measured.
enum TextMetrics {
  /// Widths of Latin letters are about this share of the font's size, East Asian ones twice that.
  private static let columnWidth = 0.58

  /// Width in the units of `size`.
  static func width(_ text: String, size: Double) -> Double {
    Double(DisplayWidth.columns(text)) * columnWidth * size
  }

  static func columns(_ text: String) -> Int { DisplayWidth.columns(text) }

  /// How many columns of text fit into `width`.
  static func columns(fitting width: Double, size: Double) -> Int {
    max(4, Int(width / (columnWidth * size)))
  }

  static func shortened(_ text: String, to columns: Int) -> String {
    DisplayWidth.shortened(text, to: columns)
  }
}

extension TextMetrics {
  /// `text` in lines that fit into `width`, broken at spaces and between East Asian characters.
  static func lines(_ text: String, fitting width: Double, size: Double) -> [String] {
    let limit = columns(fitting: width, size: size)
    var lines: [String] = []
    var line = ""
    for word in words(text) {
      if !line.isEmpty, columns(line + trimmed(word)) > limit {
        lines.append(trimmed(line))
        line = ""
      }
      line += line.isEmpty ? trimmed(word, leading: true) : word
    }
    if !line.isEmpty { lines.append(trimmed(line)) }
    return lines
  }

  /// Pieces between which a line may break; spaces stay at the end of the piece before.
  private static func words(_ text: String) -> [String] {
    var pieces: [String] = []
    var piece = ""
    for character in text {
      piece.append(character)
      let mayBreak = character == " " || (DisplayWidth.columns(String(character)) == 2)
      if mayBreak {
        pieces.append(piece)
        piece = ""
      } else if "、。）」".contains(character), !pieces.isEmpty {
        pieces[pieces.count - 1] += piece
        piece = ""
      }
    }
    return piece.isEmpty ? pieces : pieces + [piece]
  }

  private static func trimmed(_ text: String, leading: Bool = false) -> String {
    var result = Substring(text)
    if !leading { while result.last == " " { result.removeLast() } }
    if leading { while result.first == " " { result.removeFirst() } }
    return String(result)
  }
}
