// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import RenkeiModel

@Suite("Precedence of plan inputs")
struct PrecedenceTests {
  private let input = PlanInput.attainment

  private func resolve(
    defaults: [PlanInput: Quantity] = [:], segments: [Segment] = [],
    own: [PlanInput: Quantity] = [:]
  ) throws -> ResolvedQuantity {
    let plan = Build.plan("A", ["sector": "food"], own: own)
    let scenario = Build.scenario(plans: [plan], defaults: defaults) { $0.segments = segments }
    return try scenario.resolved().plans[0].attainment
  }

  @Test func nothingStatedGivesTheStandardValue() throws {
    let value = try resolve()
    #expect(value.constantValue == 1)
    #expect(value.provenance == Provenance(origin: .standard, location: nil))
    #expect(value.bounds == 1...1)
  }

  @Test func defaultsReplaceTheStandardValue() throws {
    let value = try resolve(defaults: [input: .constant(0.5)])
    #expect(value.constantValue == 0.5)
    #expect(value.provenance == Provenance(origin: .defaults, location: Build.at(10, 5)))
  }

  @Test func laterSegmentsWinAndDiscardEarlierFactors() throws {
    let value = try resolve(
      defaults: [input: .constant(0.5)],
      segments: [
        Build.segment("a", set: [input: .constant(0.6)], line: 20),
        Build.segment("b", multiply: [(input, .constant(2))], line: 21),
        Build.segment("c", set: [input: .constant(0.7)], line: 22),
        Build.segment("d", multiply: [(input, .constant(3))], line: 23),
        Build.segment("e", multiply: [(input, .constant(0.5))], line: 24),
      ])
    #expect(value.constantValue == 0.7 * 3 * 0.5)
    #expect(value.multipliers.map(\.segment) == ["d", "e"])
    #expect(
      value.provenance
        == Provenance(
          origin: .segment("c"), location: Build.at(22, 5), multipliedBy: ["d", "e"]))
  }

  @Test func aSegmentMultipliesWhatItSets() throws {
    let value = try resolve(segments: [
      Build.segment("a", set: [input: .constant(0.6)], multiply: [(input, .constant(2))], line: 20)
    ])
    #expect(value.constantValue == 1.2)
  }

  @Test func factorsApplyToDefaultsAndStandardValues() throws {
    let factor = Build.segment("a", multiply: [(input, .constant(2))], line: 20)
    #expect(try resolve(segments: [factor]).constantValue == 2)
    #expect(
      try resolve(defaults: [input: .constant(0.5)], segments: [factor]).constantValue == 1)
  }

  @Test func thePlansOwnCellIsFinal() throws {
    let value = try resolve(
      defaults: [input: .constant(0.5)],
      segments: [
        Build.segment(
          "a", set: [input: .constant(0.6)], multiply: [(input, .constant(2))], line: 20)
      ], own: [input: .constant(0.9)])
    #expect(value.constantValue == 0.9)
    #expect(value.multipliers.isEmpty)
    #expect(
      value.provenance == Provenance(origin: .plan, location: Build.at(2, 5, file: "plans.csv")))
  }

  @Test func onlyMatchingSegmentsCount() throws {
    let value = try resolve(
      segments: [
        Build.segment(
          "food", where: [("sector", .oneOf(["food"]))], set: [input: .constant(2)], line: 20),
        Build.segment(
          "rest", where: [("sector", .noneOf(["food"]))], set: [input: .constant(3)], line: 21),
      ])
    #expect(value.constantValue == 2)
  }

  @Test func curvesAndListsFollowTheSameOrder() throws {
    var segment = PlanSettings()
    segment.ramp = Stated(.exponential(rate: 2), at: Build.at(20))
    segment.annualFailureProbability = Stated([.constant(0.1), .constant(0.2)], at: Build.at(21))
    let scenario = Build.scenario(plans: [
      Build.plan("A", own: [.startOffsetYears: .constant(1.5)])
    ]) {
      $0.defaults.ramp = Stated(.linear, at: Build.at(11))
      $0.segments = [
        Segment(
          name: "all", conditions: [], settings: segment, multipliers: [], location: Build.at(20))
      ]
    }
    let plan = try scenario.resolved().plans[0]
    #expect(plan.ramp == .exponential(rate: 2))
    #expect(
      plan.rampProvenance == Provenance(origin: .segment("all"), location: Build.at(20)))
    #expect(plan.shockProvenance == Provenance(origin: .standard, location: nil))
    #expect(plan.firstYearIndex == 1)
    let failure = plan.annualFailureProbability.map { quantity in
      if case .constant(let value) = quantity { value } else { Double.nan }
    }
    #expect(failure == [0.1, 0.2, 0.2, 0.2])
  }

  @Test(arguments: [
    (Condition.Test.oneOf(["5"]), "5.0", true), (.oneOf(["x", "y"]), "y", true),
    (.oneOf(["5"]), "50", false), (.noneOf(["5"]), "5.0", false), (.noneOf(["5"]), "6", true),
    (.atMost(5), "5", true), (.atMost(5), "5.1", false), (.atLeast(5), "5", true),
    (.atLeast(5), "4", false), (.oneOf(["nan"]), "nan", true), (.oneOf(["0x10"]), "16", false),
  ])
  func conditions(test: Condition.Test, cell: String, expected: Bool) {
    let condition = Condition(column: "c", test: test, location: Build.at(1))
    #expect(condition.isMet(by: Build.plan("A", ["c": cell])) == expected)
    #expect(!condition.isMet(by: Build.plan("A", ["d": cell])))
  }
}
