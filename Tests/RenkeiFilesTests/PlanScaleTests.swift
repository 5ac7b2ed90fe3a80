// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import Testing

@testable import RenkeiFiles

@Suite("Size and number of plans")
struct PlanScaleTests {
  private func model(_ keys: String, target: String = "1e8") throws -> ProjectionModel {
    let text = """
      renkei: 1
      goal: {cumulative_revenue_yen: 1e9, probability: 80%}
      plans:
        \(keys)
        segments: {x: {where: {kind: x}, set: {growth_after_plan: 0.1}}}
        list:
          - {plan_id: a, kind: x, end_target_yen: \(target)}
          - {plan_id: b, end_target_yen: 3e8}
      """
    return try ScenarioFile.load(Array(text.utf8), source: "s.yaml").scenario.resolved()
  }

  @Test("the scale multiplies targets and promises, also what the plan's own cell states")
  func scale() throws {
    let (once, scaled) = try (model("target_scale: 1"), model("target_scale: 2.5"))
    for (a, b) in zip(once.plans, scaled.plans) {
      #expect(b.endTargetYen.mean == 2.5 * (a.endTargetYen.mean ?? .nan))
      #expect(b.endTargetYen.provenance.multipliedBy == ["plans.target_scale"])
      for (x, y) in zip(a.promisedByYear, b.promisedByYear) {
        #expect((y - 2.5 * x).magnitude <= 1e-12 * y)
      }
    }
    #expect(once.goalProbability == 0.8)
  }

  @Test("the number of plans adds copies with ids, and so draws, of their own")
  func count() throws {
    let plans = try model("count: 5").plans
    let ids = plans.map(\.id)
    #expect(ids.prefix(4) == ["a", "b", "a#2", "b#2"] && ids.count == 5)
    #expect(plans[2].promisedByYear == plans[0].promisedByYear)
    #expect(plans[2].growthAfterPlan.mean == 0.1 && plans[3].growthAfterPlan.mean == 0)
    #expect(try model("count: 1").plans.count == 1)
  }

  @Test(
    "what makes no sense is refused at its key",
    arguments: [
      ("target_scale: 0", "plans.target_scale"), ("target_scale: 1e6", "plans.target_scale"),
      ("count: 0", "plans.count"), ("count: 2.5", "plans.count"),
    ])
  func refused(keys: String, key: String) {
    do {
      _ = try model(keys, target: "1e12")
      Issue.record("nothing is refused")
    } catch let report as DiagnosticReport {
      #expect(report.errors.map(\.key) == [key])
    } catch {
      Issue.record(error)
    }
  }
}
