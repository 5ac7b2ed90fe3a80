// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// A piece of a YAML document as written, with its place: text is not yet a number or a word.
package struct YAMLValue: Sendable {
  package enum Content: Sendable {
    /// A scalar; not plain where it stood in quotes or in a block.
    case text(String, isPlain: Bool)
    case list([YAMLValue])
    /// Entries in file order.
    case mapping([YAMLEntry])
  }

  package let content: Content
  package let location: SourceLocation

  package init(content: Content, location: SourceLocation) {
    self.content = content
    self.location = location
  }

  /// Whether nothing is written here, or one of YAML's words for nothing.
  package var isNull: Bool {
    guard case .text(let text, isPlain: true) = content else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }

  /// The scalar's text, nil for lists and maps.
  package var text: String? {
    if case .text(let text, _) = content { text } else { nil }
  }

  /// What stands here, for messages.
  package var kindInWords: String {
    switch content {
    case .text: isNull ? "nothing" : "text"
    case .list: "a list"
    case .mapping: "a map"
    }
  }
}

extension YAMLValue {
  /// Where the value of every key of this map and the maps below it stands, by dotted path; items
  /// of a list have a number from 1, as in `report.quantiles[1]`.
  ///
  /// Complexity: O(keys).
  func places() -> [String: SourceLocation] {
    var places: [String: SourceLocation] = [:]
    func add(_ value: YAMLValue, prefix: String) {
      guard case .mapping(let entries) = value.content else { return }
      for entry in entries {
        let path = prefix + entry.name
        places[path] = entry.value.location
        add(entry.value, prefix: path + ".")
        // Maps in a list are plans, which know their own places; long lists are observations.
        guard case .list(let items) = entry.value.content, items.count <= 100 else { continue }
        for (index, item) in items.enumerated() where item.text != nil {
          places["\(path)[\(index + 1)]"] = item.location
        }
      }
    }
    add(self, prefix: "")
    return places
  }
}

/// One `key: value` of a map.
package struct YAMLEntry: Sendable {
  package let name: String
  /// Where the key stands.
  package let location: SourceLocation
  package let value: YAMLValue

  package init(name: String, location: SourceLocation, value: YAMLValue) {
    self.name = name
    self.location = location
    self.value = value
  }
}
