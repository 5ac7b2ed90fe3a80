// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds the import declarations of Swift files and the include lines of C files.
enum ImportScanner {
  struct Import: Equatable {
    var line: Int
    var name: String
  }

  struct Include: Equatable {
    var line: Int
    var name: String
    var isQuoted: Bool
  }

  private static let declarationKinds: Set<Substring> = [
    "actor", "class", "enum", "func", "let", "protocol", "struct", "typealias", "var",
  ]
  private static let accessLevels: Set<Substring> = [
    "public", "package", "internal", "fileprivate", "private",
  ]

  /// The top module of every import declaration, with its line number.
  ///
  /// Attributes, access levels, `import struct A.B` and several declarations on a line are
  /// understood; comments and the texts of multi-line string literals are not declarations.
  static func imports(inSwift source: String) -> [Import] {
    var found: [Import] = []
    for (index, line) in visibleLines(of: source, hidesMultilineStrings: true).enumerated() {
      for statement in line.split(separator: ";") {
        var words = statement.split(whereSeparator: \.isWhitespace)[...]
        while let word = words.first, word.hasPrefix("@") || accessLevels.contains(word) {
          words.removeFirst()
        }
        guard words.popFirst() == "import" else { continue }
        if let kind = words.first, declarationKinds.contains(kind) { words.removeFirst() }
        guard let path = words.first, let module = path.split(separator: ".").first else {
          continue
        }
        found.append(Import(line: index + 1, name: module.filter { $0 != "`" }))
      }
    }
    return found
  }

  /// Every header named by an include or import directive, with its line number.
  static func includes(inC source: String) -> [Include] {
    var found: [Include] = []
    for (index, line) in visibleLines(of: source, hidesMultilineStrings: false).enumerated() {
      let text = line.drop(while: \.isWhitespace)
      guard text.hasPrefix("#") else { continue }
      let directive = text.dropFirst().drop(while: \.isWhitespace)
      guard
        let keyword = ["include_next", "include", "import"].first(where: directive.hasPrefix)
      else { continue }
      let rest = directive.dropFirst(keyword.count).drop(while: \.isWhitespace)
      guard let opening = rest.first else { continue }
      let closing: Character = opening == "<" ? ">" : "\""
      let name = rest.dropFirst().prefix { $0 != closing }
      found.append(Include(line: index + 1, name: String(name), isQuoted: opening == "\""))
    }
    return found
  }

  /// The lines of `source` with comments, and on request multi-line strings, blanked out.
  private static func visibleLines(of source: String, hidesMultilineStrings: Bool) -> [String] {
    var commentDepth = 0
    var isInMultilineString = false
    return source.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var visible = ""
      var isInString = false
      var rest = line
      while let character = rest.first {
        if commentDepth > 0 {
          if rest.hasPrefix("*/") {
            commentDepth -= 1
            rest = rest.dropFirst(2)
          } else if rest.hasPrefix("/*") {
            commentDepth += 1
            rest = rest.dropFirst(2)
          } else {
            rest = rest.dropFirst()
          }
          continue
        }
        if hidesMultilineStrings && rest.hasPrefix("\"\"\"") {
          isInMultilineString.toggle()
          rest = rest.dropFirst(3)
          continue
        }
        if isInMultilineString {
          rest = rest.dropFirst()
          continue
        }
        if !isInString {
          if rest.hasPrefix("//") { break }
          if rest.hasPrefix("/*") {
            commentDepth = 1
            rest = rest.dropFirst(2)
            continue
          }
        }
        if isInString && character == "\\" {
          visible += rest.prefix(2)
          rest = rest.dropFirst(2)
          continue
        }
        if character == "\"" { isInString.toggle() }
        visible.append(character)
        rest = rest.dropFirst()
      }
      return visible
    }
  }
}
