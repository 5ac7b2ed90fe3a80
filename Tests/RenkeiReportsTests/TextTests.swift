// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import Testing

@testable import RenkeiReports

@Suite("Text for terminals")
struct TextTests {
  @Test(
    "width follows UAX #11",
    arguments: [
      ("abc", 3), ("億円", 4), ("ｱｲｳ", 3), ("（）", 4), ("ガ", 2), ("か\u{3099}", 2),
      ("e\u{301}", 1), ("한국", 4), ("\u{1112}\u{1161}\u{11AB}", 2), ("😀", 2), ("👩‍👩‍👧", 2),
      ("🇯🇵", 2), ("☂\u{FE0F}", 2), ("〜", 2), ("±", 1), ("–", 1), ("…", 1), ("¥", 1), ("￥", 2),
      ("\u{20BB7}", 2), ("", 0), ("a\u{200B}b", 2),
    ])
  func width(text: String, columns: Int) {
    #expect(DisplayWidth.columns(text) == columns)
  }

  @Test("text is cut at whole characters")
  func shortened() {
    #expect(DisplayWidth.shortened("億円億円", to: 8) == "億円億円")
    #expect(DisplayWidth.shortened("億円億円", to: 7) == "億円億…")
    #expect(DisplayWidth.shortened("億円億円", to: 6) == "億円…")
  }

  @Test("names are cut in the middle, and never so that two look alike")
  func elidedText() {
    let long = "groups 関東 manufacturing cumulative mean"
    let cut = DisplayWidth.elided([long, "short", long], to: 20)
    #expect(cut == ["groups 関…tive mean", "short", "groups 関…tive mean"])
    #expect(cut.allSatisfy { DisplayWidth.columns($0) <= 20 })
    // Alike at both ends: whole. So is one that is another's short form.
    let alike = ["plan_0123456789_A_of_many_plans", "plan_0123456789_B_of_many_plans"]
    #expect(DisplayWidth.elided(alike, to: 20) == alike)
    let short = DisplayWidth.elided([long], to: 20) + [long]
    #expect(DisplayWidth.elided(short, to: 20) == short)
  }

  @Test("control characters cannot reach the terminal")
  func printable() {
    #expect(DisplayWidth.printable("a\u{1B}[31mb\u{202E}c") == "a\u{FFFD}[31mb\u{FFFD}c")
  }

  @Test("columns line up in any script")
  func table() {
    var table = TextTable([.left, .right])
    table.add(["関東", "1"])
    table.add(["abc", "100"])
    table.add(["", ""])
    #expect(table.lines(indent: "  ") == ["  関東    1", "  abc   100", ""])
  }

  @Test(
    "amounts are said in both units",
    arguments: [
      (197.2e9, "¥197.2bn", "1,972億円"), (46_678_839_183, "¥46.7bn", "467億円"),
      (6.52e9, "¥6.52bn", "65.2億円"), (652e6, "¥652M", "6.52億円"),
      (13_641_508, "¥13.6M", "1,364万円"), (99_995, "¥99,995", "10万円"),
      (12_340, "¥12,340", "1.2万円"), (950, "¥950", "950円"), (0, "¥0", "0円"),
      (-2.5e9, "-¥2.50bn", "-25.0億円"), (999.6e6, "¥1.00bn", "10.0億円"),
    ])
  func amounts(yen: Double, western: String, japanese: String) {
    #expect(AmountText.western(yen) == western)
    #expect(AmountText.japanese(yen) == japanese)
  }

  @Test(
    "percentages keep two digits of a rare probability",
    arguments: [
      (0.25, "25.0%"), (0.0123, "1.2%"), (0.00123, "0.12%"), (0.0000456, "0.0046%"),
      (0.99997, "99.9970%"), (0, "0.0%"), (1, "100.0%"), (1.5, "150.0%"), (0.9996, "99.960%"),
    ])
  func percent(share: Double, text: String) {
    #expect(DecimalText.percent(share) == text)
  }

  @Test("diagnostics are counted at the end")
  func diagnostics() {
    let place = SourceLocation(file: "s.yaml", line: 3, column: 5)
    let all = [
      Diagnostic(code: "a", at: place, key: "seed", message: "is not a whole number"),
      Diagnostic(.warning, code: "b", at: place, message: "odd"),
      Diagnostic(code: "c", at: place, message: "bad"),
    ]
    #expect(
      DiagnosticText.lines(all) == [
        "s.yaml:3:5: error: seed: is not a whole number", "s.yaml:3:5: warning: odd",
        "s.yaml:3:5: error: bad", "2 errors, 1 warning",
      ])
    #expect(DiagnosticText.lines([]).isEmpty)
    let coloured = DiagnosticText.lines(all, style: .terminal)
    #expect(coloured[1] == "\u{1B}[33ms.yaml:3:5: warning: odd\u{1B}[0m")
  }
}
