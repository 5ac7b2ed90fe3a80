// SPDX-License-Identifier: GPL-3.0-or-later
import Renkei
import Testing

@Suite("Result files read back")
struct RoundTripTests {
  @Test("what is written comes back as it was")
  func cells() throws {
    let texts = ["plain", "a,b", "say \"so\"", "two\nlines", "", " space ", "日本"]
    let numbers = [0.1, -2.5e-7, 197.2e9, 1e300, .leastNonzeroMagnitude, 0, 1.0 / 3]
    let document = CSVDocument(
      fileName: "t.csv", header: ["text", "index", "number", "none"],
      rows: zip(texts, numbers).enumerated().map { index, row in
        [.text(row.0), .integer(index), .number(row.1), .empty]
      })
    let table = try CSVTable(document.bytes(), source: "t.csv")
    #expect(table.rowCount == texts.count)
    for (row, text) in texts.enumerated() {
      #expect(table.text(row: row, column: 0) == text)
      #expect(try table.number(row: row, column: 1) == Double(row))
      #expect(try table.number(row: row, column: 2) == numbers[row])
      #expect(try table.number(row: row, column: 3) == nil)
    }
  }
}
