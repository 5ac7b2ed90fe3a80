// SPDX-License-Identifier: GPL-3.0-or-later

import CColumnKernels
import RenkeiDraws

/// A reproducible source of test inputs.
struct TestBits {
  private var generator: Xoshiro256

  init(seed: UInt64) {
    generator = Xoshiro256(seed: seed, stream: 0, block: 0, lane: 0)
  }

  mutating func bits() -> UInt64 { generator.next() }

  mutating func uniform(_ range: Range<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * ScalarTwin.uniform(bits())
  }

  /// ±m·2^e with m in [1, 2) and e uniform in the range.
  mutating func spread(exponents: Range<Int>) -> Double {
    let word = bits()
    let exponent = exponents.lowerBound + Int(word & 0xfff) % exponents.count
    let m = Double(bitPattern: bits() >> 12 | 0x3ff0_0000_0000_0000)
    return Double(sign: word >> 63 == 0 ? .plus : .minus, exponent: exponent, significand: m)
  }
}

extension Sequence<Double> {
  /// The values cut into whole columns, the last one filled up by repeating its first value.
  func columns() -> [[Double]] {
    let all = Array(self)
    return stride(from: 0, to: all.count, by: ColumnBuffer.width).map { start in
      let part = all[start..<Swift.min(start + ColumnBuffer.width, all.count)]
      return part + Array(repeating: part[start], count: ColumnBuffer.width - part.count)
    }
  }
}

extension ColumnKernels {
  typealias Input = UnsafePointer<Double>
  typealias Output = UnsafeMutablePointer<Double>

  /// What `kernel` makes of input columns; the last argument of `kernel` is the output.
  func apply(_ inputs: [[Double]], _ kernel: (rk_kernels, [Input], Output) -> Void) -> [Double] {
    let buffer = ColumnBuffer(count: inputs.count + 1)
    for (k, values) in inputs.enumerated() { buffer.set(k, to: values) }
    kernel(table.pointee, inputs.indices.map { Input(buffer[$0]) }, buffer[inputs.count])
    return buffer.values(inputs.count)
  }

  /// As `apply`, with the output in the place of the first input.
  func applyInPlace(
    _ inputs: [[Double]], _ kernel: (rk_kernels, [Input], Output) -> Void
  ) -> [Double] {
    let buffer = ColumnBuffer(count: inputs.count)
    for (k, values) in inputs.enumerated() { buffer.set(k, to: values) }
    kernel(table.pointee, inputs.indices.map { Input(buffer[$0]) }, buffer[0])
    return buffer.values(0)
  }
}

/// The first place where two columns differ in bits; all NaN count as one value.
func firstDifference(_ a: [Double], _ b: [Double]) -> String? {
  guard a.count == b.count else { return "\(a.count) values against \(b.count)" }
  for (i, (x, y)) in zip(a, b).enumerated()
  where x.bitPattern != y.bitPattern && !(x.isNaN && y.isNaN) {
    return "value \(i): \(x) against \(y)"
  }
  return nil
}
