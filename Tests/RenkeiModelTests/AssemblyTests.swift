// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import RenkeiStatistics
import Testing

@testable import RenkeiModel

/// Results against sums over a few hundred hand-made paths.
@Suite("Assembly of results")
struct AssemblyTests {
  static let paths = 400
  static let years = 3

  /// Three plans in two groups; promises 20, 60, 100 million for plan A, half of it for B, and C
  /// starts after the horizon.
  static func model(goal: Double? = 300e6, arms: [Arm] = []) throws -> ProjectionModel {
    try Build.scenario(
      plans: [
        Build.plan("C", ["side": "west"], own: [.startOffsetYears: .constant(3)]),
        Build.plan(
          "A", target: .constant(120e6), ["side": "east"], own: [.periodYears: .constant(3)],
          line: 3),
        Build.plan(
          "B", target: .constant(60e6), ["side": "west"], own: [.periodYears: .constant(3)], line: 4
        ),
      ], years: years
    ) {
      $0.goalYen = goal.map { Stated($0, at: Build.at(4)) }
      $0.arms = arms
      $0.report.groupings = [Stated(Grouping(column: "side"), at: Build.at(5))]
    }.resolved()
  }

  /// Revenue by plan and year that looks like the real thing: many zeros, some ties, a tail.
  static func revenue(path: Int) -> [[Double]] {
    let score = Double((path * 37) % paths) / Double(paths)
    let a = path % 5 == 0 ? 0 : 40e6 * (1 + 3 * score * score)
    let b = path % 3 == 0 ? 20e6 : 30e6 * score
    return [[0, 0, 0], [a, 2 * a, path % 7 == 0 ? 0 : 3 * a], [b, 2 * b, 3 * b]]
  }

  static func launched(path: Int) -> [[Bool]] {
    let a = path % 5 != 0
    return [[false, false, false], [a, a, a], [path % 2 == 0, true, true]]
  }

  static func failed(path: Int) -> [[Bool]] {
    [[false, false, false], [false, false, path % 7 == 0], [false, false, false]]
  }

  static func tally(_ model: ProjectionModel, histograms: Bool = true) -> ArmTally {
    var tally = ArmTally(
      layout: TallyLayout(model: model), paths: paths, histograms: histograms)
    for path in 0..<paths {
      tally.record(
        path: path, revenue: revenue(path: path), launched: launched(path: path),
        failed: failed(path: path))
    }
    return tally
  }

  static func result(
    _ model: ProjectionModel, histograms: Bool = true
  ) throws -> SimulationResult {
    let tallies = model.arms.map { _ in tally(model, histograms: histograms) }
    return try SimulationResult(
      model: model, options: SimulationOptions(paths: paths, seed: 7, threads: 1), tallies: tallies)
  }

  /// One value a path.
  private func values(_ plans: [Int], _ measure: Measure, _ year: Int) -> [Double] {
    (0..<Self.paths).map { path in
      plans.reduce(0) { sum, plan in
        let revenue = Self.revenue(path: path)[plan]
        return sum + (measure == .annual ? revenue[year] : revenue[0...year].reduce(0, +))
      }
    }
  }

  private func check(
    _ amount: AmountSummary, _ values: [Double], tolerance: Double, _ comment: Comment,
    levels: [Double] = ReportSettings.standardQuantileLevels
  ) {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
    let scale = max(1, mean)
    #expect(abs(amount.mean - mean) < 1e-12 * scale, comment)
    #expect(abs(amount.standardDeviation - variance.squareRoot()) < 1e-9 * scale, comment)
    #expect(
      abs((amount.standardError ?? .nan) - (variance / n).squareRoot()) < 1e-9 * scale, comment)
    let sorted = values.sorted()
    #expect(amount.quantiles.count == levels.count, comment)
    for (level, quantile) in zip(levels, amount.quantiles) {
      let exact = sorted[max(0, Int((level * n - 1e-9).rounded(.up)) - 1)]
      #expect(abs(quantile - exact) <= tolerance * exact + 1e-12 * scale, comment)
    }
  }

  @Test func portfolioIsExact() throws {
    let arm = try Self.result(Self.model()).arms[0]
    #expect(arm.arm == "as_planned")
    #expect(
      arm.portfolio.map(\.measure) == [.annual, .annual, .annual] + [
        .cumulative, .cumulative, .cumulative,
      ])
    #expect(arm.portfolio.map(\.year) == [1, 2, 3, 1, 2, 3])
    for row in arm.portfolio {
      check(
        row.amount, values([0, 1, 2], row.measure, row.year - 1), tolerance: 0,
        "\(row.measure) \(row.year)")
    }
  }

  @Test func plansAndGroupsWithinTheHistogramsError() throws {
    let arm = try Self.result(Self.model()).arms[0]
    #expect(arm.plans.count == 18)
    for row in arm.plans {
      let values = values([row.planIndex], row.measure, row.year - 1)
      check(
        row.amount, values, tolerance: LogHistogram.relativeErrorBound, "\(row.planID) \(row.year)",
        levels: [0.05, 0.5, 0.95])
      #expect(row.probabilityActive == Double(values.filter { $0 > 0 }.count) / 400)
    }
    #expect(
      arm.groups.map(\.group) == ["west", "east"].flatMap { [String](repeating: $0, count: 6) })
    for row in arm.groups {
      let members = row.group == "west" ? [0, 2] : [1]
      #expect(row.planCount == members.count)
      check(
        row.amount, values(members, row.measure, row.year - 1),
        tolerance: LogHistogram.relativeErrorBound, "\(row.group) \(row.year)")
    }
  }

  @Test func targetMetComparesWithThePromiseOfTheSameMeasure() throws {
    let model = try Self.model()
    let arm = try Self.result(model).arms[0]
    // C promises nothing within the horizon.
    #expect(arm.plans[0..<6].allSatisfy { $0.probabilityTargetMet == nil })
    for row in arm.plans[6...] {
      let promised = model.plans[row.planIndex].promisedByYear
      let needed =
        row.measure == .annual ? promised[row.year - 1] : promised[..<row.year].reduce(0, +)
      let met = values([row.planIndex], row.measure, row.year - 1).filter { $0 >= needed }.count
      #expect(row.probabilityTargetMet == Double(met) / 400, "\(row.planID) \(row.year)")
    }
    // 20 million is exactly what B promises for year 1: met, not missed.
    #expect(arm.plans[12].planID == "B" && arm.plans[12].probabilityTargetMet ?? 0 > 1.0 / 3)
  }

  @Test func cellsThatNeverVaryHaveNoSpread() throws {
    let arm = try Self.result(Self.model()).arms[0]
    for row in arm.plans[0..<6] {
      #expect(row.amount.standardDeviation == 0 && row.amount.standardError == 0)
      #expect(row.amount.quantiles.allSatisfy { $0 == 0 })
    }
  }

  @Test func goal() throws {
    let arm = try Self.result(Self.model()).arms[0]
    let goal = try #require(arm.goal)
    let totals = values([0, 1, 2], .cumulative, 2)
    let gaps = totals.map { max(0, 300e6 - $0) }.sorted(by: >)
    #expect(goal.hits == totals.filter { $0 >= 300e6 }.count)
    #expect(goal.hits > 20 && goal.hits < 380)
    let p = Double(goal.hits) / 400
    #expect(goal.probability == p)
    #expect(abs(goal.standardError - (p * (1 - p) / 400).squareRoot()) < 1e-15)
    #expect(goal.interval95.contains(p))
    #expect(abs(goal.meanGapYen - gaps.reduce(0, +) / 400) < 1e-3)
    #expect(abs(goal.cvar95GapYen - gaps[..<20].reduce(0, +) / 20) < 1e-3)
    // (1 + 2 + 3)/3 end targets of 120 and 60 million.
    #expect(abs(goal.promisedYen - 360e6) < 1e-3)
    let ratio = totals.reduce(0, +) / 400 / 360e6
    #expect(abs((goal.attainmentRatioMean ?? 0) - ratio) < 1e-12)
    let without = try Self.result(Self.model(goal: nil))
    #expect(without.arms[0].goal == nil)
  }

  @Test func aTotalEqualToTheGoalIsAHit() throws {
    let totals = values([0, 1, 2], .cumulative, 2)
    let level = totals.sorted()[200]
    let goal = try #require(try Self.result(Self.model(goal: level)).arms[0].goal)
    #expect(goal.hits == totals.filter { $0 >= level }.count)
  }

  @Test func counts() throws {
    let model = try Self.model()
    let arm = try Self.result(model).arms[0]
    #expect(arm.counts.count == Self.years * (CountMetric.allCases.count - 1))
    for row in arm.counts {
      let counts = (0..<Self.paths).map { path in
        (0..<3).filter { plan in
          let yen = Self.revenue(path: path)[plan][row.year - 1]
          let promised = model.plans[plan].promisedByYear[row.year - 1]
          return switch row.metric {
          case .launched: Self.launched(path: path)[plan][row.year - 1]
          case .active: yen > 0
          case .failedHazard: Self.failed(path: path)[plan][row.year - 1]
          case .targetMet: promised > 0 && yen >= promised
          case .failedCash: false
          case .revenue100To300Million: yen >= 100e6 && yen <= 300e6
          }
        }.count
      }
      let sorted = counts.sorted()
      let mean = Double(counts.reduce(0, +)) / 400
      let squares = counts.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
      #expect(abs(row.mean - mean) < 1e-12, "\(row.metric) \(row.year)")
      #expect(abs(row.standardDeviation - (squares / 399).squareRoot()) < 1e-12)
      #expect([row.p05, row.p50, row.p95] == [sorted[19], sorted[199], sorted[379]])
    }
  }

  @Test func contributionsAreRanked() throws {
    let arm = try Self.result(Self.model()).arms[0]
    let plans = arm.contributions.filter { $0.groupBy == "plan" }
    #expect(plans.map(\.group) == ["A", "B", "C"])
    #expect(plans.map(\.rank) == [1, 2, 3])
    #expect(abs(plans.reduce(0) { $0 + ($1.share ?? 0) } - 1) < 1e-12)
    let groups = arm.contributions.filter { $0.groupBy == "side" }
    #expect(groups.map(\.group) == ["east", "west"])
    let mean = values([1], .cumulative, 2).reduce(0, +) / 400
    #expect(abs(groups[0].meanYen / mean - 1) < 1e-12)
  }

  @Test func exceedanceCountsPathsAtOrAbove() throws {
    let arm = try Self.result(Self.model(goal: 333_333_333)).arms[0]
    let totals = values([0, 1, 2], .cumulative, 2)
    let thresholds = arm.exceedance.map(\.thresholdYen)
    #expect(thresholds == thresholds.sorted())
    #expect(thresholds.contains(333_333_333) && thresholds.contains(360e6))
    #expect(arm.exceedance[0].probability == 1)
    for row in arm.exceedance {
      #expect(
        row.probability == Double(totals.filter { $0 >= row.thresholdYen }.count) / 400)
    }
  }

  @Test(arguments: [
    (0.0, 1.0, 2), (99, 1, 101), (100, 1, 102), (101, 2, 52), (197.2e9, 2e9, 100),
    (5.1e11, 1e10, 53), (1e300, 5e21, 1002),
  ])
  func exceedanceSteps(amount: Double, step: Double, count: Int) {
    let thresholds = ExceedanceGrid.thresholds(including: []) { amount }
    #expect(thresholds.first == 0 && thresholds[1] == step)
    #expect(thresholds.count == count)
    if amount < 1e24 { #expect(thresholds[thresholds.count - 1] > amount) }
  }

  @Test(arguments: [[197.2e9, 4e11], [3e8], [1_000], [360e6, 333_333_333]])
  func exceedanceFollowsWhatIsStated(stated: [Double]) throws {
    let thresholds = ExceedanceGrid.thresholds(including: stated) {
      Issue.record("a stated scale needs no simulated total")
      return 0
    }
    let scale = try #require(stated.max())
    #expect(thresholds == thresholds.sorted() && Set(thresholds).count == thresholds.count)
    #expect(stated.allSatisfy(thresholds.contains))
    #expect(thresholds.filter { $0 <= 2 * scale }.count > 80)
    let last = try #require(thresholds.last)
    #expect(last > 10 * scale && last <= 20 * scale)
    #expect(thresholds.count < 230)
  }

  @Test func withoutHistogramsThereAreNoPlanQuantiles() throws {
    let result = try Self.result(Self.model(), histograms: false)
    #expect(!result.hasPlanQuantiles)
    #expect(result.arms[0].plans.allSatisfy { $0.amount.quantiles.isEmpty })
    #expect(result.arms[0].groups.allSatisfy { $0.amount.quantiles.isEmpty })
    #expect(result.arms[0].portfolio.allSatisfy { $0.amount.quantiles.count == 7 })
  }

  @Test func armsShareTheirThresholds() throws {
    let model = try Self.model(arms: [Arm(name: "x"), Arm(name: "y")])
    let layout = TallyLayout(model: model)
    let none = [[Double]](repeating: [0, 0, 0], count: 3)
    let never = [[Bool]](repeating: [false, false, false], count: 3)
    var empty = ArmTally(layout: layout, paths: Self.paths, histograms: true)
    for path in 0..<Self.paths {
      empty.record(path: path, revenue: none, launched: never, failed: never)
    }
    let result = try SimulationResult(
      model: model, options: SimulationOptions(paths: Self.paths, seed: 1, threads: 1),
      tallies: [empty, Self.tally(model)])
    #expect(
      result.arms[0].exceedance.map(\.thresholdYen) == result.arms[1].exceedance.map(\.thresholdYen)
    )
    #expect(result.arms[0].contributions.allSatisfy { $0.share == nil })
    // Equal means: by id.
    #expect(result.arms[0].contributions.prefix(3).map(\.group) == ["A", "B", "C"])
  }

  @Test(arguments: [Double.infinity, .nan, 1e200])
  func amountsOutOfRangeAreNamed(value: Double) throws {
    let model = try Self.model()
    var tally = ArmTally(layout: TallyLayout(model: model), paths: 2, histograms: true)
    let never = [[Bool]](repeating: [false, false, false], count: 3)
    tally.record(
      path: 0, revenue: [[0, 0, 0], [1, 1, 1], [1, 1, 1]], launched: never, failed: never)
    tally.record(
      path: 1, revenue: [[0, 0, 0], [1, value, 1], [1, 1, 1]], launched: never, failed: never)
    let error = #expect(throws: SimulationError.self) {
      try SimulationResult(
        model: model, options: SimulationOptions(paths: 2, seed: 1, threads: 1), tallies: [tally])
    }
    guard case .notFinite(let message)? = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
    #expect(message.hasPrefix("plan 'A': the annual revenue of year 2 under arm 'as_planned' is"))
  }

  @Test func onePathHasNoSpread() throws {
    let model = try Self.model()
    var tally = ArmTally(layout: TallyLayout(model: model), paths: 1, histograms: true)
    tally.record(
      path: 0, revenue: Self.revenue(path: 1), launched: Self.launched(path: 1),
      failed: Self.failed(path: 1))
    let arm = try SimulationResult(
      model: model, options: SimulationOptions(paths: 1, seed: 1, threads: 1), tallies: [tally]
    ).arms[0]
    #expect(arm.portfolio.allSatisfy { $0.amount.standardDeviation == 0 })
    #expect(arm.portfolio[5].amount.quantiles.allSatisfy { $0 == arm.portfolio[5].amount.mean })
  }

  /// Chunks of paths with common shifts merge to what one pass counts.
  @Test func sumsMerge() throws {
    let model = try Self.model()
    let whole = Self.tally(model)
    let layout = whole.layout
    let shifts = TallyShifts(
      plans: whole.planMoments.map(\.shift), groups: whole.groupMoments.map(\.shift),
      portfolio: whole.portfolioMoments.map(\.shift))
    var merged = ArmTally(
      layout: layout, sums: TallySums(layout: layout, shifts: shifts), planHistograms: nil,
      groupHistograms: nil, totals: whole.totals)
    merged.merge(TallySums(whole))
    merged.merge(TallySums(whole))
    #expect(merged.planMoments.map(\.count).allSatisfy { $0 == 800 })
    #expect(merged.planMoments.map(\.mean) == whole.planMoments.map(\.mean))
    #expect(merged.planActive == whole.planActive.map { 2 * $0 })
    #expect(merged.countFrequencies == whole.countFrequencies.map(\.doubled))
  }
}

extension CountFrequencies {
  /// Every path counted twice.
  fileprivate var doubled: CountFrequencies {
    var twice = CountFrequencies()
    for (plans, paths) in entries { twice.add(plans, paths: 2 * paths) }
    return twice
  }
}
