// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import Testing

@testable import RenkeiModel

/// Every problem that resolution finds, word for word.
@Suite("Problems of scenarios")
struct DiagnosticTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let scenario: @Sendable () throws -> Scenario
    let expected: [String]

    init(
      _ name: String, _ expected: [String], _ scenario: @escaping @Sendable () throws -> Scenario
    ) {
      testDescription = name
      self.expected = expected
      self.scenario = scenario
    }
  }

  @Test(
    arguments: InputCases.all + PlanCases.all + ShockCases.all + EventCases.all
      + CorrelationCases.all)
  func wording(_ sample: Case) throws {
    #expect(Build.problems(try sample.scenario()) == sample.expected)
  }

  @Test func problemsAreSortedByPlaceAndReportedTogether() throws {
    let scenario = Build.scenario(
      plans: [Build.plan("B", target: .constant(-1), line: 3), Build.plan("A", target: nil)],
      defaults: [.attainment: .constant(-1), .launchProbability: .constant(2)])
    let report = #expect(throws: DiagnosticReport.self) { try scenario.resolved() }
    #expect(
      report?.diagnostics.map(\.location) == [
        Build.at(10, 5), Build.at(10, 6), Build.at(2, 0, file: "plans.csv"),
        Build.at(3, 1, file: "plans.csv"),
      ])
    #expect(report?.errors.count == 4)
  }

  @Test func oneStatementForManyPlansIsReportedOnce() {
    let plans = (0..<101).map { Build.plan("P\($0)", line: $0 + 2) }
    let scenario = Build.scenario(plans: plans) {
      $0.segments = [
        Build.segment("up", multiply: [(.launchProbability, .constant(3))], line: 20)
      ]
    }
    #expect(Build.problems(scenario).count == 1)
  }

  @Test(arguments: [
    (0.0, "0"), (3, "3"), (-1, "-1"), (1.3724512, "1.372"), (0.000123456, "0.0001235"),
    (1234.567, "1235"), (197.2e9, "197200000000"), (12.3456, "12.35"), (-0.25, "-0.25"),
    (123456.789, "123500"), (.infinity, "inf"),
  ])
  func numbersAreShort(value: Double, text: String) {
    #expect(Phrase.number(value) == text)
  }
}
