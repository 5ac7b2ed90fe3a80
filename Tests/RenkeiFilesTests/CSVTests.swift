// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import Testing

@testable import RenkeiFiles

@Suite struct CSVTests {
  @Test func readsQuotedCellsAndTheirPlaces() throws {
    let text = "\u{FEFF}a,名前,c\r\n1,\"x,\"\"y\"\"\r\nz\",\r\n\r\n関,,2.5\n"
    let table = try CSVTable(Array(text.utf8), source: "t.csv")
    #expect(table.columns == ["a", "名前", "c"])
    #expect(table.rowCount == 2)
    #expect(table.text(row: 0, column: 1) == "x,\"y\"\r\nz")
    #expect(table.location(row: 0, column: 1).description == "t.csv:2:3")
    #expect(try table.number(row: 0, column: 2) == nil)
    #expect(try table.number(row: 1, column: 2) == 2.5)
    #expect(table.location(row: 1, column: 2).description == "t.csv:5:4")
    #expect(table.column("名前") == 1)
    #expect(table.column("b") == nil)
    #expect(throws: DiagnosticReport.self) { try table.number(row: 1, column: 0) }
  }

  @Test func capsWhatItReports() {
    let rows = (0..<1_500).map { "P\($0),x\n" }.joined()
    let lines = listProblems("plan_id,end_target_yen\n" + rows)
    #expect(lines.count == DiagnosticCollector.limit + 1)
    #expect(lines.last == "p.csv: error: and 500 more errors of the same run of checks")
  }

  @Test func namesTheEncoding() {
    let head = Array("plan_id,end_target_yen,name\nA,1,".utf8)
    // "日本" in CP932.
    #expect(
      listProblems(head + [0x93, 0xFA, 0x96, 0x7B, 0x0A]) == [
        "p.csv:2:5: error: the file is encoded in Shift_JIS (CP932), not in UTF-8 "
          + "(add 'encoding: cp932' beside the list's 'file', or save it as UTF-8)"
      ])
    #expect(
      listProblems(head + [0xC3, 0x28, 0xFF]) == [
        "p.csv:2:5: error: the bytes from here on are not UTF-8 (save the file as UTF-8)"
      ])
    let wide: [UInt8] = [0xFF, 0xFE] + head.flatMap { [$0, 0] as [UInt8] }
    let utf16 =
      "p.csv: error: the file is encoded in UTF-16, not in UTF-8 "
      + "(save it as UTF-8, for example with 'iconv -f UTF-16 -t UTF-8')"
    #expect(listProblems(wide) == [utf16])
    #expect(listProblems(Array(wide.dropFirst(2))) == [utf16])
    #expect(
      problems(Array("renkei: 1\ntitle: ".utf8) + [0x93, 0xFA]).first?.contains("CP932") == true)
  }

  /// Well-formedness by the table of RFC 3629 against Swift's own validation.
  @Test func agreesWithSwiftOnUTF8() {
    var state: UInt64 = 20_051_003
    for _ in 0..<20_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      var bits = state >> 8
      let palette: [UInt8] = [
        0x41, 0x7F, 0x80, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xDF, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5,
        0x90,
      ]
      let bytes = (0..<6).map { _ in
        defer { bits >>= 4 }
        return palette[Int(bits & 15)]
      }
      #expect(
        (EncodedText.firstInvalidOffset(in: bytes) == nil)
          == (String(validating: bytes, as: UTF8.self) != nil))
    }
  }

  @Test func readsLargeLists() {
    var text = "plan_id,name,region,core_employees,end_target_yen,attainment\n"
    for index in 0..<2_000 { text += "P\(index),計画,関東,5,\"100,000,000\",0.5\n" }
    let diagnostics = DiagnosticCollector()
    let list = PlanListReader.read(Array(text.utf8), source: "p.csv", diagnostics: diagnostics)
    #expect(list.rows.count == 2_000)
    #expect(list.rows.last?.location.line == 2_001)
    #expect(!diagnostics.hasErrors)
  }
}
