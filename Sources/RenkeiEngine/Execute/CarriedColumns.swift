// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import Foundation
import RenkeiDraws
import RenkeiModel

/// What the plans of earlier tiles have added up on every path, block by block.
///
/// A block's columns come back bit by bit, so that plans add up in canonical order whatever the
/// tiles are.
///
/// Unchecked sendable: a block belongs to one thread at a time.
final class CarriedColumns: @unchecked Sendable {
  private let memory: UnsafeMutableRawPointer
  private let bytesPerBlock: Int
  private let blocks: Range<Int>

  /// - Parameters:
  ///   - blocks: that will be computed.
  ///   - workspace: any of the run; all hold columns of the same sizes.
  init(blocks: Range<Int>, of workspace: BlockWorkspace) {
    self.blocks = blocks
    bytesPerBlock = workspace.arms.reduce(0) { $0 + $1.carriedBytes }
    guard let memory = calloc(max(1, blocks.count), max(1, bytesPerBlock)) else {
      preconditionFailure("the preflight promised room for what paths add up to")
    }
    self.memory = memory
  }

  deinit { free(memory) }

  private func place(_ block: Int) -> UnsafeMutableRawPointer {
    precondition(blocks.contains(block), "a block beyond the run")
    return memory + (block - blocks.lowerBound) * bytesPerBlock
  }

  /// Keeps a block's columns.
  func save(_ block: Int, from workspace: BlockWorkspace) {
    var target = place(block)
    for arm in workspace.arms {
      for part in arm.carriedParts {
        if let source = part.baseAddress { target.copyMemory(from: source, byteCount: part.count) }
        target += part.count
      }
    }
  }

  /// Puts a block's columns back.
  func load(_ block: Int, into workspace: BlockWorkspace) {
    var source = place(block)
    for arm in workspace.arms {
      for part in arm.carriedParts {
        part.baseAddress?.copyMemory(from: source, byteCount: part.count)
        source += part.count
      }
    }
  }
}

/// Where a tile of plans stands in a run, and what it takes over from those before it.
struct TilePlace {
  var isFirst = true
  var isLast = true
  /// Nil where one tile holds all plans.
  var carried: CarriedColumns?
}

extension ArmColumns {
  /// The memory that plans add to.
  var carriedParts: [UnsafeMutableRawBufferPointer] {
    var parts: [UnsafeMutableRawBufferPointer] = []
    if earns {
      parts += [portfolio.bytes, groups.bytes]
      parts.append(
        UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(start: counts, count: countSize)))
    }
    if let money { parts += money.carriedParts }
    return parts.filter { $0.count > 0 }
  }

  var carriedBytes: Int { carriedParts.reduce(0) { $0 + $1.count } }
}
