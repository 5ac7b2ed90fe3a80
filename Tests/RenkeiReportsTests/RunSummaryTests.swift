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
        Shin-Renkei 2005

        Goal              ¥6.00bn (60.0億円) of revenue in 2005–2006
        Promised          ¥8.00bn (80.0億円) by 2 plans
        Likely            ¥3.75bn (37.5億円), the median of the total in 2005–2006
        90% range         ¥2.00bn to ¥8.00bn
        Mean              ¥4.00bn ± ¥31.3M (standard error), 50.0% of what was promised
        Reaches the goal  12.0% (95% interval 10.1% to 14.2%; 120 of 1,000 paths)
        Gap to the goal   ¥2.25bn on average, ¥4.50bn on average in the worst 5% of paths
        Selling in 2006   1.3 of 2 plans on average, 90% range 0 to 2
        Failed by 2006    0.5 businesses on average

        Plans that matter most (mean total, share of all plans)
          1  P1  Zero-waste packaging logistics system  ¥3.00bn  75.0%
          2  P2                                         ¥1.00bn  25.0%

        Groups that matter most
          region  関東, 東京  ¥4.00bn  100.0%

        Sales by year 2005 to 2006, median
          ▃█  ¥938M to ¥2.81bn

        Ranges are over simulated paths. Intervals and standard errors are Monte Carlo error only;
        they leave out the error of the model and of its parameters.

        1,000 paths, seed 20051003, reference engine, 0.25 s
        Results in results/shinrenkei-2005
        """)
  }

  @Test("is exact in Japanese")
  func japanese() {
    let summary = RunSummary(
      outcome: SampleResult.outcome(title: "新連携 2005"), planNames: ["P1": "廃棄物ゼロの梱包物流"],
      destination: "results/shinrenkei-2005")
    #expect(
      summary.text(language: .japanese) == """
        新連携 2005

        売上目標                  60.0億円（¥6.00bn）、2005〜2006年の累計
        計画額の合計              80.0億円（¥8.00bn）、2計画
        見込み（中央値）          37.5億円（¥3.75bn）、2005〜2006年の累計売上
        90%の範囲                 20.0億円 〜 80.0億円
        平均                      40.0億円 ± 3,125万円（標準誤差）、計画額の50.0%
        目標達成の確率            12.0%（95%信頼区間 10.1% 〜 14.2%、1,000回のうち120回）
        目標との差                平均22.5億円、差の大きい5%の試行では平均45.0億円
        2006年に売上のある計画    平均1.3件（2件中）、90%の範囲 0 〜 2件
        2006年末までの廃業・倒産  平均0.5件

        影響の大きい計画（累計売上の平均、全体に占める割合）
          1  P1  廃棄物ゼロの梱包物流  30.0億円  75.0%
          2  P2                        10.0億円  25.0%

        影響の大きいグループ
          region  関東, 東京  40.0億円  100.0%

        2005〜2006年の年間売上（中央値）
          ▃█  9.38億円 〜 28.1億円

        「範囲」は試行結果のばらつきです。信頼区間と標準誤差はモンテカルロ誤差だけを示し、
        モデルや前提となる数値の誤りは含みません。

        試行1,000回、乱数シード 20051003、計算方式 reference、0.25秒
        結果の保存先：results/shinrenkei-2005
        """)
  }

  @Test("a mean without variance stands without standard error")
  func withoutVariance() {
    #expect(
      EnglishPhrases().mean(4e9, standardError: nil, paths: 2, shareOfPromise: 0.5)
        == "¥4.00bn, without standard error: revenue has no finite variance, 50.0% of what "
        + "was promised")
    #expect(
      JapanesePhrases().mean(4e9, standardError: nil, paths: 2, shareOfPromise: nil)
        == "40.0億円（売上の分散が有限でないため標準誤差なし）")
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
    "a probability that few paths decide is flagged",
    arguments: [(99, true), (100, false), (9, false)])
  func fewHits(hits: Int, isFlagged: Bool) {
    let summary = RunSummary(
      outcome: SampleResult.outcome(hits: hits), planNames: [:], destination: nil)
    #expect(summary.text(language: .english).contains("a rough figure") == isFlagged)
    #expect(summary.text(language: .japanese).contains("概数") == isFlagged)
  }

  @Test(
    "a probability is as bold as its counts allow",
    arguments: [
      (120, "12.0% (95% interval 10.1% to 14.2%; 120 of 1,000 paths)"),
      (99, "9.9% (95% interval 8.2% to 11.9%; 99 of 1,000 paths)"),
      (9, "too few paths for a figure: 9 of 1,000 paths, 95% interval 0.47% to 1.7%"),
      (995, "too few paths for a figure: 995 of 1,000 paths, 95% interval 98.8% to 99.79%"),
      (
        0, "at most 0.30% (none of 1,000 paths; 3/n, 95% confidence); 95% interval 0.0% to 0.38%"
      ),
      (
        1_000,
        "at least 99.70% (all 1,000 paths; 1 - 3/n, 95% confidence); 95% interval 99.62% to 100.0%"
      ),
    ])
  func honesty(hits: Int, text: String) {
    #expect(EnglishPhrases().probability(Proportion(hits: hits, trials: 1_000)) == text)
  }

  @Test(
    "the Japanese probability follows the same rules",
    arguments: [
      (120, "12.0%（95%信頼区間 10.1% 〜 14.2%、1,000回のうち120回）"),
      (9, "数値で示すには試行が不足：1,000回のうち9回、95%信頼区間 0.47% 〜 1.7%"),
      (0, "0.30%以下（試行1,000回のうち達成なし、3/n、信頼度95%）、95%信頼区間 0.0% 〜 0.38%"),
    ])
  func honestyInJapanese(hits: Int, text: String) {
    #expect(JapanesePhrases().probability(Proportion(hits: hits, trials: 1_000)) == text)
  }
}
