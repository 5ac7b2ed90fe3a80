// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiFiles
import Testing

@testable import RenkeiPages

/// Result folders made by hand, with every file that a page knows.
enum SampleFolder {
  static let years = 5
  static let firstYear = 2005

  /// A folder of `arms` and `planCount` plans; numbers have all the digits that results have.
  static func make(
    name: String = "sample", arms: [String] = ["certified", "halved", "none"],
    planCount: Int = 20, planName: (Int) -> String = { "Plan number \($0)" },
    title: String = "Sample programme", without left: Set<String> = []
  ) throws -> ResultFolder {
    let manifest = FolderManifest(
      try #require(ManifestFile(json: Array(manifestText(title, arms).utf8))))
    let tables = all(arms: arms, planCount: planCount, planName: planName)
    return ResultFolder(
      name: name, manifest: manifest, tables: tables.filter { !left.contains($0.name) })
  }

  static func all(
    arms: [String], planCount: Int, planName: (Int) -> String = { "Plan number \($0)" }
  ) -> [PageTable] {
    [
      portfolio(arms), goal(arms), counts(arms), contributions(arms, planCount),
      exceedance(arms), promises(planCount, planName), assumptions,
    ] + (arms.count > 1 ? money(arms, planCount) : []) + uncertainty(arms)
  }

  /// Each arm's share of what the first one sells.
  static func factor(_ arm: Int) -> Double { 1 / (1 + 0.37 * Double(arm)) }

  private static func table(_ name: String, _ header: String, _ cells: [[String]]) -> PageTable {
    PageTable(name: name, header: header.split(separator: ",").map(String.init), cells: cells)
  }

  private static func eachArm(
    _ arms: [String], _ rows: (Int, String) -> [[String]]
  ) -> [[String]] {
    arms.enumerated().flatMap { rows($0.offset, $0.element) }
  }

  private static func texts(_ values: [Double]) -> [String] { values.map { "\($0)" } }

  private static func portfolio(_ arms: [String]) -> PageTable {
    let shares = [0.245671, 0.331, 0.5561, 0.68701, 1.23457, 1.93, 2.8297]
    return table(
      "portfolio",
      "arm,measure,year,calendar_year,mean_yen,standard_deviation_yen,standard_error_yen,p05_yen,"
        + "p10_yen,p25_yen,p50_yen,p75_yen,p90_yen,p95_yen",
      eachArm(arms) { index, arm in
        ["annual", "cumulative"].flatMap { measure in
          (1...years).map { year in
            let reach = measure == "annual" ? Double(year) : Double(year * (year + 1)) / 2
            let mean = 3.6372918e9 * reach * factor(index)
            return [arm, measure, "\(year)", "\(firstYear + year - 1)"]
              + texts([mean, mean * 1.03, mean * 0.00347]) + texts(shares.map { $0 * mean })
          }
        }
      })
  }

  private static func goal(_ arms: [String]) -> PageTable {
    table(
      "goal",
      "arm,goal_yen,promised_yen,probability,standard_error,ci95_low,ci95_high,hits,paths,"
        + "mean_gap_to_goal_yen,cvar95_gap_to_goal_yen,attainment_ratio_mean",
      eachArm(arms) { index, arm -> [[String]] in
        let hits = 2728 / (index + 1)
        let p = Double(hits) / 100_000
        let chance: [Double] = [197.2e9, 197_204_500_000, p, 0.0005, p * 0.96371, p * 1.03771]
        let share = factor(index)
        let gap: [Double] = [145_462_341_662.149 / share, 190_510_838_382.88, 0.2765846 * share]
        return [[arm] + texts(chance) + ["\(hits)", "100000"] + texts(gap)]
      })
  }

  private static func counts(_ arms: [String]) -> PageTable {
    let metrics = [("launched", 14.76458), ("active", 12.9302), ("failed_hazard", 1.07426)]
    var rows: [[String]] = []
    for arm in arms {
      for year in 1...years {
        for (metric, mean) in metrics {
          let numbers: [Double] = [mean + Double(year) / 7, 2.1, 0.0287]
          rows.append([arm, "\(year)", metric] + texts(numbers) + ["8", "13", "19"])
        }
      }
    }
    return table(
      "counts", "arm,year,metric,mean,standard_deviation,standard_error,p05,p50,p95", rows)
  }

  private static func contributions(_ arms: [String], _ plans: Int) -> PageTable {
    let weights = (1...plans).map { 1 / Double($0) }
    let total = weights.reduce(0, +)
    let groups = [("kanto", 0.33017), ("kinki", 0.27351), ("kyushu & okinawa", 0.39632)]
    var rows: [[String]] = []
    for (index, arm) in arms.enumerated() {
      let mean = 54.5593e9 * factor(index)
      for (place, weight) in weights.enumerated() {
        let numbers: [Double] = [mean * weight / total, weight / total]
        rows.append([arm, "plan", "SR-\(place + 1)"] + texts(numbers) + ["\(place + 1)"])
      }
      for (place, group) in groups.enumerated() {
        rows.append(
          [arm, "region", group.0] + texts([mean * group.1, group.1]) + ["\(place + 1)"])
      }
    }
    return table("contributions", "arm,group_by,group,mean_yen,share,rank", rows)
  }

  private static func exceedance(_ arms: [String]) -> PageTable {
    var rows: [[String]] = []
    for (index, arm) in arms.enumerated() {
      for step in 0...60 {
        let x = Double(step) / (6 * factor(index))
        rows.append([arm, "\(step * 10_000_000_000)", "\(1 / (1 + x * x * x))"])
      }
    }
    return table("exceedance", "arm,threshold_yen,probability", rows)
  }

  private static func promises(_ plans: Int, _ name: (Int) -> String) -> PageTable {
    let total = (1...years).map { year in
      ["", "", "cumulative", "\(year)", "\(13_146_966_666.7 * Double(year * (year + 1)) / 2)"]
    }
    return table(
      "promises", "plan_id,name,measure,year,promised_yen",
      total + (1...plans).map { ["SR-\($0)", name($0), "cumulative", "5", "773500000"] })
  }

  private static let assumptions = table(
    "assumptions", "key,value,mean,p05,p95,unit,level,origin,source,multiplied_by",
    [
      ["title", "Sample", "", "", "", "", "fixed", "scenario", "s.yaml:2:8", ""],
      [
        "goal.cumulative_revenue_yen", "197200000000", "197200000000", "", "", "yen", "fixed",
        "scenario", "s.yaml:5:8", "",
      ],
      [
        "plans.defaults.attainment", "lognormal(median 0.3, log_sd 1.2)", "0.6163299631931662",
        "0.041677362775989636", "2.1594456559964743", "share", "plan", "defaults", "s.yaml:12:19",
        "$subsidy_uplift s.yaml:20:3 (segment x)",
      ],
      ["credit.correlation", "0", "0", "", "", "", "fixed", "standard", "standard value", ""],
    ])

  private static func manifestText(_ title: String, _ arms: [String]) -> String {
    func quoted(_ text: String) -> String {
      "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
    return """
      {"renkei_manifest": 1, "renkei_version": "0.1.0", "numeric_contract": "renkei-draws-2",
       "title": \(quoted(title)), "scenario": "s.yaml", "seed": 18446744073709551615, "paths": 100000,
       "engine": "vector", "arms": [\(arms.map(quoted).joined(separator: ","))],
       "command": ["renkei", "run", "s.yaml", "--set", "credit.correlation=it's"],
       "inputs": [{"path": "s.yaml", "sha256": "53"}], "results": [{"path": "goal.csv", "sha256": "1b"}],
       "tables": {"fnv1a64": "03c3f1820c6f1929"},
       "environment": {"gsl_version": "2.7.1", "instruction_set": "avx512"}}
      """
  }
}

extension SampleFolder {
  private static let statistics =
    "mean_yen,standard_deviation_yen,standard_error_yen,p05_yen,p50_yen,p95_yen"

  private static func spread(_ mean: Double) -> [String] {
    texts([mean, mean * 0.31, mean * 0.00131, mean * 0.57, mean * 0.97, mean * 1.61])
  }

  /// The files about support; the last arm is the baseline.
  private static func money(_ arms: [String], _ plans: Int) -> [PageTable] {
    let baseline = arms[arms.count - 1]
    let compared = arms.dropLast()
    var effects: [[String]] = []
    for (index, arm) in compared.enumerated() {
      let changes: [(String, String, Double, Double)] = [
        ("cumulative_revenue", "yen", 30.1234e9, 24.5678e9 * factor(index)),
        ("goal_probability", "probability", 0.00412, 0.0231 * factor(index)),
        ("active", "plans", 45.123, 9.4567 * factor(index)),
      ]
      for (metric, unit, base, change) in changes {
        let means: [Double] = [base, base + change, change]
        let error: [Double] = [change * 0.02, change * 0.96, change * 1.04, 0.861]
        effects.append([arm, baseline, metric, unit] + texts(means + error))
      }
    }
    let components = [
      "subsidy_paid", "interest_subsidy", "policy_loan_loss", "guarantee_loss", "guarantee_fees",
      "tax_expenditure", "advice_cost", "gross", "extra_tax", "net",
    ]
    var cost: [[String]] = []
    for (index, arm) in arms.enumerated() {
      for basis in ["horizon", "life"] {
        for (place, component) in components.enumerated() {
          let mean = index == arms.count - 1 ? 0 : 1.4567e9 / Double(place + 1)
          cost.append([arm, basis, component] + spread(mean))
        }
      }
    }
    let ratios = compared.enumerated().map { index, arm -> [String] in
      let value = ["0.0976543", "0.003", "0.0921", "0.1041"]
      return [arm, baseline, "life", "cost_per_extra_yen"] + value
        + [index == 0 ? "bounded" : "unbounded"]
    }
    let books = [
      ("policy_loan", "public"), ("private_loan", "guarantor"), ("private_loan", "lender"),
    ]
    let items = ["drawn", "defaulted", "recovered", "written_off", "closing"]
    let loans = eachArm(arms) { _, arm -> [[String]] in
      var rows: [[String]] = []
      for (place, book) in books.enumerated() {
        for year in 1...years {
          for (offset, item) in items.enumerated() {
            let mean = 1.234567e9 / Double(offset + place + year)
            rows.append([arm, book.0, "\(year)", book.1, item] + spread(mean))
          }
        }
      }
      return rows
    }
    var finance: [[String]] = []
    for arm in arms {
      for plan in 1...plans {
        let loss: [Double] = [1e8, 0.9, 0.123, 2.3456e7, 1.2345e6 / Double(plan)]
        let rest: [Double] = [0.8, 1.5, 0.2, 1e7, 0.2, 0.03, 0.6]
        finance.append([arm, "SR-\(plan)"] + texts(loss + rest))
      }
    }
    let shapley = [
      ("subsidy", 4.1234e9), ("policy_loan", 8.2345e9), ("advice", 12.21e9), ("total", 24.5679e9),
    ]
    let attribution = shapley.map { name, value -> [String] in
      let error: [Double] = [value, value * 0.02, value * 0.95, value * 1.05]
      let order: [Double] = [value * 1.1, value * 0.9, value / 24.5679e9]
      return [arms[0], baseline, "cumulative_revenue", name] + texts(error + order)
    }
    return [
      table(
        "effects",
        "arm,baseline_arm,metric,unit,baseline_mean,arm_mean,difference,standard_error,ci95_low,"
          + "ci95_high,probability_positive", effects),
      table("public_cost", "arm,basis,component," + statistics, cost),
      table(
        "cost_effectiveness",
        "arm,baseline_arm,basis,metric,value,standard_error,ci95_low,ci95_high,interval_kind",
        ratios),
      table("loans", "arm,loan,year,bearer,item," + statistics, loans),
      table(
        "plan_finance",
        "arm,plan_id,investment_mean_yen,scale_mean,default_probability,exposure_at_default_yen,"
          + "expected_loss_yen,dscr_p05,dscr_p50,liquidity_gap_probability,"
          + "liquidity_gap_mean_yen,failed_hazard,failed_cash,probability_profitable", finance),
      table(
        "attribution",
        "arm,baseline_arm,metric,measure,shapley,standard_error,ci95_low,ci95_high,first_in,"
          + "last_in,share", attribution),
    ]
  }

  /// What later runs write about sensitivity.
  private static func uncertainty(_ arms: [String]) -> [PageTable] {
    let sources = [("parameter", 0.3134), ("natural", 0.6866), ("monte_carlo_error", 0.0011)]
    var split: [[String]] = []
    for arm in arms {
      for (source, share) in sources {
        let numbers: [Double] = [1e18 * share, share, 0.01, share * 0.9, share * 1.1]
        split.append([arm, "cumulative_revenue", source] + texts(numbers))
      }
    }
    var swings: [[String]] = []
    for (input, low, high) in [("launch", -9.1e9, 9.9e9), ("prior_ties", -4.2e9, 4.5e9)] {
      for (method, change) in [("tornado_p10", low), ("tornado_p90", high)] {
        let value = 54.5593e9 + change
        swings.append(
          [
            arms[0], "cumulative_revenue", input, "programme", method, "0.58", "\(value)", "", "",
            "", "1",
          ])
      }
    }
    for (rank, (input, share)) in [("plans.attainment", 0.5123), ("launch", 0.2345)].enumerated() {
      let numbers: [Double] = [share, 0.0123, share - 0.0241, share + 0.0241]
      swings.append(
        [arms[0], "cumulative_revenue", input, "plan", "sobol_total", ""] + texts(numbers)
          + ["\(rank + 1)"])
    }
    var points: [[String]] = []
    for point in 0..<6 {
      for (index, arm) in arms.prefix(2).enumerated() {
        let value = 0.0123 + 0.0031 * Double(point) * factor(index)
        let numbers: [Double] = [value, 0.0004, value - 0.0008, value + 0.0008]
        points.append(
          ["\(point + 1)", "\(point * 5_000_000)", arm, "goal_probability", "5"] + texts(numbers))
      }
    }
    let looks = arms.flatMap { arm in
      [4_096, 8_192, 12_288, 16_384].map { paths -> [String] in
        let half = 2e10 / Double(paths).squareRoot()
        let numbers: [Double] = [54.5593e9, half / 2, 54.5593e9 - half, 54.5593e9 + half]
        return [arm, "mean_total_yen", "\(paths)"] + texts(numbers)
      }
    }
    return [
      table(
        "convergence",
        "arm,metric,paths,value,standard_error,sequence95_low,sequence95_high", looks),
      table(
        "variance_split", "arm,metric,source,variance,share,standard_error,ci95_low,ci95_high",
        split),
      table(
        "sensitivity",
        "arm,metric,input,level,method,input_value,value,standard_error,ci95_low,ci95_high,rank",
        swings),
      table(
        "sweep",
        "point,support.subsidy.cap_yen,arm,metric,year,value,standard_error,ci95_low,ci95_high",
        points),
    ]
  }
}
