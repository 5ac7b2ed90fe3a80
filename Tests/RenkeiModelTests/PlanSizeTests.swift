// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import RenkeiModel

/// What makes a list of a million plans fit into memory and quick to check.
@Suite struct PlanSizeTests {
  /// A few words a plan. Twice as much would be the sign of something that plans should share.
  @Test func plansAreSmall() {
    #expect(MemoryLayout<PlanRow>.stride <= 128)
    #expect(MemoryLayout<Stated<Quantity>>.stride <= 64)
    #expect(MemoryLayout<ResolvedQuantity>.stride <= 64)
    #expect(MemoryLayout<ResolvedPlan>.stride <= 1_024)
  }

  /// Plans of the same segments are one group, in whatever order they come.
  @Test func plansOfTheSameSegmentsShareTheirInputs() {
    var groups = PlanGroups()
    let (none, both) = (groups.group(of: []), groups.group(of: [0, 1]))
    let quantity = ResolvedQuantity(ownValue: 2, at: Build.at(1))
    both.note(quantity, for: .attainment)
    #expect(none !== both)
    #expect(groups.group(of: []) === none && groups.group(of: [0, 1]) === both)
    #expect(groups.group(of: [0, 1]).known(.attainment)?.quantity?.constantValue == 2)
    #expect(both.known(.endTargetYen) == nil && none.known(.attainment) == nil)
  }

  /// A plan's own number, which is held without what follows from it, says the same as any other.
  @Test func ownNumbersAreWhole() {
    let place = Build.at(3, 7)
    let quantity = ResolvedQuantity(ownValue: 1.5, at: place)
    #expect(quantity.constantValue == 1.5 && quantity.mean == 1.5 && quantity.bounds == 1.5...1.5)
    #expect(quantity.multipliers.isEmpty && quantity.hasFiniteVariance)
    #expect(quantity.provenance == Provenance(origin: .plan, location: place))
    #expect(
      ResolvedQuantity(ownValue: .nan, at: place).bounds == -Double.infinity...Double.infinity)
  }
}
