// SPDX-License-Identifier: GPL-3.0-or-later

/// Text of a plan's non-empty cells by column name.
///
/// Plans of one list share its column names, so that a list of a million plans holds each name
/// once.
public struct PlanAttributes: Sendable, Equatable, ExpressibleByDictionaryLiteral {
  /// Column names of a list and their places.
  package final class Columns: Sendable {
    package let names: [String]
    private let places: [String: Int]

    package init(_ names: [String]) {
      self.names = names
      // A name that is listed twice counts at its first place.
      places = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
    }

    package func place(of name: String) -> Int? { places[name] }
  }

  private var columns: Columns
  /// Text by column, empty where nothing is set.
  private var texts: [String]

  /// - Parameters:
  ///   - columns: columns of the list, shared by its plans.
  ///   - texts: one text per column, empty where the cell is.
  package init(columns: Columns, texts: [String]) {
    precondition(texts.count == columns.names.count, "every column needs a text")
    self.columns = columns
    self.texts = texts
  }

  public init(_ texts: [String: String]) {
    let names = texts.keys.sorted()
    columns = Columns(names)
    self.texts = names.map { texts[$0] ?? "" }
  }

  public init(dictionaryLiteral elements: (String, String)...) {
    self.init(Dictionary(elements) { _, last in last })
  }

  /// Names of the columns with a text, in the list's order.
  public var keys: [String] {
    columns.names.indices.filter { !texts[$0].isEmpty }.map { columns.names[$0] }
  }

  /// Text of a column, nil where it is empty or there is no such column.
  public subscript(_ column: String) -> String? {
    get {
      guard let place = columns.place(of: column), !texts[place].isEmpty else { return nil }
      return texts[place]
    }
    set {
      if let place = columns.place(of: column) {
        texts[place] = newValue ?? ""
      } else if let newValue, !newValue.isEmpty {
        columns = Columns(columns.names + [column])
        texts.append(newValue)
      }
    }
  }

  /// Reads one column of many plans: its place is looked up once for all plans of one list.
  struct Reader {
    let column: String
    private var columns: Columns?
    private var place: Int?

    init(column: String) {
      self.column = column
    }

    mutating func text(_ attributes: PlanAttributes) -> String? {
      if columns !== attributes.columns {
        columns = attributes.columns
        place = attributes.columns.place(of: column)
      }
      guard let place, !attributes.texts[place].isEmpty else { return nil }
      return attributes.texts[place]
    }
  }

  public static func == (a: PlanAttributes, b: PlanAttributes) -> Bool {
    let keys = a.keys
    return Set(keys) == Set(b.keys) && keys.allSatisfy { a[$0] == b[$0] }
  }
}
