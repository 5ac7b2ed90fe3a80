// SPDX-License-Identifier: GPL-3.0-or-later

import RenkeiDraws
import Testing

@Suite("The instruction set is chosen by RENKEI_ISA")
struct InstructionSetTests {
  @Test("Unset or empty picks the best")
  func defaults() throws {
    #expect(try InstructionSet.selected(environment: [:]) == .best)
    #expect(try InstructionSet.selected(environment: ["RENKEI_ISA": ""]) == .best)
    #expect(InstructionSet.available.last == .best)
    #expect(InstructionSet.available.first == .baseline)
  }

  @Test("Every set of this processor can be forced", arguments: InstructionSet.available)
  func forced(_ set: InstructionSet) throws {
    #expect(InstructionSet(name: set.name) == set)
    #expect(try InstructionSet.selected(environment: ["RENKEI_ISA": set.name]) == set)
    #expect(ColumnKernels(set).instructionSet == set)
  }

  @Test("An unknown name is an error that names the allowed ones", arguments: ["AVX2", "sse", " "])
  func unknown(_ name: String) {
    let error = #expect(throws: InstructionSetError.self) {
      try InstructionSet.selected(environment: ["RENKEI_ISA": name])
    }
    #expect(error == .unknownName(name))
    #expect(error?.description.contains("baseline, avx2, avx512") == true)
  }

  @Test(
    "A set the processor lacks is an error that says what it has",
    arguments: InstructionSet.allCases.filter { !$0.isAvailable })
  func lacking(_ set: InstructionSet) {
    let error = #expect(throws: InstructionSetError.self) {
      try InstructionSet.selected(environment: ["RENKEI_ISA": set.name])
    }
    #expect(error == .unavailable(set))
  }

  @Test("The message for a missing set names it")
  func message() {
    let text = InstructionSetError.unavailable(.avx512).description
    #expect(text.contains("avx512") && text.contains("it has baseline"))
  }
}
