// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// A scan of YAML text before it is parsed, for what scenario files may not use.
///
/// Follows the tokens of the text (quotes, comments, plain text, block text, brackets) closely enough
/// to tell an anchor from an ampersand inside a title. It must run before composing: a few lines
/// of nested aliases take exponential time there, and deep nesting exhausts the stack.
struct YAMLScreen {
  /// Levels of maps and lists that may lie inside each other.
  static let depthLimit = 32

  private let scalars: [Unicode.Scalar]
  private let source: String
  private let diagnostics: DiagnosticCollector
  private var index = 0
  private var line = 1
  private var lineStart = 0
  /// Columns of the block maps and lists that are open.
  private var indents: [Int] = []
  private var flowDepth = 0
  private var hasContent = false
  private var hasReportedDepth = false
  private var hasReportedTab = false

  /// Reports everything that is not allowed in `text`.
  static func check(_ text: String, source: String, diagnostics: DiagnosticCollector) {
    var screen = YAMLScreen(text, source: source, diagnostics: diagnostics)
    screen.scan()
  }

  private init(_ text: String, source: String, diagnostics: DiagnosticCollector) {
    scalars = Array(text.unicodeScalars)
    self.source = source
    self.diagnostics = diagnostics
  }

  private var current: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }
  private var column: Int { index - lineStart }
  private var location: SourceLocation {
    SourceLocation(file: source, line: line, column: column + 1)
  }

  private func peek(_ offset: Int = 1) -> Unicode.Scalar? {
    index + offset < scalars.count ? scalars[index + offset] : nil
  }

  private static func isBreak(_ scalar: Unicode.Scalar?) -> Bool {
    scalar == "\n" || scalar == "\r"
  }

  private static func isBlank(_ scalar: Unicode.Scalar?) -> Bool {
    scalar == nil || scalar == " " || scalar == "\t" || isBreak(scalar)
  }

  private static func isFlowMark(_ scalar: Unicode.Scalar?) -> Bool {
    switch scalar {
    case ",", "[", "]", "{", "}": true
    default: false
    }
  }

  /// Moves one character on, keeping count of lines; CR LF is one line break.
  private mutating func advance() {
    let scalar = scalars[index]
    index += 1
    if scalar == "\n" || (scalar == "\r" && current != "\n") {
      line += 1
      lineStart = index
    }
  }

  private mutating func scan() {
    while index < scalars.count {
      if column == 0 {
        skipIndentation()
        if column == 0, scanLineMarker() { continue }
      }
      guard let scalar = current else { break }
      if scalar == "#" {
        skipLine()
      } else if Self.isBreak(scalar) || scalar == " " || scalar == "\t" {
        advance()
      } else {
        scanToken(scalar)
      }
    }
  }

  /// Skips the spaces at the beginning of a line; a tab among them is refused outside brackets.
  private mutating func skipIndentation() {
    while let scalar = current, scalar == " " || scalar == "\t" {
      if scalar == "\t", flowDepth == 0, !hasReportedTab, !lineIsBlank() {
        hasReportedTab = true
        diagnostics.error(
          "yaml-tab", at: location, "a tab stands in the indentation",
          suggestion: "indent with spaces")
      }
      advance()
    }
  }

  private func lineIsBlank() -> Bool {
    var ahead = index
    while ahead < scalars.count, scalars[ahead] == " " || scalars[ahead] == "\t" { ahead += 1 }
    return ahead == scalars.count || Self.isBreak(scalars[ahead]) || scalars[ahead] == "#"
  }

  /// Handles `---`, `...` and `%` at the beginning of a line; true where one was there.
  private mutating func scanLineMarker() -> Bool {
    if current == "%", flowDepth == 0 {
      diagnostics.error(
        "yaml-directive", at: location, "directives are not allowed",
        suggestion: "leave out the line that begins with '%'")
      skipLine()
      return true
    }
    for mark: Unicode.Scalar in ["-", "."]
    where current == mark && peek(1) == mark && peek(2) == mark && Self.isBlank(peek(3)) {
      if hasContent, mark == "-" {
        diagnostics.error(
          "yaml-documents", at: location, "the file holds more than one document",
          suggestion: "keep one scenario per file, without '---' between parts")
      }
      if mark == "-" { hasContent = true }
      indents = []
      flowDepth = 0
      index += 3
      return true
    }
    return false
  }

  private mutating func skipLine() {
    while index < scalars.count, !Self.isBreak(current) { index += 1 }
  }

  /// Handles the token that begins at the current character.
  private mutating func scanToken(_ scalar: Unicode.Scalar) {
    hasContent = true
    if flowDepth == 0 { openBlockLevel() }
    switch scalar {
    case "&", "*":
      diagnostics.error(
        "yaml-alias", at: location,
        scalar == "&" ? "anchors are not allowed" : "aliases are not allowed",
        suggestion: "write the value out, or put text that begins with '\(scalar)' in quotes")
      skipWord()
    case "!":
      diagnostics.error(
        "yaml-tag", at: location, "tags are not allowed",
        suggestion: "leave the tag out, or put text that begins with '!' in quotes")
      skipWord()
    case "\"", "'":
      skipQuoted(scalar)
    case "[", "{":
      flowDepth += 1
      checkDepth()
      advance()
    case "]", "}":
      flowDepth = max(0, flowDepth - 1)
      advance()
    case ",":
      advance()
    case "|", ">":
      if flowDepth == 0 { skipBlockText() } else { skipPlain() }
    case "-", "?", ":":
      if Self.isBlank(peek()) || (flowDepth > 0 && (scalar == ":" || Self.isFlowMark(peek()))) {
        advance()
      } else {
        skipPlain()
      }
    default:
      skipPlain()
    }
  }

  /// Notes a block map or list that begins at the current column.
  private mutating func openBlockLevel() {
    while let last = indents.last, last > column { indents.removeLast() }
    // Only the first token of a line, or one after "- ", can open a level.
    if let last = indents.last, last == column { return }
    var before = index - 1
    while before >= lineStart, scalars[before] == " " || scalars[before] == "\t" { before -= 1 }
    guard
      before < lineStart || scalars[before] == "-" || scalars[before] == "?"
        || scalars[before] == ":"
    else { return }
    if before >= lineStart, scalars[before] == ":" { return }
    indents.append(column)
    checkDepth()
  }

  private mutating func checkDepth() {
    guard indents.count + flowDepth > Self.depthLimit, !hasReportedDepth else { return }
    hasReportedDepth = true
    diagnostics.error(
      "yaml-depth", at: location, "maps and lists lie more than \(Self.depthLimit) levels deep")
  }

  private mutating func skipWord() {
    advance()
    while let scalar = current, !Self.isBlank(scalar), !(flowDepth > 0 && Self.isFlowMark(scalar)) {
      advance()
    }
  }

  private mutating func skipQuoted(_ quote: Unicode.Scalar) {
    advance()
    while let scalar = current {
      advance()
      if quote == "\"", scalar == "\\" {
        if index < scalars.count { advance() }
      } else if scalar == quote {
        guard quote == "'", current == "'" else { return }
        advance()
      }
    }
  }

  /// Skips unquoted text up to `: `, a comment, the end of the line or, in brackets, a bracket or
  /// comma.
  private mutating func skipPlain() {
    while let scalar = current, !Self.isBreak(scalar) {
      if scalar == ":",
        Self.isBlank(peek()) || (flowDepth > 0 && Self.isFlowMark(peek()))
      {
        return
      }
      if flowDepth > 0, Self.isFlowMark(scalar) { return }
      if scalar == " " || scalar == "\t", peek() == "#" {
        advance()
        return
      }
      advance()
    }
  }

  /// Skips the lines of a `|` or `>` block: all that are blank or indented deeper than its parent.
  private mutating func skipBlockText() {
    let parent = blockParentIndent()
    skipLine()
    while index < scalars.count {
      advance()
      var ahead = index
      while ahead < scalars.count, scalars[ahead] == " " { ahead += 1 }
      let isEmpty = ahead == scalars.count || Self.isBreak(scalars[ahead])
      if !isEmpty, ahead - index <= parent { return }
      skipLine()
    }
  }

  /// Column of the map or list item that holds the block text, −1 where it is the whole document.
  private func blockParentIndent() -> Int {
    guard let last = indents.last else { return -1 }
    if last == column { return indents.dropLast().last ?? -1 }
    return last
  }
}
