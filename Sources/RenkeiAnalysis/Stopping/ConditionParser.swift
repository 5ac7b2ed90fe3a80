// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiFiles
import RenkeiModel

extension StoppingCondition {
  /// Reads a condition.
  ///
  ///     condition = ("se" | "ci") "(" figure ("," arm)? ")" "<" number
  ///               | "decided" "(" figure ("," arm)? ("<" | ">") number ")"
  ///     figure    = "goal_probability" | "mean"
  ///
  /// Numbers are those of scenario files, ``NumberText``: of a probability plain or in percent, of
  /// the mean in yen or, but for a threshold, as a percentage of the mean.
  ///
  /// - Throws: ``ConditionMistake``.
  public init(parsing text: String) throws(ConditionMistake) {
    var parser = ConditionParser(text)
    self = try parser.condition()
  }
}

/// What is wrong with a condition, and where.
public struct ConditionMistake: Error, Sendable, Equatable, CustomStringConvertible {
  /// The condition as it was stated.
  public let text: String
  /// Characters before the mistake.
  public let offset: Int
  public let message: String

  /// The message with the place in the text.
  public var description: String {
    "at character \(offset + 1) of '\(text)': \(message)"
  }
}

/// Walks through the characters of a condition.
struct ConditionParser {
  private enum TestName: String, CaseIterable {
    case standardError = "se"
    case halfWidth = "ci"
    case decided
  }

  private let characters: [Character]
  private var position = 0

  init(_ text: String) { characters = Array(text) }

  mutating func condition() throws(ConditionMistake) -> StoppingCondition {
    let name: TestName = try choice(
      "a test", examples: "se(…) < 0.001, ci(…) < 1% or decided(… > 0.5)")
    try expect("(", after: name.rawValue)
    let figure: StoppingFigure = try choice("a figure", examples: "\(name.rawValue)(mean…")
    let arm = try arm()
    let condition: StoppingCondition
    let target = figure.rawValue + (arm.map { ", " + $0 } ?? "")
    switch name {
    case .standardError, .halfWidth:
      if let sign = peek(), "<>".contains(sign) {
        throw mistake("close the brackets first: \(name.rawValue)(\(figure.rawValue)) < …")
      }
      try expect(")", after: target)
      try expectBelow()
      let start = position
      let number = rest(until: { _ in false })
      let bound = try bound(number, of: figure, at: start)
      condition = StoppingCondition(
        figure: figure, arm: arm,
        test: name == .standardError ? .standardError(bound) : .halfWidth(bound),
        text: "\(name.rawValue)(\(target)) < \(number)")
    case .decided:
      let sign = try comparison(target)
      let start = position
      let number = rest(until: { $0 == ")" })
      let threshold = try threshold(number, of: figure, at: start)
      try expect(")", after: number)
      condition = StoppingCondition(
        figure: figure, arm: arm, test: .decided(isAbove: sign == ">", threshold: threshold),
        text: "decided(\(target) \(sign) \(number))")
    }
    if peek() != nil { throw mistake("nothing may follow; one condition ends a run") }
    return condition
  }

  // MARK: Words and signs

  private mutating func choice<Name: RawRepresentable & CaseIterable>(
    _ what: String, examples: String
  ) throws(ConditionMistake) -> Name where Name.RawValue == String {
    skipSpaces()
    let start = position
    let word = take { $0.isLetter || $0.isNumber || $0 == "_" }
    let names = Name.allCases.map(\.rawValue)
    guard let name = Name(rawValue: word) else {
      let hint = Suggestion.phrase(for: word, among: names).map { "; \($0)" } ?? ""
      let found = word.isEmpty ? "expected \(what)" : "'\(word)' is not \(what)"
      throw mistake(
        "\(found): \(names.joined(separator: ", ")), as in \(examples)\(hint)", at: start)
    }
    return name
  }

  /// The arm behind a comma; nil where there is none.
  private mutating func arm() throws(ConditionMistake) -> String? {
    guard peek() == "," else { return nil }
    position += 1
    skipSpaces()
    let start = position
    let name = trimmed(take { !",()<>".contains($0) })
    if name.isEmpty { throw mistake("the name of an arm is missing behind the comma", at: start) }
    return name
  }

  private mutating func expect(
    _ sign: Character, after what: String
  ) throws(ConditionMistake) {
    guard peek() == sign else {
      throw mistake("'\(sign)' is missing after '\(what)'")
    }
    position += 1
  }

  private mutating func expectBelow() throws(ConditionMistake) {
    guard peek() == "<" else {
      throw mistake("'<' and a number are missing: an error can only be asked to be below a bound")
    }
    position += 1
    try refuseEquals()
  }

  private mutating func comparison(_ target: String) throws(ConditionMistake) -> Character {
    guard let sign = peek(), "<>".contains(sign) else {
      throw mistake(
        "'>' or '<' and a number are missing inside the brackets: decided(\(target) > …)")
    }
    position += 1
    try refuseEquals()
    return sign
  }

  private mutating func refuseEquals() throws(ConditionMistake) {
    if position < characters.count, characters[position] == "=" {
      throw mistake("leave '=' out: equality has no probability here")
    }
    skipSpaces()
  }

  // MARK: Numbers

  private func bound(
    _ text: String, of figure: StoppingFigure, at start: Int
  ) throws(ConditionMistake) -> StoppingCondition.Bound {
    switch figure {
    case .goalProbability:
      let value = try number(text, .probability, at: start)
      guard value > 0, value < 0.5 else {
        throw mistake("the error of a probability lies between 0 and 0.5, as in 0.001", at: start)
      }
      return .absolute(value)
    case .mean where text.hasSuffix("%"):
      let value = try number(text, .ratio, at: start)
      guard value > 0 else { throw mistake("a share of the mean above 0, as in 1%", at: start) }
      return .relative(value)
    case .mean:
      let value = try number(text, .yen, at: start)
      guard value >= 1 else {
        throw mistake(
          "an amount of at least 1 yen, as in 2億円, or a share of the mean with its %, as in 1%",
          at: start)
      }
      return .absolute(value)
    }
  }

  private func threshold(
    _ text: String, of figure: StoppingFigure, at start: Int
  ) throws(ConditionMistake) -> Double {
    switch figure {
    case .goalProbability:
      let value = try number(text, .probability, at: start)
      guard value > 0, value < 1 else {
        throw mistake("a probability between 0 and 1, as in 0.5", at: start)
      }
      return value
    case .mean:
      let value = try number(text, .yen, at: start)
      guard value > 0 else { throw mistake("an amount above 0, as in 1500億円", at: start) }
      return value
    }
  }

  private func number(
    _ text: String, _ unit: NumberUnit, at start: Int
  ) throws(ConditionMistake) -> Double {
    if text.isEmpty { throw mistake("a number is missing", at: start) }
    if text.contains(",") {
      throw mistake(
        "a number has no comma, and an arm stands behind the figure: mean, certified > …", at: start
      )
    }
    do throws(NumberText.Problem) {
      return try NumberText.value(of: text, unit: unit)
    } catch {
      let hint = error.suggestion.map { "; \($0)" } ?? ""
      throw mistake("'\(text)': \(error.message)\(hint)", at: start)
    }
  }

  // MARK: Characters

  /// The next character that is no space.
  private mutating func peek() -> Character? {
    skipSpaces()
    return position < characters.count ? characters[position] : nil
  }

  private mutating func skipSpaces() {
    while position < characters.count, characters[position].isWhitespace { position += 1 }
  }

  private mutating func take(while belongs: (Character) -> Bool) -> String {
    let start = position
    while position < characters.count, belongs(characters[position]) { position += 1 }
    return String(characters[start..<position])
  }

  private mutating func rest(until ends: (Character) -> Bool) -> String {
    trimmed(take { !ends($0) })
  }

  private func trimmed(_ text: String) -> String {
    String(text.reversed().drop(while: \.isWhitespace).reversed())
  }

  private func mistake(_ message: String, at place: Int? = nil) -> ConditionMistake {
    ConditionMistake(text: String(characters), offset: place ?? position, message: message)
  }
}
