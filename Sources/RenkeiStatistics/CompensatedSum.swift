// SPDX-License-Identifier: GPL-3.0-or-later

/// A running sum that carries the rounding error of every addition beside it.
///
/// `value` = high + correction, where each step adds the exact error of `high + x`
/// (the two-sum of the larger and the smaller term). The error of the result is about one unit in
/// the last place plus n²·2⁻¹⁰⁶·Σ|x|, so totals folded in one fixed order do not lose the small
/// terms. The order still decides the last bit: fold in a fixed order.
///
/// Infinite terms are kept as infinite; a NaN makes the sum NaN.
///
/// Source: A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher
/// Summen", ZAMM 54 (1974), algorithm IV.
package struct NeumaierSum: Sendable, Hashable {
  /// The sum as plain addition would have it, in the unit of the terms.
  package private(set) var high: Double
  /// The rounding errors collected so far, in the unit of the terms.
  package private(set) var correction: Double

  /// An empty sum, or one that starts at `initial`.
  package init(_ initial: Double = 0) {
    high = initial
    correction = 0
  }

  /// A sum read back from a file: its two parts as they were.
  package init(high: Double, correction: Double) {
    self.high = high
    self.correction = correction
  }

  /// Adds one term. O(1).
  package mutating func add(_ x: Double) {
    let total = high + x
    if total.isFinite {
      correction += high.magnitude >= x.magnitude ? (high - total) + x : (x - total) + high
    }
    high = total
  }

  /// Adds another sum: its high part, then its correction.
  package mutating func merge(_ other: NeumaierSum) {
    add(other.high)
    correction += other.correction
  }

  /// The compensated total, in the unit of the terms.
  package var value: Double { high + correction }
}

extension NeumaierSum: Mergeable {}
