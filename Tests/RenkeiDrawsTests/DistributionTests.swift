// SPDX-License-Identifier: GPL-3.0-or-later

import CColumnKernels
import Foundation
import RenkeiDraws
import Testing

/// Draws of fixed seeds against the laws they should follow; every statistic within 5 standard errors.
@Suite("Draws follow their distributions")
struct DistributionTests {
  /// `columns` draw columns, one stream each.
  private static func draws(
    columns: Int, seed: UInt64,
    _ kernel: (rk_kernels, UInt64, UInt64, UnsafeMutablePointer<Double>) -> Void
  ) -> [Double] {
    let table = ColumnKernels(.best).table.pointee
    let buffer = ColumnBuffer(count: 1)
    var all: [Double] = []
    all.reserveCapacity(columns * ColumnBuffer.width)
    for stream in 0..<columns {
      kernel(table, seed, UInt64(stream), buffer[0])
      all += buffer.values(0)
    }
    return all
  }

  /// Standardised χ² of counts expected to be equal: (χ² − k + 1) / √(2(k − 1)).
  private static func chiSquareScore(_ counts: [Int]) -> Double {
    let expected = Double(counts.reduce(0, +)) / Double(counts.count)
    let statistic = counts.reduce(0) { $0 + pow(Double($1) - expected, 2) / expected }
    let freedom = Double(counts.count - 1)
    return (statistic - freedom) / (2 * freedom).squareRoot()
  }

  private static func correlation(_ x: [Double], _ y: [Double]) -> Double {
    let n = Double(x.count)
    var (sx, sy, sxx, syy, sxy) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for (a, b) in zip(x, y) {
      sx += a
      sy += b
      sxx += a * a
      syy += b * b
      sxy += a * b
    }
    return (sxy - sx * sy / n) / ((sxx - sx * sx / n) * (syy - sy * sy / n)).squareRoot()
  }

  @Test("Normals: moments, tails and 200 equiprobable bins over 512,000 draws")
  func normals() {
    let z = Self.draws(columns: 1000, seed: 2005) { $0.normals($1, $2, 0, $3) }
    let n = Double(z.count)
    var sums = [0.0, 0.0, 0.0, 0.0]
    var beyond = [0, 0, 0, 0]
    var bins = [Int](repeating: 0, count: 200)
    for value in z {
      let square = value * value
      sums[0] += value
      sums[1] += square
      sums[2] += square * value
      sums[3] += square * square
      for k in 0..<4 where abs(value) > Double(k + 1) { beyond[k] += 1 }
      bins[min(199, Int(erfc(-value / 2.0.squareRoot()) * 100))] += 1
      if abs(value) > 8.3 { Issue.record("|z| = \(abs(value))") }
    }
    // Raw moments 0, 1, 0, 3 of z, z², z³, z⁴ with variances 1, 2, 15, 96.
    for (k, (mean, variance)) in [(0.0, 1.0), (1, 2), (0, 15), (3, 96)].enumerated() {
      #expect(abs(sums[k] / n - mean) < 5 * (variance / n).squareRoot(), "moment \(k + 1)")
    }
    for k in 0..<4 {
      let p = erfc(Double(k + 1) / 2.0.squareRoot())
      #expect(
        abs(Double(beyond[k]) - n * p) < 5 * (n * p * (1 - p)).squareRoot(), "beyond \(k + 1)")
    }
    #expect(abs(Self.chiSquareScore(bins)) < 5)
  }

  @Test("Uniforms: strictly inside (0, 1), mean, variance and 200 bins over 256,000 draws")
  func uniforms() {
    let u = Self.draws(columns: 500, seed: 2006) { $0.uniforms($1, $2, 0, $3) }
    let n = Double(u.count)
    var bins = [Int](repeating: 0, count: 200)
    var (sum, squares) = (0.0, 0.0)
    for value in u {
      if value <= 0 || value >= 1 { Issue.record("u = \(value)") }
      bins[Int(value * 200)] += 1
      sum += value - 0.5
      squares += (value - 0.5) * (value - 0.5)
    }
    #expect(abs(sum / n) < 5 * (1 / 12 / n).squareRoot())
    // Var (u − ½)² = 1/80 − 1/144 = 1/180.
    #expect(abs(squares / n - 1.0 / 12) < 5 * (1 / 180 / n).squareRoot())
    #expect(abs(Self.chiSquareScore(bins)) < 5)
    #expect(ScalarTwin.uniform(0) == 0x1p-53)
    #expect(ScalarTwin.uniform(.max) == 1 - 0x1p-53)
  }

  @Test("Adjacent streams, seeds and blocks are uncorrelated: 600 pairs of columns")
  func adjacentColumns() {
    let table = ColumnKernels(.best).table.pointee
    let buffer = ColumnBuffer(count: 2)
    let limit = 5 / Double(ColumnBuffer.width).squareRoot()
    for k in 0..<200 as Range<UInt64> {
      for (seed, stream, block) in [(7, k + 1, 0), (8, k, 0), (7, k, 1)]
        as [(UInt64, UInt64, UInt32)]
      {
        table.normals(7, k, 0, buffer[0])
        table.normals(seed, stream, block, buffer[1])
        let (x, y) = (buffer.values(0), buffer.values(1))
        #expect(abs(Self.correlation(x, y)) < limit)
        #expect(abs(Self.correlation(x.map { $0 * $0 }, y.map { $0 * $0 })) < limit)
      }
    }
  }

  @Test("Within a column, neighbours and the two halves of a pair are uncorrelated")
  func withinColumns() {
    let z = Self.draws(columns: 200, seed: 2007) { $0.normals($1, $2, 0, $3) }
    for lag in [1, 2, 7, 8, 16, 64, 512] {
      let x = Array(z.dropLast(lag))
      let y = Array(z.dropFirst(lag))
      let limit = 5 / Double(x.count).squareRoot()
      #expect(abs(Self.correlation(x, y)) < limit, "lag \(lag)")
      #expect(
        abs(Self.correlation(x.map { $0 * $0 }, y.map { $0 * $0 })) < limit, "squares, lag \(lag)")
    }
  }

  @Test("An address names its column: other addresses, other draws; the same address, the same")
  func addresses() {
    let table = ColumnKernels(.best).table.pointee
    let buffer = ColumnBuffer(count: 1)
    func first(_ seed: UInt64, _ stream: UInt64, _ block: UInt32) -> Double {
      table.uniforms(seed, stream, block, buffer[0])
      return buffer[0][0]
    }
    let base = first(1, 2, 3)
    #expect(first(1, 2, 3) == base)
    let others = [
      first(2, 2, 3), first(1, 3, 3), first(1, 2, 4), first(1 | 1 << 32, 2, 3),
      first(1, 2 | 1 << 32, 3), first(1, 2, 3 | 1 << 31),
    ]
    #expect(Set(others + [base]).count == 7)
  }
}
