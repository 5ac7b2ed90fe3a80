// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import Testing

@Suite struct PlainDecimalTests {
  @Test(arguments: [
    (0.0, "0"), (-0.0, "0"), (1, "1"), (-2.5, "-2.5"), (197.2e9, "197200000000"),
    (0.05, "0.05"), (0.0001, "0.0001"), (0.00001, "1e-05"), (1.5e20, "1.5e+20"),
    (1e16, "1e+16"), (9_007_199_254_740_994, "9.007199254740994e+15"),
    (9_007_199_254_740_992, "9007199254740992"), (0.1 + 0.2, "0.30000000000000004"),
    (.leastNonzeroMagnitude, "5e-324"),
  ]) func writesShortestDecimals(_ value: Double, _ text: String) {
    #expect(PlainDecimal.text(value) == text)
    #expect(Double(text) == value)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity]) func hasNoTextForNonNumbers(_ x: Double) {
    #expect(PlainDecimal.text(x) == nil)
  }
}
