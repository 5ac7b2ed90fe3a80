// SPDX-License-Identifier: GPL-3.0-or-later

import CColumnKernels

/// Storage for a fixed number of columns (none is fine), aligned as the kernels require.
///
/// Starts as zeros. Not for sharing between threads: each has its own workspace.
package final class ColumnBuffer {
  /// Doubles in a column: the paths of a block.
  package static let width = Int(RK_WIDTH)

  /// Doubles from a column to the next.
  private static let stride = Int(RK_STRIDE)

  /// Number of columns.
  package let count: Int
  private let base: UnsafeMutablePointer<Double>

  /// Zeroed storage for `count` columns.
  package init(count: Int) {
    self.count = count
    let size = max(1, count) * Self.stride
    base = UnsafeMutableRawPointer.allocate(
      byteCount: size * MemoryLayout<Double>.stride, alignment: 64
    ).bindMemory(to: Double.self, capacity: size)
    base.initialize(repeating: 0, count: size)
  }

  deinit { base.deallocate() }

  /// All columns with what lies between them.
  package var bytes: UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(
      UnsafeMutableBufferPointer(start: base, count: count * Self.stride))
  }

  /// The first value of a column; valid while the buffer lives.
  package subscript(column: Int) -> UnsafeMutablePointer<Double> {
    precondition(column >= 0 && column < count, "no column \(column) in a buffer of \(count)")
    return base + column * Self.stride
  }

  /// A copy of a column's values.
  package func values(_ column: Int) -> [Double] {
    Array(UnsafeBufferPointer(start: self[column], count: Self.width))
  }

  /// Replaces a column's values; `values` holds `width` of them.
  package func set(_ column: Int, to values: [Double]) {
    precondition(values.count == Self.width, "a column holds \(Self.width) values")
    self[column].update(from: values, count: values.count)
  }
}
