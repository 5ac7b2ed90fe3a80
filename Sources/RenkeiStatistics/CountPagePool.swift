// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// Memory for pages of counts, which live until all are given back.
///
/// Pages are cut one after the other from larger pieces, so that no holes are left between them. Any
/// thread may ask for some.
final class CountPagePool: @unchecked Sendable {
  private static let pageBytes = HistogramCell.pageSlots * MemoryLayout<UInt16>.stride
  /// A piece is an eighth of those before it, but of a size between these.
  private static let pieceBytes = 16 * pageBytes...512 * pageBytes

  private let lock = Mutex(())
  private var pieces: [UnsafeMutableRawBufferPointer] = []
  /// Bytes of the last piece that are given away.
  private var used = 0
  /// Bytes of all pieces.
  private var size = 0

  deinit { for piece in pieces { piece.deallocate() } }

  /// Gives all memory back; no page may be in use.
  func removeAll() {
    lock.withLock { _ in
      for piece in pieces { piece.deallocate() }
      pieces = []
      (used, size) = (0, 0)
    }
  }

  var bytes: Int { lock.withLock { _ in size } }

  /// Makes the page that a table lacks: zeros.
  @inline(never)
  func page(
    _ index: Int, in table: UnsafeMutablePointer<HistogramCell.Page?>
  ) -> HistogramCell.Page { zeros(index, in: table) }

  /// Makes the wide page that a table lacks: zeros.
  @inline(never)
  func widePage(
    _ index: Int, in table: UnsafeMutablePointer<HistogramCell.WidePage?>
  ) -> HistogramCell.WidePage { zeros(index, in: table) }

  private func zeros<Count: FixedWidthInteger>(
    _ index: Int, in table: UnsafeMutablePointer<UnsafeMutablePointer<Count>?>
  ) -> UnsafeMutablePointer<Count> {
    let count = HistogramCell.pageSlots
    let bytes = count * MemoryLayout<Count>.stride
    let memory = UnsafeMutableRawPointer(bitPattern: lock.withLock { _ in take(bytes) })
    guard let page = memory?.initializeMemory(as: Count.self, repeating: 0, count: count) else {
      preconditionFailure("memory is not at address 0")
    }
    table[index] = page
    return page
  }

  /// The address of so many bytes, at most a piece.
  private func take(_ bytes: Int) -> UInt {
    if pieces.isEmpty || used + bytes > pieces[pieces.count - 1].count {
      let range = Self.pieceBytes
      let piece = min(range.upperBound, max(range.lowerBound, size / 8 / bytes * bytes))
      pieces.append(.allocate(byteCount: piece, alignment: 64))
      size += piece
      used = 0
    }
    defer { used += bytes }
    return UInt(bitPattern: pieces[pieces.count - 1].baseAddress) + UInt(used)
  }
}
