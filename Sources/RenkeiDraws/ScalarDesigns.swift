// SPDX-License-Identifier: GPL-3.0-or-later

extension ScalarTwin {
  /// A hash in which every bit depends on itself and lower bits alone (Laine and Karras, 2011, with
  /// the constants of Vegdahl, 2021).
  package static func nestedHash(_ digits: UInt32, key: UInt32) -> UInt32 {
    var x = digits
    x ^= x &* 0x3d20_adea
    x &+= key
    x &*= key >> 16 | 1
    x ^= x &* 0x0552_6c56
    return x ^ x &* 0x53a2_2864
  }

  /// 32 digits, the first in the highest bit, under a nested uniform scramble and a digital shift.
  package static func scrambled(_ digits: UInt32, by scramble: NetScramble) -> UInt32 {
    bitReversed(nestedHash(bitReversed(digits), key: scramble.key)) ^ scramble.shift
  }

  /// The column of points first…first + 511 of a Sobol coordinate, scrambled; see `scrambled_net`.
  package static func scrambledNet(
    dimension: Int, first: UInt32, scramble: NetScramble, seed: UInt64, stream: UInt64,
    block: UInt32
  ) -> [Double] {
    let words = words(count: ColumnBuffer.width, seed: seed, stream: stream, block: block)
    return words.enumerated().map { i, word in
      let digits = SobolSequence.point(first + UInt32(i), dimension: dimension)
      return uniform(UInt64(scrambled(digits, by: scramble)) << 32 | word >> 32)
    }
  }

  /// The column of 512 uniforms, one in each of 512 strata; see `stratified`.
  package static func stratified(seed: UInt64, stream: UInt64, block: UInt32) -> [Double] {
    let width = ColumnBuffer.width
    let words = words(count: 2 * width, seed: seed, stream: stream, block: block)
    var strata = (0..<UInt64(width)).map { $0 }
    for i in stride(from: width - 1, to: 0, by: -1) {
      strata.swapAt(i, Int(((words[width + i] >> 32) * UInt64(i + 1)) >> 32))
    }
    return (0..<width).map { uniform(strata[$0] << 55 | words[$0] >> 9) }
  }

  /// The first words at (seed, stream, block): word i comes from the generator of lane i mod 8.
  private static func words(
    count: Int, seed: UInt64, stream: UInt64, block: UInt32
  ) -> [UInt64] {
    var generators = (0..<laneCount).map {
      Xoshiro256(seed: seed, stream: stream, block: block, lane: $0)
    }
    return (0..<count).map { generators[$0 % laneCount].next() }
  }

  private static func bitReversed(_ x: UInt32) -> UInt32 {
    (0..<32).reduce(0) { $0 | (x >> UInt32($1) & 1) << UInt32(31 - $1) }
  }
}
