// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@Suite("--set")
struct SettingTests {
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(SampleScenario.small, to: "two.yaml")
    return folder
  }

  @Test("changes the run and stands in the manifest")
  func run() throws {
    let folder = try folder()
    let arguments = [
      "run", "two.yaml", "--quiet", "-o", "out", "--set", "horizon_years=2", "--set",
      "goal.cumulative_revenue_yen=1億円",
    ]
    #expect(try RenkeiProcess.run(arguments, in: folder).status == 0)
    #expect(try folder.read("out/goal.csv").contains("as_planned,100000000,"))
    let years = try folder.read("out/portfolio.csv").split(separator: "\n").dropFirst().map {
      $0.split(separator: ",")[2]
    }
    #expect(Set(years) == ["1", "2"])
    let manifest = try folder.read("out/manifest.json")
    #expect(
      manifest.contains(#""--set", "horizon_years=2", "--set", "goal.cumulative_revenue_yen=1億円""#))
  }

  @Test("equals the same value in the file, byte for byte")
  func sameAsFile() throws {
    let folder = try folder()
    let text = SampleScenario.small.replacingOccurrences(
      of: "annual_shock_sd: 0.3", with: "annual_shock_sd: 0.4")
    try folder.write(text, to: "edited.yaml")
    let set = ["run", "two.yaml", "-o", "-", "--set", "plans.defaults.annual_shock_sd=0.4"]
    let changed = try RenkeiProcess.run(set, in: folder)
    let edited = try RenkeiProcess.run(["run", "edited.yaml", "-o", "-"], in: folder)
    #expect(changed.status == 0 && changed.output == edited.output)
    #expect(
      changed.output != (try RenkeiProcess.run(["run", "two.yaml", "-o", "-"], in: folder)).output)
  }

  @Test("65: every wrong setting at once, beside those of the file")
  func wrongSettings() throws {
    let folder = try folder()
    let ending = try RenkeiProcess.run(
      [
        "validate", "two.yaml", "--set", "horizon_years=５", "--set", "plans.defaults.rampp=linear",
      ], in: folder)
    #expect(ending.status == 65)
    #expect(
      ending.errors == """
        --set plans.defaults.rampp: error: the key is not known (did you mean 'ramp'?)
        --set horizon_years: error: horizon_years: full-width characters are not allowed in a number (got '５'; write 5)
        2 errors

        """)
  }

  @Test("64: no key or no value", arguments: ["horizon_years", "=5", "a..b=1"])
  func usage(_ argument: String) throws {
    let ending = try RenkeiProcess.run(["run", "two.yaml", "--set", argument], in: folder())
    #expect(ending.status == 64)
    #expect(ending.errors.contains("horizon_years=7"))
  }
}
