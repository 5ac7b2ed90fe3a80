// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import RenkeiStatistics
import Testing

@testable import RenkeiReports

@Suite("Summary")
struct RunSummaryTests {
  private let names = ["P1": "Zero-waste packaging logistics system", "P2": "P2"]

  @Test("is exact in English")
  func english() {
    let summary = RunSummary(
      outcome: SampleResult.outcome(), planNames: names, destination: "results/shinrenkei-2005")
    #expect(
      summary.text(language: .english) == """
        PENDING
        """)
  }

  @Test("is exact in Japanese")
  func japanese() {
    let summary = RunSummary(
      outcome: SampleResult.outcome(title: "新連携 2005"), planNames: ["P1": "廃棄物ゼロの梱包物流"],
      destination: "results/shinrenkei-2005")
    #expect(
      summary.text(language: .japanese) == """
        PENDING
        """)
  }

  @Test("without a goal nothing is said about one")
  func withoutGoal() {
    let summary = RunSummary(
      outcome: SampleResult.outcome(hasGoal: false), planNames: [:], destination: nil)
    let text = summary.text(language: .english)
    #expect(!text.lowercased().contains("goal"))
    #expect(!text.contains("Results in"))
  }

  @Test("several arms each have their part")
  func arms() {
    let summary = RunSummary(
      outcome: SampleResult.outcome(arms: ["certified", "none"]), planNames: [:], destination: nil)
    let lines = summary.text(language: .english, style: .terminal).split(separator: "\n")
    #expect(lines.contains("\u{1B}[1mSupport package: certified\u{1B}[0m"))
    #expect(lines.contains("\u{1B}[1mSupport package: none\u{1B}[0m"))
  }

  @Test(
    "a probability is as bold as its counts allow",
    arguments: [
      (120, "12.0% (95% interval 10.1% to 14.2%; 120 of 1,000 paths)"),
      (
        99,
        "9.9% (95% interval 8.2% to 11.9%; 99 of 1,000 paths) "
          + "[rough: fewer than 100 paths decide it, raise --paths]"
      ),
      (9, "too few paths for a figure: 9 of 1,000 paths, 95% interval 0.47% to 1.7%"),
      (995, "too few paths for a figure: 995 of 1,000 paths, 95% interval 98.8% to 99.79%"),
      (0, "at most 0.30% (none of 1,000 paths; 3/n, 95% confidence)"),
      (1_000, "at least 99.70% (all 1,000 paths; 1 - 3/n, 95% confidence)"),
    ])
  func honesty(hits: Int, text: String) {
    #expect(EnglishPhrases().probability(Proportion(hits: hits, trials: 1_000)) == text)
  }

  @Test(
    "the Japanese probability follows the same rules",
    arguments: [
      (120, "12.0%（95%信頼区間 10.1% 〜 14.2%、1,000回のうち120回）"),
      (9, "数値で示すには試行が不足：1,000回のうち9回、95%信頼区間 0.47% 〜 1.7%"),
      (0, "0.30%以下（試行1,000回のうち達成なし、3/n、信頼度95%）"),
    ])
  func honestyInJapanese(hits: Int, text: String) {
    #expect(JapanesePhrases().probability(Proportion(hits: hits, trials: 1_000)) == text)
  }
}
