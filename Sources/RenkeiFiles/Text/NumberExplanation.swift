// SPDX-License-Identifier: GPL-3.0-or-later

extension NumberText {
  /// Says why `text` is no number; called only where the grammar refused it.
  static func explanation(of text: String) -> Problem {
    let lowered = text.lowercased()
    let unsigned = lowered.first == "-" || lowered.first == "+" ? lowered.dropFirst() : lowered[...]
    switch unsigned {
    case "", "~", "null":
      return Problem(message: "the number is missing", suggestion: nil)
    case "nan", ".nan":
      return Problem(message: "'not a number' is not allowed", suggestion: nil)
    case "inf", ".inf", "infinity":
      return Problem(message: "infinity is not allowed", suggestion: nil)
    case "yes", "no", "true", "false", "on", "off", "y", "n":
      return Problem(message: "expected a number, not a yes-or-no word", suggestion: nil)
    default:
      break
    }
    if text.contains("\u{2212}") {
      return Problem(
        message: "the minus sign must be the plain '-'",
        suggestion: rewriting(text.map { $0 == "\u{2212}" ? "-" : String($0) }.joined()))
    }
    let narrow = narrowed(text)
    if narrow != text {
      return Problem(
        message: "full-width characters are not allowed in a number",
        suggestion: rewriting(narrow))
    }
    if unsigned.hasPrefix("0x") {
      return Problem(
        message: "hexadecimal numbers are not allowed",
        suggestion: Int(unsigned.dropFirst(2), radix: 16).map { "write \($0)" })
    }
    if unsigned.hasPrefix("0o") || unsigned.hasPrefix("0b") {
      return Problem(
        message: "octal and binary numbers are not allowed",
        suggestion: Int(unsigned.dropFirst(2), radix: unsigned.hasPrefix("0o") ? 8 : 2)
          .map { "write \($0)" })
    }
    if let problem = unitProblem(of: text) { return problem }
    guard text.contains(where: \.isNumber), !text.contains(where: { isStranger($0) }) else {
      return Problem(message: "expected a number", suggestion: nil)
    }
    return layoutProblem(of: text)
  }

  /// The problem of a text that holds a sign or unit of money, nil for any other text.
  private static func unitProblem(of text: String) -> Problem? {
    let money: Set<Character> = ["円", "¥", "￥", "千", "万", "億", "兆"]
    guard text.contains(where: { money.contains($0) }), text.contains(where: \.isNumber) else {
      return nil
    }
    let allowed = yenUnits.map(\.text).joined(separator: ", ")
    if text.first == "¥" || text.first == "￥" {
      let amount = text.dropFirst()
      let plain = removingThousandsSeparators(String(amount)) ?? String(amount)
      return Problem(
        message: "a currency sign is not allowed", suggestion: rewriting(plain + "円"))
    }
    if let plain = rewriting(text.filter { !$0.isWhitespace }) {
      return Problem(message: "spaces are not allowed in a number", suggestion: plain)
    }
    if let full = rewriting(text + "円") {
      return Problem(message: "the unit is not complete", suggestion: full)
    }
    let digits = text.prefix { !money.contains($0) && $0 != "百" }
    if let plain = removingThousandsSeparators(String(digits)) {
      return Problem(
        message: "digits must not be separated by ','",
        suggestion: rewriting(plain + text.dropFirst(digits.count)))
    }
    return Problem(
      message: "the amount is not understood",
      suggestion: "write one number and one of " + allowed)
  }

  /// The problem of a text made of digits and the signs that people put between digits.
  private static func layoutProblem(of text: String) -> Problem {
    if text.contains(":") {
      return Problem(
        message: "times and base-60 numbers are not allowed",
        suggestion: "write a plain decimal number")
    }
    if text.contains("_") {
      return Problem(
        message: "digits must not be separated by '_'",
        suggestion: rewriting(text.filter { $0 != "_" }))
    }
    if text.contains(",") {
      if let plain = removingThousandsSeparators(text) {
        return Problem(
          message: "digits must not be separated by ','", suggestion: rewriting(plain))
      }
      let point = String(text.map { $0 == "," ? "." : $0 })
      return Problem(
        message: "a decimal comma is not allowed", suggestion: rewriting(point))
    }
    if text.contains(where: \.isWhitespace) {
      return Problem(
        message: "spaces are not allowed in a number",
        suggestion: rewriting(text.filter { !$0.isWhitespace }))
    }
    if text.first == "." || text.hasPrefix("-.") || text.hasPrefix("+.") {
      return Problem(
        message: "a digit must stand before the decimal point",
        suggestion: rewriting(text.replacingFirst(".", with: "0.")))
    }
    if text.last == "." {
      return Problem(
        message: "a digit must stand after the decimal point",
        suggestion: rewriting(String(text.dropLast())))
    }
    let sign = text.prefix { $0 == "-" || $0 == "+" }
    let digits = text.dropFirst(sign.count)
    if sign.count <= 1, digits.first == "0", digits.dropFirst().first?.isNumber == true {
      let stripped = String(digits.drop { $0 == "0" })
      let whole = stripped.first?.isNumber == true ? stripped : "0" + stripped
      return Problem(
        message: "leading zeros are not allowed", suggestion: rewriting(sign + whole))
    }
    return Problem(message: "expected a number", suggestion: nil)
  }

  /// The text without commas where these separate groups of three digits, else nil.
  package static func removingThousandsSeparators(_ text: String) -> String? {
    var plain: [UInt8] = []
    plain.reserveCapacity(text.utf8.count)
    var digitsInGroup = 0
    var groups = 1
    var isFraction = false
    for (index, byte) in text.utf8.enumerated() {
      switch byte {
      case UInt8(ascii: "-") where index == 0: break
      case UInt8(ascii: ",") where !isFraction:
        guard groups == 1 ? (1...3).contains(digitsInGroup) : digitsInGroup == 3 else {
          return nil
        }
        groups += 1
        digitsInGroup = 0
        continue
      case UInt8(ascii: ".") where !isFraction:
        isFraction = true
      case 0x30...0x39:
        if !isFraction { digitsInGroup += 1 }
      default: return nil
      }
      plain.append(byte)
    }
    guard groups > 1, digitsInGroup == 3 else { return nil }
    return String(decoding: plain, as: UTF8.self)
  }

  private static func rewriting(_ text: some StringProtocol) -> String? {
    guard isWellFormed(String(text)) else { return nil }
    return "write \(text)"
  }

  /// ASCII for full-width digits and signs.
  private static func narrowed(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0xFF01...0xFF5E:
        result.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value - 0xFEE0)))
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func isStranger(_ character: Character) -> Bool {
    !(character.isNumber || character.isWhitespace || "+-.,_:eE%".contains(character))
  }
}

extension String {
  fileprivate func replacingFirst(_ character: Character, with text: String) -> String {
    guard let index = firstIndex(of: character) else { return self }
    return String(self[..<index]) + text + String(self[self.index(after: index)...])
  }
}
