// SPDX-License-Identifier: GPL-3.0-or-later

import CColumnKernels
import RenkeiDraws
import Testing

@Suite("Slots of a histogram")
struct HistogramSlotTests {
  private static let edges: [Double] = [
    0, -0.0, .leastNonzeroMagnitude, 0.0625.nextDown, 0.0625, 1, 1.0078125.nextDown, 1.0078125,
    9_999_999, 1e7, 0x1p60.nextDown, 0x1p60, .infinity,
  ]

  /// By exponent and significand, where the kernel cuts bits.
  private func bin(_ x: Double) -> Int {
    128 * (Int(x.exponent) + 4) + Int((x.significand - 1) * 128)
  }

  @Test("of every value, with their pages", arguments: InstructionSet.available)
  func slotsAndPages(_ set: InstructionSet) {
    let kernels = ColumnKernels(set).table
    let width = Int(RK_WIDTH)
    let x = ColumnBuffer(count: 1)
    var slots = [UInt16](repeating: 0, count: width)
    // The edges at every lane, then values of all sizes.
    for shift in 0..<9 {
      let values = (0..<width).map { place -> Double in
        place < 100
          ? Self.edges[(place + shift) % Self.edges.count]
          : 0.01 * Double(sign: .plus, exponent: (place + shift) % 68, significand: 1)
            * (1 + Double(place) / 512)
      }
      x.set(0, to: values)
      let pages = kernels.pointee.histogram_slots(x[0], &slots)
      let zeros = UInt16(RK_SLOT_ZERO)..<UInt16(RK_SLOT_ZERO + RK_SLOT_ZEROS)
      for (value, slot) in zip(values, slots) {
        if value == 0 {
          #expect(zeros.contains(slot))
        } else if value < 0.0625 {
          #expect(slot == UInt16(RK_SLOT_UNDERFLOW))
        } else if value >= 0x1p60 {
          #expect(slot == UInt16(RK_SLOT_OVERFLOW))
        } else {
          #expect(Int(slot) == Int(RK_SLOT_FIRST_BIN) + bin(value), "\(value)")
        }
      }
      #expect(pages == slots.reduce(0) { $0 | 1 << UInt64($1 / UInt16(RK_SLOT_PAGE)) })
    }
  }
}
