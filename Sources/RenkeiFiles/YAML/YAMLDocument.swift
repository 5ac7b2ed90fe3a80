// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import Yams

/// Reads one YAML document into YAMLValues that know their places.
package enum YAMLDocument {
  /// Duplicate keys that one reading resolves before it gives up on finding more.
  private static let duplicateLimit = 100

  /// The document's root, or nil where there is none; every problem is reported.
  ///
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - source: path for messages.
  package static func read(
    _ bytes: [UInt8], source: String, diagnostics: DiagnosticCollector
  ) -> YAMLValue? {
    let before = diagnostics.errorCount
    let root = readValue(bytes, source: source, diagnostics: diagnostics)
    if root == nil, diagnostics.errorCount == before {
      diagnostics.error(
        "yaml-empty", at: SourceLocation(file: source), "the file is empty",
        suggestion: "begin it with 'renkei: 1'")
    }
    return root
  }

  /// The value that `bytes` hold, nil where they hold none; every problem is reported.
  static func readValue(
    _ bytes: [UInt8], source: String, diagnostics: DiagnosticCollector
  ) -> YAMLValue? {
    guard
      let start = EncodedText.contentStart(of: bytes, source: source, diagnostics: diagnostics)
    else { return nil }
    let text = String(decoding: bytes[start...], as: UTF8.self)
    let before = diagnostics.errorCount
    checkCharacters(text, source: source, diagnostics: diagnostics)
    YAMLScreen.check(text, source: source, diagnostics: diagnostics)
    guard diagnostics.errorCount == before else { return nil }
    guard let composed = compose(text, source: source, diagnostics: diagnostics) else { return nil }
    guard let root = composed.root else { return nil }
    let conversion = Conversion(
      source: source, duplicates: composed.duplicates, diagnostics: diagnostics)
    return conversion.value(root)
  }

  /// Refuses characters that YAML does not allow or counts as line breaks where editors do not.
  private static func checkCharacters(
    _ text: String, source: String, diagnostics: DiagnosticCollector
  ) {
    var (line, column) = (1, 0)
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      if scalar == "\n" {
        if previous != "\r" { line += 1 }
        column = 0
      } else if scalar == "\r" {
        line += 1
        column = 0
      } else {
        column += 1
        switch scalar.value {
        case 0x09, 0x20...0x7E, 0xA0...0x2027, 0x202A...0xFEFE, 0xFF00...0xFFFD, 0x10000...: break
        default:
          diagnostics.error(
            "control-character", at: SourceLocation(file: source, line: line, column: column),
            "the character U+\(ControlText.hexadecimal(scalar)) is not allowed",
            suggestion: "remove it or replace it by a space")
        }
      }
      previous = scalar
    }
  }

  private struct Composed {
    let root: Node?
    /// Original names of keys that were renamed to get past a duplicate, by place.
    let duplicates: [Place: String]
  }

  fileprivate struct Place: Hashable {
    let line: Int
    let column: Int
  }

  /// Composes the document. The parser stops at the first duplicate key, so each one is renamed in a
  /// copy of the text and the document composed again: all later problems are found as well.
  private static func compose(
    _ original: String, source: String, diagnostics: DiagnosticCollector
  ) -> Composed? {
    var text = original
    var renamed: [Place: String] = [:]
    for _ in 0...duplicateLimit {
      do {
        // Without resolver: what a scalar means is decided by its reader, not by the parser.
        let root = try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
        return Composed(root: root, duplicates: renamed)
      } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
        let place = Place(line: context.mark.line, column: context.mark.column)
        let name = keys.first ?? ""
        let original = renamed[place]
        guard original == nil, let copy = renamingKey(at: place, in: text, to: renamed.count) else {
          diagnostics.error(
            "duplicate-key",
            at: SourceLocation(file: source, line: place.line, column: place.column),
            key: name, "the key is stated twice in this map", suggestion: "keep one of them")
          return nil
        }
        renamed[place] = name
        text = copy
      } catch let error as YamlError {
        diagnostics.report(SyntaxProblem.diagnostic(for: error, source: source))
        return nil
      } catch {
        diagnostics.error(
          "yaml-syntax", at: SourceLocation(file: source), "the file cannot be parsed")
        return nil
      }
    }
    diagnostics.error(
      "duplicate-key", at: SourceLocation(file: source),
      "more than \(duplicateLimit) keys are stated twice")
    return nil
  }

  /// The text with the first character of the key at `place` exchanged for a private one, so that
  /// all places stay where they are.
  private static func renamingKey(at place: Place, in text: String, to number: Int) -> String? {
    var scalars = Array(text.unicodeScalars)
    var (line, index) = (1, 0)
    while line < place.line, index < scalars.count {
      if scalars[index] == "\n" || (scalars[index] == "\r" && scalars[safe: index + 1] != "\n") {
        line += 1
      }
      index += 1
    }
    index += place.column - 1
    if let first = scalars[safe: index], first == "\"" || first == "'" { index += 1 }
    guard let target = scalars[safe: index], target.properties.isAlphabetic || target == "_",
      let replacement = Unicode.Scalar(UInt32(0xE000 + number))
    else { return nil }
    scalars[index] = replacement
    var copy = String.UnicodeScalarView()
    copy.append(contentsOf: scalars)
    return String(copy)
  }

  /// Turns the parser's nodes into values.
  private struct Conversion {
    let source: String
    let duplicates: [Place: String]
    let diagnostics: DiagnosticCollector

    func value(_ node: Node) -> YAMLValue {
      let location = location(node)
      switch node {
      case .scalar(let scalar):
        return YAMLValue(
          content: .text(scalar.string, isPlain: scalar.style == .plain), location: location)
      case .sequence(let sequence):
        return YAMLValue(content: .list(sequence.map { value($0) }), location: location)
      case .mapping(let mapping):
        return YAMLValue(content: .mapping(entries(mapping)), location: location)
      case .alias:
        diagnostics.error("yaml-alias", at: location, "aliases are not allowed")
        return YAMLValue(content: .text("", isPlain: true), location: location)
      }
    }

    private func entries(_ mapping: Node.Mapping) -> [YAMLEntry] {
      var entries: [YAMLEntry] = []
      var firstLines: [String: Int] = [:]
      for (key, node) in mapping {
        let place = location(key)
        guard case .scalar(let scalar) = key else {
          diagnostics.error(
            "bad-key", at: place, "a key must be plain text, not a list or map")
          continue
        }
        let name = duplicates[Place(line: place.line, column: place.column)] ?? scalar.string
        if let invisible = ControlText.firstInvisible(in: name) {
          diagnostics.error(
            "bad-key", at: place, value: name,
            "the key holds the invisible character U+\(ControlText.hexadecimal(invisible))",
            suggestion: "remove it")
          continue
        }
        if let line = firstLines[name] {
          diagnostics.error(
            "duplicate-key", at: place, key: name,
            "the key is stated twice in this map, first in line \(line)",
            suggestion: "keep one of them")
          continue
        }
        firstLines[name] = place.line
        entries.append(YAMLEntry(name: name, location: place, value: value(node)))
      }
      return entries
    }

    private func location(_ node: Node) -> SourceLocation {
      SourceLocation(file: source, line: node.mark?.line ?? 0, column: node.mark?.column ?? 0)
    }
  }
}

extension Array {
  fileprivate subscript(safe index: Int) -> Element? {
    indices.contains(index) ? self[index] : nil
  }
}
