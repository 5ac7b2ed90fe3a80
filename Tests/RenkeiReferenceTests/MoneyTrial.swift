// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiFiles
import RenkeiModel
import RenkeiReference

/// Scenarios with support, one path at a time.
struct MoneyTrial {
  let model: ProjectionModel

  init(_ yaml: String) throws {
    model = try ScenarioFile.load(Array(yaml.utf8), source: "s.yaml").scenario.resolved()
  }

  /// One plan of three simulated years whose every number is fixed; `support` and `arms` as stated.
  init(
    support: String, plan: String = "", arms: String = "arms: {full: [], none: []}",
    years: Int = 3
  ) throws {
    try self.init(
      """
      renkei: 1
      horizon_years: \(years)
      plans:
        list: [{plan_id: a, end_target_yen: 100, period_years: 4\(plan)}]
        defaults: {annual_failure_probability: 0.1}
      credit: {correlation: 0}
      support:
      \(support.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"))
      \(arms)
      """)
  }

  /// The plan that fails in year `failing` (hazard −log 0.9 a year), all measures taken up.
  func path(failing year: Int? = nil) throws -> [PathRevenue] {
    // E = −log Φ(score): Φ = 0.9^(t − ½) lies between the hazards of t − 1 and t years.
    let scores = [1: 1.632, 2: 1.049, 3: 0.740]
    let draws = RecordedDraws { key in
      switch key.variable {
      case .takeUp: 0.5
      case .failureScore: year.flatMap { scores[$0] } ?? -5
      case .optimismFactor, .creditFactor: 0
      default: preconditionFailure("no such draw: \(key)")
      }
    }
    return try engine().arms(path: draws)
  }

  func engine(paths: Int = 1, seed: UInt64 = 1) -> ReferenceEngine {
    ReferenceEngine(
      model: model, options: SimulationOptions(paths: paths, seed: seed, threads: 1))
  }

  func index(_ arm: String) throws -> Int {
    guard let index = model.arms.firstIndex(where: { $0.name == arm }) else {
      throw SimulationError.notFinite("no arm \(arm)")
    }
    return index
  }
}

extension PlanMoney {
  func flow(_ flow: CostFlow, _ basis: CostBasis = .horizon) -> Double {
    flows[Self.index(basis, flow)]
  }

  /// An item by year, all bearers of a loan together.
  func loan(_ name: String, _ item: LoanItem) -> [Double] {
    cash.indices.map { year in
      LoanBook.allCases.filter { $0.loan == name }.reduce(0) {
        $0 + loans[Self.index($1, year: year, years: cash.count, item)]
      }
    }
  }

  func book(_ book: LoanBook, _ item: LoanItem) -> [Double] {
    cash.indices.map { loans[Self.index(book, year: $0, years: cash.count, item)] }
  }
}

/// Whether two lists agree to 1e-12 of their largest number.
func isClose(_ a: [Double], _ b: [Double]) -> Bool {
  let scale = (a + b).reduce(1e-300) { max($0, $1.magnitude) }
  return a.count == b.count && zip(a, b).allSatisfy { ($0 - $1).magnitude <= 1e-12 * scale }
}
