// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import RenkeiStatistics
import Testing

@testable import RenkeiReports

@Suite("Result files")
struct ResultFileTests {
  private func text(_ file: ResultFile, _ outcome: SimulationOutcome) -> String {
    String(decoding: file.document(outcome.result).bytes(), as: UTF8.self)
  }

  @Test("portfolio.csv is exact")
  func portfolio() {
    #expect(
      text(.portfolio, SampleResult.outcome()) == """
        arm,measure,year,calendar_year,mean_yen,standard_deviation_yen,standard_error_yen,\
        p05_yen,p50_yen,p95_yen,error_unit
        as_planned,annual,1,2005,1000000000,250000000,7812500,500000000,937500000,\
        2000000000,path
        as_planned,annual,2,2006,3000000000,750000000,23437500,1500000000,2812500000,\
        6000000000,path
        as_planned,cumulative,1,2005,1000000000,250000000,7812500,500000000,937500000,\
        2000000000,path
        as_planned,cumulative,2,2006,4000000000,1000000000,31250000,2000000000,\
        3750000000,8000000000,path

        """)
  }

  @Test("goal.csv is exact, and only a header without a goal")
  func goal() {
    let ends = Proportion(hits: 120, trials: 1_000).wilsonInterval()
    let header = """
      arm,goal_yen,promised_yen,probability,standard_error,ci95_low,ci95_high,hits,paths,\
      mean_gap_to_goal_yen,cvar95_gap_to_goal_yen,attainment_ratio_mean,error_unit

      """
    #expect(
      text(.goal, SampleResult.outcome()) == header
        + "as_planned,6000000000,8000000000,0.12,0.01,\(ends.low),\(ends.high),120,1000,"
        + "2250000000,4500000000,0.5,path\n")
    #expect(text(.goal, SampleResult.outcome(hasGoal: false)) == header)
  }

  @Test("plans.csv leaves what does not apply empty")
  func plans() {
    let lines = text(.plans, SampleResult.outcome(hasPlanQuantiles: false)).split(separator: "\n")
    #expect(
      lines[0] == """
        arm,plan_id,measure,year,mean_yen,standard_deviation_yen,standard_error_yen,p05_yen,\
        p50_yen,p95_yen,probability_active,probability_target_met
        """)
    #expect(lines[1] == "as_planned,P1,annual,1,750000000,187500000,5859375,,,,0.5,")
    #expect(lines[2] == "as_planned,P1,annual,2,2250000000,562500000,17578125,,,,0.5,0.125")
    #expect(lines.count == 9)
  }

  @Test("without a variance the cells of the standard error stay empty")
  func withoutVariance() {
    let outcome = SampleResult.outcome(hasVariance: false)
    #expect(text(.plans, outcome).contains("as_planned,P1,annual,1,750000000,187500000,,"))
    #expect(text(.portfolio, outcome).contains("cumulative,2,2006,4000000000,1000000000,,"))
    #expect(text(.groups, outcome).contains("cumulative,2,2,4000000000,1000000000,,"))
    #expect(text(.counts, outcome).contains("as_planned,1,active,1.25,0.5,0.015625,"))
  }

  @Test("groups.csv quotes a label with a comma")
  func groups() {
    let lines = text(.groups, SampleResult.outcome()).split(separator: "\n")
    #expect(
      lines[4] == """
        as_planned,region,"関東, 東京",cumulative,2,2,4000000000,1000000000,31250000,\
        2000000000,3750000000,8000000000
        """)
  }

  @Test("counts, contributions and exceedance are exact")
  func smallFiles() {
    let outcome = SampleResult.outcome()
    #expect(
      text(.counts, outcome) == """
        arm,year,metric,mean,standard_deviation,standard_error,p05,p50,p95
        as_planned,1,active,1.25,0.5,0.015625,0,1,2
        as_planned,1,failed_hazard,0.5,0.5,0.015625,0,1,2
        as_planned,2,active,1.25,0.5,0.015625,0,1,2
        as_planned,2,failed_hazard,0.5,0.5,0.015625,0,1,2

        """)
    #expect(
      text(.contributions, outcome) == """
        arm,group_by,group,mean_yen,share,sd_contribution_yen,gap_contribution_yen,\
        standard_error,ci95_low,ci95_high,cvar95_gap_contribution_yen,\
        cvar95_gap_standard_error_yen,cvar95_gap_ci95_low,cvar95_gap_ci95_high,rank
        as_planned,plan,P1,3000000000,0.75,,,,,,,,,,1
        as_planned,plan,P2,1000000000,0.25,,,,,,,,,,2
        as_planned,region,"関東, 東京",4000000000,1,,,,,,,,,,1

        """)
    #expect(
      text(.exceedance, outcome) == """
        arm,threshold_yen,probability
        as_planned,2000000000,0.875
        as_planned,5000000000,0.25

        """)
  }

  @Test("rows of several arms follow each other")
  func arms() {
    let lines = text(.exceedance, SampleResult.outcome(arms: ["a", "b"])).split(separator: "\n")
    #expect(lines.map { $0.prefix(2) } == ["ar", "a,", "a,", "b,", "b,"])
  }

  @Test("every column says what it means, and names are unique", arguments: ResultFile.allCases)
  func reference(file: ResultFile) {
    let result = SampleResult.outcome().result
    let columns = file.columns(result)
    #expect(columns.map(\.name) == file.document(result).header)
    #expect(Set(columns.map(\.name)).count == columns.count)
    for column in columns {
      #expect(!column.meaning.isEmpty)
      #expect(column.name.hasSuffix("_yen") == (column.unit == "yen") || column.isKey)
    }
  }

  @Test(
    "quantile columns are named by the percentage",
    arguments: [
      (0.05, "p05_yen"), (0.5, "p50_yen"), (0.025, "p02.5_yen"), (0.07, "p07_yen"),
      (0.999, "p99.9_yen"), (0.29, "p29_yen"), (0.0001, "p00.01_yen"),
    ])
  func quantileNames(level: Double, name: String) {
    #expect(DecimalText.quantileColumn(level: level) == name)
  }
}

@Suite("Excel dialect")
struct ExcelTests {
  private func bytes(_ text: String) -> [UInt8] {
    CSVDocument(fileName: "t.csv", header: ["h"], rows: [[.text(text)]]).bytes(.excel)
  }

  @Test("begins with the byte-order mark and ends lines with CRLF")
  func frame() {
    #expect(bytes("x") == [0xEF, 0xBB, 0xBF] + Array("h\r\nx\r\n".utf8))
  }

  @Test(
    "text that Excel would run or convert stays text",
    arguments: [
      ("=1+1", "'=1+1"), ("-a", "'-a"), ("@SUM(A1)", "'@SUM(A1)"), ("＝1", "'＝1"),
      ("\t=1", "'\t=1"), ("0012", "\"=\"\"0012\"\"\""), ("6-20", "\"=\"\"6-20\"\"\""),
      ("MAR1", "\"=\"\"MAR1\"\"\""), ("True", "\"=\"\"True\"\"\""),
      ("1\",\"2", "\"=\"\"1\"\"\"\",\"\"\"\"2\"\"\""), ("関東", "関東"), ("P14", "P14"),
      ("a,b", "\"a,b\""), ("March", "March"),
    ])
  func text(text: String, cell: String) {
    let body = String(decoding: bytes(text).dropFirst(6), as: UTF8.self)
    #expect(body == cell + "\r\n")
  }

  @Test("numbers are the same as in the standard dialect")
  func numbers() {
    let document = CSVDocument(
      fileName: "t.csv", header: ["a", "b", "c"], rows: [[.number(-1.5), .integer(-2), .empty]])
    #expect(String(decoding: document.bytes(.excel), as: UTF8.self).hasSuffix("\r\n-1.5,-2,\r\n"))
    #expect(String(decoding: document.bytes(), as: UTF8.self) == "a,b,c\n-1.5,-2,\n")
  }
}
