// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import Foundation
import RenkeiStatistics

/// Histograms of many cells that are filled from a buffer, cell by cell.
///
/// A cell's counts cover a few kilobytes; visiting every cell for every block would fetch them from
/// far memory each time. So blocks leave their slots in a buffer, two bytes a value, and a whole
/// batch of blocks is counted while a cell's counts are near.
final class HistogramBatch {
  /// Upper bound of the buffer, in bytes.
  private static let bufferLimit = 64 << 20

  let arena: LogHistogramArena
  private let kernels: UnsafePointer<rk_kernels>
  private let slots: UnsafeMutablePointer<UInt16>
  private let blocksPerBatch: Int
  private var blocks = 0
  private var paths = 0

  init(cells: Int, kernels: UnsafePointer<rk_kernels>) {
    arena = Self.lazyArena(cells: cells)
    self.kernels = kernels
    let bytesPerBlock = max(1, cells * BlockRunner.width * MemoryLayout<UInt16>.stride)
    blocksPerBatch = min(VectorEngine.chunkBlocks, max(1, Self.bufferLimit / bytesPerBlock))
    slots = .allocate(capacity: max(1, cells * blocksPerBatch * BlockRunner.width))
  }

  deinit { slots.deallocate() }

  /// Memory that the system backs with pages only where a count falls.
  static func lazyArena(cells: Int) -> LogHistogramArena {
    guard let memory = calloc(1, max(1, LogHistogramArena.byteCount(cellCount: cells))) else {
      preconditionFailure("the memory preflight promised room for the histograms")
    }
    return LogHistogramArena(cellCount: cells, zeroedMemory: memory, release: { free($0) })
  }

  /// Leaves a column of the present block for a cell; every cell is left once a block.
  func add(_ column: UnsafePointer<Double>, cell: Int) {
    kernels.pointee.histogram_slots(
      column, slots + (cell * blocksPerBatch + blocks) * BlockRunner.width)
  }

  /// Ends a block of `paths` paths; only the last block of a chunk may hold fewer than 512.
  func endBlock(paths: Int) {
    blocks += 1
    self.paths += paths
    if blocks == blocksPerBatch { flush() }
  }

  /// Counts what the buffer holds.
  func flush() {
    for cell in 0..<arena.cellCount {
      arena.record(
        slots: slots + cell * blocksPerBatch * BlockRunner.width, count: paths, cell: cell)
    }
    blocks = 0
    paths = 0
  }
}
