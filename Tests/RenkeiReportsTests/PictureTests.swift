// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import Testing

@testable import RenkeiReports

@Suite("Terminal pictures")
struct PictureTests {
  /// P(total ≥ x) = 2^(−x / ¥30bn) on a grid of ¥10bn, with the goal in between.
  private static func exceedance(upTo top: Int = 40, goal: Double = 95e9) -> [ExceedanceRow] {
    let grid = (0...top).map { Double($0) * 10e9 }
    let thresholds = (grid + (grid.contains(goal) ? [] : [goal])).sorted()
    return thresholds.map { threshold in
      var (probability, rest) = (1.0, threshold)
      while rest >= 30e9 { (probability, rest) = (probability / 2, rest - 30e9) }
      return ExceedanceRow(thresholdYen: threshold, probability: probability * (1 - rest / 60e9))
    }
  }

  private func result(arms: [String], goal: Double = 95e9) -> SimulationResult {
    let sample = SampleResult.outcome(arms: arms).result
    return SimulationResult(
      title: "", startYear: 2005, horizonYears: 2, paths: 1_000, seed: 1,
      quantileLevels: sample.quantileLevels, hasPlanQuantiles: true,
      arms: sample.arms.map { arm in
        ArmResult(
          arm: arm.arm, portfolio: arm.portfolio,
          goal: GoalRow(
            goalYen: goal, promisedYen: 100e9, paths: 1_000, hits: 120, probability: 0.12,
            standardError: 0.01, interval95: 0.1...0.14, meanGapYen: 1, cvar95GapYen: 2,
            attainmentRatioMean: nil),
          plans: [], groups: [], counts: [], contributions: [],
          exceedance: Self.exceedance(goal: goal))
      })
  }

  @Test("the distribution is exact in ASCII")
  func ascii() {
    let lines = RunPicture(
      result: result(arms: ["as_planned"]), phrases: EnglishPhrases(), characters: .ascii
    ).lines
    #expect(
      lines.joined(separator: "\n") == """
        Total 2005 to 2006 in JPY bn, share of the paths
             0-20  |######################################## 33.3%
            20-40  |############################## 25.0%
            40-60  |#################### 16.7%
            60-80  |########## 8.3%
           80-100  |######## 6.3%  <- goal 95
          100-120  |##### 4.2%
          120-140  |### 2.1%
          140-160  |## 1.6%
          160-180  |# 1.0%
           >= 180  |## 1.6%

        Sales by year 2005 to 2006, median
          -#  JPY 938M to JPY 2.81bn
        """)
    #expect(lines.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } })
  }

  @Test("arms share one scale, and line up whatever their script")
  func arms() {
    let lines = RunPicture(
      result: result(arms: ["認定", "none"]), phrases: JapanesePhrases(), characters: .blocks
    ).lines
    #expect(lines[0] == "2005〜2006年の累計売上（億円、認定）、試行の割合")
    let sparks = lines.suffix(2)
    let places = sparks.map { line in
      DisplayWidth.columns(String(line.prefix { $0 != "▃" }))
    }
    #expect(places == [8, 8])
    #expect(lines.contains { $0.contains("◀ 目標 950") })
  }

  @Test("bins hold every path, the goal lies in one, the last is open")
  func bins() throws {
    for (top, goal) in [(40, 95e9), (66, 197.2e9), (100, 990e9), (12, 3e9)] {
      let rows = Self.exceedance(upTo: top, goal: goal)
      let histogram = try #require(TotalHistogram(rows, goal: goal))
      #expect((2...TotalHistogram.wantedBins + 2).contains(histogram.bins.count))
      #expect((histogram.bins.reduce(0) { $0 + $1.share } - 1).magnitude < 1e-12)
      #expect(histogram.bins.last?.high == nil)
      let index = try #require(histogram.index(of: goal))
      #expect(histogram.bins[index].high != nil || top == 100)
      for (a, b) in zip(histogram.bins, histogram.bins.dropFirst()) { #expect(a.high == b.low) }
    }
  }

  @Test("without an even grid there is no distribution")
  func noGrid() {
    #expect(TotalHistogram([], goal: nil) == nil)
    #expect(TotalHistogram(SampleResult.outcome().result.arms[0].exceedance, goal: 6e9) == nil)
  }

  @Test("bars grow by eighths, and nothing above 0 vanishes")
  func bars() {
    #expect(TextBar.text(0.5, width: 8, .ascii) == "####")
    #expect(TextBar.text(0.5, width: 8, .blocks) == "████")
    #expect(TextBar.text(0.55, width: 10, .blocks) == "█████▌")
    #expect(TextBar.text(1e-9, width: 40, .blocks) == "▏")
    #expect(TextBar.text(1e-9, width: 40, .ascii) == "#")
    #expect(TextBar.text(0, width: 40, .blocks).isEmpty)
    #expect(TextBar.text(7, width: 3, .ascii) == "###")
  }

  @Test("a spark line rises with its numbers")
  func sparks() {
    #expect(Sparkline.text([0, 1, 2, 4, 8], top: 8, .blocks) == "▁▁▂▄█")
    #expect(Sparkline.text([0, 1, 2, 4, 8], top: 8, .ascii) == "__.~#")
    #expect(Sparkline.text([0, 0], top: 0, .ascii) == "__")
  }
}
