// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import Testing

@testable import RenkeiFiles

/// Plan lists in code page 932.
@Suite struct TextEncodingTests {
  private let diagnostics = DiagnosticCollector()

  private func decoded(_ bytes: [UInt8]) -> String? {
    CP932Decoder().decoded(bytes, source: "p.csv", diagnostics: diagnostics)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// Code points of the Unicode Consortium's CP932.TXT.
  @Test(
    arguments: [
      ([0x41], 0x41), ([0x5C], 0x5C), ([0x7E], 0x7E), ([0xB1], 0xFF71), ([0xDF], 0xFF9F),
      ([0x81, 0x40], 0x3000), ([0x81, 0x5C], 0x2015), ([0x81, 0x60], 0xFF5E),
      ([0x81, 0x61], 0x2225),
      ([0x81, 0x7C], 0xFF0D), ([0x81, 0x80], 0x00F7), ([0x83, 0x5C], 0x30BD),
      ([0x87, 0x40], 0x2460),
      ([0x87, 0x8A], 0x3231), ([0x88, 0x9F], 0x4E9C), ([0x94, 0x5C], 0x80FD),
      ([0x95, 0x5C], 0x8868),
      ([0xEA, 0xA4], 0x7199), ([0xED, 0x40], 0x7E8A), ([0xFA, 0xB1], 0xFA11),
      ([0xFB, 0xFC], 0x9AD9),
      ([0xFC, 0x4B], 0x9ED1), ([0xF0, 0x40], 0xE000), ([0xF9, 0xFC], 0xE757),
    ] as [([UInt8], UInt32)]) func decodes(_ bytes: [UInt8], _ expected: UInt32) throws
  {
    let text = try #require(decoded(bytes + [0x0A]))
    #expect(text.unicodeScalars.first?.value == expected)
    #expect(text.unicodeScalars.count == 2)
  }

  /// JIS X 0208 has 6,879 characters; NEC added 83 and 374, IBM 388.
  @Test func holdsEveryCharacter() {
    let count = CP932Table.rows.reduce(0) { sum, row in
      sum + row.characters.unicodeScalars.count { $0 != "\u{FFFD}" }
    }
    #expect(count == 6_879 + 83 + 374 + 388)
  }

  @Test func readsPlansWithTheirPlaces() throws {
    let folder = try TemporaryFolder()
    // "a,表,1x": the trail byte of 表 is that of a backslash.
    let head = Array("plan_id,name,end_target_yen\r\n".utf8)
    try folder.file("good.csv", bytes: head + [0x61, 0x2C, 0x95, 0x5C] + Array(",1\r\n".utf8))
    try folder.file("bad.csv", bytes: head + [0x61, 0x2C, 0x95, 0x5C] + Array(",1x\r\n".utf8))
    func load(_ name: String, _ encoding: String) throws -> LoadedScenario {
      try ScenarioFile.load(
        Array("renkei: 1\nplans: {file: \(name), encoding: \(encoding)}\n".utf8),
        source: "\(folder.path)/s.yaml")
    }
    for encoding in ["cp932", "shift_jis"] {
      #expect(try load("good.csv", encoding).scenario.plans.rows.map(\.name) == ["表"])
    }
    let report = try #require(throws: DiagnosticReport.self) { try load("bad.csv", "cp932") }
    #expect(
      report.diagnostics.map { $0.description.replacing(folder.path + "/", with: "") } == [
        "bad.csv:2:5: error: end_target_yen: expected a number (got '1x')"
      ])
  }

  @Test(arguments: [
    (
      [0x61, 0x0A, 0x95, 0x5C, 0x81, 0xFF] as [UInt8],
      "p.csv:2:2: error: the bytes 0x81 0xFF are no character of CP932 (check the file's encoding, or save it as UTF-8)"
    ),
    (
      [0xA0],
      "p.csv:1:1: error: the byte 0xA0 is no character of CP932 (check the file's encoding, or save it as UTF-8)"
    ),
    (
      [0x61, 0x81],
      "p.csv:1:2: error: the byte 0x81 is no character of CP932 (check the file's encoding, or save it as UTF-8)"
    ),
    (
      [0xEF, 0xBB, 0xBF, 0x61],
      "p.csv: error: the file is encoded in UTF-8, not in CP932 (leave out 'encoding')"
    ),
    (
      Array("表".utf8),
      "p.csv: error: the file is encoded in UTF-8, not in CP932 (leave out 'encoding')"
    ),
  ]) func reports(_ bytes: [UInt8], _ problem: String) {
    #expect(decoded(bytes) == nil)
    #expect(diagnostics.finished().map(\.description) == [problem])
  }

  @Test func namesUTF16() {
    _ = PlanListReader.read(
      [0xFF, 0xFE, 0x61, 0x00], encoding: .cp932, source: "p.csv", diagnostics: diagnostics)
    #expect(
      diagnostics.finished().map(\.description) == [
        "p.csv: error: the file is encoded in UTF-16, not in UTF-8 (save it as UTF-8, for example with 'iconv -f UTF-16 -t UTF-8')"
      ])
  }
}
