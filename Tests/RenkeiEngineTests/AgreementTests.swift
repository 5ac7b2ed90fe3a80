// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiModel
import RenkeiReference
import Testing

@testable import RenkeiEngine

/// Scenarios that between them use every part of the revenue model.
enum VariedScenario: String, CaseIterable, CustomTestStringConvertible {
  case plain
  case delayed
  case curves
  case uncertain
  case heavy
  case struck
  case correlated
  case mixed

  var testDescription: String { rawValue }

  var yaml: String {
    let head = """
      renkei: 1
      title: \(rawValue)
      start_year: 2005
      horizon_years: 5
      goal: {cumulative_revenue_yen: 500e6}
      report: {groups: [region]}

      """
    return switch self {
    case .plain:
      head + "plans:\n  list:\(Self.plans)\n" + """
          defaults:
            attainment: {lognormal: {median: 0.3, log_sd: 1.2}}
            annual_shock_sd: 0.35
            annual_failure_probability: [0.07, 0.06, 0.05, 0.045, 0.04]
            launch_probability: 0.7
        factors:
          macro: {loading: 0.22, autocorrelation: 0.3}
        """
    case .delayed:
      head + "plans:\n  list:\(Self.plans)\n" + """
          defaults:
            attainment: {gamma: {shape: 2, scale: 0.2}}
            annual_shock_sd: 0.45
            launch_delay_years: {exponential: {mean: 0.69}}
            launch_probability: $launch
            growth_after_plan: 0.03
            annual_failure_probability: 0.05
          segments:
            south: {where: {region: kyushu}, multiply: {launch_odds_ratio: $ties, attainment: 1.1}}
        optimism: {common_share: 0.3}
        credit: {correlation: 0.1}
        factors:
          macro: {loading: 0.2}
          region: {correlation: 0.02, by: region, autocorrelation: -0.2}
        inputs:
          launch: {beta: {a: 14, b: 6}}
          ties: {lognormal: {p10: 1.0, p90: 1.6}}
        """
    case .curves:
      head + "plans:\n  list:\(Self.plans)\n" + """
          defaults:
            ramp: {s_curve: {midpoint: 0.6, steepness: 9.363}}
            attainment: {pert: {min: 0.05, mode: 0.3, max: 2}}
            launch_delay_years: {uniform: {min: 0, max: 2}}
            annual_shock_sd: 0.3
            shock: laplace
            start_offset_years: 0.5
          segments:
            north: {where: {region: hokkaido}, set: {ramp: {bass: {p: 0.03, q: 4}}}}
            west: {where: {region: kinki}, set: {ramp: {gompertz: {displacement: 4, rate: 5}}}}
            south: {where: {region: kyushu}, set: {ramp: {exponential: {rate: 3}}, shock: {gamma: {shape: 4, scale: 1}}}}
            far: {where: {region: okinawa}, set: {ramp: {custom: [0.1, 0.1, 0.5, 0.9, 1]}}}
        """
    case .uncertain:
      head + "plans:\n  list:\(Self.plans)\n" + """
          defaults:
            attainment: {lognormal: {median: $level, log_sd: 0.8}}
            annual_shock_sd: {uniform: {min: 0.3, max: 0.6}}
            annual_failure_probability: [$fail, {uniform: {min: 0.02, max: 0.08}}]
            launch_delay_years: {discrete: {values: [0, 0.5, 2], weights: [5, 3, 2]}}
            growth_after_plan: {uniform: {min: -0.05, max: 0.1}}
        optimism: {common_share: $share}
        credit: {correlation: {uniform: {min: 0, max: 0.2}}}
        factors:
          macro: {correlation: $rho, autocorrelation: 0.3}
          region: {loading: 0.1, by: region}
        inputs:
          level: {uniform: {min: 0.2, max: 0.4}}
          fail: {beta: {a: 2, b: 40}}
          share: {uniform: {min: 0.1, max: 0.5}}
          rho: {triangular: {min: 0.01, mode: 0.05, max: 0.15}}
        """
    case .heavy:
      head + "plans:\n  list:\(Self.plans)\n" + """
          defaults:
            attainment: {weibull: {shape: 0.8, scale: 0.4}}
            annual_shock_sd: 0.5
            shock: {uniform: {min: -1, max: 1}}
            launch_delay_years: {student_t: {degrees_of_freedom: 4, location: 1, scale: 0.3}, truncate: [0, 4]}
        credit: {correlation: 0.05}
        factors:
          macro: {loading: 0.4, autocorrelation: 0.8}
        """
    case .struck:
      head + "plans:\n  list:\(Self.plans)\n" + """
          defaults:
            attainment: {lognormal: {median: 0.5, log_sd: 0.5}}
            annual_shock_sd: 0.2
        events:
          recession: {annual_probability: $crisis, duration_years: 2, multiplier: {pert: {min: 0.6, mode: 0.8, max: 0.95}}}
          fire: {annual_probability: 0.3, scope: {plan_id: p2}, duration_years: permanent, multiplier: {uniform: {min: 0, max: 1}}}
          boom: {annual_probability: {uniform: {min: 0.1, max: 0.3}}, scope: {region: kinki}, duration_years: 3, multiplier: $boom}
          flood: {annual_probability: 0.2, scope: {region: okinawa}, multiplier: {lognormal: {median: $boom, log_sd: 0.1}}}
        inputs:
          crisis: {beta: {a: 2, b: 10}}
          boom: {triangular: {min: 0.8, mode: 1.1, max: 1.5}}
        """
    case .correlated:
      head + "plans:\n  list:\(Self.plans)\n" + """
          defaults:
            attainment: {lognormal: {median: $depth, log_sd: 0.5}}
            annual_shock_sd: $spread
            annual_failure_probability: $fail
            launch_delay_years: $delay
        events:
          slump: {annual_probability: $fail, multiplier: {uniform: {min: 0.5, max: 1}}}
        inputs:
          level: {uniform: {min: 0.2, max: 0.4}}
          spread: {gamma: {shape: 4, scale: 0.1}, truncate: [0, 1]}
          fail: {beta: {a: 2, b: 40}}
          depth: {lognormal: {median: $level, log_sd: 0.2}}
          delay: {discrete: {values: [0, 0.5, 2], weights: [5, 3, 2]}}
        correlations: {rank: [[level, fail, -0.4], [spread, fail, 0.5]], normal_score: [[level, depth, 0.5], [fail, delay, 0.3]]}
        """
    case .mixed:
      head + "plans:\n  list:\(Self.plans)\n" + """
          defaults:
            attainment:
              mixture:
                - {weight: 0.85, of: {lognormal: {median: 0.3, log_sd: 0.5}}}
                - {weight: 0.15, of: {lognormal: {median: 1.5, log_sd: 0.6}}}
            launch_delay_years: {empirical: {values: [0, 0.25, 0.25, 1, 2]}}
            annual_shock_sd: 0.4
            shock: logistic
            growth_after_plan: {cauchy: {location: 0, scale: 0.05}, truncate: [-0.2, 0.3]}
          segments:
            north: {where: {region: hokkaido}, set: {shock: gumbel}}
            west: {where: {region: kinki}, set: {attainment: {chi_squared: {degrees_of_freedom: 3}}}}
            south: {where: {region: kyushu}, set: {attainment: {rayleigh: {scale: $spread}}}}
            far: {where: {region: okinawa}, set: {shock: {empirical: {values: [-1, 0, 0, 2]}}}}
        optimism: {common_share: 0.2}
        factors:
          macro: {loading: 0.3}
        inputs:
          spread:
            mixture:
              - {weight: 2, of: {uniform: {min: 0.2, max: 0.3}}}
              - {weight: 1, of: {triangular: {min: 0.25, mode: 0.4, max: 0.5}}}
        """
    }
  }

  private static let plans = """

        - {plan_id: p1, end_target_yen: 100e6, region: hokkaido, annual_failure_probability: 0.1}
        - {plan_id: p2, end_target_yen: 250e6, region: kinki, period_years: 4}
        - {plan_id: p3, end_target_yen: 80e6, region: kyushu, period_years: 3}
        - {plan_id: p4, end_target_yen: 120e6, region: okinawa}
        - {plan_id: p5, end_target_yen: 300e6, region: kinki, period_years: 3, start_offset_years: 1}
    """
}

struct AgreementTests {
  /// Fed with the vector engine's numbers, the scalar loop gives the same revenue.
  ///
  /// The tolerance of 1e-10 is the sum of the kernels' stated errors (exp₂ 4e-12, lognormal
  /// attainment read back through another exp₂, walk of five steps); 1e-10 of the plan's promise
  /// stands beside it where a ramp table is near zero.
  @Test(arguments: VariedScenario.allCases)
  func revenueAgreesPathByPath(_ scenario: VariedScenario) throws {
    let model = try EngineTrial.model(scenario.yaml)
    let options = SimulationOptions(paths: 512, seed: 7, threads: 1)
    let trace = try VectorEngine(model: model, options: options).trace(block: 3)
    let reference = ReferenceEngine(model: model, options: options)
    var compared = 0
    for path in 0..<512 {
      var missing: [DrawKey] = []
      let exact = try reference.revenue(
        path: RecordedDraws { key in
          if let value = trace.value(key, path: path) { return value }
          missing.append(key)
          return 0
        })
      for key in missing { #expect(Self.mayBeMissing(key), "not recorded: \(key)") }
      for plan in model.plans.indices {
        let promise = model.plans[plan].promisedByYear.max() ?? 0
        for year in 0..<model.horizonYears {
          let vector = trace.revenueYen[plan][year][path]
          let scalar = exact.revenueYen[plan][year]
          let tolerance = 1e-10 * max(abs(scalar), promise * 1e-2)
          #expect(
            abs(vector - scalar) <= tolerance,
            "\(model.plans[plan].id) year \(year + 1) path \(path): \(vector) \(scalar)")
          compared += scalar > 0 ? 1 : 0
        }
      }
    }
    #expect(compared > 512 * 5)
  }

  /// Numbers that the scalar loop always asks for although the model does not use them.
  static func mayBeMissing(_ key: DrawKey) -> Bool {
    switch key.variable {
    case .optimismFactor, .creditFactor, .failureScore: true
    default: false
    }
  }

  /// Every mean and standard deviation of plans, groups and portfolio agrees with the scalar loop's
  /// within 5 standard errors.
  ///
  /// The standard error of a standard deviation is taken from 20 batches of each engine, so heavy
  /// tails widen it.
  @Test(arguments: VariedScenario.allCases)
  func meansAgreeStatistically(_ scenario: VariedScenario) throws {
    let model = try EngineTrial.model(scenario.yaml)
    let batches = 20
    let paths = 300
    var vector: [[AmountSummary]] = []
    var scalar: [[AmountSummary]] = []
    for batch in 0..<batches {
      let options = SimulationOptions(paths: paths, seed: UInt64(100 + batch), threads: 1)
      vector.append(
        Self.amounts(try VectorEngine(model: model, options: options).run().result))
      scalar.append(
        Self.amounts(try ReferenceEngine(model: model, options: options).run().result))
    }
    for cell in vector[0].indices {
      for (name, figure) in [
        ("mean", \AmountSummary.mean), ("sd", \AmountSummary.standardDeviation),
      ] {
        let (a, aError) = Self.batchMean(vector.map { $0[cell][keyPath: figure] })
        let (b, bError) = Self.batchMean(scalar.map { $0[cell][keyPath: figure] })
        let error = (aError * aError + bError * bError).squareRoot()
        // Student's t of 38 degrees of freedom beyond 6.3 is as rare as 5 standard errors.
        #expect(
          abs(a - b) <= 6.3 * error || a == b, "cell \(cell) \(name): \(a) \(b) ± \(error)")
      }
    }
  }

  private static func amounts(_ result: SimulationResult) -> [AmountSummary] {
    result.arms[0].plans.map(\.amount) + result.arms[0].groups.map(\.amount)
      + result.arms[0].portfolio.map(\.amount)
  }

  private static func batchMean(_ values: [Double]) -> (mean: Double, standardError: Double) {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (squares / (count - 1) / count).squareRoot())
  }
}
