// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiStatistics
import Testing

@Suite struct OrderStatisticsTests {
  enum Sample: String, CaseIterable, Sendable {
    case one, two, allEqual, zeros, wide, narrow, negative, mixedSigns, atomAtZero, fewValues
    case subnormal, infinities, neighbours, oneOutlier, signedZeros, descending

    func values(_ generator: inout SeededGenerator) -> [Double] {
      let n = 5_000
      switch self {
      case .one: return [3.25]
      case .two: return [7, -7]
      case .allEqual: return [Double](repeating: 1e9, count: n)
      case .zeros: return [Double](repeating: 0, count: n)
      case .wide:
        return (0..<n).map { _ in
          Double(bitPattern: generator.next() % Double.infinity.bitPattern)
        }
      case .narrow: return (0..<n).map { _ in 1e9 * (1 + 1e-9 * generator.nearlyNormal()) }
      case .negative: return (0..<n).map { _ in -1e6 - generator.unit() }
      case .mixedSigns: return (0..<n).map { _ in 1e9 * generator.nearlyNormal() }
      case .atomAtZero:
        return (0..<n).map { _ in generator.unit() < 0.3 ? 0 : 1e9 + 1e8 * generator.nearlyNormal()
        }
      case .fewValues: return (0..<n).map { _ in Double(generator.next() % 5) }
      case .subnormal: return (0..<n).map { _ in generator.unit() * 0x1p-1030 }
      case .infinities:
        return (0..<n).map { $0 % 3 == 0 ? .infinity : $0 % 3 == 1 ? -.infinity : generator.unit() }
      case .neighbours:
        return (0..<n).map { Double(bitPattern: 0x4000_0000_0000_0000 + UInt64($0 % 97)) }
      case .oneOutlier: return [1e300] + (0..<n).map { _ in 5 + 1e-6 * generator.unit() }
      case .signedZeros: return (0..<n).map { $0 % 2 == 0 ? 0 : -0.0 } + [1]
      case .descending: return (0..<n).map { Double(n - $0) }
      }
    }
  }

  private let levels = [0.5, 0, 0.05, 0.10, 0.25, 0.25, 0.75, 0.90, 0.95, 0.999, 1]

  @Test(arguments: Sample.allCases)
  func quantilesAreThoseOfTheSortedArray(sample: Sample) {
    var generator = SeededGenerator(seed: 5)
    let values = sample.values(&generator)
    let sorted = values.sorted()
    let scratch = SelectionScratch()
    let expected = levels.map {
      sorted[OrderStatistics.rank(level: $0, count: values.count) - 1] + 0
    }
    for arrangement in [values, values.shuffled(using: &generator)] {
      let found = arrangement.withUnsafeBufferPointer {
        OrderStatistics.quantiles(of: $0, levels: levels, scratch: scratch)
      }
      #expect(found.map(\.bitPattern) == expected.map(\.bitPattern))
    }
  }

  @Test func everyRankIsFoundWithOneScratch() {
    var generator = SeededGenerator(seed: 6)
    let scratch = SelectionScratch()
    for count in [1, 2, 3, 24, 25, 26, 300] {
      let values = (0..<count).map { _ in generator.nearlyNormal() }
      let found = values.withUnsafeBufferPointer {
        OrderStatistics.orderStatistics(of: $0, ranks: Array(1...count), scratch: scratch)
      }
      #expect(found == values.sorted())
    }
  }

  @Test func ranksAreThoseOfExactArithmetic() {
    for count in 1...1_000 {
      for percent in 0...100 {
        let expected = max(1, (count * percent + 99) / 100)
        let rank = OrderStatistics.rank(level: Double(percent) / 100, count: count)
        if rank != expected {
          Issue.record("\(percent)% of \(count): \(rank), not \(expected)")
          return
        }
      }
    }
    #expect(OrderStatistics.rank(level: 0.05, count: 100_000_000) == 5_000_000)
    #expect(OrderStatistics.rank(level: 0.05, count: 100_000_001) == 5_000_001)
  }

  @Test func notANumberIsRefused() async {
    await #expect(processExitsWith: .failure) {
      [1, Double.nan, 2].withUnsafeBufferPointer {
        _ = OrderStatistics.quantiles(of: $0, levels: [0.5], scratch: SelectionScratch())
      }
    }
    await #expect(processExitsWith: .failure) {
      [1, -Double.nan, 2].withUnsafeBufferPointer {
        _ = OrderStatistics.quantiles(of: $0, levels: [0.5], scratch: SelectionScratch())
      }
    }
  }
}

@Suite struct TailMeanTests {
  private func tail(_ losses: [Double], share: Double = 0.05) -> TailMean {
    losses.withUnsafeBufferPointer {
      TailMean(losses: $0, share: share, scratch: SelectionScratch())
    }
  }

  @Test func wholeNumbersOfLossesAreAveraged() {
    let tail = tail((1...100).map(Double.init))
    #expect(tail.estimate == 98 && tail.threshold == 96)
    #expect(tail.count == 100)
  }

  @Test func theBoundaryEntersInPart() {
    // 30 losses: one and a half of them, so (30 + 29/2)/1.5.
    #expect((tail((1...30).map(Double.init)).estimate - 44.5 / 1.5).magnitude < 1e-13)
    // Fewer than 20 losses: the largest alone.
    #expect(tail([3, 9, 4]).estimate == 9)
    #expect(tail([3, 9, 5], share: 1).estimate.rounded() == 6)
  }

  @Test(arguments: [1, 19, 20, 21, 999, 4_000])
  func agreesWithTheDefinitionOnTheSortedArray(count: Int) {
    var generator = SeededGenerator(seed: UInt64(count))
    let losses = (0..<count).map { _ in max(0, generator.nearlyNormal()) * 1e9 }
    let sorted = losses.sorted(by: >)
    for share in [0.01, 0.05, 0.3, 1] {
      let weight = Double(count) * share
      let whole = Int(weight.rounded(.down))
      var sum = sorted[..<whole].reduce(0, +)
      if whole < count { sum += (weight - Double(whole)) * sorted[whole] }
      let estimate = tail(losses, share: share).estimate
      // Naive summation of up to 4,000 positive terms: 4,000·2⁻⁵³ relative.
      #expect((estimate - sum / weight).magnitude <= 1e-12 * sum / weight)
    }
  }

  @Test func constantAndZeroLossesHaveNoError() {
    let zero = tail([Double](repeating: 0, count: 1_000))
    #expect(zero.estimate == 0 && zero.standardError == 0)
    let constant = tail([Double](repeating: 0.1, count: 777))
    #expect(constant.estimate == 0.1 && constant.standardError == 0)
    #expect(tail([5]).standardError == nil && tail([5]).interval() == nil)
    #expect(tail([1, .infinity], share: 1).estimate == .infinity)
  }

  @Test func standardErrorOfAUniformIsTheClosedForm() throws {
    let n = 100_000
    let tail = tail((0..<n).map { (Double($0) + 0.5) / Double(n) })
    #expect((tail.estimate - 0.975).magnitude < 1e-5)
    // (U − 0.95)⁺ has mean 0.05²/2 and second moment 0.05³/3.
    let variance = 0.05 * 0.05 * 0.05 / 3 - 0.00125 * 0.00125
    let expected = (variance / Double(n)).squareRoot() / 0.05
    #expect((try #require(tail.standardError) / expected - 1).magnitude < 1e-3)
  }

  @Test func theIntervalCoversTheTruth() throws {
    var covered = 0
    let repetitions = 400
    for seed in 0..<repetitions {
      var generator = SeededGenerator(seed: UInt64(seed) << 32)
      let tail = tail((0..<1_000).map { _ in generator.unit() })
      if try #require(tail.interval()).contains(0.975) { covered += 1 }
    }
    // 50 values in the tail: a little below 95%. Five standard errors of the count are 22.
    #expect(covered >= 380 - 30 && covered < repetitions)
  }
}
