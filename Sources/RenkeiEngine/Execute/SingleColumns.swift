// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiDraws

/// The columns that plans in single precision need beside a workspace's: floats, and doubles by year.
final class SingleColumns {
  let score: UnsafeMutablePointer<Float>
  let walk: UnsafeMutablePointer<Float>
  let cumulative: UnsafeMutablePointer<Float>
  /// By year, one after another: drift, scores that are not normals, and products of factors.
  let drift: UnsafeMutablePointer<Float>
  let steps: UnsafeMutablePointer<Float>
  let factors: UnsafeMutablePointer<Float>
  /// Revenue of a plan, by year.
  let revenue: ColumnBuffer
  /// Its revenue to date, by year.
  let toDate: ColumnBuffer
  /// Clocks that differ from year to year.
  let clocks: ColumnBuffer
  /// Doubles from a year's column to the next one's.
  let stride: Int
  private let floats: UnsafeMutablePointer<Float>

  init(years: Int) {
    let width = BlockRunner.width
    let count = (3 + 3 * max(1, years)) * width
    floats = UnsafeMutableRawPointer.allocate(
      byteCount: count * MemoryLayout<Float>.stride, alignment: 64
    ).bindMemory(to: Float.self, capacity: count)
    floats.initialize(repeating: 0, count: count)
    score = floats
    walk = floats + width
    cumulative = floats + 2 * width
    drift = floats + 3 * width
    steps = drift + years * width
    factors = steps + years * width
    revenue = ColumnBuffer(count: max(2, years))
    stride = revenue[1] - revenue[0]
    toDate = ColumnBuffer(count: max(1, years))
    clocks = ColumnBuffer(count: max(1, years))
  }

  deinit { floats.deallocate() }
}
