// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// Control characters in text that is shown to people: they could disturb a terminal.
enum ControlText {
  /// Reports the first control character of `text` other than tabs and line ends.
  ///
  /// - Returns: whether there was none.
  static func check(
    _ text: String, at location: @autoclosure () -> SourceLocation, key: String,
    diagnostics: DiagnosticCollector
  ) -> Bool {
    guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == 0xC2 }),
      let scalar = text.unicodeScalars.first(where: isControl)
    else { return true }
    diagnostics.error(
      "control-character", at: location(), key: key, value: text,
      "the text holds the control character U+\(hexadecimal(scalar))", suggestion: "remove it")
    return false
  }

  /// The first control or format character of a name, among them those that reverse the direction
  /// of writing; nil where every character can be seen.
  static func firstInvisible(in name: String) -> Unicode.Scalar? {
    name.unicodeScalars.first { scalar in
      if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: return true
      default: return false
      }
    }
  }

  /// At least four hexadecimal digits of a character's number.
  static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\t", "\n", "\r": false
    default: scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
    }
  }
}
