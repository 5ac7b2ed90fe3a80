// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import RenkeiStatistics
import Testing

@testable import RenkeiReports

@Suite("Result files about support")
struct FinanceFileTests {
  private func text(_ file: ResultFile, _ outcome: SimulationOutcome) -> String {
    String(decoding: file.document(outcome.result).bytes(), as: UTF8.self)
  }

  @Test("effects.csv is exact")
  func effects() {
    #expect(
      text(.effects, SampleFinance.outcome()) == """
        arm,baseline_arm,metric,unit,baseline_mean,arm_mean,difference,standard_error,ci95_low,\
        ci95_high,probability_positive
        full,none,cumulative_revenue,yen,3000000000,4000000000,1000000000,125000000,750000000,\
        1250000000,0.75
        full,none,goal_probability,probability,0.125,0.375,0.25,0.0625,0.125,0.375,0.25
        full,none,launched,plans,1,1,0,0,0,0,0
        full,none,surviving,plans,1,1.25,0.25,0.0625,0.125,0.375,0.25

        """)
  }

  @Test("public_cost.csv and loans.csv are exact")
  func costsAndLoans() {
    let outcome = SampleFinance.outcome()
    let costs = text(.publicCost, outcome).split(separator: "\n")
    #expect(
      costs[0] == """
        arm,basis,component,mean_yen,standard_deviation_yen,standard_error_yen,p05_yen,p50_yen,\
        p95_yen
        """)
    #expect(
      costs[1] == "full,life,subsidy_paid,40000000,10000000,312500,20000000,40000000,80000000")
    #expect(costs[10] == "none,life,net,0,0,0,0,0,0")
    let loans = text(.loans, outcome).split(separator: "\n")
    #expect(
      loans[0] == """
        arm,loan,year,bearer,item,mean_yen,standard_deviation_yen,standard_error_yen,p05_yen,\
        p50_yen,p95_yen
        """)
    #expect(
      loans[6] == """
        full,private_loan,2,guarantor,written_off,4000000,1000000,31250,2000000,4000000,8000000
        """)
    #expect(loans.count == 19)
  }

  @Test(
    "a ratio says what its interval is, and leaves empty what it has not",
    arguments: [
      (SampleFinance.bounded, "bounded"), (SampleFinance.outside, "outside"),
      (SampleFinance.unbounded, "unbounded"), (SampleFinance.undefined, "unbounded"),
    ])
  func ratios(ratio: RatioEstimate, kind: String) {
    let lines = text(.costEffectiveness, SampleFinance.outcome(ratio: ratio)).split(
      separator: "\n")
    #expect(
      lines[0] == """
        arm,baseline_arm,basis,metric,value,standard_error,ci95_low,ci95_high,interval_kind
        """)
    #expect(lines.count == 2)
    let cells = lines[1].split(separator: ",", omittingEmptySubsequences: false)
    #expect(cells.count == 9)
    #expect(cells[8] == kind)
    #expect(cells[6].isEmpty == (kind == "unbounded") && cells[7].isEmpty == cells[6].isEmpty)
    #expect(cells[4].isEmpty == (ratio.denominator == 0) && cells[5].isEmpty == cells[4].isEmpty)
  }

  @Test("without a variance there is no error of anything")
  func withoutVariance() {
    let outcome = SampleFinance.outcome(hasVariance: false)
    #expect(
      text(.effects, outcome).contains(
        "yen,3000000000,4000000000,1000000000,,,,0.75\n"))
    #expect(text(.publicCost, outcome).contains("subsidy_paid,40000000,10000000,,20000000,"))
    #expect(text(.costEffectiveness, outcome).hasSuffix("cost_per_extra_yen,0.25,,,,\n"))
  }

  @Test("plan_finance.csv leaves what does not apply empty")
  func plans() {
    let lines = text(.planFinance, SampleFinance.outcome()).split(separator: "\n")
    #expect(
      lines[0] == """
        arm,plan_id,investment_mean_yen,scale_mean,default_probability,exposure_at_default_yen,\
        expected_loss_yen,dscr_p05,dscr_p50,liquidity_gap_probability,liquidity_gap_mean_yen,\
        failed_hazard,failed_cash,probability_profitable
        """)
    #expect(
      lines[1] == "full,P1,80000000,0.75,0.25,32000000,4000000,0.5,1.5,0.125,2000000,0.125,"
        + "0.0625,0.5")
    #expect(lines[2] == "full,P2,0,1,0,,0,,,0,,0.125,0,0.5")
    #expect(lines.count == 5)
  }

  @Test("attribution.csv names the total and keeps its own paths")
  func attribution() {
    let lines = text(.attribution, SampleFinance.outcome()).split(separator: "\n")
    #expect(
      lines[0] == """
        arm,baseline_arm,metric,measure,shapley,standard_error,ci95_low,ci95_high,first_in,\
        last_in,share,paths
        """)
    #expect(lines[1].hasPrefix("full,none,cumulative_revenue,subsidy,768000000,48000000,67"))
    #expect(lines[1].hasSuffix(",768000000,384000000,0.75,500"))
    #expect(lines[3].hasPrefix("full,none,cumulative_revenue,total,1024000000,64000000,"))
    #expect(lines[3].hasSuffix(",,,1,500"))
    #expect(lines.count == 10)
  }

  @Test("a run has the files that it has something to say in")
  func presence() {
    func files(_ outcome: SimulationOutcome) -> [ResultFile] {
      ResultFile.allCases.filter { $0.isPresent(in: outcome.result) }
    }
    #expect(files(SampleResult.outcome()).last == .exceedance)
    #expect(files(SampleFinance.outcome(attribution: false)).last == .planFinance)
    // The sample's variance was not split.
    #expect(files(SampleFinance.outcome()) == ResultFile.allCases.filter { $0 != .varianceSplit })
  }
}
