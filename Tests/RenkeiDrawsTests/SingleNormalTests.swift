// SPDX-License-Identifier: GPL-3.0-or-later

import CColumnKernels
import Foundation
import RenkeiDraws
import Testing

/// Normals in single precision: the double ones rounded, on every instruction set.
@Suite("Normals in single precision")
struct SingleNormalTests {
  private static func singles(_ set: InstructionSet, seed: UInt64, stream: UInt64) -> [Float] {
    let buffer = ColumnBuffer(count: 1)
    let room = UnsafeMutableRawPointer(buffer[0])
      .assumingMemoryBound(to: Float.self)
    ColumnKernels(set).table.pointee.single_normals(seed, stream, 3, room)
    return Array(UnsafeBufferPointer(start: room, count: ColumnBuffer.width))
  }

  private static func doubles(seed: UInt64, stream: UInt64) -> [Double] {
    let buffer = ColumnBuffer(count: 1)
    ColumnKernels(.best).table.pointee.normals(seed, stream, 3, buffer[0])
    return buffer.values(0)
  }

  @Test("Every instruction set gives the same bits", arguments: InstructionSet.available)
  func sameBits(_ set: InstructionSet) {
    for stream in 0..<60 as Range<UInt64> {
      let best = Self.singles(.best, seed: 17, stream: stream)
      #expect(Self.singles(set, seed: 17, stream: stream) == best)
    }
  }

  /// A uniform near 1 is rounded to multiples of 2⁻²⁴, which moves the radius r = √(−2 ln u) by up
  /// to 2⁻²⁵/r; radius, sine and cosine add a few units of 2⁻²⁴ of their own.
  @Test("The normals of double precision, to a few units in the last place")
  func closeToDouble() {
    var squares = 0.0
    let streams = 400 as UInt64
    for stream in 0..<streams {
      let single = Self.singles(.best, seed: 5, stream: stream)
      let double = Self.doubles(seed: 5, stream: stream)
      for i in 0..<ColumnBuffer.width {
        let pair = i / 16 * 16 + i % 8
        let radius = hypot(double[pair], double[pair + 8])
        let difference = Double(single[i]) - double[i]
        let tolerance = 5 * 0x1p-24 * radius + 0x1p-24 / max(radius, 0x1p-12)
        if abs(difference) > tolerance {
          Issue.record("\(single[i]) against \(double[i]), \(stream):\(i)")
        }
        squares += difference * difference
      }
    }
    let rms = (squares / Double(streams * UInt64(ColumnBuffer.width))).squareRoot()
    #expect(rms < 1.2e-7)
    #expect(rms > 1e-8, "not rounded at all")
  }

  @Test("Moments, tails and 100 equiprobable bins over 307,200 draws")
  func distribution() {
    var (sums, beyond) = ([0.0, 0.0, 0.0, 0.0], [0, 0, 0, 0])
    var bins = [Int](repeating: 0, count: 100)
    var n = 0.0
    for stream in 0..<600 as Range<UInt64> {
      for value in Self.singles(.best, seed: 2005, stream: stream).map(Double.init) {
        for power in 0..<4 { sums[power] += pow(value, Double(power + 1)) }
        for k in 0..<4 where abs(value) > Double(k + 1) { beyond[k] += 1 }
        bins[min(99, Int(erfc(-value / 2.0.squareRoot()) * 50))] += 1
        n += 1
      }
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
    let expected = n / 100
    let statistic = bins.reduce(0) { $0 + pow(Double($1) - expected, 2) / expected }
    #expect(abs(statistic - 99) < 5 * (2.0 * 99).squareRoot())
  }

  @Test("Columns are rounded to the nearest float, on every instruction set")
  func rounding() {
    var bits = TestBits(seed: 8)
    let values = (0..<ColumnBuffer.width).map { _ in bits.spread(exponents: -100..<100) }
    for set in InstructionSet.available {
      let buffer = ColumnBuffer(count: 2)
      buffer.set(0, to: values)
      let room = UnsafeMutableRawPointer(buffer[1]).assumingMemoryBound(to: Float.self)
      ColumnKernels(set).table.pointee.round_to_single(buffer[0], room)
      for (i, value) in values.enumerated() { #expect(room[i] == Float(value)) }
    }
  }
}
