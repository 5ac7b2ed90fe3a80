// SPDX-License-Identifier: GPL-3.0-or-later

/// How many terminal columns a text takes.
///
/// A character (grapheme cluster) is as wide as its widest scalar: 0 for combining marks, format
/// and control characters and the vowels and finals of conjoining Hangul; 2 for East Asian wide and
/// fullwidth characters and for emoji; else 1. Ambiguous characters (`±`, `…`, `–`) count 1, as
/// terminals show them outside legacy East Asian code pages.
///
/// Source: Unicode Standard Annex #11, "East Asian Width", classes W and F.
package enum DisplayWidth {
  /// Columns of `text` in a terminal with a monospaced font. Complexity: O(length).
  package static func columns(_ text: String) -> Int {
    text.reduce(0) { $0 + columns($1) }
  }

  /// `text` with spaces after it up to `width` columns; longer text stays whole.
  package static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - columns(text)))
  }

  /// `text` with spaces before it up to `width` columns; longer text stays whole.
  package static func rightAligned(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(0, width - columns(text))) + text
  }

  /// `text` cut to at most `width` columns, with `…` where something is missing.
  package static func shortened(_ text: String, to width: Int) -> String {
    guard columns(text) > width else { return text }
    var result = ""
    var used = 0
    for character in text {
      let next = columns(character)
      if used + next > width - 1 { break }
      result.append(character)
      used += next
    }
    return result + "…"
  }

  /// Texts cut to at most `width` columns, with `…` in the middle, where names tend to be alike;
  /// those that would then look like another one stay whole, so that different texts stay different.
  ///
  /// Complexity: O(length of all).
  package static func elided(_ texts: [String], to width: Int) -> [String] {
    let cut = texts.map { elided($0, to: width) }
    var meanings: [String: Set<String>] = [:]
    for (short, text) in zip(cut, texts) { meanings[short, default: []].insert(text) }
    return zip(cut, texts).map { meanings[$0]?.count == 1 ? $0 : $1 }
  }

  private static func elided(_ text: String, to width: Int) -> String {
    guard columns(text) > width else { return text }
    let end = String(shortened(String(text.reversed()), to: (width + 1) / 2).reversed())
    return shortened(text, to: width + 1 - columns(end)).dropLast() + end
  }

  /// `text` with control and invisible format characters replaced by `�`, so that a name in a
  /// plan list cannot move the cursor or change colours.
  package static func printable(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate:
        result.append("\u{FFFD}")
      default:
        result.append(scalar)
      }
    }
    return String(result)
  }

  private static func columns(_ character: Character) -> Int {
    character.unicodeScalars.reduce(0) { max($0, columns($1)) }
  }

  private static func columns(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 {
      return scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) || scalar.value == 0xAD
        ? 0 : 1
    }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator:
      // U+FE0F asks for the emoji form of what stands before it, which is wide.
      return scalar.value == 0xFE0F ? 2 : 0
    default:
      break
    }
    if (0x1160...0x11FF).contains(scalar.value) || (0xD7B0...0xD7FB).contains(scalar.value) {
      return 0
    }
    if scalar.properties.isEmojiPresentation { return 2 }
    return wideRanges.contains { $0.contains(scalar.value) } ? 2 : 1
  }

  /// Blocks whose assigned characters are wide or fullwidth, apart from emoji.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F,  // Hangul leading consonants
    0x2329...0x232A,  // angle brackets
    0x2E80...0x303E,  // radicals, ideographic punctuation
    0x3041...0x33FF,  // kana, bopomofo, compatibility
    0x3400...0x4DBF,  // ideographs, extension A
    0x4E00...0xA4CF,  // ideographs, Yi
    0xA960...0xA97C,  // Hangul leading consonants, extended
    0xAC00...0xD7A3,  // Hangul syllables
    0xF900...0xFAFF,  // compatibility ideographs
    0xFE10...0xFE19,  // vertical forms
    0xFE30...0xFE6B,  // compatibility and small forms
    0xFF01...0xFF60,  // fullwidth forms
    0xFFE0...0xFFE6,  // fullwidth signs
    0x16FE0...0x18CFF,  // Tangut, Khitan
    0x1AFF0...0x1B2FF,  // kana supplements
    0x1F200...0x1F265,  // enclosed ideographs
    0x20000...0x3FFFD,  // ideographs, further extensions
  ]
}
