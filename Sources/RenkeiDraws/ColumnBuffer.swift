// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels

/// A number of columns of 512 doubles in one 64-byte aligned piece of memory, initially zero.
package final class ColumnBuffer {
  package let count: Int
  private let storage: UnsafeMutablePointer<Double>

  package init(count: Int) {
    self.count = count
    let doubles = max(1, count) * Int(RK_WIDTH)
    storage = UnsafeMutableRawPointer.allocate(
      byteCount: doubles * MemoryLayout<Double>.stride, alignment: 64
    ).bindMemory(to: Double.self, capacity: doubles)
    storage.initialize(repeating: 0, count: doubles)
  }

  deinit { storage.deallocate() }

  package subscript(index: Int) -> UnsafeMutablePointer<Double> {
    precondition(index >= 0 && index < count, "no such column")
    return storage + index * Int(RK_WIDTH)
  }
}
