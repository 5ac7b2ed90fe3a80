// SPDX-License-Identifier: GPL-3.0-or-later

/// A piece of text whose figures know the cell that they come from.
///
/// What is interpolated is text, never markup: it is escaped wherever the phrase is written.
struct Phrase: Sendable, ExpressibleByStringInterpolation {
  fileprivate enum Part: Sendable {
    case text(String)
    case figure(FigureText)
    case strong(Phrase)
    case aside(Phrase)
    case code(String)
  }

  fileprivate var parts: [Part]

  static let empty = Phrase(stringLiteral: "")

  init(stringLiteral value: String) { parts = value.isEmpty ? [] : [.text(value)] }
  init(text: String) { self.init(stringLiteral: text) }
  init(_ figure: FigureText) { parts = [.figure(figure)] }
  init(stringInterpolation: StringInterpolation) { parts = stringInterpolation.parts }

  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var parts: [Part] = []

    init(literalCapacity: Int, interpolationCount: Int) {}

    mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { parts.append(.text(literal)) }
    }
    mutating func appendInterpolation(_ text: String) { parts.append(.text(text)) }
    mutating func appendInterpolation(_ phrase: Phrase) { parts += phrase.parts }
    mutating func appendInterpolation(_ figure: FigureText) { parts.append(.figure(figure)) }
    mutating func appendInterpolation(strong phrase: Phrase) { parts.append(.strong(phrase)) }
    mutating func appendInterpolation(aside phrase: Phrase) { parts.append(.aside(phrase)) }
    mutating func appendInterpolation(code text: String) { parts.append(.code(text)) }
  }

  var isEmpty: Bool { parts.isEmpty }

  static func + (a: Phrase, b: Phrase) -> Phrase {
    var sum = a
    sum.parts += b.parts
    return sum
  }

  /// Without any markup.
  var plain: String {
    parts.map { part in
      switch part {
      case .text(let text), .code(let text): text
      case .figure(let figure): figure.text
      case .strong(let phrase), .aside(let phrase): phrase.plain
      }
    }.joined()
  }

  /// For the body of a page.
  var html: String {
    parts.map { part in
      switch part {
      case .text(let text): Markup.escaped(text)
      case .code(let text): "<code>\(Markup.escaped(text))</code>"
      case .strong(let phrase): "<strong>\(phrase.html)</strong>"
      case .aside(let phrase): "<small>\(phrase.html)</small>"
      case .figure(let figure):
        "<data value=\"\(Markup.escaped(figure.figure.cell))\"\(figure.originAttribute)>"
          + Markup.escaped(figure.text) + "</data>"
      }
    }.joined()
  }

  /// For the inside of an SVG text.
  var svg: String {
    parts.map { part in
      switch part {
      case .text(let text), .code(let text): Markup.escaped(text)
      case .strong(let phrase), .aside(let phrase): phrase.svg
      case .figure(let figure):
        "<tspan data-value=\"\(Markup.escaped(figure.figure.cell))\"\(figure.originAttribute)>"
          + Markup.escaped(figure.text) + "</tspan>"
      }
    }.joined()
  }

  /// The phrase cut to at most `columns` terminal columns; what is cut loses its figures.
  func shortened(to columns: Int) -> Phrase {
    TextMetrics.columns(plain) <= columns
      ? self : Phrase(text: TextMetrics.shortened(plain, to: columns))
  }
}

/// A figure as it is printed.
struct FigureText: Sendable {
  let figure: Figure
  let text: String

  fileprivate var originAttribute: String {
    figure.origin == .cell ? "" : " data-origin=\"\(figure.origin.rawValue)\""
  }
}

enum Markup {
  /// `text` for HTML and SVG, between tags or in a quoted attribute. Characters that neither may
  /// hold become `U+FFFD`.
  static func escaped(_ text: String) -> String {
    if text.utf8.allSatisfy(isPlain) { return text }
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\t", "\n": result.unicodeScalars.append(scalar)
      default:
        let isForbidden =
          scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
          || (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
          || scalar.value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(scalar.value)
        result.unicodeScalars.append(isForbidden ? "\u{FFFD}" : scalar)
      }
    }
    return result
  }

  /// Letters, digits and punctuation that mean nothing in markup.
  private static func isPlain(_ byte: UInt8) -> Bool {
    (0x20..<0x7F).contains(byte) && byte != 0x22 && byte != 0x26 && byte != 0x27 && byte != 0x3C
      && byte != 0x3E
  }
}
