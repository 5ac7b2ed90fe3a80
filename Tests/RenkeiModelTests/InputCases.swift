// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

@testable import RenkeiModel

/// Problems of the frame, of named inputs and of numbers.
enum InputCases {
  typealias Case = DiagnosticTests.Case

  static let all: [Case] = [
    Case("a sound scenario", []) { Build.scenario(plans: [Build.plan("A")]) },
    Case(
      "horizon",
      [
        "s.yaml:3:1: error: horizon_years: is out of range (got '0'; allowed: a whole number "
          + "from 1 to 50)"
      ]
    ) { Build.scenario(plans: [Build.plan("A")], years: 0) },
    Case(
      "goal",
      [
        "s.yaml:4:1: error: goal.cumulative_revenue_yen: is out of range (got '-5'; allowed: "
          + "an amount above 0)"
      ]
    ) {
      Build.scenario(plans: [Build.plan("A")]) { $0.goalYen = Stated(-5, at: Build.at(4)) }
    },
    Case(
      "quantile levels",
      [
        "s.yaml:1:1: error: report.quantiles: must be ascending levels (got '0.5, 0.05, 1'; "
          + "allowed: ascending numbers above 0 to below 1)"
      ]
    ) { Build.scenario(plans: [Build.plan("A")]) { $0.report.quantileLevels = [0.5, 0.05, 1] } },
    Case(
      "no plans",
      [
        "plans.csv: error: plans: the plan list holds no plan (allowed: at least one plan)"
      ]
    ) { Build.scenario(plans: []) },
    Case(
      "duplicate plan",
      [
        "plans.csv:3: error: plan_id: the plan is listed twice; first at plans.csv:2 (got "
          + "'A')"
      ]
    ) {
      Build.scenario(plans: [Build.plan("A"), Build.plan("A", line: 3)])
    },
    Case(
      "duplicate arm",
      [
        "s.yaml:1:1: error: arms: an arm of this name is stated twice (got 'x')"
      ]
    ) {
      Build.scenario(plans: [Build.plan("A")]) { $0.arms = [Arm(name: "x"), Arm(name: "x")] }
    },
    Case(
      "cycle",
      [
        "s.yaml:80:1: error: inputs.a: inputs read each other in a circle: $a → $b → $c → $a"
      ]
    ) {
      Build.scenario(plans: [Build.plan("A")], defaults: [.attainment: .input("a")]) {
        $0.inputs = [
          Build.input("a", .input("b"), line: 80), Build.input("b", .input("c"), line: 81),
          Build.input("c", .input("a"), line: 82),
        ]
      }
    },
    Case(
      "unknown input",
      [
        "s.yaml:10:5: error: plans.defaults.attainment: no input has this name (got "
          + "'$atainment'; allowed: $attainment; did you mean '$attainment'?)"
      ]
    ) {
      Build.scenario(plans: [Build.plan("A")], defaults: [.attainment: .input("atainment")]) {
        $0.inputs = [Build.input("attainment", .constant(0.5))]
      }
    },
    Case(
      "no inputs at all",
      [
        "s.yaml:10:5: error: plans.defaults.attainment: reads a named input, but the "
          + "scenario has none (got '$x')"
      ]
    ) {
      Build.scenario(plans: [Build.plan("A")], defaults: [.attainment: .input("x")])
    },
    Case(
      "unused input",
      [
        "s.yaml:80:1: warning: inputs.spare: is never read: write $spare where it shall count"
      ]
    ) {
      Build.scenario(plans: [Build.plan("A")]) {
        $0.inputs = [Build.input("spare", .constant(0.5))]
      }
    },
    Case(
      "duplicate input",
      [
        "s.yaml:81:1: error: inputs.a: an input of this name is stated twice"
      ]
    ) {
      Build.scenario(plans: [Build.plan("A")], defaults: [.attainment: .input("a")]) {
        $0.inputs = [
          Build.input("a", .constant(1), line: 80), Build.input("a", .constant(2), line: 81),
        ]
      }
    },
    Case(
      "scale from an input that may be negative",
      [
        "s.yaml:10:5: error: plans.defaults.attainment: the scale (log_sd), read from "
          + "$spread, can fall to -3.15 (allowed: above 0 on every draw; limit the distribution "
          + "of $spread with truncate: [low, high])"
      ]
    ) {
      let spread = try Build.quantity("normal", ["mean": 1, "sd": 0.5])
      return Build.scenario(
        plans: [Build.plan("A")],
        defaults: [
          .attainment: try Build.modulated(
            "lognormal", fixed: ["median": 0.5], open: [("log_sd", "spread")])
        ]
      ) { $0.inputs = [Build.input("spread", spread)] }
    },
    Case(
      "location of a logarithm that may be negative",
      [
        "s.yaml:10:5: error: plans.defaults.attainment: the location (median), read from "
          + "$middle, can fall to -0.1 (allowed: above 0 on every draw; limit the distribution "
          + "of $middle with truncate: [low, high])"
      ]
    ) {
      let median = try Build.quantity("uniform", ["min": -0.1, "max": 1])
      return Build.scenario(
        plans: [Build.plan("A")],
        defaults: [
          .attainment: try Build.modulated(
            "lognormal", fixed: ["log_sd": 0.5], open: [("median", "middle")])
        ]
      ) { $0.inputs = [Build.input("middle", median)] }
    },
    Case(
      "constant out of range",
      [
        "s.yaml:10:6: error: plans.defaults.launch_probability: is out of range (got '1.5'; "
          + "allowed: from 0 to 1)"
      ]
    ) {
      Build.scenario(plans: [Build.plan("A")], defaults: [.launchProbability: .constant(1.5)])
    },
    Case(
      "distribution out of range",
      [
        "s.yaml:10:9: error: plans.defaults.annual_shock_sd: can fall to -0.33 (allowed: "
          + "from 0 to 5; limit it with truncate: [low, high])"
      ]
    ) {
      Build.scenario(
        plans: [Build.plan("A")],
        defaults: [.annualShockSD: try Build.quantity("normal", ["mean": 0.5, "sd": 0.1])])
    },
    Case(
      "both ends out of range",
      [
        "s.yaml:10:4: error: plans.defaults.growth_after_plan: can fall to -16.6 and rise to "
          + "16.6 (allowed: above -1 to 10; limit it with truncate: [low, high])"
      ]
    ) {
      Build.scenario(
        plans: [Build.plan("A")],
        defaults: [.growthAfterPlan: try Build.quantity("normal", ["mean": 0, "sd": 2])])
    },
    Case(
      "input out of range",
      [
        "s.yaml:10:6: error: plans.defaults.launch_probability: can rise to 1.25 (allowed: "
          + "from 0 to 1; limit $launch with truncate: [low, high])"
      ]
    ) {
      let launch = try Build.quantity("uniform", ["min": 0.5, "max": 1.25])
      return Build.scenario(
        plans: [Build.plan("A")], defaults: [.launchProbability: .input("launch")]
      ) { $0.inputs = [Build.input("launch", launch)] }
    },
    Case(
      "must be fixed",
      [
        "s.yaml:10:2: error: plans.defaults.period_years: must be a plain number: it cannot "
          + "be uncertain (allowed: a whole number)"
      ]
    ) {
      Build.scenario(
        plans: [Build.plan("A")],
        defaults: [.periodYears: try Build.quantity("uniform", ["min": 3, "max": 5])])
    },
    Case(
      "not whole",
      [
        "s.yaml:10:2: error: plans.defaults.period_years: must be a whole number (got '4.5'; "
          + "allowed: a whole number from 1 to 50)"
      ]
    ) {
      Build.scenario(plans: [Build.plan("A")], defaults: [.periodYears: .constant(4.5)])
    },
    Case(
      "common share and credit correlation",
      [
        "s.yaml:51:1: error: credit.correlation: is out of range (got '1'; allowed: from 0 "
          + "to below 1)"
      ]
    ) {
      Build.scenario(plans: [Build.plan("A")]) {
        $0.optimismCommonShare = Stated(.constant(1), at: Build.at(50))
        $0.creditCorrelation = Stated(.constant(1), at: Build.at(51))
      }
    },
  ]
}
