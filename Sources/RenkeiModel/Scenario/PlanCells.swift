// SPDX-License-Identifier: GPL-3.0-or-later

/// Column names of a plan list and their places.
package final class PlanColumnNames: Sendable {
  package let names: [String]
  private let places: [String: Int]

  package init(_ names: [String]) {
    self.names = names
    // A name that is listed twice counts at its first place.
    places = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
  }

  package func place(of name: String) -> Int? { places[name] }
}

/// The cells of a plan list that is a file: its bytes, and where in them each cell lies.
package final class PlanCells: Sendable {
  let columns: PlanColumnNames
  private let bytes: [UInt8]
  private let places: [Range<UInt32>]
  private let rewritten: [Int: String]

  /// - Parameters:
  ///   - columns: names of the columns.
  ///   - bytes: UTF-8 text of the list, at most 4 GiB.
  ///   - places: offsets of every cell's content in `bytes`, row by row; empty for an empty cell.
  ///   - rewritten: texts that differ from the bytes, by the cell's index in `places`.
  package init(
    columns: [String], bytes: [UInt8], places: [Range<UInt32>], rewritten: [Int: String]
  ) {
    precondition(
      places.isEmpty || places.count % columns.count == 0, "every row needs a cell in each column")
    self.columns = PlanColumnNames(columns)
    self.bytes = bytes
    self.places = places
    self.rewritten = rewritten
  }

  /// Text of a cell.
  ///
  /// Complexity: O(length).
  func text(row: Int, place: Int) -> String {
    let index = row * columns.names.count + place
    if !rewritten.isEmpty, let text = rewritten[index] { return text }
    let range = Int(places[index].lowerBound)..<Int(places[index].upperBound)
    return bytes.withUnsafeBufferPointer {
      String(decoding: UnsafeBufferPointer(rebasing: $0[range]), as: UTF8.self)
    }
  }
}
