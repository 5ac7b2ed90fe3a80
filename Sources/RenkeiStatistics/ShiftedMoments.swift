// SPDX-License-Identifier: GPL-3.0-or-later

/// Count, sum and sum of squares of x − shift: mean and variance that merge by addition.
///
/// mean = shift + S₁/n, variance = (S₂ − S₁²/n)/(n − 1) with S₁ = Σ(x − shift), S₂ = Σ(x − shift)².
/// With a shift close to the data (the cell's path-0 value) nothing cancels, and a cell that
/// never varies has x − shift = 0 exactly, so its variance is exactly 0.
///
/// Undefined is nil, never 0: no mean for n = 0, no variance or error for n < 2.
///
/// Source: T. F. Chan, G. H. Golub, R. J. LeVeque, "Algorithms for computing the sample variance",
/// The American Statistician 37 (1983), section 3, "shifted data".
package struct ShiftedMoments: Sendable, Hashable, Mergeable {
  /// The number of values, n.
  package private(set) var count: Int
  /// The fixed value subtracted from every x, in the unit of x.
  package let shift: Double
  /// Σ(x − shift), in the unit of x.
  package private(set) var sum: Double
  /// Σ(x − shift)², in the unit of x squared.
  package private(set) var sumOfSquares: Double

  /// No values yet, about `shift` (finite, in the unit of the values).
  package init(shift: Double) {
    self.init(count: 0, shift: shift, sum: 0, sumOfSquares: 0)
  }

  /// Sums computed elsewhere: by a kernel over a column, or read back from a file.
  package init(count: Int, shift: Double, sum: Double, sumOfSquares: Double) {
    precondition(count >= 0, "a negative number of values")
    precondition(shift.isFinite, "the shift of moments must be finite")
    self.count = count
    self.shift = shift
    self.sum = sum
    self.sumOfSquares = sumOfSquares
  }

  /// Adds values whose sums about the shift are known. O(1).
  package mutating func add(count: Int, sum: Double, sumOfSquares: Double) {
    self.count += count
    self.sum += sum
    self.sumOfSquares += sumOfSquares
  }

  /// Adds one value.
  package mutating func add(_ x: Double) {
    let d = x - shift
    count += 1
    sum += d
    sumOfSquares += d * d
  }

  /// Adds a column of values as one block: four partial sums, folded in fixed order. O(count).
  ///
  /// The bits differ in the last place from adding one by one, and are the same on every machine.
  package mutating func add(column: UnsafePointer<Double>, count blockCount: Int) {
    precondition(blockCount >= 0, "a negative number of values")
    var s0 = 0.0
    var s1 = 0.0
    var s2 = 0.0
    var s3 = 0.0
    var q0 = 0.0
    var q1 = 0.0
    var q2 = 0.0
    var q3 = 0.0
    var i = 0
    while i &+ 4 <= blockCount {
      let d0 = column[i] - shift
      let d1 = column[i &+ 1] - shift
      let d2 = column[i &+ 2] - shift
      let d3 = column[i &+ 3] - shift
      s0 += d0
      s1 += d1
      s2 += d2
      s3 += d3
      q0 += d0 * d0
      q1 += d1 * d1
      q2 += d2 * d2
      q3 += d3 * d3
      i &+= 4
    }
    while i < blockCount {
      let d = column[i] - shift
      s0 += d
      q0 += d * d
      i &+= 1
    }
    count += blockCount
    sum += (s0 + s1) + (s2 + s3)
    sumOfSquares += (q0 + q1) + (q2 + q3)
  }

  /// Adds the values of `other`, whose shift must be the same. O(1).
  package mutating func merge(_ other: ShiftedMoments) {
    precondition(shift == other.shift, "moments about different shifts do not merge")
    count += other.count
    sum += other.sum
    sumOfSquares += other.sumOfSquares
  }

  /// The mean, shift + S₁/n, in the unit of x; nil for n = 0.
  package var mean: Double? {
    count > 0 ? shift + sum / Double(count) : nil
  }

  /// The sample variance with divisor n − 1, in the unit of x squared; nil for n < 2.
  ///
  /// Exactly 0 when every value equals the shift; never negative.
  package var variance: Double? {
    guard count > 1 else { return nil }
    let centred = sumOfSquares - sum * (sum / Double(count))
    return centred < 0 ? 0 : centred / Double(count - 1)
  }

  /// The square root of `variance`, in the unit of x; nil for n < 2.
  package var standardDeviation: Double? { variance?.squareRoot() }

  /// The standard error of the mean, √(variance/n), in the unit of x; nil for n < 2.
  ///
  /// Means nothing where the variance of the distribution is infinite: the caller knows.
  package var standardErrorOfMean: Double? {
    variance.map { ($0 / Double(count)).squareRoot() }
  }

  /// mean ± z·standard error, in the unit of x; nil for n < 2.
  package func meanInterval(_ confidence: ConfidenceLevel = .ninetyFive) -> Interval? {
    guard let mean, let standardErrorOfMean else { return nil }
    return Interval(around: mean, standardError: standardErrorOfMean, confidence)
  }
}
