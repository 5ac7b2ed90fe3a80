// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import Testing

@testable import RenkeiFiles

@Suite struct NumberTextTests {
  @Test(arguments: [
    ("0", 0), ("-0", 0), ("5", 5), ("+5", 5), ("-1.25", -1.25), ("197.2e9", 197.2e9),
    ("1E-3", 0.001), ("66.7%", 0.667), ("100%", 1), ("1e2%", 1), ("0.1", 0.1),
    ("0e99999999999999999999", 0), ("1972e8", 197.2e9),
  ]) func readsNumbers(_ text: String, _ value: Double) throws {
    #expect(try NumberText.value(of: text, unit: .ratio) == value)
  }

  /// The value is the literal of the same decimal, rounded once.
  @Test(arguments: [
    ("1972億円", 197.2e9), ("300百万円", 300e6), ("30千円", 30e3), ("5円", 5), ("3億円", 3e8),
    ("1.972億円", 1.972e8), ("0.1億円", 0.1e8), ("1.1百万円", 1.1e6), ("8.7万円", 87_000),
    ("1.5兆円", 1.5e12), ("-2億円", -2e8), ("2e2万円", 2e6), ("0.3千円", 300),
    ("123456.789百万円", 123_456_789_000),
  ]) func readsAmounts(_ text: String, _ value: Double) throws {
    #expect(try NumberText.value(of: text, unit: .yen) == value)
  }

  /// 33.3 × 0.01 is not the double nearest to 0.333.
  @Test func roundsPercentagesOnce() throws {
    for tenths in 0...1_000 {
      let (whole, tenth) = (tenths / 10, tenths % 10)
      let expected = try #require(Double("\(tenths)e-3"))
      #expect(try NumberText.value(of: "\(whole).\(tenth)%", unit: .ratio) == expected)
    }
  }

  private static func plain(_ text: String) -> Double? {
    Array(text.utf8).withUnsafeBufferPointer(NumberText.plainValue)
  }

  /// The quick way through plain decimals gives what the one grammar gives.
  @Test func readsPlainDecimalsAlike() throws {
    var state: UInt64 = 7
    for _ in 0..<5_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let digits = String((state >> 11) % 1_000_000_000_000_000)
      let point = Int(state >> 60)
      let text =
        point == 0 || point >= digits.count
        ? digits : digits.prefix(point) + "." + digits.dropFirst(point)
      let expected = try? NumberText.value(of: text)
      #expect(Self.plain(text) == expected, "\(text)")
    }
    #expect(Self.plain("0.000000000000001") == nil, "15 digits are the most")
    #expect(Self.plain("0.00000000000001") == 1e-14)
    #expect(Self.plain("999999999999999") == 999_999_999_999_999)
  }

  @Test(arguments: [
    "", ".", "1.", ".5", "01", "00.5", "1.2.3", "-1", "+1", "1e3", "1 ", "1,5", "5%", "１",
    "1000000000000000",
  ]) func leavesOtherTextToTheGrammar(_ text: String) {
    #expect(Self.plain(text) == nil)
  }

  @Test(arguments: ["5%", "5円", "1e99999999999999999999億円"])
  func refusesUnitsOfPlainNumbers(_ text: String) {
    #expect(throws: NumberText.Problem.self) { try NumberText.value(of: text) }
  }

  @Test func readsEveryWrittenDoubleBack() throws {
    var state: UInt64 = 1
    for _ in 0..<5_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = Double(bitPattern: state)
      guard let text = PlainDecimal.text(value) else { continue }
      #expect(try NumberText.value(of: text) == value)
    }
  }

  @Test(arguments: [
    "", " 1", "1 ", "--1", "1e", "1e+", "e5", "%", "5%%", "1.2.3", "0x10", "infinity", "1d5",
    "1f", "١", "½", "1e5.5", "-", "+", ".", "1\u{0}",
  ]) func refusesOtherText(_ text: String) {
    #expect(throws: NumberText.Problem.self) { try NumberText.value(of: text) }
  }

  @Test func readsSeedsExactly() {
    #expect(NumberText.unsignedInteger("18446744073709551615") == .max)
    #expect(NumberText.unsignedInteger("18446744073709551616") == nil)
    #expect(NumberText.unsignedInteger("1e3") == nil)
    #expect(NumberText.unsignedInteger("007") == nil)
  }
}
