// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

@testable import RenkeiModel

/// Problems of plans, segments, groups and the programme's rules.
enum PlanCases {
  typealias Case = DiagnosticTests.Case

  static let all: [Case] = [
    Case(
      "missing end target",
      [
        "plans.csv:2: error: end_target_yen: plan 'A' states no end target (allowed: above 0 "
          + "to 1e15 yen/year)",
        "plans.csv:3: error: end_target_yen: plan 'B' states no end target (allowed: above 0 "
          + "to 1e15 yen/year)",
      ]
    ) {
      Build.scenario(plans: [
        Build.plan("A", target: nil, line: 2), Build.plan("B", target: nil, line: 3),
      ])
    },
    Case(
      "product out of range",
      [
        "s.yaml:20:40: error: plans.segments.ties.multiply.launch_probability: "
          + "launch_probability times its factors can rise to 1.5 (allowed: from 0 to 1; limit "
          + "it with truncate: [low, high])"
      ]
    ) {
      let factor = try Build.quantity("uniform", ["min": 1, "max": 3])
      return Build.scenario(
        plans: [Build.plan("A")], defaults: [.launchProbability: .constant(0.5)]
      ) {
        $0.segments = [
          Build.segment("ties", multiply: [(.launchProbability, factor)], line: 20)
        ]
      }
    },
    Case(
      "period times a factor is not whole",
      [
        "s.yaml:20:40: error: plans.segments.half.multiply.period_years: period_years times "
          + "its factors is 2.5 (allowed: a whole number from 1 to 50)"
      ]
    ) {
      Build.scenario(plans: [Build.plan("A")], defaults: [.periodYears: .constant(5)]) {
        $0.segments = [
          Build.segment("half", multiply: [(.periodYears, .constant(0.5))], line: 20)
        ]
      }
    },
    Case(
      "negative factor",
      [
        "s.yaml:20:40: error: plans.segments.minus.multiply.launch_delay_years: is out of "
          + "range (got '-1'; allowed: from 0 to 1e9)"
      ]
    ) {
      Build.scenario(plans: [Build.plan("A")], defaults: [.launchDelayYears: .constant(0)]) {
        $0.segments = [
          Build.segment("minus", multiply: [(.launchDelayYears, .constant(-1))], line: 20)
        ]
      }
    },
    Case(
      "unknown column in a condition",
      [
        "s.yaml:20:20: error: plans.segments.food.where.sektor: the plan list has no column "
          + "of this name (got 'sektor'; allowed: region, sector; did you mean 'sector'?)"
      ]
    ) {
      Build.scenario(plans: [Build.plan("A", ["sector": "food", "region": "kanto"])]) {
        $0.segments = [
          Build.segment(
            "food", where: [("sektor", .oneOf(["food"]))], set: [.attainment: .constant(1)],
            line: 20)
        ]
      }
    },
    Case(
      "value that no plan has",
      [
        "s.yaml:20:20: warning: plans.segments.food.where.sector: no plan has this value in "
          + "its column 'sector' (got 'fod'; did you mean 'food'?)"
      ]
    ) {
      Build.scenario(plans: [Build.plan("A", ["sector": "food"])]) {
        $0.segments = [
          Build.segment(
            "food", where: [("sector", .oneOf(["fod"]))], set: [.attainment: .constant(1)], line: 20
          )
        ]
      }
    },
    Case(
      "segment without plans",
      [
        "s.yaml:20:1: warning: plans.segments.small: no plan meets its conditions"
      ]
    ) {
      Build.scenario(plans: [Build.plan("A", ["size": "7"])]) {
        $0.segments = [
          Build.segment(
            "small", where: [("size", .atMost(5))], set: [.attainment: .constant(1)], line: 20)
        ]
      }
    },
    Case(
      "text where numbers are compared",
      [
        "plans.csv:2: error: size: plan 'A' has text where plans.segments.small.where.size "
          + "compares numbers (got 'many'; allowed: a number)"
      ]
    ) {
      Build.scenario(plans: [
        Build.plan("A", ["size": "many"]), Build.plan("B", ["size": "3"], line: 3),
      ]) {
        $0.segments = [
          Build.segment(
            "small", where: [("size", .atMost(5))], set: [.attainment: .constant(1)], line: 20)
        ]
      }
    },
    Case(
      "redrawn probabilities",
      [
        "s.yaml:10:6: warning: plans.defaults.launch_probability: is drawn anew for every "
          + "plan, so that only its mean counts (state it under 'inputs' and write its $name "
          + "here)",
        "s.yaml:12:1: warning: plans.defaults.annual_failure_probability: is drawn anew for "
          + "every plan, so that only its mean counts (state it under 'inputs' and write its "
          + "$name here)",
      ]
    ) {
      let failure = try Build.quantity("uniform", ["min": 0.01, "max": 0.05])
      return Build.scenario(
        plans: [Build.plan("A")],
        defaults: [.launchProbability: try Build.quantity("beta", ["a": 14, "b": 6])]
      ) { $0.defaults.annualFailureProbability = Stated([failure], at: Build.at(12)) }
    },
    Case(
      "failure probability of one",
      [
        "s.yaml:12:1: error: plans.defaults.annual_failure_probability: is out of range (got "
          + "'1'; allowed: from 0 to below 1)"
      ]
    ) {
      Build.scenario(plans: [Build.plan("A")]) {
        $0.defaults.annualFailureProbability = Stated(
          [.constant(0.1), .constant(1)], at: Build.at(12))
      }
    },
    Case(
      "empty failure list",
      [
        "s.yaml:12:1: error: annual_failure_probability: the list is empty (allowed: at "
          + "least one probability)"
      ]
    ) {
      Build.scenario(plans: [Build.plan("A")]) {
        $0.defaults.annualFailureProbability = Stated([], at: Build.at(12))
      }
    },
    Case(
      "end target without a mean",
      [
        "plans.csv:2:1: error: end_target_yen: can rise to 1.921e+16 (allowed: above 0 to "
          + "1e15; limit it with truncate: [low, high])",
        "plans.csv:2:1: error: end_target_yen: has no finite mean, so that plan 'A' promises "
          + "no amount (allowed: a distribution with a finite mean; limit it with truncate: "
          + "[low, high])",
      ]
    ) {
      Build.scenario(plans: [
        Build.plan("A", target: try Build.quantity("pareto", ["min": 1, "exponent": 1]))
      ])
    },
    Case(
      "attainment without mean or variance",
      [
        "s.yaml:10:5: error: plans.defaults.attainment: can rise to 1238000 (allowed: from 0 "
          + "to 1e6; limit it with truncate: [low, high])",
        "s.yaml:10:5: warning: attainment: has no finite mean: averages of revenue mean nothing, "
          + "and standard errors are left out (use a lighter tail or limit it with truncate: [low, "
          + "high])",
        "plans.csv:3:5: warning: attainment: has no finite variance: standard errors of revenue "
          + "mean nothing and are left out (use a lighter tail or limit it with truncate: [low, "
          + "high])",
      ]
    ) {
      Build.scenario(
        plans: [
          Build.plan("A"),
          Build.plan(
            "B",
            own: [.attainment: try Build.quantity("pareto", ["min": 1e-12, "exponent": 1.5])],
            line: 3),
        ],
        defaults: [.attainment: try Build.quantity("pareto", ["min": 1e-12, "exponent": 0.9])])
    },
    Case(
      "rules of the programme",
      [
        "plans.csv: warning: period_years: 1 plan (A): the programme certifies periods of 3 "
          + "to 5 years",
        "plans.csv: warning: partner_count: 2 plans (A, C): the programme certifies "
          + "alliances of two or more firms",
        "plans.csv: warning: start_offset_years: 1 plan (B): the start lies beyond the "
          + "horizon, so that nothing is simulated",
      ]
    ) {
      Build.scenario(plans: [
        Build.plan(
          "A", ["partner_count": "1"], own: [.periodYears: .constant(6)]),
        Build.plan(
          "B", ["partner_count": "2"], own: [.startOffsetYears: .constant(5)], line: 3),
        Build.plan("C", ["partner_count": "0"], line: 4),
      ])
    },
    Case(
      "invalid ramp",
      [
        "s.yaml:11:1: error: plans.defaults.ramp: the points of a custom ramp must not be "
          + "negative"
      ]
    ) {
      Build.scenario(plans: [Build.plan("A")]) {
        $0.defaults.ramp = Stated(.custom([0.2, -0.1, 1]), at: Build.at(11))
      }
    },
    Case(
      "groups",
      [
        "s.yaml:5:1: error: report.groups: the plan list has no column of this name (got "
          + "'regoin'; allowed: region, size; did you mean 'region'?)",
        "s.yaml:7:1: error: report.groups: a breakdown by this column is stated twice (got "
          + "'region')",
        "plans.csv:2: error: size: plan 'A' has text in a column that report.groups divides "
          + "into bins (got 'few'; allowed: a number)",
      ]
    ) {
      Build.scenario(plans: [
        Build.plan("A", ["region": "kanto", "size": "few"])
      ]) {
        $0.report.groupings = [
          Stated(Grouping(column: "regoin"), at: Build.at(5)),
          Stated(Grouping(column: "region"), at: Build.at(6)),
          Stated(Grouping(column: "region"), at: Build.at(7)),
          Stated(Grouping(column: "size", edges: [5, 20]), at: Build.at(8)),
        ]
      }
    },
  ]
}
