// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDraws
import RenkeiModel
import RenkeiStatistics
import Testing

@testable import RenkeiEngine

/// A year in one pass gives the bits of a year column after column.
struct FusedYearTests {
  /// What a block leaves behind.
  private struct Outcome: Equatable {
    var totals: [[Double]] = []
    var groups: [[Double]] = []
    var plans: [[Double]] = []
    var moments: [ShiftedMoments] = []
    var counts: [[Int]] = []
    var frequencies: [CountFrequencies] = []
  }

  private static func run(
    _ yaml: String, fused: Bool, keepsPlans: Bool, _ set: InstructionSet = .best
  ) throws -> Outcome {
    let portfolio = try CompiledPortfolio(
      EngineTrial.model(yaml), seed: 5, sampling: .random)
    let shifts = [ArmShifts(portfolio)]
    var runner = BlockRunner(
      portfolio: portfolio, shifts: shifts, histograms: [ArmHistograms.none])
    runner.revenueStage.usesFusedYears = fused
    let workspace = BlockWorkspace(portfolio, kernels: ColumnKernels(set).table)
    var outcome = Outcome()
    func copy(_ column: UnsafePointer<Double>) -> [Double] {
      Array(UnsafeBufferPointer(start: column, count: BlockRunner.width))
    }
    if keepsPlans {
      workspace.revenueRecorder = { _, _ in
        outcome.plans.append(copy(workspace.revenue))
        outcome.plans.append(copy(workspace.cumulative))
      }
    }
    var sums = RunSums(layout: portfolio.layout, shifts: shifts)
    for block in 0..<2 {
      runner.run(block: block, paths: BlockRunner.width, in: workspace, into: &sums)
      outcome.totals += (0..<portfolio.years).map { copy(workspace.portfolio[$0]) }
      outcome.groups += (0..<workspace.groups.count).map { copy(workspace.groups[$0]) }
    }
    workspace.revenueRecorder = nil
    let tally = sums.arms[0].tally
    outcome.moments = tally.planMoments + tally.groupMoments + tally.portfolioMoments
    outcome.counts = [tally.planActive, tally.planTargetMet]
    outcome.frequencies = tally.countFrequencies
    return outcome
  }

  @Test(arguments: VariedScenario.allCases, [false, true])
  func onePassEqualsMany(_ scenario: VariedScenario, _ keepsPlans: Bool) throws {
    let many = try Self.run(scenario.yaml, fused: false, keepsPlans: keepsPlans)
    for set in InstructionSet.available {
      let one = try Self.run(scenario.yaml, fused: true, keepsPlans: keepsPlans, set)
      #expect(one == many, "\(set)")
    }
    #expect(many.totals.contains { $0.contains { $0 > 0 } })
  }

  /// Without groups the years of a plan can be one call; with certain launches, no path decides.
  @Test(arguments: VariedScenario.allCases)
  func oneCallEqualsMany(_ scenario: VariedScenario) throws {
    let alone = scenario.yaml.replacing("report: {groups: [region]}", with: "")
    let certain = alone.replacing("launch_probability: 0.7", with: "launch_probability: 1")
    // More years than generators are seeded for at once.
    let long = alone.replacing("horizon_years: 5", with: "horizon_years: 20")
    for yaml in scenario == .plain ? [alone, certain, long] : [alone, certain] {
      let many = try Self.run(yaml, fused: false, keepsPlans: false)
      for set in InstructionSet.available {
        let one = try Self.run(yaml, fused: true, keepsPlans: false, set)
        #expect(one == many, "\(set)")
      }
    }
    guard scenario == .plain else { return }
    for yaml in [alone, certain, long] {
      let portfolio = try CompiledPortfolio(EngineTrial.model(yaml), seed: 5, sampling: .random)
      let shifts = ArmShifts(portfolio).tally
      let accounts = AccountStage(layout: portfolio.layout, shifts: shifts, histograms: nil)
      let stage = PlanStage(
        portfolio: portfolio,
        revenueStage: RevenueStage(portfolio: portfolio, accountStage: accounts), shifts: shifts)
      #expect(stage.plansInOneCall == portfolio.plans.count)
    }
  }

  /// The scenarios above must not pass because nothing was fused.
  @Test func plansAreFused() throws {
    let plans = try CompiledPortfolio(
      EngineTrial.model(VariedScenario.delayed.yaml), seed: 5, sampling: .random
    ).plans
    #expect(plans.contains { $0.isBounded })
    #expect(plans.contains { if case .fixed = $0.ramp { false } else { $0.isBounded } })
  }

  /// A shock so wild that a walk could leave the range of powers of two takes the other way.
  @Test func wildWalksAreNotBounded() throws {
    let wild = VariedScenario.plain.yaml.replacing(
      "annual_shock_sd: 0.35", with: "annual_shock_sd: 5"
    ).replacing("horizon_years: 5", with: "horizon_years: 20")
    let plans = try CompiledPortfolio(
      EngineTrial.model(wild), seed: 5, sampling: .random
    ).plans
    #expect(!plans.contains { $0.isBounded })
  }
}
