// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDraws
import RenkeiModel
import RenkeiReference
import RenkeiStatistics
import Testing

@testable import RenkeiEngine

/// Sampling designs change shared draws as stated, nothing else, and the same way everywhere.
struct SamplingDesignTests {
  static let designs: [SamplingDesign] = [.antithetic, .latinHypercube, .sobol]

  private static func engine(
    _ yaml: String, _ design: SamplingDesign, paths: Int = 8_192, seed: UInt64 = 3, threads: Int = 1
  ) throws -> VectorEngine {
    try VectorEngine(
      model: EngineTrial.model(yaml),
      options: SimulationOptions(
        paths: paths, seed: seed, threads: threads, planQuantiles: false, sampling: design))
  }

  // MARK: equal bits

  /// Seventeen blocks and a part.
  private static let paths = 17 * 512 + 300

  @Test(arguments: designs, [2, 5])
  func threadsChangeNothing(_ design: SamplingDesign, _ threads: Int) throws {
    let results = try [1, threads].map { threads in
      try EngineTrial(
        VariedScenario.struck.yaml, paths: Self.paths, seed: 3, threads: threads,
        planQuantiles: false, sampling: design
      ).result
    }
    #expect(DeterminismTests.bits(results[0]) == DeterminismTests.bits(results[1]))
  }

  @Test(arguments: designs)
  func instructionSetsChangeNothing(_ design: SamplingDesign) throws {
    let model = try EngineTrial.model(VariedScenario.struck.yaml)
    let traces = try InstructionSet.available.map { set in
      try VectorEngine(
        model: model,
        options: SimulationOptions(paths: 8_192, seed: 3, threads: 1, sampling: design),
        instructionSet: set
      ).trace(block: 21).revenueYen
    }
    for trace in traces { #expect(trace == traces[0]) }
  }

  /// Factors by region stand in the order of the list, which must not decide their coordinates.
  @Test(arguments: designs)
  func orderOfThePlanListChangesNoDraw(_ design: SamplingDesign) throws {
    let yaml = VariedScenario.uncertain.yaml
    let lines = yaml.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let plans = lines.indices.filter { lines[$0].contains("plan_id:") }
    var shuffled = lines
    for (place, source) in zip(plans, plans.reversed()) { shuffled[place] = lines[source] }
    let original = try Self.engine(yaml, design).trace(block: 5).revenueYen
    let permuted = try Self.engine(shuffled.joined(separator: "\n"), design).trace(block: 5)
    #expect(original == Array(permuted.revenueYen.reversed()))
  }

  @Test(arguments: designs)
  func fewerPathsAreAPrefix(_ design: SamplingDesign) throws {
    let totals = try [8_192, 16_384].map { paths in
      let totals = try Self.engine(VariedScenario.struck.yaml, design, paths: paths).pathTotals()
      return (0..<5).flatMap { Array(totals.annual(year: $0).prefix(8_192)) }
    }
    #expect(totals[0] == totals[1])
  }

  // MARK: which draws a design changes

  @Test(arguments: designs)
  func plansOwnDrawsStayRandom(_ design: SamplingDesign) throws {
    let yaml = VariedScenario.struck.yaml
    let random = try Self.engine(yaml, .random).trace(block: 2)
    let designed = try Self.engine(yaml, design).trace(block: 2)
    for id in ["p1", "p2"] {
      for year in 1...5 {
        let key = DrawKey(.plan(id), .shock, year: year)
        for path in 0..<512 {
          #expect(random.value(key, path: path) == designed.value(key, path: path))
        }
      }
    }
    let strike = DrawKey(.event("recession", scope: "all"), .strikeUniform, year: 1)
    #expect(
      (0..<512).contains { random.value(strike, path: $0) != designed.value(strike, path: $0) })
  }

  /// Strikes of every year, of whatever scope, are uniforms of the design.
  private static func strikes(_ design: SamplingDesign, block: Int) throws -> [[Double]] {
    let trace = try engine(VariedScenario.struck.yaml, design).trace(block: block)
    return try (1...5).map { year in
      let key = DrawKey(.event("recession", scope: "all"), .strikeUniform, year: year)
      return try (0..<512).map { try #require(trace.value(key, path: $0)) }
    }
  }

  @Test func antitheticPathsMirrorEachOther() throws {
    for u in try Self.strikes(.antithetic, block: 1) {
      for path in 0..<256 { #expect(u[path + 256] == 1 - u[path]) }
    }
    let yaml = VariedScenario.plain.yaml
    let trace = try Self.engine(yaml, .antithetic).trace(block: 0)
    let level = DrawKey(.factor("macro", series: ""), .factorLevel, year: 3)
    for path in 0..<256 {
      let (a, b) = (trace.value(level, path: path), trace.value(level, path: path + 256))
      // Two roundings of an AR(1) step a year.
      #expect(abs((a ?? 1) + (b ?? 1)) < 1e-10)
    }
  }

  @Test func latinHypercubeFillsEveryStratum() throws {
    for u in try Self.strikes(.latinHypercube, block: 1) {
      #expect(Set(u.map { Int($0 * 512) }).count == 512)
    }
  }

  /// Blocks b and b + 16 are one randomisation: together they fill 1,024 strata.
  @Test func sobolBlocksContinueTheirRandomisation() throws {
    for (first, second) in zip(
      try Self.strikes(.sobol, block: 3), try Self.strikes(.sobol, block: 19))
    {
      #expect(Set((first + second).map { Int($0 * 1_024) }).count == 1_024)
    }
    let other = try Self.strikes(.sobol, block: 4)
    let same = try Self.strikes(.sobol, block: 3)
    #expect(other != same)
  }

  /// Inputs first, then factors of all plans, strikes, multipliers, and factors by column.
  @Test func coordinatesFollowTheStatedOrder() throws {
    let events = try PlanCompilerTrial.addresses(VariedScenario.struck.yaml)
    #expect(events.prefix(2).map(\.variable) == [.input("crisis"), .input("boom")])
    let strikes = events.indices.filter { events[$0].variable == .strikeUniform }
    let multipliers = events.indices.filter { events[$0].variable == .eventMultiplier }
    #expect(strikes.map { events[$0].year } == (1...5).flatMap { [$0, $0, $0, $0] })
    #expect((strikes.last ?? .max) < (multipliers.first ?? .min))
    let factors = try PlanCompilerTrial.addresses(VariedScenario.uncertain.yaml)
      .filter { $0.variable == .factorLevel }
    #expect(
      factors.prefix(6).map(\.entity)
        == (1...5).map { _ in .factor("macro", series: "") } + [
          .factor("region", series: "hokkaido")
        ])
    #expect(factors.count == 5 + 5 * 4)
  }

  /// Which arms run decides no draw of another: the calibrated arm earns the same alone.
  @Test(arguments: designs)
  func otherArmsChangeNothing(_ design: SamplingDesign) throws {
    let model = try EngineTrial.model(MoneyScenario.drawn.yaml)
    let options = SimulationOptions(
      paths: 8_192, seed: 3, threads: 2, planQuantiles: false, sampling: design)
    let all = try VectorEngine(model: model, options: options).run().result.arms
    let one = try VectorEngine(model: model.keepingArms(named: [all[1].arm]), options: options)
      .run().result.arms
    #expect(one[0].portfolio.map(\.amount) == all[1].portfolio.map(\.amount))
    #expect(one[0].finance?.loans.map(\.amount) == all[1].finance?.loans.map(\.amount))
  }

  /// The standard error of a mean, from the means of a design's units.
  private static func error(of values: [Double], _ design: SamplingDesign) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    var units: [Int: Double] = [:]
    for (path, value) in values.enumerated() {
      units[design == .sobol ? path / 512 % 16 : path / 512, default: 0] += value - mean
    }
    let count = Double(units.count)
    let spread = units.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value * $1.value }
    return (count / (count - 1) * spread).squareRoot() / Double(values.count)
  }

  /// With one plan the plan, its group and the portfolio are one, and the number of active plans is
  /// whether it has revenue: errors of all cells follow from the totals path by path.
  @Test(arguments: designs)
  func errorsOfEveryKindComeFromUnits(_ design: SamplingDesign) throws {
    let yaml = """
      renkei: 1
      title: t
      start_year: 2005
      horizon_years: 2
      report: {groups: [region]}
      plans:
        list: [{plan_id: a, end_target_yen: 100e6, region: x, annual_failure_probability: 0.3}]
        defaults: {annual_shock_sd: 0.4}
      factors: {macro: {loading: 0.5}}
      """
    let engine = try Self.engine(yaml, design, paths: Self.paths)
    let totals = try engine.pathTotals().annual(year: 1)
    let arm = try engine.run().result.arms[0]
    let amounts = [
      arm.plans.first { $0.measure == .annual && $0.year == 2 }?.amount,
      arm.groups.first { $0.measure == .annual && $0.year == 2 }?.amount,
      arm.portfolio.first { $0.measure == .annual && $0.year == 2 }?.amount,
    ]
    let error = Self.error(of: Array(totals), design)
    for amount in amounts {
      // Rounding of 9,000 additions and of sums about different shifts.
      #expect(abs((amount?.standardError ?? 0) / error - 1) < 1e-9)
    }
    let active = arm.counts.first { $0.metric == .active && $0.year == 2 }
    let activeError = Self.error(of: totals.map { $0 > 0 ? 1 : 0 }, design)
    #expect(abs((active?.standardError ?? 0) / activeError - 1) < 1e-9)
  }

  /// The error of a paired difference, from both arms' totals path by path.
  @Test(arguments: designs)
  func errorsOfMoneyComeFromUnits(_ design: SamplingDesign) throws {
    let model = try EngineTrial.model(MoneyScenario.drawn.yaml)
    let engine = try VectorEngine(
      model: model,
      options: SimulationOptions(
        paths: Self.paths, seed: 3, threads: 2, planQuantiles: false, sampling: design))
    let baseline = try #require(
      model.arms.firstIndex { $0.name == model.support?.baselineArmName })
    let arm = baseline == 0 ? 1 : 0
    let totals = try engine.simulate(control: RunControl()).tallies.map(\.totals)
    let difference = (0..<Self.paths).map { path in
      (0..<model.horizonYears).reduce(0) {
        $0 + totals[arm].annual(year: $1)[path] - totals[baseline].annual(year: $1)[path]
      }
    }
    let error = Self.error(of: difference, design)
    let result = try engine.run().result.arms[arm]
    let row = try #require(
      result.finance?.effects.first { $0.metric == .cumulativeRevenue })
    let stated = try #require(row.standardError)
    // Rounding of 9,000 additions of amounts whose mean is small beside them.
    #expect(abs(stated / error - 1) < 1e-8)
    let interval = try #require(row.interval95)
    let half = interval.upperBound - row.difference
    #expect(abs(half / error - design.errorUnit.criticalValue(paths: Self.paths)) < 1e-6)
  }

  // MARK: agreement and refusals

  /// Fed with the numbers of a design, the scalar loop gives the same revenue; see AgreementTests.
  @Test(arguments: designs)
  func revenueAgreesPathByPath(_ design: SamplingDesign) throws {
    let model = try EngineTrial.model(VariedScenario.struck.yaml)
    let options = SimulationOptions(paths: 8_192, seed: 7, threads: 1, sampling: design)
    let trace = try VectorEngine(model: model, options: options).trace(block: 18)
    let reference = ReferenceEngine(model: model, options: options)
    for path in stride(from: 0, to: 512, by: 8) {
      var missing: [DrawKey] = []
      let exact = try reference.revenue(
        path: RecordedDraws { key in
          if let value = trace.value(key, path: path) { return value }
          missing.append(key)
          return 0
        })
      #expect(missing.allSatisfy(AgreementTests.mayBeMissing))
      for plan in model.plans.indices {
        for year in 0..<model.horizonYears {
          let scalar = exact.revenueYen[plan][year]
          #expect(abs(trace.revenueYen[plan][year][path] - scalar) <= 1e-10 * scalar)
        }
      }
    }
  }

  @Test(arguments: designs)
  func tooFewPathsAreRefused(_ design: SamplingDesign) throws {
    #expect(throws: SimulationError.self) {
      try Self.engine(VariedScenario.plain.yaml, design, paths: 8_191).run()
    }
    let yaml =
      VariedScenario.plain.yaml + "\nsimulation: {paths: 100, sampling: \(design.rawValue)}\n"
    let report = #expect(throws: DiagnosticReport.self) { try EngineTrial.model(yaml) }
    #expect(report?.diagnostics.map(\.code) == ["too-few-paths"])
  }

  @Test(arguments: designs)
  func theReferenceEngineRefuses(_ design: SamplingDesign) throws {
    let model = try EngineTrial.model(VariedScenario.plain.yaml)
    #expect(throws: SimulationError.self) {
      try ReferenceEngine(
        model: model,
        options: SimulationOptions(paths: 8_192, seed: 1, threads: 1, sampling: design)
      ).run()
    }
  }

  @Test(arguments: designs)
  func figuresAreFinite(_ design: SamplingDesign) throws {
    let result = try EngineTrial(
      VariedScenario.struck.yaml, paths: Self.paths, seed: 3, planQuantiles: false, sampling: design
    ).result
    let arm = result.arms[0]
    let amounts = arm.plans.map(\.amount) + arm.groups.map(\.amount) + arm.portfolio.map(\.amount)
    for amount in amounts {
      let error = try #require(amount.standardError)
      #expect(amount.mean.isFinite && error.isFinite && error >= 0)
    }
    #expect(arm.counts.allSatisfy { $0.standardError.isFinite })
    #expect(result.errorUnitCount == (design == .sobol ? 16 : 18))
  }
}

/// The keys of shared columns by falling importance.
enum PlanCompilerTrial {
  static func addresses(_ yaml: String) throws -> [DrawKey] {
    var compiler = PlanCompiler(try EngineTrial.model(yaml))
    try compiler.compileProgramme()
    return compiler.sharedAddresses().map(\.key)
  }
}
