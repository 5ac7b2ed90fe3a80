// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiStatistics
import Testing

@Suite struct ShiftedMomentsTests {
  private func moments(_ values: [Double]) -> ShiftedMoments {
    var moments = ShiftedMoments(shift: values[0])
    for x in values { moments.add(x) }
    return moments
  }

  private func relativeError(_ a: Double, _ b: Double) -> Double { (a - b).magnitude / b.magnitude }

  // Certified means have 15 digits. A thousand additions of half an ulp each, as a random walk, stay
  // below 1e-14; the standard deviation of the numbers as rounded to double likewise.
  @Test(arguments: NISTDataset.all)
  func agreesWithNISTCertifiedValues(set: NISTDataset) throws {
    let moments = moments(set.values)
    #expect(relativeError(try #require(moments.mean), set.certifiedMean) < 1e-14)
    let deviation = try #require(moments.standardDeviation)
    #expect(relativeError(deviation, set.exactStandardDeviation) < 1e-14)
    // What rounding the data to double precision did is not ours; it is at most 1e-8 in NumAcc4.
    let lost = relativeError(set.exactStandardDeviation, set.certifiedStandardDeviation)
    #expect(relativeError(deviation, set.certifiedStandardDeviation) < lost + 1e-14)
    #expect(lost < 1e-8)
  }

  @Test(arguments: NISTDataset.all)
  func columnsAddToTheSameValuesAsSingles(set: NISTDataset) throws {
    var columns = ShiftedMoments(shift: set.values[0])
    set.values.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      columns.add(column: base, count: 2)
      columns.add(column: base + 2, count: buffer.count - 2)
    }
    #expect(columns.count == set.values.count)
    let deviation = try #require(columns.standardDeviation)
    #expect(relativeError(deviation, set.exactStandardDeviation) < 1e-14)
    #expect(relativeError(try #require(columns.mean), set.certifiedMean) < 1e-14)
  }

  @Test(arguments: [0, 1.0 / 3, 1e300, Double.leastNonzeroMagnitude, -7.1])
  func constantValuesHaveExactlyNoVariance(value: Double) {
    let moments = moments([Double](repeating: value, count: 1_001))
    #expect(moments.variance == 0)
    #expect(moments.standardErrorOfMean == 0)
    #expect(moments.mean == value)
  }

  @Test func undefinedIsNil() {
    var moments = ShiftedMoments(shift: 4)
    #expect(moments.mean == nil && moments.variance == nil)
    #expect(moments.standardErrorOfMean == nil && moments.meanInterval() == nil)
    moments.add(6)
    #expect(moments.mean == 6 && moments.standardDeviation == nil)
    moments.add(2)
    #expect(moments.mean == 4 && moments.variance == 8)
    #expect(moments.standardErrorOfMean == 2)
  }

  @Test func mergingAddsTheSums() {
    let values = (0..<1_000).map { Double(($0 * 7_919) % 1_009) }
    let whole = moments(values)
    var left = ShiftedMoments(shift: values[0])
    var right = ShiftedMoments(shift: values[0])
    for x in values[..<300] { left.add(x) }
    for x in values[300...] { right.add(x) }
    left.merge(right)
    // Whole numbers below 2⁵³ add without rounding.
    #expect(left == whole)
  }

  @Test func differentShiftsDoNotMerge() async {
    await #expect(processExitsWith: .failure) {
      var a = ShiftedMoments(shift: 1)
      a.merge(ShiftedMoments(shift: 2))
    }
  }

  @Test func compensatedSumKeepsWhatPlainAdditionLoses() {
    var sum = NeumaierSum()
    for x in [1, 1e100, 1, -1e100] { sum.add(x) }
    #expect(sum.value == 2)
    // A million tenths: the double nearest to 0.1, times 10⁶, rounded once.
    var tenths = NeumaierSum()
    var plain = 0.0
    for _ in 0..<1_000_000 {
      tenths.add(0.1)
      plain += 0.1
    }
    #expect(tenths.value == 100_000)
    #expect(plain != 100_000)
  }

  @Test func compensatedSumsMergeAndPassInfinity() {
    var a = NeumaierSum()
    a.add(1e16)
    a.add(1)
    var b = NeumaierSum(-1e16)
    b.add(1)
    a.merge(b)
    #expect(a.value == 2)
    a.add(.infinity)
    #expect(a.value == .infinity)
    a.add(1)
    #expect(a.value == .infinity)
    #expect(NeumaierSum(high: 3, correction: 0.5).value == 3.5)
  }
}
