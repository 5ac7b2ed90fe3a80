// SPDX-License-Identifier: GPL-3.0-or-later
import Renkei

/// The schema of the scenario file as a JSON document.
enum SchemaDocument {
  static let fileName = "scenario.schema.json"

  /// JSON Schema, draft-07. Complexity: O(declarations).
  static var json: JSONText {
    let root = ScenarioSchema.root.members
    return .object(
      [
        ("$schema", .string("http://json-schema.org/draft-07/schema#")),
        ("title", .string(ScenarioSchema.title)),
      ] + root + [
        (
          "definitions",
          .object(ScenarioSchema.definitions.map { ($0.name, .object($0.node.members)) })
        )
      ])
  }
}

extension SchemaNode {
  /// The node's keywords in a fixed order.
  fileprivate var members: [(name: String, value: JSONText)] {
    var members: [(name: String, value: JSONText)] = []
    func add(_ name: String, _ value: JSONText?) {
      if let value { members.append((name, value)) }
    }
    func list(_ texts: [String]) -> JSONText? {
      texts.isEmpty ? nil : .array(texts.map { .string($0) })
    }
    func nodes(_ nodes: [SchemaNode]) -> JSONText? {
      nodes.isEmpty ? nil : .array(nodes.map { .object($0.members) })
    }
    func map(_ entries: [(String, SchemaNode)]) -> JSONText? {
      entries.isEmpty ? nil : .object(entries.map { ($0.0, .object($0.1.members)) })
    }
    add("description", description.map { .string($0) })
    add("$ref", reference.map { .string("#/definitions/" + $0) })
    add("type", types.count == 1 ? .string(types[0]) : list(types))
    add("enum", list(words))
    add("pattern", pattern.map { .string($0) })
    add("minLength", minLength.map { .integer($0) })
    if let range { members += range.keywords }
    add("properties", map(properties.map { ($0.name, $0.node) }))
    add("patternProperties", map(patternProperties.map { ($0.pattern, $0.node) }))
    switch additionalProperties {
    case .unstated: break
    case .refused: add("additionalProperties", .boolean(false))
    case .allowed(let node): add("additionalProperties", .object(node.members))
    }
    add("required", list(required))
    if let propertyCount { members += Self.limits(propertyCount, "Properties") }
    add("items", items.first.map { .object($0.members) })
    if let itemCount { members += Self.limits(itemCount, "Items") }
    add("anyOf", nodes(anyOf))
    add("oneOf", nodes(oneOf))
    return members
  }

  private static func limits(
    _ range: ClosedRange<Int>, _ noun: String
  ) -> [(name: String, value: JSONText)] {
    var members: [(name: String, value: JSONText)] = []
    if range.lowerBound > 0 { members.append(("min" + noun, .integer(range.lowerBound))) }
    if range.upperBound < .max { members.append(("max" + noun, .integer(range.upperBound))) }
    return members
  }
}

extension ValueRange {
  /// Bounds as keywords; the largest finite number is none.
  fileprivate var keywords: [(name: String, value: JSONText)] {
    var members: [(name: String, value: JSONText)] = []
    let largest = Double.greatestFiniteMagnitude
    if lower > -largest {
      members.append((includesLower ? "minimum" : "exclusiveMinimum", Self.number(lower)))
    }
    if upper < largest {
      members.append((includesUpper ? "maximum" : "exclusiveMaximum", Self.number(upper)))
    }
    return members
  }

  private static func number(_ value: Double) -> JSONText {
    Int(exactly: value).map { .integer($0) } ?? .number(value)
  }
}
