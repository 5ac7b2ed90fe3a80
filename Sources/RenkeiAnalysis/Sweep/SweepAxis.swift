// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiFiles
import RenkeiModel

/// One key of a scenario and the values that it takes in turn.
package struct SweepAxis: Sendable, Equatable {
  /// Why an argument states no axis.
  package struct Problem: Error, Equatable {
    package let message: String
  }

  /// Most values of one axis.
  package static let mostValues = 10_000

  /// Dotted path of the key.
  package let key: String
  /// Texts by the grammar of scenario files, in the order stated.
  package let values: [String]

  /// Reads `key=a,b,c` or `key=from:to:step`.
  ///
  /// Values are parted by commas that stand in no brackets, braces or quotes. A range is three plain
  /// numbers; its values are rounded to the decimals of its first number and its step.
  ///
  /// - Throws: ``Problem``.
  package init(_ argument: String) throws(Problem) {
    guard let equals = argument.firstIndex(of: "=") else {
      throw Problem(message: "a dotted key and values, for example horizon_years=5,7,10")
    }
    let key = String(argument[..<equals])
    let text = String(argument[argument.index(after: equals)...])
    guard ScenarioOverride(key: key, value: "") != nil else {
      throw Problem(message: "'\(key)' is no dotted key such as horizon_years")
    }
    let values = try Self.range(text, of: key) ?? Self.parts(of: text)
    if values.contains("") {
      throw Problem(message: "a value of \(key) is missing; null removes the key")
    }
    for (place, value) in values.enumerated() where values[..<place].contains(value) {
      throw Problem(message: "the value \(value) of \(key) is stated twice")
    }
    self.key = key
    self.values = values
  }

  /// The values as numbers, units and percentages counted; nil where any is none.
  package var numbers: [Double]? {
    let numbers = values.compactMap(Self.number)
    return numbers.count == values.count ? numbers : nil
  }

  /// A number with its unit or percentage; nil for what is none.
  private static func number(_ text: String) -> Double? {
    (try? NumberText.value(of: text, unit: .ratio)) ?? (try? NumberText.value(of: text, unit: .yen))
  }

  /// The override that sets a value.
  func setting(_ place: Int) -> ScenarioOverride {
    guard let setting = ScenarioOverride(key: key, value: values[place], option: "--vary") else {
      preconditionFailure("an axis has a key of dotted names")
    }
    return setting
  }

  /// Parts between commas at the top level, without spaces around them.
  private static func parts(of text: String) -> [String] {
    var parts = [""]
    var depth = 0
    var quote: Character?
    for character in text {
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "'" || character == "\"" {
        quote = character
      } else if "[{".contains(character) {
        depth += 1
      } else if "]}".contains(character) {
        depth -= 1
      }
      if character == ",", depth <= 0, quote == nil {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts.map { part in
      let start = part.drop { $0 == " " }
      return String(start.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// The values of `from:to:step`; nil where the text is no range.
  private static func range(_ text: String, of key: String) throws(Problem) -> [String]? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let stated = parts.compactMap(number)
    guard stated.count == parts.count, 2...3 ~= parts.count else { return nil }
    if parts.count == 2 { throw missingStep(text, of: key, from: stated[0], to: stated[1]) }
    let numbers = parts.compactMap { try? NumberText.value(of: $0) }
    guard numbers.count == 3 else {
      let plain = stated.compactMap(PlainDecimal.text).joined(separator: ":")
      throw Problem(
        message: "the numbers of a range are plain, without units: \(key)=\(plain)")
    }
    let (from, to, step) = (numbers[0], numbers[1], numbers[2])
    guard step != 0, from == to || (to > from) == (step > 0) else {
      throw Problem(message: "the range \(text) never reaches its end")
    }
    // A step too many or too few by rounding alone is none.
    let count = ((to - from) / step * (1 + 1e-12) + 1e-9).rounded(.down) + 1
    guard count <= Double(mostValues) else {
      throw Problem(message: "the range \(text) holds more than \(mostValues) values")
    }
    let unit = power(of: max(decimals(of: from), decimals(of: step)))
    return (0..<Int(count)).map { place in
      let exact = from + Double(place) * step
      let rounded = (exact * unit).rounded() / unit
      return PlainDecimal.text(exact.magnitude * unit < 1e15 ? rounded : exact) ?? ""
    }
  }

  /// What `from:to` lacks, with a step that gives eleven values.
  private static func missingStep(
    _ text: String, of key: String, from: Double, to: Double
  ) -> Problem {
    let step = PlainDecimal.text((to - from) / 10) ?? ""
    let ends = [from, to].compactMap(PlainDecimal.text).joined(separator: ":")
    let example =
      from == to
      ? "one value is \(key)=\(PlainDecimal.text(from) ?? "")"
      : "from:to:step, for example \(key)=\(ends):\(step)"
    return Problem(message: "the range \(text) of \(key) has no step: \(example)")
  }

  /// Digits after the point of the shortest decimal, at most 15.
  private static func decimals(of value: Double) -> Int {
    (0...15).first { (value * power(of: $0)).rounded() / power(of: $0) == value } ?? 15
  }

  /// 10ⁿ, exact.
  private static func power(of exponent: Int) -> Double {
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }
}
