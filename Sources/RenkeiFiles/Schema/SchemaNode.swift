// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// A JSON Schema (draft-07): as much of it as scenario files need.
///
/// Source: Wright, Andrews & Hutton, JSON Schema Validation: A Vocabulary for Structural
/// Validation of JSON (draft-07), 2018.
package struct SchemaNode: Sendable {
  /// Name below `definitions`; nothing else counts beside it.
  package var reference: String?
  /// For the reader of the schema; no rule.
  package var description: String?
  package var types: [String] = []
  /// Allowed texts; empty: any.
  package var words: [String] = []
  package var pattern: String?
  package var minLength: Int?
  package var range: ValueRange?
  package var properties: [(name: String, node: SchemaNode)] = []
  package var patternProperties: [(pattern: String, node: SchemaNode)] = []
  package var additionalProperties: AdditionalProperties = .unstated
  package var required: [String] = []
  package var propertyCount: ClosedRange<Int>?
  package var items: [SchemaNode] = []
  package var itemCount: ClosedRange<Int>?
  package var anyOf: [SchemaNode] = []
  package var oneOf: [SchemaNode] = []

  /// What may stand behind keys that are not named.
  package enum AdditionalProperties: Sendable {
    case unstated
    case refused
    indirect case allowed(SchemaNode)
  }

  package init() {}

  static func reference(_ name: String) -> SchemaNode {
    var node = SchemaNode()
    node.reference = name
    return node
  }

  /// A number as such, in a range; bounds without meaning are left out.
  static func number(_ range: ValueRange?, isWhole: Bool = false) -> SchemaNode {
    var node = SchemaNode()
    node.types = [isWhole ? "integer" : "number"]
    node.range = range
    return node
  }

  /// A text that is one of these.
  static func words(_ words: [String]) -> SchemaNode {
    var node = SchemaNode()
    node.words = words
    return node
  }

  /// A text that a regular expression matches.
  static func text(pattern: String) -> SchemaNode {
    var node = SchemaNode()
    node.types = ["string"]
    node.pattern = pattern
    return node
  }

  /// A scalar that is read as text: YAML may take it for a number or a truth value.
  static func scalar() -> SchemaNode {
    var node = SchemaNode()
    node.types = ["string", "number", "boolean"]
    node.minLength = 1
    return node
  }

  static func anyOf(_ nodes: [SchemaNode]) -> SchemaNode {
    var node = SchemaNode()
    node.anyOf = nodes
    return node
  }

  static func list(_ item: SchemaNode, count: ClosedRange<Int>? = nil) -> SchemaNode {
    var node = SchemaNode()
    node.types = ["array"]
    node.items = [item]
    node.itemCount = count
    return node
  }

  /// A map with these keys and no others.
  static func map(
    _ properties: [(name: String, node: SchemaNode)], required: [String] = []
  ) -> SchemaNode {
    var node = SchemaNode()
    node.types = ["object"]
    node.properties = properties
    node.required = required
    node.additionalProperties = .refused
    return node
  }

  /// A map that must have all of these keys; for use beside another node.
  static func requiring(_ names: [String]) -> SchemaNode {
    var node = SchemaNode()
    node.required = names
    return node
  }

  func described(_ text: String?) -> SchemaNode {
    var node = self
    node.description = text
    return node
  }
}
