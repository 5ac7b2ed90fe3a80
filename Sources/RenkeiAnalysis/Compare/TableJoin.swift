// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiFiles
import RenkeiModel

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A row of which single cells can be looked at.
protocol RowCells {
  func cell(_ column: Int) -> UnsafeBufferPointer<UInt8>
}

extension CSVStream: RowCells {}

extension RowCells {
  func text(_ column: Int) -> String { String(decoding: cell(column), as: UTF8.self) }
}

/// A row that waits for its counterpart.
final class PendingRow: RowCells {
  private let bytes: UnsafeMutablePointer<UInt8>
  private let ends: [Int]
  /// Where the row stood, so that what stays alone is told in order.
  let number: Int

  init(_ row: some RowCells, columns: Int, number: Int) {
    var ends: [Int] = []
    for column in 0..<columns { ends.append((ends.last ?? 0) + row.cell(column).count) }
    bytes = .allocate(capacity: max(1, ends.last ?? 0))
    var start = 0
    for column in 0..<columns {
      let cell = row.cell(column)
      if let content = cell.baseAddress {
        (bytes + start).initialize(from: content, count: cell.count)
      }
      start += cell.count
    }
    self.ends = ends
    self.number = number
  }

  deinit { bytes.deallocate() }

  var byteCount: Int { (ends.last ?? 0) + 16 * ends.count + 128 }

  func cell(_ column: Int) -> UnsafeBufferPointer<UInt8> {
    let start = column == 0 ? 0 : ends[column - 1]
    return UnsafeBufferPointer(start: bytes + start, count: ends[column] - start)
  }
}

/// Rows without a counterpart so far, by key; in memory up to a limit.
struct PendingRows {
  private var rows: [[UInt8]: [PendingRow]] = [:]
  private(set) var byteCount = 0

  var isEmpty: Bool { rows.isEmpty }

  mutating func add(_ row: PendingRow, key: [UInt8]) {
    byteCount += row.byteCount + key.count
    rows[key, default: []].append(row)
  }

  /// The first row of that key, removed.
  mutating func take(_ key: [UInt8]) -> PendingRow? {
    guard var found = rows[key], !found.isEmpty else { return nil }
    let row = found.removeFirst()
    rows[key] = found.isEmpty ? nil : found
    byteCount -= row.byteCount + key.count
    return row
  }

  /// What is left, in the order of the file.
  var remaining: [PendingRow] { rows.values.flatMap { $0 }.sorted { $0.number < $1.number } }
}

/// Matches the rows of two files of the same kind by their keys, reading both once side by side.
///
/// Rows in the same order cost no memory. A row that has no counterpart beside it waits in memory;
/// when too much waits, the files stand in such different orders that the join gives up.
final class TableJoin {
  /// Bytes of rows that may wait on both sides together.
  static let pendingLimit = 256 << 20

  private let a: CSVStream
  private let b: CSVStream
  /// Key columns that both files have, without the arm.
  private let keysA: [Int]
  private let keysB: [Int]
  private var armsA: ArmCursor
  private var armsB: ArmCursor
  private let onMatch: (any RowCells, any RowCells) throws -> Void
  private let onlyA: (any RowCells) throws -> Void
  private let onlyB: (any RowCells) throws -> Void
  private let otherArm: (_ row: any RowCells, _ isA: Bool) throws -> Void
  private var pendingA = PendingRows()
  private var pendingB = PendingRows()

  /// - Parameters:
  ///   - keys: names of the columns by which rows match, the arm left out.
  ///   - onlyA: told of rows of matched arms without a counterpart; likewise `onlyB`.
  ///   - otherArm: told of rows of arms that are matched with none.
  init(
    _ a: CSVStream, _ b: CSVStream, keys: [String], _ armsA: ArmCursor, _ armsB: ArmCursor,
    onMatch: @escaping (any RowCells, any RowCells) throws -> Void,
    onlyA: @escaping (any RowCells) throws -> Void,
    onlyB: @escaping (any RowCells) throws -> Void,
    otherArm: @escaping (_ row: any RowCells, _ isA: Bool) throws -> Void
  ) {
    self.a = a
    self.b = b
    keysA = keys.compactMap { a.columns.firstIndex(of: $0) }
    keysB = keys.compactMap { b.columns.firstIndex(of: $0) }
    precondition(keysA.count == keys.count && keysB.count == keys.count, "a key of one file only")
    self.armsA = armsA
    self.armsB = armsB
    self.onMatch = onMatch
    self.onlyA = onlyA
    self.onlyB = onlyB
    self.otherArm = otherArm
  }

  /// - Throws: what the callbacks throw, errors of the files, and `DiagnosticReport` where more
  ///   than ``pendingLimit`` bytes of rows would wait.
  /// - Complexity: O(bytes).
  func run() throws {
    var number = 0
    var (hasA, hasB) = (true, true)
    while hasA || hasB {
      if hasA { hasA = try nextMatched(a, &armsA, isA: true) }
      if hasB { hasB = try nextMatched(b, &armsB, isA: false) }
      if hasA && hasB && keysAgree {
        try onMatch(a, b)
        continue
      }
      number += 1
      if hasA {
        let key = key(of: a, keysA, armsA.current)
        if let match = pendingB.take(key) {
          try onMatch(a, match)
        } else if hasB {
          pendingA.add(PendingRow(a, columns: a.columns.count, number: number), key: key)
        } else {
          try onlyA(a)
        }
      }
      if hasB {
        let key = key(of: b, keysB, armsB.current)
        if let match = pendingA.take(key) {
          try onMatch(match, b)
        } else if hasA {
          pendingB.add(PendingRow(b, columns: b.columns.count, number: number), key: key)
        } else {
          try onlyB(b)
        }
      }
      try checkPending()
    }
    for row in pendingA.remaining { try onlyA(row) }
    for row in pendingB.remaining { try onlyB(row) }
  }

  /// Moves to the next row of a matched arm.
  private func nextMatched(
    _ stream: CSVStream, _ arms: inout ArmCursor, isA: Bool
  ) throws -> Bool {
    while try stream.next() {
      if arms.read(stream) { return true }
      try otherArm(stream, isA)
    }
    return false
  }

  private var keysAgree: Bool {
    guard armsA.current == armsB.current else { return false }
    for place in keysA.indices {
      let (x, y) = (a.cell(keysA[place]), b.cell(keysB[place]))
      guard x.count == y.count else { return false }
      if let start = x.baseAddress, let other = y.baseAddress,
        memcmp(start, other, x.count) != 0
      {
        return false
      }
    }
    return true
  }

  private func key(of row: some RowCells, _ columns: [Int], _ arm: Int) -> [UInt8] {
    var key: [UInt8] = [UInt8(truncatingIfNeeded: arm), UInt8(truncatingIfNeeded: arm >> 8)]
    for column in columns {
      key.append(contentsOf: row.cell(column))
      // No text holds this byte, so no two keys run together.
      key.append(0xFF)
    }
    return key
  }

  private func checkPending() throws {
    guard pendingA.byteCount + pendingB.byteCount > Self.pendingLimit else { return }
    throw DiagnosticReport([
      Diagnostic(
        code: "row-order", at: SourceLocation(file: b.source, line: b.line),
        message: "its rows stand in so different an order from those of \(a.source) that they"
          + " cannot be matched in \(Self.pendingLimit >> 20) MiB of memory",
        suggestion: "sort both files by their key columns")
    ])
  }
}

/// Which of the matched arms the current row of a file belongs to.
struct ArmCursor {
  /// Place of the arm column; nil where the file has none: every row then matches.
  let column: Int?
  private let names: [[UInt8]]
  private(set) var current = 0

  init(column: Int?, names: [String]) {
    self.column = column
    self.names = names.map { Array($0.utf8) }
  }

  /// Takes the current row's arm; false where it is matched with none.
  mutating func read(_ row: some RowCells) -> Bool {
    guard let column else { return true }
    let cell = row.cell(column)
    if current < names.count, cell.elementsEqual(names[current]) { return true }
    for index in names.indices where cell.elementsEqual(names[index]) {
      current = index
      return true
    }
    return false
  }
}
