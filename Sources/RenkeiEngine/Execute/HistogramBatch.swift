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
  private static let stripeCells = 32

  init(cells: Int) {
    arena = LogHistogramArena(cellCount: cells)
    stripes = stride(from: 0, to: cells, by: Self.stripeCells).map {
      Stripe($0..<min(cells, $0 + Self.stripeCells))
    }
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

extension rk_kernels {
  /// Makes room for slots and counts them from the first bin that has it.
  ///
  /// - Parameter reserve: makes room for bins; see ``LogHistogramArena/reserve(bins:cell:)``.
  func fit(_ slots: UnsafeMutablePointer<UInt16>, _ count: Int32, reserve: (Range<Int>) -> Int) {
    var (lowest, end): (UInt16, UInt16) = (0, 0)
    slot_span(slots, count, &lowest, &end)
    let below = reserve(lowest < end ? Int(lowest)..<Int(end) : 0..<0)
    if below > 0 { rebase_slots(slots, count, UInt16(below)) }
  }
}

/// One thread's values on their way to histograms.
///
/// A cell's counts cover a few kilobytes; visiting every cell for every block would fetch them from
/// far memory each time. So blocks leave their slots in a buffer, two bytes a value, and a whole
/// batch of blocks is counted while a cell's counts are near.
final class HistogramBatch {
  /// Upper bound of a thread's buffers, in bytes; where money is computed, which takes so much longer
  /// that quick counting gains nothing, the lower one.
  private static let bufferLimit = (revenue: 9 << 20, money: 3 << 20)

  private var histograms: SharedHistograms
  /// Where among the cells this thread begins to count.
  private let start: Double
  private let kernels: UnsafePointer<rk_kernels>
  private let slots: UnsafeMutablePointer<UInt16>
  private let blocksPerBatch: Int
  private var blocks = 0
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
    slots = .allocate(
      capacity: max(1, histograms.arena.cellCount * blocks * BlockRunner.width))
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
    let limit = hasMoney ? bufferLimit.money : bufferLimit.revenue
    return min(VectorEngine.chunkBlocks, max(1, limit / blockBytes(cells: cells)))
  }

  /// Bytes of a thread's buffers for so many cells.
  static func slotBytes(cells: Int, hasMoney: Bool) -> Int {
    blocks(cells: cells, hasMoney: hasMoney) * blockBytes(cells: cells)
  }

  /// Leaves a column of the present block for a cell; every cell is left once a block.
  func add(_ column: UnsafePointer<Double>, cell: Int) {
    kernels.pointee.histogram_slots(column, slots(cell) + blocks * BlockRunner.width)
  }

  /// Ends a block of `paths` paths; only the last block of a chunk may hold fewer than 512.
  func endBlock(paths: Int) {
    blocks += 1
    self.paths += paths
    if blocks == blocksPerBatch { flush() }
  }

  /// Counts what the buffer holds.
  func flush() {
    if paths == 0 { return }
    let arena = histograms.arena
    let (kernels, count) = (kernels.pointee, Int32(paths))
    histograms.visit(from: start) { cell in
      let slots = slots(cell)
      kernels.fit(slots, count) { arena.reserve(bins: $0, cell: cell) }
      arena.record(slots: slots, count: paths, cell: cell)
    }
    blocks = 0
    paths = 0
  }

  private func slots(_ cell: Int) -> UnsafeMutablePointer<UInt16> {
    slots + cell * blocksPerBatch * BlockRunner.width
  }
}
