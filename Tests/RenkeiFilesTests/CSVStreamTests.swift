// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiModel
import Testing

@testable import RenkeiFiles

@Suite("CSV stream")
struct CSVStreamTests {
  private func rows(_ stream: CSVStream) throws -> [[String]] {
    var rows: [[String]] = []
    while try stream.next() { rows.append(stream.columns.indices.map { stream.text($0) }) }
    return rows
  }

  @Test("quotes, line ends, a byte order mark and a missing last line end")
  func content() throws {
    let text = "\u{FEFF}a,b\r\n1,\"x, \"\"y\"\"\nz\"\r\n\n,\n\"\",関東"
    let stream = try CSVStream(Array(text.utf8), source: "t.csv")
    #expect(stream.columns == ["a", "b"])
    #expect(try rows(stream) == [["1", "x, \"y\"\nz"], ["", ""], ["", "関東"]])
    // The quoted cell holds a line end, so the last row begins on line 6.
    #expect(stream.line == 6)
  }

  @Test(
    "damage is told with its line",
    arguments: [
      ("a,b\n1,2\n3\n", "t.csv:3: error: the row has 1 cells where the header has 2"),
      ("a,b\n1,\"2\n", "t.csv:2: error: the quote that opens in this row is never closed"),
      ("a,b\n1,\"2\"x\n", "t.csv:2: error: text follows the closing quote of a cell"),
      ("a,a\n", "t.csv:1: error: two columns have the same name"),
      ("", "t.csv: error: the file has no header"),
    ])
  func damage(text: String, message: String) throws {
    let report = try #require(throws: DiagnosticReport.self) {
      _ = try rows(CSVStream(Array(text.utf8), source: "t.csv"))
    }
    #expect(report.diagnostics.map(\.description) == [message])
  }

  @Test("a file longer than the buffer gives the same rows")
  func long() throws {
    let folder = try TemporaryFolder()
    let count = 60_000
    let text =
      "n,text\n"
      + (0..<count).map { "\($0),\"row \"\"\($0)\"\" 0123456789012345678901234567890\"\n" }.joined()
    #expect(text.utf8.count > 3 << 20)
    let stream = try CSVStream(path: folder.file("long.csv", text))
    var seen = 0
    var isRight = true
    while try stream.next() {
      let expected = "row \"\(seen)\" 0123456789012345678901234567890"
      isRight = isRight && stream.text(0) == String(seen) && stream.text(1) == expected
      seen += 1
    }
    #expect(seen == count && isRight)
  }

  @Test("decimals read as the nearest double, as the C library reads them")
  func decimals() {
    var state: UInt64 = 7
    func random() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 11
    }
    func value(_ text: String) -> Double? {
      Array(text.utf8).withUnsafeBufferPointer { DecimalBytes.value($0) }
    }
    for round in 0..<60_000 {
      let digits = random() % [1_000, 1_000_000_000, .max][round % 3]
      let point = Int(random() % 19)
      var text = String(digits)
      if point < text.utf8.count {
        text.insert(".", at: text.index(text.startIndex, offsetBy: point))
      }
      if text.hasPrefix(".") { text = "0" + text }
      if text.hasSuffix(".") { text += "5" }
      if round % 5 == 0 { text += "e\(Int(random() % 60) - 30)" }
      if round % 7 == 0 { text = "-" + text }
      #expect(value(text) == strtod(text, nil), "\(text)")
    }
    // Midpoints of two doubles and their neighbours.
    for text in ["9007199254740993", "9007199254740992.9", "9007199254740993.1", "0.1", "1e23"] {
      #expect(value(text) == strtod(text, nil), "\(text)")
    }
    for text in ["", "-", ".5", "5.", "1e", "0x10", "inf", "nan", "1 ", "1e999", "--1"] {
      #expect(value(text) == nil, "\(text)")
    }
  }
}
