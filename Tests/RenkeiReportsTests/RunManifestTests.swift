// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import Testing

@testable import RenkeiReports

@Suite("Manifest")
struct RunManifestTests {
  @Test("is exact: fixed order, no time, the environment apart")
  func exact() {
    var manifest = RunManifest(
      outcome: SampleResult.outcome(title: "New \"rope\"\n連携"), renkeiVersion: "0.1.0",
      scenarioPath: "Scenarios/a.yaml", settings: ["horizon_years=1"],
      inputs: [.init(path: "Scenarios/a.yaml", sha256: "00ff")],
      results: [.init(path: "portfolio.csv", sha256: "aa"), .init(path: "goal.csv", sha256: "bb")],
      command: ["renkei", "run", "Scenarios/a.yaml"], gslVersion: "2.8")
    manifest.instructionSet = "avx512"
    manifest.seed = .max
    #expect(
      String(decoding: manifest.json.document, as: UTF8.self) == #"""
        {
          "renkei_manifest": 1,
          "renkei_version": "0.1.0",
          "numeric_contract": "renkei-draws-2",
          "title": "New \"rope\"\n連携",
          "scenario": "Scenarios/a.yaml",
          "settings": ["horizon_years=1"],
          "start_year": 2005,
          "horizon_years": 2,
          "currency": "JPY",
          "goal_yen": 6000000000,
          "seed": 18446744073709551615,
          "paths": 1000,
          "until": null,
          "precision": "double",
          "sampling": "random",
          "error_unit": "path",
          "error_units": 1000,
          "arms": ["as_planned"],
          "engine": "reference",
          "plan_quantiles": true,
          "quantiles": [0.05, 0.5, 0.95],
          "command": ["renkei", "run", "Scenarios/a.yaml"],
          "inputs": [
            {
              "path": "Scenarios/a.yaml",
              "sha256": "00ff"
            }
          ],
          "tables": {
            "fnv1a64": "00abcdef01234567"
          },
          "results": [
            {
              "path": "portfolio.csv",
              "sha256": "aa"
            },
            {
              "path": "goal.csv",
              "sha256": "bb"
            }
          ],
          "path_totals": null,
          "environment": {
            "gsl_version": "2.8",
            "instruction_set": "avx512"
          }
        }

        """#)
  }

  @Test("a table as JSON keeps the order of its columns; empty is null")
  func tableAsJSON() {
    let document = CSVDocument(
      fileName: "t.csv", header: ["b", "a"],
      rows: [[.number(1.5), .empty], [.text("x"), .integer(2)]])
    #expect(
      String(decoding: document.json.document, as: UTF8.self) == """
        [
          {
            "b": 1.5,
            "a": null
          },
          {
            "b": "x",
            "a": 2
          }
        ]

        """)
  }
}
