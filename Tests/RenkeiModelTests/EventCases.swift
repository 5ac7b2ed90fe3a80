// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

@testable import RenkeiModel

/// Problems of risk events.
enum EventCases {
  typealias Case = DiagnosticTests.Case

  private static func event(
    _ name: String = "flood", probability: Quantity = .constant(0.1), scope: EventScope = .all,
    multiplier: Quantity = .constant(0.5), duration: EventDuration = .years(1)
  ) -> EventSettings {
    EventSettings(
      name: name, annualProbability: Stated(probability, at: Build.at(70, 2)),
      scope: Stated(scope, at: Build.at(70, 3)),
      multiplier: Stated(multiplier, at: Build.at(70, 4)),
      duration: Stated(duration, at: Build.at(70, 5)), location: Build.at(70))
  }

  private static func scenario(
    _ events: EventSettings..., inputs: [NamedInput] = []
  ) -> Scenario {
    Build.scenario(plans: [
      Build.plan("SR-001", ["region": "kinki", "size": "10"]),
      Build.plan("SR-002", ["region": "kyushu"], line: 3),
    ]) {
      $0.events = events
      $0.inputs = inputs
    }
  }

  static let all: [Case] = [
    Case("sound events", []) {
      scenario(
        event("a"), event("b", scope: .cell(column: "region", value: "kinki")),
        event("c", scope: .cell(column: "size", value: "10.0"), duration: .permanent),
        event("d", scope: .plan("SR-002"), multiplier: .constant(1.5)))
    },
    Case(
      "event of an unknown column",
      [
        "s.yaml:70:3: error: events.flood.scope.regoin: the plan list has no column of this name "
          + "(got 'regoin'; allowed: region, size; did you mean 'region'?)"
      ]
    ) { scenario(event(scope: .cell(column: "regoin", value: "kinki"))) },
    Case(
      "event of a value that no plan has",
      [
        "s.yaml:70:3: error: events.flood.scope.region: no plan has this value in its column "
          + "'region' (got 'kinky'; did you mean 'kinki'?)"
      ]
    ) { scenario(event(scope: .cell(column: "region", value: "kinky"))) },
    Case(
      "event of an unknown plan",
      [
        "s.yaml:70:3: error: events.flood.scope.plan_id: no plan has this id "
          + "(got 'SR-01'; did you mean 'SR-001'?)"
      ]
    ) { scenario(event(scope: .plan("SR-01"))) },
    Case(
      "probability of an event out of range",
      [
        "s.yaml:70:2: error: events.flood.annual_probability: is out of range "
          + "(got '1.5'; allowed: from 0 to 1)"
      ]
    ) { scenario(event(probability: .constant(1.5))) },
    Case(
      "uncertain probability of an event out of range",
      [
        "s.yaml:70:2: error: events.flood.annual_probability: can rise to 1.5 "
          + "(allowed: from 0 to 1; limit it with truncate: [low, high])"
      ]
    ) {
      scenario(event(probability: try Build.quantity("uniform", ["min": 0, "max": 1.5])))
    },
    Case(
      "multiplier below zero",
      [
        "s.yaml:70:4: error: events.flood.multiplier: can fall to -0.1 "
          + "(allowed: from 0 to 1e6; limit it with truncate: [low, high])"
      ]
    ) {
      scenario(event(multiplier: try Build.quantity("uniform", ["min": -0.1, "max": 1])))
    },
    Case(
      "multiplier of an unknown input",
      [
        "s.yaml:70:4: error: events.flood.multiplier: no input has this name "
          + "(got '$deph'; allowed: $depth; did you mean '$depth'?)"
      ]
    ) {
      scenario(
        event(multiplier: .input("deph")), inputs: [Build.input("depth", .constant(0.5))])
    },
    Case(
      "event without a year",
      [
        "s.yaml:70:5: error: events.flood.duration_years: is out of range "
          + "(got '0'; allowed: a whole number from 1 to 50, or permanent)"
      ]
    ) { scenario(event(duration: .years(0))) },
    Case(
      "event stated twice",
      ["s.yaml:70:1: error: events.flood: an event of this name is stated twice"]
    ) { scenario(event(), event()) },
  ]
}
