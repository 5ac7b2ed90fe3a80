// SPDX-License-Identifier: GPL-3.0-or-later

import CColumnKernels
import RenkeiDraws
import Testing

@Suite("Kernels of a portfolio's money give the plain sums, on every instruction set")
struct PortfolioMoneyTests {
  private static let rows = 6

  /// Amounts by path, years that it stands, and place.
  private static func kept(width: Int) -> [Double] {
    var bits = TestBits(seed: 5)
    return (0..<ColumnBuffer.width * rows * width).map { _ in bits.uniform(0..<1e8) }
  }

  @Test("What stands at the end of a year is what stands that long or longer", arguments: [4, 8])
  func standing(width: Int) {
    let kept = Self.kept(width: width)
    for set in InstructionSet.available {
      let columns = ColumnBuffer(count: Self.rows * width)
      ColumnKernels(set).table.pointee.standing_sums(
        kept, Int64(Self.rows), Int64(width), columns[0])
      for path in [0, 1, 7, 8, 300, 511] {
        for place in 0..<width {
          var sum = 0.0
          for years in (0..<Self.rows).reversed() {
            sum += kept[(path * Self.rows + years) * width + place]
            #expect(columns[years * width + place][path] == sum)
          }
        }
      }
    }
  }

  @Test("Balances follow what is drawn and stands; what ends defaults")
  func balances() {
    var bits = TestBits(seed: 6)
    let now = (0..<ColumnBuffer.width).map { _ in bits.uniform(0..<1e9) }
    let before = now.map { $0 + bits.uniform(0..<1e8) }
    let shares: [Double] = [0.75, 0.5, 0.25, 0.02].flatMap { Array(repeating: $0, count: 8) }
    for set in InstructionSet.available {
      let columns = ColumnBuffer(count: 8)
      columns.set(0, to: before)
      columns.set(1, to: now)
      shares.withUnsafeBufferPointer { shares in
        func number(_ place: Int) -> rk_operand {
          rk_operand(base: shares.baseAddress! + 8 * place, mask: 0)
        }
        var year = rk_balances(
          before: columns[0], now: columns[1], loss_before: columns[0], loss_now: columns[1],
          loss_part: 0.5, opening: number(0), closing: number(1), repaid: number(2),
          rate: number(3), entered: columns[2], interest: columns[3], paid: columns[4],
          defaulted: columns[5], lost: columns[6], owed: columns[7])
        ColumnKernels(set).table.pointee.balances(&year)
      }
      for path in [0, 5, 8, 511] {
        let (was, stands) = (before[path], now[path])
        #expect(columns[2][path] == was * 0.75)
        #expect(columns[3][path] == stands * 0.75 * 0.02)
        #expect(columns[4][path] == stands * 0.25)
        #expect(columns[5][path] == (was - stands) * 0.75)
        #expect(columns[6][path] == (0.5 * was - 0.5 * stands) * 0.75)
        #expect(columns[7][path] == stands * 0.5)
        // Paid and owed are what was owed and has not defaulted.
        let left = columns[2][path] - columns[5][path] - columns[4][path] - columns[7][path]
        #expect(abs(left) <= 1e-15 * was)
      }
    }
  }

  @Test("Patterns rank signs and what is not finite behind all amounts")
  func highestPattern() {
    for set in InstructionSet.available {
      let kernels = ColumnKernels(set)
      func highest(_ place: Int, _ value: Double, paths: Int32 = 512) -> UInt64 {
        var values = (0..<512).map(Double.init)
        values[place] = value
        let columns = ColumnBuffer(count: 1)
        columns.set(0, to: values)
        return kernels.table.pointee.highest_pattern(columns[0], paths)
      }
      #expect(highest(0, 0) == 511.0.bitPattern)
      #expect(highest(3, 900) == 900.0.bitPattern)
      #expect(highest(510, 900, paths: 509) == 508.0.bitPattern)
      #expect(highest(510, 900, paths: 511) == 900.0.bitPattern)
      for value in [-1.0, -0.0, .infinity, .nan] {
        #expect(highest(77, value) >= Double.infinity.bitPattern)
      }
    }
  }
}
