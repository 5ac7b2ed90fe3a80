// SPDX-License-Identifier: GPL-3.0-or-later

/// The bins of a histogram of non-negative values, read off the bits of the floating-point number.
///
/// A bin is one value of sign, exponent and the first 7 bits of the mantissa: 128 bins of equal
/// width in every octave. The range is 64 octaves, 2⁻⁴ ≤ x < 2⁶⁰; beside it stand a bin for x = 0
/// (−0 too), one for 0 < x < 2⁻⁴, and one for x ≥ 2⁶⁰ with +∞. In yen that is 0.06 to 10¹⁸.
///
/// A value inside the range is reported as the middle of its bin, [a, a + w) with
/// w ≤ a/128, so the relative error is at most (w/2)/a = 2⁻⁸ = 0.390625%, at the lower edge of an
/// octave. No logarithm is taken, so bins are the same on every machine.
package enum LogHistogram {
  /// Where a value is counted.
  package enum Bin: Sendable, Hashable {
    /// x = 0.
    case zero
    /// 0 < x < 2⁻⁴.
    case underflow
    /// 2⁻⁴ ≤ x < 2⁶⁰; 0 ..< `regularBinCount`, ascending with x.
    case regular(Int)
    /// x ≥ 2⁶⁰, +∞ included.
    case overflow
  }

  /// The number of octaves covered.
  package static var octaveCount: Int { 64 }
  /// The number of bins of an octave.
  package static var binsPerOctave: Int { 128 }
  /// The number of bins inside the range.
  package static var regularBinCount: Int { octaveCount * binsPerOctave }
  /// The smallest value inside the range, 2⁻⁴.
  package static var lowerLimit: Double { 0.0625 }
  /// The smallest value above the range, 2⁶⁰.
  package static var upperLimit: Double { 1_152_921_504_606_846_976.0 }
  /// The largest relative error of `representative(of:)` for a regular bin, 2⁻⁸.
  package static var relativeErrorBound: Double { 0.003_906_25 }

  /// Where values outside the range are counted; regular bins begin at a page of their own.
  static var underflowSlot: Int { 1 }
  static var overflowSlot: Int { 2 }
  static var zeroSlots: Range<Int> { 8..<16 }
  static var firstRegularSlot: Int { 256 }
  static var slotCount: Int { firstRegularSlot + regularBinCount }

  static var droppedMantissaBits: UInt64 { 52 - 7 }
  /// Sign, exponent and leading mantissa bits of 2⁻⁴.
  static var firstTopBits: UInt64 { (1023 - 4) * 128 }

  /// The regular bin of a value by its bits; `regularBinCount` or more for every value outside the
  /// range, negative and NaN included.
  @inline(__always)
  static func regularIndex(ofBits bits: UInt64) -> UInt64 {
    (bits &>> droppedMantissaBits) &- firstTopBits
  }

  /// The slot of a value. Negative and NaN are programmer mistakes. O(1).
  @inline(__always)
  static func slot(of x: Double) -> UInt16 {
    let bin = regularIndex(ofBits: x.bitPattern)
    return bin < UInt64(regularBinCount)
      ? UInt16(truncatingIfNeeded: bin &+ UInt64(firstRegularSlot)) : slot(outside: x)
  }

  private static func slot(outside x: Double) -> UInt16 {
    precondition(x >= 0, "a histogram value is negative or NaN")
    return UInt16(x == 0 ? zeroSlots.lowerBound : x < lowerLimit ? underflowSlot : overflowSlot)
  }

  /// The bin of a value. Negative and NaN are programmer mistakes. O(1).
  package static func bin(of x: Double) -> Bin {
    precondition(x >= 0, "a histogram value is negative or NaN")
    if x == 0 { return .zero }
    if x < lowerLimit { return .underflow }
    if x >= upperLimit { return .overflow }
    return .regular(Int(regularIndex(ofBits: x.bitPattern)))
  }

  /// The lower edge of regular bin `index`; exact. Index `regularBinCount` gives the upper limit.
  package static func lowerEdge(ofRegular index: Int) -> Double {
    precondition(index >= 0 && index <= regularBinCount, "no such histogram bin")
    return Double(bitPattern: (firstTopBits + UInt64(index)) &<< droppedMantissaBits)
  }

  /// The value that stands for a bin: 0, 2⁻⁵, the middle of a regular bin, or +∞.
  ///
  /// Below the range and above it the relative error has no bound.
  package static func representative(of bin: Bin) -> Double {
    switch bin {
    case .zero: return 0
    case .underflow: return lowerLimit / 2
    case .regular(let index):
      let a = lowerEdge(ofRegular: index)
      let b = lowerEdge(ofRegular: index + 1)
      return a + (b - a) / 2
    case .overflow: return .infinity
    }
  }
}
