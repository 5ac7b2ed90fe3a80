// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiStatistics
import Synchronization

/// Histograms of many cells that several threads fill, so that further threads take no further
/// memory for them; counts add in any order.
final class SharedHistograms: Sendable {
  /// Cells that one thread writes at a time.
  private final class Stripe: Sendable {
    let cells: Range<Int>
    let lock = Mutex(())

    init(_ cells: Range<Int>) { self.cells = cells }
  }

  let arena: LogHistogramArena
  private let stripes: [Stripe]
  /// About as many as a plan has, which follow each other.
  private static let stripeCells = 8

  init(cells: Int) {
    arena = LogHistogramArena(cellCount: cells)
    stripes = stride(from: 0, to: cells, by: Self.stripeCells).map {
      Stripe($0..<min(cells, $0 + Self.stripeCells))
    }
  }

  /// Calls `body` for a cell, which no other thread visits meanwhile.
  func visit(_ cell: Int, _ body: () -> Void) {
    stripes[cell / Self.stripeCells].lock.withLock { _ in body() }
  }

  /// Calls `body` for every cell, which no other thread visits meanwhile.
  ///
  /// - Parameter start: 0 ..< 1, where among the cells to begin; threads that begin apart seldom wait
  ///   for each other.
  func visit(from start: Double, _ body: (Int) -> Void) {
    let first = Int(start * Double(stripes.count))
    for place in stripes.indices {
      let stripe = stripes[(first + place) % stripes.count]
      stripe.lock.withLock { _ in
        for cell in stripe.cells { body(cell) }
      }
    }
  }
}

/// One thread's values on their way to histograms.
///
/// A cell's counts cover a few kilobytes; visiting every cell for every block would fetch them from
/// far memory each time. So blocks leave their slots in a buffer, two bytes a value, and a whole
/// batch of blocks is counted while a cell's counts are near. Where money is computed, which takes so
/// much longer that this gains nothing, and where there is no room for two blocks, every column is
/// counted at once.
final class HistogramBatch {
  /// Upper bound of a thread's buffers, in bytes.
  private static let bufferLimit = 9 << 20

  private var histograms: SharedHistograms
  /// Where among the cells this thread begins to count.
  private let start: Double
  private let kernels: UnsafePointer<rk_kernels>
  private let slots: UnsafeMutablePointer<UInt16>
  /// By cell, where the buffer's slots lie.
  private var pages: [UInt64]
  private let blocksPerBatch: Int
  private var blocks = 0
  /// Paths of the present block.
  private var blockPaths = 0
  /// Paths of the buffer's blocks that are done.
  private var paths = 0

  /// - Parameters:
  ///   - start: 0 ..< 1, where among the cells this thread begins to count.
  ///   - blocks: of a batch.
  init(
    _ histograms: SharedHistograms, start: Double, blocks: Int, kernels: UnsafePointer<rk_kernels>
  ) {
    self.histograms = histograms
    self.start = start
    self.kernels = kernels
    blocksPerBatch = blocks
    pages = [UInt64](repeating: 0, count: blocks == 1 ? 0 : histograms.arena.cellCount)
    slots = .allocate(
      capacity: BlockRunner.width * (blocks == 1 ? 1 : max(1, histograms.arena.cellCount) * blocks))
  }

  deinit { slots.deallocate() }

  /// Other histograms, of at most as many cells, after a flush: the buffer, whose pages the system
  /// would have to clear anew, is used again.
  func turning(to histograms: SharedHistograms) -> HistogramBatch {
    precondition(
      histograms.arena.cellCount <= self.histograms.arena.cellCount && paths == 0,
      "a tile larger than those before")
    self.histograms = histograms
    return self
  }

  private static func blockBytes(cells: Int) -> Int {
    max(1, cells * BlockRunner.width * MemoryLayout<UInt16>.stride)
  }

  /// Blocks of a batch where a thread fills so many cells.
  static func blocks(cells: Int, hasMoney: Bool) -> Int {
    hasMoney
      ? 1 : min(VectorEngine.chunkBlocks, max(1, bufferLimit / blockBytes(cells: cells)))
  }

  /// Bytes of a thread's buffers for so many cells.
  static func slotBytes(cells: Int, hasMoney: Bool) -> Int {
    let blocks = blocks(cells: cells, hasMoney: hasMoney)
    return blocks == 1 ? 0 : blocks * blockBytes(cells: cells)
  }

  /// Begins a block of `paths` paths; only the last block of a chunk may hold fewer than 512.
  func beginBlock(paths: Int) { blockPaths = paths }

  /// Counts a column of the present block in a cell, or leaves it for later; every cell is visited
  /// once a block.
  func add(_ column: UnsafePointer<Double>, cell: Int) {
    let slots = slots(cell) + blocks * BlockRunner.width
    let pages = kernels.pointee.histogram_slots(column, slots)
    if blocksPerBatch > 1 {
      self.pages[cell] |= pages
    } else {
      histograms.visit(cell) {
        histograms.arena.record(slots: slots, pages: pages, count: blockPaths, cell: cell)
      }
    }
  }

  /// Ends the present block.
  func endBlock() {
    if blocksPerBatch == 1 { return }
    blocks += 1
    paths += blockPaths
    if blocks == blocksPerBatch { flush() }
  }

  /// Counts what the buffer holds.
  func flush() {
    if paths == 0 { return }
    let arena = histograms.arena
    histograms.visit(from: start) { cell in
      arena.record(slots: slots(cell), pages: pages[cell], count: paths, cell: cell)
      pages[cell] = 0
    }
    blocks = 0
    paths = 0
  }

  private func slots(_ cell: Int) -> UnsafeMutablePointer<UInt16> {
    slots + (blocksPerBatch == 1 ? 0 : cell * blocksPerBatch * BlockRunner.width)
  }
}
