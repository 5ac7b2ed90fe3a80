// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import Testing

@testable import RenkeiEngine

@Suite("Groups of draws")
struct DrawGroupTests {
  private static func engine(_ yaml: String, paths: Int = 512) throws -> VectorEngine {
    try VectorEngine(
      model: EngineTrial.model(yaml),
      options: SimulationOptions(paths: paths, seed: 11, threads: 2))
  }

  private static let scenarios =
    [VariedScenario.delayed, .uncertain, .struck].map(\.yaml)
    + [MoneyScenario.drawn.yaml]

  @Test("a group that is drawn afresh changes its own numbers and no other", arguments: scenarios)
  func isolation(yaml: String) throws {
    let engine = try Self.engine(yaml)
    let first = engine.trace(block: 1).draws
    let second = engine.redrawing(.all, paths: 512).trace(block: 1).draws
    for group in engine.drawnGroups() {
      let mixed = engine.redrawing(.groups([group]), paths: 512).trace(block: 1).draws
      #expect(mixed.count == first.count)
      var changed = 0
      for (key, values) in mixed where !Self.mixes(key, group) {
        #expect(values == (key.group == group ? second : first)[key], "\(key) of \(group.name)")
      }
      for (key, values) in mixed where key.group == group && values != first[key] { changed += 1 }
      #expect(changed > 0, "\(group.name)")
    }
  }

  /// Whether the group enters a number that is recorded with programme-level numbers mixed in.
  private static func mixes(_ key: DrawKey, _ group: DrawGroup) -> Bool {
    switch key.variable {
    case .base(.attainment), .eventMultiplier: group == key.group || group.level == .programme
    default: false
    }
  }

  @Test("all groups one by one are everything", arguments: scenarios)
  func completeness(yaml: String) throws {
    let engine = try Self.engine(yaml)
    let groups = engine.drawnGroups()
    let names = groups.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(
      try engine.horizonTotals(redrawing: .groups(groups))
        == engine.horizonTotals(redrawing: .all))
    #expect(try engine.horizonTotals() != engine.horizonTotals(redrawing: .all))
    #expect(
      try engine.horizonTotals(redrawing: .groups(groups.filter { $0.level != .programme }))
        == engine.horizonTotals(redrawing: .belowProgramme))
  }

  @Test("whole blocks, which one call computes, draw the same as parts of a block")
  func fusedYears() throws {
    // Without quantiles and groups the years of a plan are computed in one call.
    let yaml = VariedScenario.plain.yaml.replacing("report: {groups: [region]}", with: "")
    let (whole, part) = try (Self.engine(yaml), Self.engine(yaml, paths: 511))
    for group in whole.drawnGroups() {
      let all = try whole.horizonTotals(redrawing: .groups([group]))
      let some = try part.horizonTotals(redrawing: .groups([group]))
      #expect(Array(all[0].prefix(511)) == some[0], "\(group.name)")
    }
  }

  @Test("a held number has its value on all paths; nothing else moves")
  func holding() throws {
    let engine = try Self.engine(VariedScenario.delayed.yaml)
    let group = DrawGroup.programme(.input("launch"))
    let free = engine.trace(block: 0).draws
    let held = engine.holding(group, at: 0.25).trace(block: 0).draws
    for (key, values) in held { #expect(values == free[key], "\(key)") }
    #expect(free.keys.filter { held[$0] == nil }.map(\.group) == [group])
    // An odds ratio that does nothing: the share that launches is what is held.
    let model = try EngineTrial.model(
      """
      renkei: 1
      horizon_years: 1
      plans: {list: [{plan_id: a, end_target_yen: 1e6, period_years: 1}], defaults: {launch_probability: $p}}
      inputs: {p: {uniform: {min: 0, max: 1}}}
      """)
    let small = try VectorEngine(
      model: model, options: SimulationOptions(paths: 600, seed: 1, threads: 1))
    let p = DrawGroup.programme(.input("p"))
    #expect(try small.holding(p, at: 1).horizonTotals()[0].allSatisfy { $0 == 1e6 })
    #expect(try small.holding(p, at: 0).horizonTotals()[0].allSatisfy { $0 == 0 })
  }

  @Test("quantiles of a number are those of its distribution, none where its parameters are drawn")
  func quantiles() throws {
    let engine = try Self.engine(
      """
      renkei: 1
      horizon_years: 1
      plans: {list: [{plan_id: a, end_target_yen: $b}]}
      optimism: {common_share: 0.5}
      inputs:
        a: {uniform: {min: 100, max: 200}}
        b: {normal: {mean: $a, sd: 1}}
      """)
    func value(_ variable: DrawKey.Variable, _ score: Double) -> Double? {
      engine.value(of: .programme(variable), normalScore: score)
    }
    #expect(try abs(#require(value(.input("a"), -1.281_551_565_544_600_4)) - 110) < 1e-9)
    #expect(value(.input("b"), 0) == nil)
    #expect(value(.optimismFactor, 1.5) == 1.5)
    #expect(engine.value(of: .plan(.attainment), normalScore: 0) == nil)
  }
}
