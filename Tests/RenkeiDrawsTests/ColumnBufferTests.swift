// SPDX-License-Identifier: GPL-3.0-or-later

import RenkeiDraws
import Testing

@Suite("Column buffers")
struct ColumnBufferTests {
  @Test("Columns are aligned for the widest vectors, start as zeros and do not overlap")
  func layout() {
    let buffer = ColumnBuffer(count: 3)
    for k in 0..<3 {
      #expect(UInt(bitPattern: buffer[k]) % 64 == 0)
      #expect(buffer.values(k) == [Double](repeating: 0, count: 512))
    }
    for k in 0..<3 { buffer.set(k, to: [Double](repeating: Double(k + 1), count: 512)) }
    for k in 0..<3 { #expect(buffer.values(k) == [Double](repeating: Double(k + 1), count: 512)) }
  }
}
