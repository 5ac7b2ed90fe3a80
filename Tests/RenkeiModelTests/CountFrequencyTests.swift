// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import RenkeiModel

/// Frequencies in a window of numbers against a dictionary of all.
struct CountFrequencyTests {
  /// Columns whose numbers lie close together, apart from each other, and at 0.
  private static let columns: [[Int32]] = [
    [500_003, 500_001, 500_001], [500_003, 500_003], [499_000, 500_100, 1_000_000], [0, 0, 0],
    [7], [], [16, 15, 17, 0],
  ]

  private static func entries(_ columns: [[Int32]]) -> [Int: Int] {
    var all: [Int: Int] = [:]
    for number in columns.flatMap({ $0 }) { all[Int(number), default: 0] += 1 }
    return all
  }

  private static func counted(_ columns: some Sequence<[Int32]>) -> CountFrequencies {
    var frequencies = CountFrequencies()
    for column in columns {
      column.withUnsafeBufferPointer {
        if let start = $0.baseAddress { frequencies.add(column: start, count: $0.count) }
      }
    }
    return frequencies
  }

  private static func dictionary(_ frequencies: CountFrequencies) -> [Int: Int] {
    Dictionary(uniqueKeysWithValues: frequencies.entries.map { ($0.plans, $0.paths) })
  }

  @Test func columnsAreCountedInAnyOrder() {
    let expected = Self.entries(Self.columns)
    for first in Self.columns.indices {
      let turned = Self.columns[first...] + Self.columns[..<first]
      let frequencies = Self.counted(turned)
      #expect(Self.dictionary(frequencies) == expected)
      #expect(frequencies.entries.map(\.plans) == expected.keys.sorted())
      #expect(frequencies == Self.counted(Self.columns))
    }
    #expect(Self.counted(Self.columns).sum == expected.reduce(0) { $0 + $1.key * $1.value })
  }

  @Test func mergingIsCountingTogether() {
    for middle in 0...Self.columns.count {
      var left = Self.counted(Self.columns[..<middle])
      left.merge(Self.counted(Self.columns[middle...]))
      #expect(Self.dictionary(left) == Self.entries(Self.columns))
    }
  }

  @Test func frequenciesThatDifferAreNotEqual() {
    var one = CountFrequencies()
    one.add(5)
    var two = one
    two.add(5)
    #expect(one != two && one != CountFrequencies())
  }
}
