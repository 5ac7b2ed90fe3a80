// SPDX-License-Identifier: GPL-3.0-or-later

import CColumnKernels
import RenkeiDraws
import Testing

@Suite("Every kernel equals its scalar twin, bit for bit")
struct TwinTests {
  static let sets = InstructionSet.available

  @Test("Draw columns", arguments: sets)
  func draws(_ set: InstructionSet) {
    let kernels = ColumnKernels(set)
    let addresses: [(UInt64, UInt64, UInt32)] = [
      (0, 0, 0), (.max, .max, .max), (1, 1 << 32, 1 << 31),
      (0x1234_5678_9abc_def0, 0x0fed_cba9_8765_4321, 3), (42, 1, 2), (42, 2, 1),
    ]
    for (seed, stream, block) in addresses {
      let z = kernels.apply([]) { $0.normals(seed, stream, block, $2) }
      let u = kernels.apply([]) { $0.uniforms(seed, stream, block, $2) }
      #expect(
        firstDifference(z, ScalarTwin.normals(seed: seed, stream: stream, block: block)) == nil)
      #expect(
        firstDifference(u, ScalarTwin.uniforms(seed: seed, stream: stream, block: block)) == nil)
    }
  }

  @Test("400 normal columns are the same on every instruction set", arguments: sets)
  func manyColumns(_ set: InstructionSet) {
    for stream in 0..<400 as Range<UInt64> {
      let z = ColumnKernels(set).apply([]) { $0.normals(99, stream, 5, $2) }
      let best = ColumnKernels(.best).apply([]) { $0.normals(99, stream, 5, $2) }
      #expect(firstDifference(z, best) == nil)
    }
  }

  @Test("2^x", arguments: sets)
  func exp2(_ set: InstructionSet) {
    var random = TestBits(seed: 1)
    var x: [Double] = [
      -.infinity, -2000, (-1022.0).nextDown, -1022, (-1022.0).nextUp, -1, -0.0, 0,
      .leastNonzeroMagnitude, 0.03125,
      1, 52, 1022.97, 1023, (1023.0).nextUp, 1e300, .infinity, .nan,
    ]
    x += (0..<1000).map { _ in random.uniform(-1030..<1030) }
    x += (0..<1000).map { _ in random.uniform(-2..<2) }
    for column in x.columns() {
      let y = ColumnKernels(set).apply([column]) { $0.exp2($1[0], $2) }
      #expect(firstDifference(y, column.map(ScalarTwin.exp2)) == nil)
    }
  }

  @Test("log₂ x", arguments: sets)
  func log2(_ set: InstructionSet) {
    var random = TestBits(seed: 2)
    var x: [Double] = [
      0, .leastNonzeroMagnitude, .leastNormalMagnitude, (1.0).nextDown, 1, (1.0).nextUp, 1.96875, 2,
      3,
      .greatestFiniteMagnitude, .infinity,
    ]
    x += (0..<1000).map { _ in abs(random.spread(exponents: -1022..<1023)) }
    x += (0..<1000).map { _ in random.uniform(0.9..<1.1) }
    for column in x.columns() {
      let y = ColumnKernels(set).apply([column]) { $0.log2($1[0], $2) }
      #expect(firstDifference(y, column.map(ScalarTwin.log2)) == nil)
    }
  }

  @Test("Φ⁻¹(u)", arguments: sets)
  func normalQuantile(_ set: InstructionSet) {
    var random = TestBits(seed: 3)
    var u: [Double] = [
      0, 1, 0x1p-53, 0x1p-40, 0.25, (0.5).nextDown, 0.5, (0.5).nextUp, 0.75, 1 - 0x1p-53,
    ]
    u += (0..<1000).map { _ in random.uniform(0..<1) }
    u += (0..<400).map { _ in abs(random.spread(exponents: -53 ..< -3)) }
    for column in u.columns() {
      let z = ColumnKernels(set).apply([column]) { $0.normal_quantile($1[0], $2) }
      #expect(firstDifference(z, column.map(ScalarTwin.normalQuantile)) == nil)
    }
  }

  @Test("Piecewise cubic of one piece, of three, and with a gap", arguments: sets)
  func cubicTable(_ set: InstructionSet) {
    var random = TestBits(seed: 4)
    let coefficients = (0..<4 * 64).map { _ in random.uniform(-3..<3) }
    func piece(_ start: Double, _ end: Double, segments: Int, first: Int64) -> rk_piece {
      rk_piece(
        start: start, inverse_step: Double(segments) / (end - start),
        last_segment: Double(segments - 1), first_coefficient: first, end: end)
    }
    let tables = [
      [piece(-8.3, 8.3, segments: 64, first: 0)],
      [piece(0.5, 0.75, segments: 1, first: 4)],
      [
        piece(-8.3, -1, segments: 30, first: 0), piece(-1, 0.1, segments: 7, first: 120),
        piece(0.1, 8.3, segments: 20, first: 148),
      ],
      [piece(-2, -1, segments: 3, first: 0), piece(1, 2, segments: 5, first: 12)],
    ]
    var x = [-.infinity, .infinity, .nan, 0.0, -0.0, 1e300, 0.6]
    for edge in [-8.3, -2, -1, 0.1, 0.5, 0.75, 1, 2, 8.3] {
      x += [edge.nextDown, edge, edge.nextUp]
    }
    x += (0..<900).map { _ in random.uniform(-9..<9) }
    for pieces in tables {
      for column in x.columns() {
        let y = ColumnKernels(set).apply([column]) {
          $0.cubic_table(coefficients, pieces, Int32(pieces.count), $1[0], $2)
        }
        let twin = column.map {
          ScalarTwin.cubicTable(coefficients: coefficients, pieces: pieces, at: $0)
        }
        #expect(firstDifference(y, twin) == nil, "\(pieces.count) pieces")
      }
    }
  }

  @Test("Step function of 1, 2, 8 and 64 thresholds, padded", arguments: sets, [1, 2, 8, 64])
  func stepTable(_ set: InstructionSet, _ steps: Int) {
    var random = TestBits(seed: 5)
    let used = max(1, steps * 3 / 4)
    let padding = Array(repeating: Double.infinity, count: steps - used)
    let thresholds = (0..<used).map { _ in random.uniform(0..<1) }.sorted() + padding
    let values = (0...steps).map { Double(min($0, used)) * 10 - 3 }
    var x = thresholds.flatMap { [$0.nextDown, $0, $0.nextUp] }
    x += [-.infinity, .infinity, .nan, 0, 1] + (0..<600).map { _ in random.uniform(-0.1..<1.1) }
    for column in x.columns() {
      let y = ColumnKernels(set).apply([column]) {
        $0.step_table(thresholds, values, Int32(steps), $1[0], $2)
      }
      let twin = column.map {
        ScalarTwin.stepTable(thresholds: thresholds, values: values, at: $0)
      }
      #expect(firstDifference(y, twin) == nil)
    }
  }
}
