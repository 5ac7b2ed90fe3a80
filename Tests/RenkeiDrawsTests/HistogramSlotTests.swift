// SPDX-License-Identifier: GPL-3.0-or-later

import CColumnKernels
import RenkeiDraws
import Testing

@Suite("Slots of a histogram: their span, and where they begin to be counted")
struct HistogramSlotTests {
  private static let first = UInt16(RK_SLOT_FIRST_BIN)
  /// Slots outside the bins between the lowest, the highest and middling bins.
  private static let pattern: [UInt16] = [
    1, 2, 3, first + 40, first + 7, 3, first + UInt16(RK_SLOT_BINS) - 1, 1, first + 4_000,
  ]

  @Test("whatever the number of slots", arguments: InstructionSet.available)
  func spanAndBase(_ set: InstructionSet) {
    let kernels = ColumnKernels(set).table
    for count in [1, 3, 5, 31, 33, 128, 511, 512] {
      let slots = (0..<count).map { Self.pattern[$0 % Self.pattern.count] }
      let bins = slots.filter { $0 >= Self.first }.map { $0 - Self.first }
      var (lowest, end): (UInt16, UInt16) = (0, 0)
      kernels.pointee.slot_span(slots, Int32(count), &lowest, &end)
      if let least = bins.min(), let most = bins.max() {
        #expect(lowest == least && end == most + 1)
      } else {
        #expect(lowest >= end)
      }
      let below = bins.min() ?? 0
      var moved = slots
      kernels.pointee.rebase_slots(&moved, Int32(count), below)
      #expect(moved == slots.map { $0 >= Self.first ? $0 - below : $0 })
    }
  }
}
