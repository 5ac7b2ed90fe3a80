// SPDX-License-Identifier: GPL-3.0-or-later

import CColumnKernels
import RenkeiDraws
import Testing

@Suite("Generators give their published numbers")
struct GeneratorTests {
  /// From the file `kat_vectors` of Random123: philox4x32, 10 rounds.
  static let philoxVectors: [(counter: [UInt32], key: [UInt32], output: [UInt32])] = [
    (
      [0, 0, 0, 0], [0, 0],
      [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]
    ),
    (
      [0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff], [0xffff_ffff, 0xffff_ffff],
      [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
    ),
    (
      [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0],
      [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
    ),
  ]

  @Test("Philox4x32-10: Random123 known answers", arguments: philoxVectors.indices)
  func philox(_ index: Int) {
    let vector = Self.philoxVectors[index]
    var output = [UInt32](repeating: 0, count: 4)
    rk_philox4x32_10(vector.counter, vector.key, &output)
    #expect(output == vector.output)
    #expect(ScalarTwin.philox4x32(counter: vector.counter, key: vector.key) == vector.output)
  }

  /// The reference implementations' first ten words from state 1, 2, 3, 4, as used by Rust's
  /// rand_xoshiro.
  static let xoshiroVectors: [(scrambler: Xoshiro256.Scrambler, words: [UInt64])] = [
    (
      .plus,
      [
        5, 211_106_232_532_999, 211_106_635_186_183, 9_223_759_065_350_669_058,
        9_250_833_439_874_351_877, 13_862_484_359_527_728_515, 2_346_507_365_006_083_650,
        1_168_864_526_675_804_870, 34_095_955_243_042_024, 3_466_914_240_207_415_127,
      ]
    ),
    (
      .plusPlus,
      [
        41_943_041, 58_720_359, 3_588_806_011_781_223, 3_591_011_842_654_386,
        9_228_616_714_210_784_205, 9_973_669_472_204_895_162, 14_011_001_112_246_962_877,
        12_406_186_145_184_390_807, 15_849_039_046_786_891_736, 10_450_023_813_501_588_000,
      ]
    ),
  ]

  @Test("xoshiro256+ and ++: first outputs", arguments: xoshiroVectors.indices)
  func xoshiro(_ index: Int) {
    let vector = Self.xoshiroVectors[index]
    var twin = Xoshiro256(vector.scrambler, state: (1, 2, 3, 4))
    var state: [UInt64] = [1, 2, 3, 4]
    for expected in vector.words {
      #expect(twin.next() == expected)
      // The kernels have the one that runs draw with.
      if vector.scrambler == .plus { #expect(rk_xoshiro256plus(&state) == expected) }
    }
  }

  @Test("A lane's state is Philox of its address, high and low words in place")
  func seeding() {
    let seed: UInt64 = 0x0123_4567_89ab_cdef
    let stream: UInt64 = 0xfedc_ba98_7654_3210
    func words(_ j: UInt32) -> [UInt64] {
      var out = [UInt32](repeating: 0, count: 4)
      rk_philox4x32_10(
        [0x7654_3210, 0xfedc_ba98, 77, j], [0x89ab_cdef, 0x0123_4567], &out)
      return [UInt64(out[1]) << 32 + UInt64(out[0]), UInt64(out[3]) << 32 + UInt64(out[2])]
    }
    for lane in 0..<8 {
      var state = words(UInt32(lane)) + words(UInt32(lane + 8))
      var twin = Xoshiro256(seed: seed, stream: stream, block: 77, lane: lane)
      for _ in 0..<4 { #expect(twin.next() == rk_xoshiro256plus(&state)) }
    }
  }
}

@Suite("Stream ids are stable")
struct StreamIDTests {
  @Test("Values that published results rest on")
  func literalValues() {
    #expect(StreamID(entity: "plan-001", variable: "attainment").rawValue == 0xd750_07a5_94cf_bc15)
    #expect(
      StreamID(entity: "plan-001", variable: "shock", year: 3).rawValue == 0x5ee5_4bea_214a_741b)
    #expect(
      StreamID(entity: "programme", variable: "macro", year: -1).rawValue == 0x8229_6466_f432_14db)
    #expect(
      StreamID(entity: "新連携", variable: "shock", year: 2005).rawValue == 0xffd1_cc2a_6267_8846)
    #expect(StreamID(entity: "", variable: "").rawValue == 0xc9b5_a5a5_5263_c3bc)
  }

  @Test("Where one name ends and the next begins matters")
  func boundaries() {
    #expect(
      StreamID(entity: "ab", variable: "c").rawValue
        != StreamID(entity: "a", variable: "bc").rawValue)
    #expect(
      StreamID(entity: "a1", variable: "x", year: 2).rawValue
        != StreamID(entity: "a", variable: "1x", year: 2).rawValue)
  }

  @Test("A programme of 500 plans, 8 variables and 10 years has no two equal streams")
  func distinct() {
    var seen = Set<UInt64>()
    for plan in 0..<500 {
      for variable in 0..<8 {
        for year in 0..<10 {
          seen.insert(
            StreamID(entity: "plan-\(plan)", variable: "v\(variable)", year: year).rawValue)
        }
      }
    }
    #expect(seen.count == 40_000)
  }
}
