// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import RenkeiFiles
@testable import RenkeiModel

/// Wrong values in cells of a plan list, and cells that are unusual but right.
@Suite struct CellProblemTests {
  @Test(arguments: cells) func reports(_ input: BadInput) {
    let list = "plan_id,end_target_yen,attainment\nA,1,\(input.text)\n"
    #expect(listProblems(list) == input.problems.map { "p.csv:2:5: error: attainment: " + $0 })
  }

  static let cells: [BadInput] = [
    BadInput("nan", "nan", ["'not a number' is not allowed (got 'nan')"]),
    BadInput("-inf", "-inf", ["infinity is not allowed (got '-inf')"]),
    BadInput("1e999", "1e999", ["the number is too large (got '1e999')"]),
    BadInput("1e-999", "1e-999", ["the number is too close to 0 (got '1e-999'; write 0)"]),
    BadInput(
      "０．５", "０．５", ["full-width characters are not allowed in a number (got '０．５'; write 0.5)"]),
    BadInput("0x1F", "0x1F", ["hexadecimal numbers are not allowed (got '0x1F'; write 31)"]),
    BadInput("010", "010", ["leading zeros are not allowed (got '010'; write 10)"]),
    BadInput(
      "1:30", "1:30",
      ["times and base-60 numbers are not allowed (got '1:30'; write a plain decimal number)"]),
    BadInput("no", "no", ["expected a number, not a yes-or-no word (got 'no')"]),
    BadInput("1_000", "1_000", ["digits must not be separated by '_' (got '1_000'; write 1000)"]),
    BadInput("-1", "-1", ["the number is out of range (got '-1'; allowed: from 0 to 1e6)"]),
    BadInput("3億円", "3億円", ["expected a share, not an amount in yen (got '3億円')"]),
    BadInput("=1+1", "=1+1", ["expected a number (got '=1+1')"]),
    BadInput("$u", "$u", ["a cell cannot name an input (got '$u'; use a segment for that)"]),
    BadInput("high", "high", ["expected a number (got 'high')"]),
    BadInput(
      "1,000", "\"1,000\"", ["digits must not be separated by ',' (got '1,000'; write 1000)"]),
  ]

  @Test(arguments: [
    (
      "end_target_yen", "50%",
      "end_target_yen: expected an amount in yen, not a percentage (got '50%')"
    ),
    (
      "end_target_yen", "0",
      "end_target_yen: the number is out of range (got '0'; allowed: above 0 to 1e15)"
    ),
    (
      "annual_shock_sd", "-0.1",
      "annual_shock_sd: the number is out of range (got '-0.1'; allowed: from 0 to 5)"
    ),
    (
      "launch_probability", "101%",
      "launch_probability: the number is out of range (got '101%'; allowed: from 0 to 1)"
    ),
    (
      "period_years", "2.5",
      "period_years: expected a whole number (got '2.5'; allowed: from 1 to 50)"
    ),
    (
      "period_years", "3年",
      "period_years: expected a number (got '3年')"
    ),
  ]) func reportsByColumn(_ column: String, _ cell: String, _ problem: String) {
    let other = column == "end_target_yen" ? "note" : "end_target_yen"
    #expect(
      listProblems("plan_id,\(column),\(other)\nA,\(cell),1\n") == ["p.csv:2:3: error: " + problem])
  }

  @Test func readsUnits() {
    let diagnostics = DiagnosticCollector()
    let text = "plan_id,end_target_yen,launch_probability\nA,1.5億円,70%\nB,300百万円,0.7\n"
    let list = PlanListReader.read(
      Array(text.utf8), source: "p.csv", diagnostics: diagnostics)
    #expect(!diagnostics.hasErrors)
    let targets = list.rows.map { $0.settings.numbers[.endTargetYen]?.value }
    guard case .constant(150e6)?? = targets.first, case .constant(300e6)?? = targets.last else {
      Issue.record("amounts have their units")
      return
    }
    // Conditions and groups see plain numbers.
    #expect(list.rows[0].attributes["end_target_yen"] == "150000000")
    #expect(list.rows[0].attributes["launch_probability"] == "0.7")
  }

  /// Rows that are left out do not move the cells of those that follow.
  @Test func cellsStayWithTheirRows() {
    let diagnostics = DiagnosticCollector()
    let text = "plan_id,end_target_yen,note\nA,1,\"x, \"\"y\"\"\"\nB,2\nC,\"3,000\",\n\nD,4億円,z\n"
    var list = PlanListReader.read(Array(text.utf8), source: "p.csv", diagnostics: diagnostics)
    #expect(diagnostics.errorCount == 1)
    #expect(list.rows.map(\.id) == ["A", "C", "D"])
    #expect(list.rows.map { $0.attributes["note"] } == ["x, \"y\"", nil, "z"])
    #expect(list.rows.map { $0.attributes["end_target_yen"] } == ["1", "3000", "400000000"])
    #expect(list.rows.map { $0.attributes["none"] } == [nil, nil, nil])
    #expect(list.rows[1].attributes.keys == ["plan_id", "end_target_yen"])
    list.rows[2].attributes["note"] = "changed"
    list.rows[2].attributes["other"] = "new"
    #expect(list.rows.map { $0.attributes["note"] } == ["x, \"y\"", nil, "changed"])
    #expect(list.rows[2].attributes["other"] == "new" && list.rows[2].attributes["plan_id"] == "D")
  }

  @Test func keepsIdsApartAndWarnsOfLostZeros() {
    let head = "plan_id,end_target_yen\n"
    #expect(listProblems(head + "001,1\n002,1\n010,1\n").isEmpty)
    let warning =
      "p.csv:3:1: warning: plan_id: the id differs from that in line 2 only by zeros at its beginning"
    #expect(
      listProblems(head + "001,1\n1,1\n") == [
        warning + " (got '1'; check that a spreadsheet has not dropped zeros)"
      ])
    #expect(
      listProblems(head + "1,1\n001,1\n") == [
        warning + " (got '001'; check that a spreadsheet has not dropped zeros)"
      ])
  }

  @Test func keepsFormulasAsText() {
    let text = "plan_id,end_target_yen,region\nA,1,=cmd|' /C calc'!A0\n"
    #expect(
      listProblems(text) == [
        "p.csv:2:5: warning: region: the text looks like a formula and is kept as text (got '=cmd|' /C calc'!A0'; write the value that it stands for)"
      ])
  }
}
