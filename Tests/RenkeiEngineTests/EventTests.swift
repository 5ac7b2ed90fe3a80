// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiModel
import Testing

/// Means that risk events leave, in closed form. Seeds are fixed; a test fails beyond 5 standard
/// errors.
struct EventTests {
  /// Two plans that sell 1 from the first year's end on, and the events given.
  private static func trial(_ events: String, paths: Int = 20_000) throws -> EngineTrial {
    try EngineTrial(
      """
      renkei: 1
      title: t
      start_year: 2005
      horizon_years: 5
      plans:
        list:
          - {plan_id: a, end_target_yen: 1, period_years: 1, region: kinki}
          - {plan_id: b, end_target_yen: 1, period_years: 1, region: kyushu}
      events:
      \(events)
      """, paths: paths)
  }

  private static func check(
    _ trial: EngineTrial, plan: String = "a", _ exact: (Int) -> Double,
    sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) throws {
    for year in 1...5 {
      let amount = try trial.plan(plan, .annual, year: year)
      #expect(
        abs(amount.z(from: exact(year))) < 5,
        "year \(year): \(amount.mean) ± \(amount.standardError), should be \(exact(year))",
        sourceLocation: sourceLocation)
    }
  }

  /// E[R] = 1 − p + p·E[m] in every year.
  @Test func oneYear() throws {
    let trial = try Self.trial(
      "  e: {annual_probability: 0.2, multiplier: {pert: {min: 0.4, mode: 0.7, max: 0.9}}}")
    try Self.check(trial) { _ in 1 - 0.2 + 0.2 * (0.4 + 4 * 0.7 + 0.9) / 6 }
  }

  /// E[min of k uniforms on 0…1] = 1/(k + 1), so that over n years with k strikes of them
  /// E[R] = Σ C(n, k) p^k (1−p)^(n−k)/(k + 1) = (1 − (1−p)^(n+1))/((n + 1)·p): the lowest
  /// multiplier counts where strikes overlap.
  @Test(arguments: [(1, "1"), (2, "2"), (3, "3"), (5, "permanent")])
  func overlappingStrikesTakeTheLowest(lasting: Int, duration: String) throws {
    let trial = try Self.trial(
      """
        e: {annual_probability: 0.3, duration_years: \(duration),
            multiplier: {uniform: {min: 0, max: 1}}}
      """)
    try Self.check(trial) { year in
      let n = Double(min(year, lasting))
      return (1 - pow(0.7, n + 1)) / ((n + 1) * 0.3)
    }
  }

  /// A multiplier above 1 raises revenue; two strikes of it do not raise it twice.
  @Test func raisingEventsDoNotCompound() throws {
    let trial = try Self.trial(
      "  e: {annual_probability: 0.4, duration_years: 2, multiplier: 1.5}")
    try Self.check(trial) { year in
      let calm = pow(0.6, Double(min(year, 2)))
      return calm + (1 - calm) * 1.5
    }
  }

  @Test func twoEventsMultiply() throws {
    let trial = try Self.trial(
      """
        e: {annual_probability: 0.2, multiplier: 0.5}
        f: {annual_probability: 0.3, duration_years: 2, multiplier: {uniform: {min: 0, max: 1}}}
      """)
    try Self.check(trial) { year in
      let n = Double(min(year, 2))
      return 0.9 * (1 - pow(0.7, n + 1)) / ((n + 1) * 0.3)
    }
  }

  /// An event of all plans strikes them together: Var(a + b) = 4·Var(a).
  @Test func plansInScopeAreStruckTogether() throws {
    let trial = try Self.trial("  e: {annual_probability: 0.2, multiplier: 0.5}")
    for year in 1...5 {
      let one = try trial.plan("a", .annual, year: year).standardDeviation
      let both = try trial.portfolio(.annual, year: year).standardDeviation
      // Twice the same numbers, summed in another order.
      #expect(one > 0.19 && abs(both - 2 * one) < 1e-12)
    }
  }

  @Test(arguments: ["{region: kinki}", "{plan_id: a}"])
  func plansOutOfScopeAreUntouched(_ scope: String) throws {
    let trial = try Self.trial(
      "  e: {annual_probability: 0.2, scope: \(scope), multiplier: 0.5}")
    try Self.check(trial) { _ in 0.9 }
    for year in 1...5 {
      let other = try trial.plan("b", .annual, year: year)
      #expect(other.mean == 1 && other.standardDeviation == 0)
    }
  }

  /// The probability of an uncertain event is drawn once a path: strikes in two years are
  /// positively correlated, E[calm in both] = E[(1−p)²].
  @Test func uncertainProbabilityIsCommonToAllYears() throws {
    let trial = try Self.trial(
      """
        e: {annual_probability: {uniform: {min: 0, max: 1}}, duration_years: 2, multiplier: 0}
      """)
    try Self.check(trial) { $0 == 1 ? 1.0 / 2 : 1.0 / 3 }
  }

  @Test func multiplierMayReadAnInput() throws {
    let trial = try Self.trial(
      """
        e: {annual_probability: 0.5, multiplier: $depth}
        f: {annual_probability: 1, multiplier: {uniform: {min: 0, max: $depth}}}
      inputs:
        depth: {uniform: {min: 0.2, max: 0.8}}
      """)
    // E[(½ + ½d)·d/2] with E[d] = 0.5 and E[d²] = 0.28.
    try Self.check(trial) { _ in 0.5 * 0.25 + 0.25 * 0.28 }
  }

  /// A permanent strike before a plan's start stays; the year of the strike is the scenario's.
  @Test func strikesBeforeTheStartLast() throws {
    let trial = try EngineTrial(
      """
      renkei: 1
      horizon_years: 3
      plans:
        list: [{plan_id: a, end_target_yen: 1, period_years: 1, start_offset_years: 2}]
      events:
        e: {annual_probability: 0.2, duration_years: permanent, multiplier: 0.5}
      """, paths: 20_000)
    let exact = 0.5 + 0.5 * pow(0.8, 3)
    #expect(abs(try trial.plan("a", .annual, year: 3).z(from: exact)) < 5)
  }

  /// Nothing corrects the mean, and the promise knows no events.
  @Test func promiseIsUnaffected() throws {
    let struck = try Self.trial("  e: {annual_probability: 1, multiplier: 0.5}", paths: 100)
    #expect(struck.model.promisedByYear == [2, 2, 2, 2, 2])
    #expect(try struck.portfolio(.annual, year: 1).mean == 1)
  }
}
