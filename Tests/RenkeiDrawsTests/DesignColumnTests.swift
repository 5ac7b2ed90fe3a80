// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiDraws
import Testing

@Suite("Columns of sampling designs")
struct DesignColumnTests {
  /// The direction numbers of a coordinate as the kernel reads them.
  private static func directions(_ dimension: Int) -> [UInt32] {
    SobolSequence.directions(dimension: dimension).map { digits in
      (0..<32).reduce(0) { $0 | (digits >> UInt32($1) & 1) << UInt32(31 - $1) }
    }
  }

  private static func net(
    _ kernels: ColumnKernels, dimension: Int, first: UInt32, _ scramble: NetScramble,
    seed: UInt64 = 1, stream: UInt64 = 2, block: UInt32 = 3
  ) -> [Double] {
    kernels.apply([]) { table, _, u in
      table.scrambled_net(
        directions(dimension), first, scramble.key, scramble.shift, seed, stream, block, u)
    }
  }

  @Test("Points are SciPy's, in all 64 coordinates")
  func published() {
    for (index, row) in zip(SobolVectors.indices, SobolVectors.points) {
      #expect(row.count == SobolSequence.dimensionCount)
      for (dimension, digits) in row.enumerated() {
        #expect(
          SobolSequence.point(index, dimension: dimension) == digits,
          "point \(index), coordinate \(dimension)")
      }
    }
  }

  @Test("Kernels equal their scalar twins, bit for bit", arguments: InstructionSet.available)
  func twins(_ set: InstructionSet) {
    let kernels = ColumnKernels(set)
    let addresses: [(UInt64, UInt64, UInt32)] = [
      (0, 0, 0), (.max, .max, .max), (0x1234_5678_9abc_def0, 0x0fed_cba9_8765_4321, 3),
    ]
    for (seed, stream, block) in addresses {
      let strata = kernels.apply([]) { $0.stratified(seed, stream, block, $2) }
      #expect(
        firstDifference(strata, ScalarTwin.stratified(seed: seed, stream: stream, block: block))
          == nil)
      for (dimension, first) in [(0, 0), (1, 512), (63, 1 << 31), (17, .max - 511)]
        as [(Int, UInt32)]
      {
        let scramble = NetScramble(seed: seed, stream: stream, randomisation: 5)
        let points = Self.net(
          kernels, dimension: dimension, first: first, scramble, seed: seed, stream: stream,
          block: block)
        let twin = ScalarTwin.scrambledNet(
          dimension: dimension, first: first, scramble: scramble, seed: seed, stream: stream,
          block: block)
        #expect(firstDifference(points, twin) == nil, "coordinate \(dimension), point \(first)")
      }
    }
  }

  /// Two numbers that agree in their first k digits and differ in the next do the same afterwards.
  @Test("The scramble is nested")
  func nested() {
    var random = TestBits(seed: 5)
    for _ in 0..<2_000 {
      let scramble = NetScramble(seed: random.bits(), stream: random.bits(), randomisation: 1)
      let a = UInt32(truncatingIfNeeded: random.bits())
      let b = a ^ UInt32(truncatingIfNeeded: random.bits()) >> UInt32(random.bits() % 32)
      let image = ScalarTwin.scrambled(a, by: scramble) ^ ScalarTwin.scrambled(b, by: scramble)
      #expect(image.leadingZeroBitCount == (a ^ b).leadingZeroBitCount)
    }
  }

  /// A coordinate has one of any 512·2^k first points in each of as many strata; two coordinates
  /// of the published numbers have property A: one in each of the four quarters of the square.
  @Test("A scrambled sequence keeps its strata")
  func strata() {
    let kernels = ColumnKernels(.best)
    let blocks = 4
    for dimension in stride(from: 0, to: 64, by: 7) {
      let scramble = NetScramble(seed: 9, stream: UInt64(dimension), randomisation: 3)
      var hits = [Int](repeating: 0, count: blocks * 512)
      for block in 0..<blocks {
        let u = Self.net(kernels, dimension: dimension, first: UInt32(block * 512), scramble)
        for x in u { hits[Int(x * Double(hits.count))] += 1 }
      }
      #expect(hits.allSatisfy { $0 == 1 }, "coordinate \(dimension)")
    }
    let columns = (0..<8).map { dimension in
      Self.net(
        kernels, dimension: dimension, first: 1_024,
        NetScramble(seed: 9, stream: UInt64(dimension), randomisation: 0))
    }
    // Pairs among the first coordinates whose parameter t lets 512 points fill a 16 × 16 grid.
    for (a, b) in [(0, 1), (1, 2), (0, 2)] {
      var hits = [Int](repeating: 0, count: 256)
      for (x, y) in zip(columns[a], columns[b]) { hits[Int(x * 16) * 16 + Int(y * 16)] += 1 }
      #expect(hits.allSatisfy { $0 == 2 }, "coordinates \(a) and \(b)")
    }
  }

  /// Σ over 16 equal bins of the same point under 20,000 scrambles: χ² with 15 degrees of freedom
  /// exceeds 66 with probability 2e-8.
  @Test("A single scrambled point is uniform")
  func marginal() {
    for digits in [0, 0x8000_0000, 0x1234_5678] as [UInt32] {
      var hits = [Double](repeating: 0, count: 16)
      for stream in 0..<20_000 as Range<UInt64> {
        let scramble = NetScramble(seed: 3, stream: stream, randomisation: 0)
        hits[Int(ScalarTwin.scrambled(digits, by: scramble) >> 28)] += 1
      }
      let chiSquared = hits.reduce(0) { $0 + ($1 - 1_250) * ($1 - 1_250) / 1_250 }
      #expect(chiSquared < 66)
    }
  }

  @Test("A stratified column has one value in each stratum, in random order")
  func stratified() {
    let kernels = ColumnKernels(.best)
    var product = 0.0
    for stream in 0..<200 as Range<UInt64> {
      let u = kernels.apply([]) { $0.stratified(7, stream, 1, $2) }
      let v = kernels.apply([]) { $0.stratified(7, stream + 1_000, 1, $2) }
      #expect(Set(u.map { Int($0 * 512) }).count == 512)
      #expect(u.allSatisfy { $0 > 0 && $0 < 1 })
      for (a, b) in zip(u, v) { product += 12 * (a - 0.5) * (b - 0.5) }
    }
    // 200 correlations of 511 degrees of freedom each: a mean of standard deviation 1/√(200·511).
    #expect(abs(product / (200 * 512)) < 5 / (200 * 511.0).squareRoot())
  }
}
