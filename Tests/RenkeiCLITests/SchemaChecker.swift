// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Renkei

/// A JSON value as a schema sees it.
indirect enum SchemaInstance: Equatable {
  case null
  case boolean(Bool)
  case number(Double)
  case string(String)
  case array([SchemaInstance])
  case object([String: SchemaInstance])

  /// What YAML's core schema (1.2, section 10.3) makes of a value: what editors hand to a schema.
  init(_ value: YAMLValue) {
    switch value.content {
    case .list(let items): self = .array(items.map { SchemaInstance($0) })
    case .mapping(let entries):
      self = .object(
        Dictionary(entries.map { ($0.name, SchemaInstance($0.value)) }) { first, _ in first })
    case .text(let text, isPlain: false): self = .string(text)
    case .text(let text, isPlain: true):
      switch text {
      case "", "~", "null", "Null", "NULL": self = .null
      case "true", "True", "TRUE": self = .boolean(true)
      case "false", "False", "FALSE": self = .boolean(false)
      case ".inf", "+.inf": self = .number(.infinity)
      case "-.inf": self = .number(-.infinity)
      default:
        let decimal = /[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?/
        self = text.wholeMatch(of: decimal) != nil ? .number(Double(text) ?? .nan) : .string(text)
      }
    }
  }
}

/// A small validator of draft-07 that knows the keywords of the scenario's schema and refuses any
/// other, so that no rule can be passed over.
struct SchemaChecker {
  struct Unsupported: Error {
    let keyword: String
  }

  private let root: [String: Any]
  private let patterns = PatternCache()

  init(_ json: [UInt8]) throws {
    guard let root = try JSONSerialization.jsonObject(with: Data(json)) as? [String: Any] else {
      throw Unsupported(keyword: "no object")
    }
    self.root = root
  }

  func accepts(_ instance: SchemaInstance) throws -> Bool { try accepts(instance, root) }

  private func accepts(_ instance: SchemaInstance, _ schema: [String: Any]) throws -> Bool {
    if let reference = schema["$ref"] as? String {
      guard let definitions = root["definitions"] as? [String: Any],
        let target = definitions[reference.replacing("#/definitions/", with: "")]
      else { throw Unsupported(keyword: reference) }
      return try accepts(instance, node(target))
    }
    for keyword in schema.keys.sorted() {
      guard let value = schema[keyword] else { continue }
      if try !accepts(instance, keyword, value, schema) { return false }
    }
    return true
  }

  private func accepts(
    _ instance: SchemaInstance, _ keyword: String, _ value: Any, _ schema: [String: Any]
  ) throws -> Bool {
    switch keyword {
    case "$schema", "title", "description", "definitions": return true
    case "type":
      let types = value as? [String] ?? [value as? String ?? ""]
      return types.contains { isType($0, instance) }
    case "enum":
      guard case .string(let text) = instance else { return false }
      return (value as? [String])?.contains(text) ?? false
    case "anyOf": return try nodes(value).contains { try accepts(instance, $0) }
    case "oneOf": return try nodes(value).count { try accepts(instance, $0) } == 1
    default: break
    }
    switch instance {
    case .number(let number): return try acceptsNumber(number, keyword, value)
    case .string(let text): return try acceptsText(text, keyword, value)
    case .array(let items): return try acceptsList(items, keyword, value)
    case .object(let members): return try acceptsMap(members, keyword, value, schema)
    case .null, .boolean: return try known(keyword)
    }
  }

  private func isType(_ type: String, _ instance: SchemaInstance) -> Bool {
    switch (type, instance) {
    case ("null", .null), ("boolean", .boolean), ("number", .number), ("string", .string),
      ("array", .array), ("object", .object):
      true
    case ("integer", .number(let number)): number == number.rounded()
    default: false
    }
  }

  private func acceptsNumber(_ number: Double, _ keyword: String, _ value: Any) throws -> Bool {
    let bound = (value as? NSNumber)?.doubleValue ?? .nan
    return switch keyword {
    case "minimum": number >= bound
    case "maximum": number <= bound
    case "exclusiveMinimum": number > bound
    case "exclusiveMaximum": number < bound
    default: try known(keyword)
    }
  }

  private func acceptsText(_ text: String, _ keyword: String, _ value: Any) throws -> Bool {
    switch keyword {
    case "pattern": try patterns.matches(text, value as? String ?? "")
    case "minLength": text.unicodeScalars.count >= count(value)
    default: try known(keyword)
    }
  }

  private func acceptsList(
    _ items: [SchemaInstance], _ keyword: String, _ value: Any
  ) throws -> Bool {
    switch keyword {
    case "items": try items.allSatisfy { try accepts($0, node(value)) }
    case "minItems": items.count >= count(value)
    case "maxItems": items.count <= count(value)
    default: try known(keyword)
    }
  }

  private func acceptsMap(
    _ members: [String: SchemaInstance], _ keyword: String, _ value: Any, _ schema: [String: Any]
  ) throws -> Bool {
    switch keyword {
    case "minProperties": return members.count >= count(value)
    case "maxProperties": return members.count <= count(value)
    case "required": return (value as? [String] ?? []).allSatisfy { members[$0] != nil }
    case "properties":
      return try node(value).allSatisfy { name, child in
        try members[name].map { try accepts($0, node(child)) } ?? true
      }
    case "patternProperties":
      return try node(value).allSatisfy { pattern, child in
        try members.allSatisfy { name, member in
          try !patterns.matches(name, pattern) || accepts(member, node(child))
        }
      }
    case "additionalProperties":
      let named = schema["properties"] as? [String: Any] ?? [:]
      let expressions = (schema["patternProperties"] as? [String: Any] ?? [:]).keys
      return try members.allSatisfy { name, member in
        if named[name] != nil { return true }
        if try expressions.contains(where: { try patterns.matches(name, $0) }) { return true }
        guard let child = value as? [String: Any] else { return false }
        return try accepts(member, child)
      }
    default: return try known(keyword)
    }
  }

  /// A keyword for other kinds of values holds for this one; an unknown keyword is a fault.
  private func known(_ keyword: String) throws -> Bool {
    let keywords: Set = [
      "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "pattern", "minLength", "items",
      "minItems", "maxItems", "minProperties", "maxProperties", "required", "properties",
      "patternProperties", "additionalProperties",
    ]
    guard keywords.contains(keyword) else { throw Unsupported(keyword: keyword) }
    return true
  }

  private func node(_ value: Any) throws -> [String: Any] {
    guard let node = value as? [String: Any] else { throw Unsupported(keyword: "\(value)") }
    return node
  }

  private func nodes(_ value: Any) throws -> [[String: Any]] {
    guard let nodes = value as? [[String: Any]] else { throw Unsupported(keyword: "\(value)") }
    return nodes
  }

  private func count(_ value: Any) -> Int { (value as? NSNumber)?.intValue ?? -1 }
}

/// Expressions compiled once.
private final class PatternCache {
  private var expressions: [String: NSRegularExpression] = [:]

  func matches(_ text: String, _ pattern: String) throws -> Bool {
    let expression = try expressions[pattern] ?? NSRegularExpression(pattern: pattern)
    expressions[pattern] = expression
    let whole = NSRange(text.startIndex..., in: text)
    return expression.firstMatch(in: text, range: whole) != nil
  }
}
