// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiModel
import RenkeiStatistics
import Testing

@testable import RenkeiReports

@Suite("Summary of support")
struct SupportSummaryTests {
  private func lines(
    _ language: ReportLanguage, _ outcome: SimulationOutcome = SampleFinance.outcome()
  ) -> String {
    SupportSummary(result: outcome.result, phrases: language.phrases, style: .plain).lines
      .joined(separator: "\n")
  }

  @Test("is exact in English")
  func english() {
    #expect(
      lines(.english) == """

        What support does: full against none
        Adds revenue        ¥1.00bn (95% interval ¥750M to ¥1.25bn); more on 75.0% of paths
        Adds launches       nothing changes
        Adds survivors      +0.25 plans (95% interval +0.13 to +0.38)
        Chance of the goal  +25.00 points (95% interval +12.50 to +37.50), from 12.5% to 37.5%
        Costs the public    ¥39.0M gross, ¥30.0M net of extra tax (95% interval ¥29.5M to ¥30.5M), \
        present value
          of which          subsidies ¥40.0M, less guarantee fees ¥1.00M
        An extra yen costs  ¥0.25 of net public money per yen of revenue (95% interval ¥0.13 to \
        ¥0.37)
        Loans that default  25.0% of ¥64.0M in policy loans; lost: ¥8.00M by the public
                            25.0% of ¥96.0M in private loans; lost: ¥4.00M by the guarantor, \
        ¥8.00M by lenders
        Survives 2006       62.5% of plans, 75.0% by the stated failure probabilities alone (lack \
        of cash comes on top)

        Support: none
        Loans that default  25.0% of ¥64.0M in private loans; lost: ¥8.00M by lenders

        What each measure adds (Shapley values, 500 paths of their own)
          arm   measure  revenue   share  survivors  net cost
          full  subsidy    ¥768M   75.0%       0.19    ¥40.0M
          full  advice     ¥256M   25.0%       0.06   -¥10.0M
                total    ¥1.02bn  100.0%       0.25    ¥30.0M

        How strongly support works is assumed in the scenario, not observed, and uncertain. Costs are
        means; defaults and losses on loans are those within the horizon.
        """)
  }

  @Test("is exact in Japanese")
  func japanese() {
    #expect(
      lines(.japanese) == """

        支援の効果：full（比較対象：none）
        売上の増加        10.0億円（95%信頼区間 7.50億円 〜 12.5億円）、試行の75.0%で増加
        事業化の増加      変化なし
        存続企業の増加    +0.25件（95%信頼区間 +0.13 〜 +0.38）
        目標達成の確率    +25.00ポイント（95%信頼区間 +12.50 〜 +37.50）、12.5%から37.5%へ
        公的負担          総額3,900万円、税収増を差し引いた純額3,000万円\
        （95%信頼区間 2,954万円 〜 3,046万円）、現在価値
          内訳            補助金4,000万円、保証料収入（控除）100万円
        売上1円増の費用   公的負担の純額0.25円（95%信頼区間 0.13円 〜 0.37円）
        融資の債務不履行  政策融資6,400万円の25.0%、損失の負担：公的機関800万円
                          民間融資9,600万円の25.0%、損失の負担：保証機関400万円、民間金融機関800万円
        2006年末の存続    計画の62.5%、前提とした廃業率だけなら75.0%（資金不足による廃業はこれに加わる）

        支援策：none
        融資の債務不履行  民間融資6,400万円の25.0%、損失の負担：民間金融機関800万円

        施策ごとの寄与（シャープレイ値、別の試行500回）
          組合せ  施策         売上    割合  存続  公的負担の純額
          full    subsidy  7.68億円   75.0%  0.19       4,000万円
          full    advice   2.56億円   25.0%  0.06      -1,000万円
                  合計     10.2億円  100.0%  0.25       3,000万円

        支援の効果の大きさは観測値ではなく前提として置いた値で、不確かです。費用は平均、
        融資の債務不履行と損失は対象期間内のものです。
        """)
  }

  @Test(
    "a cost per yen without bounds is called so",
    arguments: [
      (SampleFinance.outside, "cannot be told: revenue may not change at all; at 95% anything"),
      (SampleFinance.unbounded, "the 95% interval is unbounded"),
      (SampleFinance.undefined, "no figure: revenue does not change"),
    ])
  func ratios(ratio: RatioEstimate, text: String) {
    let outcome = SampleFinance.outcome(ratio: ratio)
    #expect(lines(.english, outcome).contains(text))
    #expect(lines(.japanese, outcome).contains("できません"))
  }

  @Test("without a variance no interval is made up")
  func withoutVariance() {
    let text = lines(.english, SampleFinance.outcome(hasVariance: false))
    #expect(text.contains("¥1.00bn, without interval: revenue has no finite variance"))
    #expect(text.contains("per yen of revenue, without interval"))
    #expect(!text.contains("95% interval"))
  }

  @Test("a run without support says nothing about it")
  func withoutSupport() {
    #expect(lines(.english, SampleResult.outcome()).isEmpty)
  }

  @Test("failures for want of cash stand beside the others; the leaders are shown once")
  func arms() {
    let summary = RunSummary(
      outcome: SampleFinance.outcome(), planNames: [:], destination: nil)
    let text = summary.text(language: .english)
    #expect(text.contains("0.5 businesses on average, and 0.3 for want of cash"))
    #expect(text.components(separatedBy: "Plans that matter most").count == 2)
    #expect(summary.text(language: .japanese).contains("平均0.5件、ほかに資金不足による0.3件"))
  }
}
