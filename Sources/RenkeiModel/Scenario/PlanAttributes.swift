// SPDX-License-Identifier: GPL-3.0-or-later

/// Text of a plan's non-empty cells by column name.
///
/// Plans of one list share its column names and, where it is a file, its bytes: a list of a million
/// plans holds each once and makes a text only where somebody reads it.
public struct PlanAttributes: Sendable, Equatable, ExpressibleByDictionaryLiteral {
  private enum Storage {
    /// Text by column, empty where nothing is set.
    case own(PlanColumnNames, texts: [String])
    case listed(PlanCells, row: Int)
  }

  private var storage: Storage

  /// The cells of one row of a list.
  package init(row: Int, of cells: PlanCells) {
    storage = .listed(cells, row: row)
  }

  public init(_ texts: [String: String]) {
    let names = texts.keys.sorted()
    storage = .own(PlanColumnNames(names), texts: names.map { texts[$0] ?? "" })
  }

  public init(dictionaryLiteral elements: (String, String)...) {
    self.init(Dictionary(elements) { _, last in last })
  }

  private var columns: PlanColumnNames {
    switch storage {
    case .own(let columns, _): columns
    case .listed(let cells, _): cells.columns
    }
  }

  /// Text at a column's place, nil where it is empty.
  private func text(at place: Int) -> String? {
    let text =
      switch storage {
      case .own(_, let texts): texts[place]
      case .listed(let cells, let row): cells.text(row: row, place: place)
      }
    return text.isEmpty ? nil : text
  }

  /// Names of the columns with a text, in the list's order.
  public var keys: [String] {
    let names = columns.names
    return names.indices.filter { text(at: $0) != nil }.map { names[$0] }
  }

  /// Text of a column, nil where it is empty or there is no such column.
  public subscript(_ column: String) -> String? {
    get { columns.place(of: column).flatMap { text(at: $0) } }
    set {
      var (columns, texts) = (columns, columns.names.indices.map { text(at: $0) ?? "" })
      if let place = columns.place(of: column) {
        texts[place] = newValue ?? ""
      } else if let newValue, !newValue.isEmpty {
        columns = PlanColumnNames(columns.names + [column])
        texts.append(newValue)
      }
      storage = .own(columns, texts: texts)
    }
  }

  /// Reads one column of many plans: its place is looked up once for all plans of one list.
  struct Reader {
    let column: String
    private var columns: PlanColumnNames?
    private var place: Int?

    init(column: String) {
      self.column = column
    }

    mutating func text(_ attributes: PlanAttributes) -> String? {
      let columns = attributes.columns
      if self.columns !== columns {
        self.columns = columns
        place = columns.place(of: column)
      }
      return place.flatMap { attributes.text(at: $0) }
    }
  }

  public static func == (a: PlanAttributes, b: PlanAttributes) -> Bool {
    let keys = a.keys
    return Set(keys) == Set(b.keys) && keys.allSatisfy { a[$0] == b[$0] }
  }
}
