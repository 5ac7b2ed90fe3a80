// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import RenkeiAnalysis

@Suite("Generator of plan lists")
struct ListGeneratorTests {
  @Test("xoshiro256++: first outputs from state 1, 2, 3, 4")
  func xoshiro() {
    // The reference implementation's first ten, as used by Rust's rand_xoshiro.
    let published: [UInt64] = [
      41_943_041, 58_720_359, 3_588_806_011_781_223, 3_591_011_842_654_386,
      9_228_616_714_210_784_205, 9_973_669_472_204_895_162, 14_011_001_112_246_962_877,
      12_406_186_145_184_390_807, 15_849_039_046_786_891_736, 10_450_023_813_501_588_000,
    ]
    var generator = ListGenerator(state: (1, 2, 3, 4))
    for expected in published { #expect(generator.next() == expected) }
  }
}
