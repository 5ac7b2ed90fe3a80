// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Expected values that the model has in closed form. Seeds are fixed; a test fails beyond 5
/// standard errors, a false-alarm rate of 6e-7 a figure. `make bench` takes a million paths.
struct ClosedFormTests {
  private static let million = 1_000_000

  @Test func meanIsTargetTimesRampTimesAttainmentTimesLaunchTimesSurvival() throws {
    let trial = try EngineTrial(
      """
      renkei: 1
      title: t
      start_year: 2005
      horizon_years: 5
      plans:
        list: [{plan_id: a, end_target_yen: 100e6}]
        defaults:
          attainment: {lognormal: {median: 0.3, log_sd: 0.8}}
          launch_probability: 0.7
          annual_shock_sd: 0.4
          annual_failure_probability: [0.07, 0.06, 0.05]
      optimism: {common_share: 0.3}
      credit: {correlation: 0.05}
      factors:
        macro: {loading: 0.3, autocorrelation: 0.5}
      """, paths: EngineTrial.paths(Self.million, unoptimised: 20_000))
    let attainment = 0.3 * exp(0.8 * 0.8 / 2)
    let survival = [0.93, 0.93 * 0.94, 0.93 * 0.94 * 0.95, 0.93 * 0.94 * 0.95 * 0.95]
    for year in 1...4 {
      let exact = 100e6 * Double(year) / 5 * attainment * 0.7 * survival[year - 1]
      #expect(abs(try trial.plan("a", .annual, year: year).z(from: exact)) < 5)
    }
  }

  @Test func delayShiftsTheRamp() throws {
    let trial = try EngineTrial(
      """
      renkei: 1
      title: t
      start_year: 2005
      horizon_years: 5
      plans:
        list: [{plan_id: a, end_target_yen: 100e6}]
        defaults: {launch_delay_years: {exponential: {mean: 0.69}}}
      """, paths: EngineTrial.paths(Self.million, unoptimised: 20_000))
    // E[max(0, t − D)] for D exponential with mean m: t − m(1 − e^{−t/m}).
    let mean = 0.69
    for year in 1...5 {
      let t = Double(year)
      let exact = 100e6 / 5 * (t - mean * (1 - exp(-t / mean)))
      #expect(abs(try trial.plan("a", .annual, year: year).z(from: exact)) < 5)
    }
  }

  @Test func oneFactorJoinsTwoPlansByItsCovariance() throws {
    let trial = try EngineTrial(
      """
      renkei: 1
      title: t
      start_year: 2005
      horizon_years: 3
      plans:
        list: [{plan_id: a, end_target_yen: 1, period_years: 1}, {plan_id: b, end_target_yen: 1, period_years: 1}]
        defaults: {annual_shock_sd: 0.4}
      factors:
        macro: {loading: 0.6, autocorrelation: 0.4}
      """, paths: EngineTrial.paths(Self.million, unoptimised: 100_000))
    // Two plans share σ²b²V(t); each alone has σ²(b²V(t) + (1 − b²)t).
    let phi = 0.4
    for year in 1...3 {
      let t = Double(year)
      let v =
        (t * (1 - phi * phi) - 2 * phi * (1 - pow(phi, t))) / ((1 - phi) * (1 - phi))
      let common = exp(0.16 * 0.36 * v) - 1
      let own = exp(0.16 * (0.36 * v + 0.64 * t)) - 1
      let summary = try trial.portfolio(.annual, year: year)
      let exact = (2 * own + 2 * common).squareRoot()
      // The standard deviation's own relative error is near √((kurtosis − 1) / 4n) < 0.006.
      #expect(abs(summary.standardDeviation / exact - 1) < 0.03)
      #expect(abs(summary.z(from: 2)) < 5)
    }
  }

  @Test(arguments: [0.0, 0.05, 0.5])
  func correlationOfFailuresLeavesSurvivalAlone(_ correlation: Double) throws {
    let trial = try EngineTrial(
      """
      renkei: 1
      title: t
      start_year: 2005
      horizon_years: 5
      plans:
        list: [{plan_id: a, end_target_yen: 1e6, period_years: 1}]
        defaults: {annual_failure_probability: 0.1}
      credit: {correlation: \(correlation)}
      """, paths: EngineTrial.paths(Self.million, unoptimised: 50_000))
    for year in 1...5 {
      let exact = 1e6 * pow(0.9, Double(year))
      #expect(abs(try trial.plan("a", .annual, year: year).z(from: exact)) < 5)
    }
  }

  @Test(arguments: [
    "laplace", "{uniform: {min: 0, max: 1}}", "{exponential: {mean: 2}}",
    "{gamma: {shape: 3, scale: 1}}", "{triangular: {min: 0, mode: 1, max: 4}}",
    "{pert: {min: 0, mode: 1, max: 4}}", "{discrete: {values: [0, 1, 5], weights: [1, 2, 1]}}",
  ])
  func everyShockFamilyKeepsTheMean(_ family: String) throws {
    let trial = try EngineTrial(
      """
      renkei: 1
      title: t
      start_year: 2005
      horizon_years: 3
      plans:
        list: [{plan_id: a, end_target_yen: 1e6, period_years: 1}]
        defaults: {annual_shock_sd: 0.3, shock: \(family)}
      factors:
        macro: {loading: 0.3}
      """, paths: EngineTrial.paths(Self.million, unoptimised: 50_000))
    for year in 1...3 {
      #expect(abs(try trial.plan("a", .annual, year: year).z(from: 1e6)) < 5)
    }
  }

  @Test func uncertainSpreadAndLoadingKeepTheMean() throws {
    let trial = try EngineTrial(
      """
      renkei: 1
      title: t
      start_year: 2005
      horizon_years: 3
      plans:
        list: [{plan_id: a, end_target_yen: 1e6, period_years: 1}, {plan_id: b, end_target_yen: 1e6, period_years: 1, shock: laplace}]
        defaults: {annual_shock_sd: {uniform: {min: 0.2, max: 0.6}}}
      factors:
        macro: {correlation: $rho, autocorrelation: 0.3}
      inputs:
        rho: {triangular: {min: 0.01, mode: 0.05, max: 0.15}}
      """, paths: EngineTrial.paths(Self.million, unoptimised: 50_000))
    for year in 1...3 {
      #expect(abs(try trial.plan("a", .annual, year: year).z(from: 1e6)) < 5)
      #expect(abs(try trial.plan("b", .annual, year: year).z(from: 1e6)) < 5)
    }
  }

  @Test func namedInputsAreSharedByAllPlans() throws {
    let trial = try EngineTrial(
      """
      renkei: 1
      title: t
      start_year: 2005
      horizon_years: 1
      plans:
        list: [{plan_id: a, end_target_yen: 1e6, period_years: 1}, {plan_id: b, end_target_yen: 1e6, period_years: 1}]
        defaults: {launch_probability: $launch, attainment: {lognormal: {median: $level, log_sd: 0.2}}}
      inputs:
        launch: {beta: {a: 14, b: 6}}
        level: {uniform: {min: 0.5, max: 1.5}}
      """, paths: EngineTrial.paths(Self.million, unoptimised: 100_000))
    let lift = exp(0.02)
    #expect(abs(try trial.plan("a", .annual, year: 1).z(from: 0.7e6 * lift)) < 5)
    // Var(a + b) = 2 E[a²] + 2 E[ab] − 4 E[a]², with the inputs common to a and b.
    let meanLaunch = 0.7
    let launchSquare = 0.7 * 0.7 + 14 * 6 / (20.0 * 20 * 21)
    let levelSquare = 1 + 1.0 / 12
    let single = meanLaunch * levelSquare * exp(4 * 0.02)
    let pair = launchSquare * levelSquare * exp(2 * 0.02)
    let exact = (2 * single + 2 * pair - 4 * pow(0.7 * lift, 2)).squareRoot() * 1e6
    #expect(abs(try trial.portfolio(.annual, year: 1).standardDeviation / exact - 1) < 0.02)
  }

  @Test func zeroVolatilityIsExact() throws {
    let trial = try EngineTrial(
      """
      renkei: 1
      title: t
      start_year: 2005
      horizon_years: 5
      plans:
        list: [{plan_id: a, end_target_yen: 100e6}, {plan_id: b, end_target_yen: 37e6, period_years: 3, start_offset_years: 1.5}]
        defaults: {growth_after_plan: 0.1}
      """, paths: 700)
    for year in 1...5 {
      let summary = try trial.plan("a", .annual, year: year)
      #expect(summary.mean == 100e6 * (Double(year) / 5))
      #expect(summary.standardDeviation == 0)
      #expect(try trial.portfolio(.cumulative, year: year).standardDeviation == 0)
    }
    #expect(try trial.plan("b", .annual, year: 1).mean == 0)
    #expect(try trial.plan("b", .annual, year: 2).mean == 37e6 * (0.5 / 3))
    #expect(abs(try trial.plan("b", .annual, year: 5).mean / (37e6 * pow(1.1, 0.5)) - 1) < 1e-12)
  }
}
