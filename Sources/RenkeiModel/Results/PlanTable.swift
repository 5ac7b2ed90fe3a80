// SPDX-License-Identifier: GPL-3.0-or-later

/// Numbers that stand one after the other, in memory or in a file.
///
/// Distinct places may be written at the same time from several threads; reading begins when all is
/// written.
package protocol NumberStore: Sendable {
  /// Writes numbers from a place on, counted in numbers.
  func write(_ numbers: [Double], at place: Int) throws(SimulationError)
  /// The numbers of a range of places.
  func read(_ places: Range<Int>) -> [Double]
}

/// Numbers in memory.
///
/// Unchecked sendable: as ``NumberStore`` says, writers share no place.
package final class MemoryNumbers: NumberStore, @unchecked Sendable {
  private let storage: UnsafeMutableBufferPointer<Double>

  /// - Parameter count: of the numbers; all are 0.
  package init(count: Int) {
    storage = .allocate(capacity: count)
    storage.initialize(repeating: 0)
  }

  deinit { storage.deallocate() }

  package func write(_ numbers: [Double], at place: Int) {
    precondition(place >= 0 && place + numbers.count <= storage.count, "numbers beyond the end")
    for (offset, number) in numbers.enumerated() { storage[place + offset] = number }
  }

  package func read(_ places: Range<Int>) -> [Double] { Array(storage[places]) }
}

/// Rows about plans in the plan list's order.
///
/// The rows of a long plan list are packed numbers, in memory or in a temporary file, and become
/// rows where they are read: in order by pieces, one by one at the cost of a system call.
public struct PlanTable<Row: Sendable>: RandomAccessCollection, ExpressibleByArrayLiteral, Sendable
{
  private enum Content: Sendable {
    case rows([Row])
    case packed(PackedRows<Row>)
  }
  private let content: Content

  /// Rows that are at hand.
  public init(_ rows: [Row]) { content = .rows(rows) }

  public init(arrayLiteral rows: Row...) { self.init(rows) }

  package init(_ packed: PackedRows<Row>) { content = .packed(packed) }

  public var startIndex: Int { 0 }

  public var endIndex: Int {
    switch content {
    case .rows(let rows): rows.count
    case .packed(let packed): packed.count
    }
  }

  public subscript(position: Int) -> Row {
    switch content {
    case .rows(let rows): rows[position]
    case .packed(let packed): packed.rows(position..<position + 1)[0]
    }
  }

  public struct Iterator: IteratorProtocol {
    /// Rows that are read at once.
    private static var pieceSize: Int { 4_096 }

    private let table: PlanTable
    private var piece: [Row]
    private var place = 0
    private var nextPiece: Int

    fileprivate init(_ table: PlanTable) {
      self.table = table
      switch table.content {
      case .rows(let rows): (piece, nextPiece) = (rows, rows.count)
      case .packed: (piece, nextPiece) = ([], 0)
      }
    }

    public mutating func next() -> Row? {
      if place == piece.count {
        guard case .packed(let packed) = table.content, nextPiece < packed.count else { return nil }
        let end = Swift.min(packed.count, nextPiece + Self.pieceSize)
        piece = packed.rows(nextPiece..<end)
        (place, nextPiece) = (0, end)
      }
      defer { place += 1 }
      return piece[place]
    }
  }

  public func makeIterator() -> Iterator { Iterator(self) }
}

/// Rows as numbers of one width.
package struct PackedRows<Row: Sendable>: Sendable {
  /// Number of rows.
  package let count: Int
  private let width: Int
  private let store: any NumberStore
  private let unpack: @Sendable (Int, ArraySlice<Double>) -> Row

  /// - Parameters:
  ///   - width: numbers a row.
  ///   - unpack: the row from its place and its numbers.
  package init(
    count: Int, width: Int, store: any NumberStore,
    unpack: @escaping @Sendable (Int, ArraySlice<Double>) -> Row
  ) {
    self.count = count
    self.width = width
    self.store = store
    self.unpack = unpack
  }

  /// Rows of a range. Complexity: O(rows), one read.
  package func rows(_ range: Range<Int>) -> [Row] {
    let numbers = store.read(range.lowerBound * width..<range.upperBound * width)
    return range.indices.map { row in
      let first = (row - range.lowerBound) * width
      return unpack(row, numbers[first..<first + width])
    }
  }
}
