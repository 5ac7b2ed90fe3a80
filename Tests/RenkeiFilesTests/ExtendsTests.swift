// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import Testing

@testable import RenkeiFiles

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Files that are laid over other files.
@Suite struct ExtendsTests {
  static let base = """
    renkei: 1
    title: Base
    horizon_years: 3
    goal: {cumulative_revenue_yen: 3億円}
    report: {groups: [region, sector], quantiles: [0.1, 0.9]}
    arms: {one: [], two: []}
    inputs: {u: {beta: {a: 14, b: 6}}, v: 2}
    plans:
      file: plans/list.csv
      defaults:
        ramp: {s_curve: {midpoint: 0.6, steepness: 9}}
        attainment: {lognormal: {median: 0.3, log_sd: 1.2}}
        launch_probability: $u
      segments:
        old: {where: {region: Kinki, sector: 1}, set: {annual_shock_sd: 0.4, attainment: $v}}
        new: {where: {region: Kanto}, set: {annual_shock_sd: 0.5}}

    """
  static let list = "plan_id,end_target_yen,region,sector\na,1e8,Kinki,1\n"

  /// A folder with `base.yaml`, its list in a folder below, and the scenarios given.
  private func folder(_ files: [String: String]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for name in ["shared", "shared/plans"] {
      #expect(mkdir("\(folder.path)/\(name)", 0o777) == 0)
    }
    try folder.file("shared/base.yaml", Self.base)
    try folder.file("shared/plans/list.csv", Self.list)
    for (name, text) in files { try folder.file(name, text) }
    return folder
  }

  private func load(_ folder: TemporaryFolder, _ name: String) throws -> LoadedScenario {
    try ScenarioFile.load(path: "\(folder.path)/\(name)")
  }

  private func problems(_ folder: TemporaryFolder, _ name: String) -> [String] {
    do {
      return try load(folder, name).warnings.map(\.description)
    } catch let report as DiagnosticReport {
      return report.diagnostics.map {
        $0.description.replacing(folder.path + "/", with: "")
      }
    } catch {
      return ["\(error)".replacing(folder.path + "/", with: "")]
    }
  }

  @Test func mergesMapsAndReplacesTheRest() throws {
    let folder = try folder([
      "child.yaml": """
      renkei: 1
      extends: shared/base.yaml
      title: Child
      report: {groups: [sector]}
      arms: {two: null, three: []}
      plans:
        defaults:
          ramp: {custom: [0.5, 1]}
          attainment: {normal: {mean: 1, sd: 0.1}}
          launch_probability: null
        segments:
          old: {where: {sector: 2}, set: {attainment: null, growth_after_plan: 2%}}
          late: {where: {region: Kanto}, set: {annual_shock_sd: 0.6}}
      """
    ])
    let loaded = try load(folder, "child.yaml")
    let scenario = loaded.scenario
    #expect(scenario.title == "Child")
    #expect(scenario.horizonYears.value == 3)
    #expect(scenario.goalYen?.value == 3e8)
    #expect(scenario.report.groupings.map(\.value.column) == ["sector"])
    #expect(scenario.report.quantileLevels == [0.05, 0.1, 0.5, 0.9, 0.95])
    #expect(scenario.arms.map(\.name) == ["one", "three"])
    #expect(scenario.defaults.ramp?.value == .custom([0.5, 1]))
    #expect(scenario.defaults.numbers[.launchProbability] == nil)
    guard case .distribution(let attainment)? = scenario.defaults.numbers[.attainment]?.value else {
      Issue.record("the child's distribution holds")
      return
    }
    #expect(attainment.mean == 1)
    #expect(scenario.segments.map(\.name) == ["old", "new", "late"])
    let old = scenario.segments[0]
    #expect(old.conditions.map(\.column) == ["sector"])
    #expect(
      old.settings.numbers.keys.map(\.rawValue).sorted() == [
        "annual_shock_sd", "growth_after_plan",
      ])
    // The list lies beside the file that names it.
    #expect(scenario.plans.rows.map(\.id) == ["a"])
    #expect(
      loaded.inputFiles.map(\.path) == [
        "\(folder.path)/child.yaml", "\(folder.path)/shared/base.yaml",
        "\(folder.path)/shared/plans/list.csv",
      ])
    // Every value knows its own file.
    let places = [
      scenario.horizonYears.location, old.settings.numbers[.annualShockSD]?.location,
      old.settings.numbers[.growthAfterPlan]?.location,
    ]
    #expect(
      places.map { $0.map { $0.description.replacing(folder.path + "/", with: "") } } == [
        "shared/base.yaml:3:16", "shared/base.yaml:15:69", "child.yaml:12:74",
      ])
  }

  @Test func followsAChain() throws {
    let folder = try folder([
      "a.yaml": "renkei: 1\nextends: shared/b.yaml\nhorizon_years: 9\n",
      "shared/b.yaml": "renkei: 1\nextends: base.yaml\nhorizon_years: 8\nstart_year: 2008\n",
    ])
    let scenario = try load(folder, "a.yaml").scenario
    #expect(scenario.horizonYears.value == 9)
    #expect(scenario.startYear.value == 2008)
    #expect(scenario.title == "Base")
  }

  /// What the declarations say decides which maps merge.
  @Test func valuesReplaceWhole() {
    var replacing: [String] = []
    for (path, key) in ScenarioKeysTests.all where !key.kind.mergesByKey { replacing.append(path) }
    for path in [
      "plans.defaults.attainment", "plans.defaults.ramp", "plans.segments.where",
      "report.groups", "factors.loading",
    ] { #expect(replacing.contains(path)) }
    #expect(ScenarioKeys.arms.kind.mergesByKey)
    #expect(ScenarioKeys.arms.kind.kind(of: "any")?.mergesByKey == false)
    #expect(ScenarioKeys.inputs.kind.kind(of: "any")?.mergesByKey == false)
  }

  @Test(arguments: problemCases) func reports(_ input: BadInput) throws {
    let folder = try folder([
      "child.yaml": input.text,
      "loop.yaml": "renkei: 1\nextends: ./child.yaml\n",
      "old.yaml": "renkei: 2\n" + Self.base.dropFirst("renkei: 1\n".count),
      "none.yaml": "title: x\n",
      "text.yaml": "hello\n",
      "bad.yaml": "renkei: 1\nplans: {defaults: {attainment: 010}, file: shared/plans/list.csv}\n",
    ])
    #expect(problems(folder, "child.yaml") == input.problems)
  }

  private static func extending(_ name: String, _ rest: String = "") -> String {
    "renkei: 1\nextends: \(name)\n\(rest)"
  }

  static let problemCases: [BadInput] = [
    BadInput(
      "itself", extending("child.yaml"),
      [
        "child.yaml:2:10: error: extends: the files extend each other in a circle: child.yaml → child.yaml (got 'child.yaml'; remove one 'extends')"
      ]),
    BadInput(
      "circle", extending("loop.yaml"),
      [
        "loop.yaml:2:10: error: extends: the files extend each other in a circle: child.yaml → loop.yaml → ./child.yaml (got './child.yaml'; remove one 'extends')"
      ]),
    BadInput(
      "missing file", extending("nowhere.yaml"),
      ["cannot read nowhere.yaml: the file does not exist (stated at child.yaml:2:10)"]),
    BadInput(
      "folder", extending("shared"),
      ["cannot read shared: it is a folder, not a file (stated at child.yaml:2:10)"]),
    BadInput(
      "list of files", "renkei: 1\nextends: [a, b]\nplans: {file: shared/plans/list.csv}\n",
      ["child.yaml:2:10: error: extends: expected text, found a list"]),
    BadInput(
      "nothing", "renkei: 1\nextends:\nplans: {file: shared/plans/list.csv}\n",
      [
        "child.yaml:2:1: error: extends: the key has no value (state a value or leave the key out)"
      ]),
    BadInput(
      "wrong version below", extending("old.yaml", "plans: {file: shared/plans/list.csv}\n"),
      [
        "old.yaml:1:9: error: renkei: the version of the file format is not known (got '2'; allowed: 1)"
      ]),
    BadInput(
      "no version below", extending("none.yaml", "plans: {file: shared/plans/list.csv}\n"),
      ["none.yaml:1:1: error: renkei: the key is required"]),
    BadInput(
      "no version above", "extends: shared/base.yaml\n",
      ["child.yaml:1:1: error: renkei: the key is required"]),
    BadInput(
      "problem below", extending("bad.yaml"),
      [
        "bad.yaml:2:32: error: plans.defaults.attainment: leading zeros are not allowed (got '010'; write 10)"
      ]),
    BadInput(
      "nothing to remove", extending("shared/base.yaml", "factors: null\ninputs: {uu: null}\n"),
      [
        "child.yaml:3:1: error: factors: there is nothing to remove: the key is not stated below",
        "child.yaml:4:10: error: inputs.uu: there is nothing to remove: the key is not stated below (did you mean 'u'?)",
      ]),
    BadInput(
      "required key removed", extending("shared/base.yaml", "plans: null\n"),
      ["child.yaml:1:1: error: plans: the key is required"]),
    BadInput(
      "unknown key", extending("shared/base.yaml", "plans: {defaults: {attainmnt: 1}}\n"),
      [
        "child.yaml:3:20: error: plans.defaults.attainmnt: the key is not known (did you mean 'attainment'?)"
      ]),
    BadInput(
      "plans twice",
      extending("shared/base.yaml", "plans: {list: [{plan_id: a, end_target_yen: 1}]}\n"),
      [
        "child.yaml:3:15: error: plans.list: the plans are stated twice, here and by 'file' at shared/base.yaml:9:9 (keep one of them)"
      ]),
  ]

  @Test func limitsTheChain() throws {
    let folder = try TemporaryFolder()
    for index in 1...17 {
      try folder.file("\(index).yaml", "renkei: 1\nextends: \(index + 1).yaml\n")
    }
    #expect(
      problems(folder, "1.yaml") == [
        "16.yaml:2:10: error: extends: too many files extend each other (got '17.yaml'; allowed: at most 16)"
      ])
  }
}
