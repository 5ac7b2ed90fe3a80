// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// The check of a file's bytes before anything is read from them: UTF-8, no NUL.
package enum EncodedText {
  /// Where the text begins after a byte order mark, or nil where the bytes are not text; the
  /// problem is then reported.
  ///
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - source: path for messages.
  ///   - isPlanList: whether another encoding may be stated for the file.
  /// - Complexity: O(bytes).
  package static func contentStart(
    of bytes: [UInt8], source: String, isPlanList: Bool = false, diagnostics: DiagnosticCollector
  ) -> Int? {
    if isUTF16(bytes) {
      diagnostics.error(
        "encoding", at: SourceLocation(file: source), "the file is encoded in UTF-16, not in UTF-8",
        suggestion: "save it as UTF-8, for example with 'iconv -f UTF-16 -t UTF-8'")
      return nil
    }
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    if let offset = firstInvalidOffset(in: bytes) {
      let isJapanese = looksLikeShiftJIS(bytes)
      diagnostics.error(
        "encoding", at: location(of: offset, in: bytes, from: start, source: source),
        isJapanese
          ? "the file is encoded in Shift_JIS (CP932), not in UTF-8"
          : "the bytes from here on are not UTF-8",
        suggestion: !isJapanese
          ? "save the file as UTF-8"
          : isPlanList
            ? "add 'encoding: cp932' beside the list's 'file', or save it as UTF-8"
            : "save it as UTF-8, for example with 'iconv -f CP932 -t UTF-8'")
      return nil
    }
    if let offset = bytes.firstIndex(of: 0) {
      diagnostics.error(
        "control-character", at: location(of: offset, in: bytes, from: start, source: source),
        "the file holds a NUL byte", suggestion: "check that it is a text file")
      return nil
    }
    return start
  }

  /// Line and column of a byte, columns in characters, for text that begins at `start`.
  package static func location(
    of offset: Int, in bytes: [UInt8], from start: Int, source: String
  ) -> SourceLocation {
    var line = 1
    var lineStart = start
    for index in start..<max(start, offset) where bytes[index] == UInt8(ascii: "\n") {
      line += 1
      lineStart = index + 1
    }
    let column = 1 + characterCount(in: bytes, lineStart..<max(lineStart, offset))
    return SourceLocation(file: source, line: line, column: column)
  }

  /// Number of characters (Unicode scalars) that begin in a range of valid UTF-8.
  package static func characterCount(in bytes: [UInt8], _ range: Range<Int>) -> Int {
    bytes.withUnsafeBufferPointer { buffer in
      var count = 0
      for index in range where buffer[index] & 0xC0 != 0x80 { count += 1 }
      return count
    }
  }

  /// Offset of the first byte that is not part of well-formed UTF-8 (RFC 3629), nil if all is well.
  package static func firstInvalidOffset(in bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBufferPointer { buffer in
      var index = 0
      let end = buffer.count
      while index < end {
        let lead = buffer[index]
        if lead < 0x80 {
          index += 1
          continue
        }
        let length: Int
        var low: UInt8 = 0x80
        var high: UInt8 = 0xBF
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, low) = (3, 0xA0)
        case 0xED: (length, high) = (3, 0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, low) = (4, 0x90)
        case 0xF4: (length, high) = (4, 0x8F)
        case 0xF1...0xF3: length = 4
        default: return index
        }
        guard index + length <= end, (low...high).contains(buffer[index + 1]) else { return index }
        for trail in (index + 2)..<max(index + 2, index + length)
        where buffer[trail] & 0xC0 != 0x80 { return index }
        index += length
      }
      return nil
    }
  }

  /// Whether the bytes begin with a mark of UTF-16 or look like UTF-16 without one.
  static func isUTF16(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || looksWide(bytes)
  }

  /// Whether every other byte of the beginning is NUL, as in UTF-16 text without a mark.
  private static func looksWide(_ bytes: [UInt8]) -> Bool {
    let sample = bytes.prefix(64)
    guard sample.count >= 4 else { return false }
    var zeros = [0, 0]
    for (index, byte) in sample.enumerated() where byte == 0 { zeros[index % 2] += 1 }
    let half = sample.count / 2
    return (zeros[0] == 0 && zeros[1] >= half - 1) || (zeros[1] == 0 && zeros[0] >= half - 1)
  }

  /// Whether the bytes form valid Shift_JIS with at least one double-byte or half-width character.
  private static func looksLikeShiftJIS(_ bytes: [UInt8]) -> Bool {
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case 0..<0x80, 0xA1...0xDF:
        index += 1
      case 0x81...0x9F, 0xE0...0xFC:
        guard index + 1 < bytes.count, (0x40...0xFC).contains(bytes[index + 1]),
          bytes[index + 1] != 0x7F
        else { return false }
        index += 2
      default:
        return false
      }
    }
    return true
  }
}
