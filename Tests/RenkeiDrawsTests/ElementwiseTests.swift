// SPDX-License-Identifier: GPL-3.0-or-later

import CColumnKernels
import Foundation
import RenkeiDraws
import Testing

@Suite("Elementwise kernels do what they say, also in place")
struct ElementwiseTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let kernel:
      @Sendable (rk_kernels, [UnsafePointer<Double>], UnsafeMutablePointer<Double>) -> Void
    let expected: @Sendable (_ x: Double, _ w: Double, _ v: Double) -> Double
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "fill") {
      $0.fill(2.5, $2)
    } expected: { _, _, _ in
      2.5
    },
    Case(name: "affine") {
      $0.affine(1.1, $1[0], 0.3, $2)
    } expected: { x, _, _ in
      fma(1.1, x, 0.3)
    },
    Case(name: "scaled_sum") {
      $0.scaled_sum(1.1, $1[0], 0.7, $1[1], $2)
    } expected: { x, w, _ in
      fma(1.1, x, 0.7 * w)
    },
    Case(name: "multiply_add") {
      $0.multiply_add($1[0], $1[1], $1[2], $2)
    } expected: {
      fma($0, $1, $2)
    },
    Case(name: "multiply") {
      $0.multiply($1[0], $1[1], $2)
    } expected: { x, w, _ in
      x * w
    },
    Case(name: "add") {
      $0.add($1[0], $1[1], $2)
    } expected: { x, w, _ in
      x + w
    },
    Case(name: "divide") {
      $0.divide($1[0], $1[1], $2)
    } expected: { x, w, _ in
      x / w
    },
    Case(name: "minimum") {
      $0.minimum($1[0], 0.25, $2)
    } expected: { x, _, _ in
      x.isNaN ? x : (x > 0.25 ? 0.25 : x)
    },
    Case(name: "maximum") {
      $0.maximum($1[0], 0.25, $2)
    } expected: { x, _, _ in
      x.isNaN ? x : (x < 0.25 ? 0.25 : x)
    },
    Case(name: "square_root") {
      $0.square_root($1[0], $2)
    } expected: { x, _, _ in
      x.squareRoot()
    },
    Case(name: "clamp") {
      $0.clamp($1[0], -1, 1.5, $2)
    } expected: { x, _, _ in
      x.isNaN ? x : (x < -1 ? -1 : (x > 1.5 ? 1.5 : x))
    },
  ]

  static func inputs(seed: UInt64) -> [[Double]] {
    var random = TestBits(seed: seed)
    let special = [0, -0.0, 1, -1, .infinity, -.infinity, .nan, 0.25, 1.5, 0x1p-1030, 1e308]
    return (0..<3).map { k in
      let shift = 3 * k
      let head = special[shift...] + special[..<shift]
      return head
        + (0..<ColumnBuffer.width - special.count).map { _ in
          random.spread(exponents: -30..<30)
        }
    }
  }

  @Test("Against plain arithmetic", arguments: InstructionSet.available, cases)
  func elementwise(_ set: InstructionSet, _ item: Case) {
    let columns = Self.inputs(seed: 6)
    let expected = (0..<ColumnBuffer.width).map {
      item.expected(columns[0][$0], columns[1][$0], columns[2][$0])
    }
    let kernels = ColumnKernels(set)
    #expect(firstDifference(kernels.apply(columns, item.kernel), expected) == nil)
    #expect(firstDifference(kernels.applyInPlace(columns, item.kernel), expected) == nil)
  }

  @Test("add_scaled adds to what the output holds", arguments: InstructionSet.available)
  func addScaled(_ set: InstructionSet) {
    let columns = Self.inputs(seed: 7)
    let y = ColumnKernels(set).applyInPlace(columns) { $0.add_scaled(-1.7, $1[1], $2) }
    #expect(firstDifference(y, zip(columns[0], columns[1]).map { fma(-1.7, $1, $0) }) == nil)
  }
}

@Suite("Fused multiply-add is exact on every instruction set")
struct FusedMultiplyAddTests {
  /// Operands that tell a fused operation from an unfused or half-exact one.
  enum Kind: CaseIterable { case ordinary, cancelling, tied, lopsided, extreme }

  static func triple(_ kind: Kind, _ random: inout TestBits) -> (Double, Double, Double) {
    let exponents = kind == .extreme ? -1060..<1023 : -60..<60
    let (a, b) = (random.spread(exponents: exponents), random.spread(exponents: exponents))
    switch kind {
    case .ordinary, .extreme:
      return (a, b, random.spread(exponents: exponents))
    case .cancelling:
      // Exactly −a·b rounded, or a few units in the last place off it.
      var c = -(a * b)
      for _ in 0..<random.bits() % 4 { c = c.nextUp }
      return (a, b, c)
    case .tied:
      // Short factors and a summand near half a unit in the last place: sums close to a tie.
      let short = Double(bitPattern: a.bitPattern & ~0x3fff_ffff)
      let other = Double(bitPattern: b.bitPattern & ~0x1fff_ffff)
      let unit = (short * other).ulp / 2
      return (short, other, random.bits() & 1 == 0 ? unit : -unit * (1 + 0x1p-52))
    case .lopsided:
      return (a, b, a * b * random.spread(exponents: -110..<110))
    }
  }

  @Test(
    "Against the system's fma, 30,720 triples each", arguments: InstructionSet.available,
    Kind.allCases)
  func exact(_ set: InstructionSet, _ kind: Kind) {
    var random = TestBits(seed: 8)
    let kernels = ColumnKernels(set)
    for _ in 0..<60 {
      let triples = (0..<ColumnBuffer.width).map { _ in Self.triple(kind, &random) }
      let columns = [triples.map(\.0), triples.map(\.1), triples.map(\.2)]
      let y = kernels.apply(columns) { $0.multiply_add($1[0], $1[1], $1[2], $2) }
      let difference = firstDifference(y, triples.map { fma($0.0, $0.1, $0.2) })
      #expect(difference == nil)
      if difference != nil { return }
    }
  }

  @Test("Zeros keep their sign, NaN and ∞ pass", arguments: InstructionSet.available)
  func special(_ set: InstructionSet) {
    let values = [
      0, -0.0, 1, -1, .leastNonzeroMagnitude, -0x1p-1023, 1e-200, 1e200, -.infinity, .infinity,
      .nan,
    ]
    var triples: [(Double, Double, Double)] = []
    for a in values { for b in values { for c in values { triples.append((a, b, c)) } } }
    let columns = [triples.map(\.0), triples.map(\.1), triples.map(\.2)].map { $0.columns() }
    for k in columns[0].indices {
      let inputs = columns.map { $0[k] }
      let y = ColumnKernels(set).apply(inputs) { $0.multiply_add($1[0], $1[1], $1[2], $2) }
      let expected = inputs[0].indices.map { fma(inputs[0][$0], inputs[1][$0], inputs[2][$0]) }
      #expect(firstDifference(y, expected) == nil)
    }
  }
}
