// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

@testable import RenkeiFiles

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ argumentCount: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// A scenario that every key can be laid over.
private let scenario = """
  renkei: 1
  goal: {cumulative_revenue_yen: 1e9}
  plans:
    list: [{plan_id: a, region: kanto, end_target_yen: 1e8}]
    defaults: {attainment: {lognormal: {median: 0.3, log_sd: 1}}, launch_probability: $p}
    segments: {east: {where: {region: kanto}, set: {annual_shock_sd: 0.2}}}
  factors: {macro: {loading: 0.2}}
  inputs: {p: {beta: {a: 2, b: 3}}}
  support:
    finance: {investment_yen: {share_of_target: 0.4}, own_funds_yen: {share_of_investment: 0.3}}
    subsidy: {take_up: 0.85, amount_yen: 15e6, cap_yen: 30e6}
    policy_loan: {base_rate: 1%, term_years: 15, grace_years: 2}
  arms: {certified: [policy_loan, subsidy], none: []}

  """

/// Any text at all as the argument of `--set`.
@_cdecl("LLVMFuzzerTestOneInput")
func readSetting(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let bytes = UnsafeBufferPointer(start: data, count: size)
  guard let setting = ScenarioOverride(String(decoding: bytes, as: UTF8.self)) else { return 0 }
  do {
    _ = try ScenarioFile.load(
      Array(scenario.utf8), source: "fuzz.yaml", overrides: [setting]
    ).scenario.resolved()
  } catch let report as DiagnosticReport {
    for diagnostic in report.diagnostics { precondition(!diagnostic.description.isEmpty) }
  } catch {}
  return 0
}

/// The package manager names an executable's entry point after its target.
@_cdecl("FuzzSetting_main")
func fuzzSettingMain(
  _ argumentCount: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
) -> CInt {
  var count = argumentCount
  var list = arguments
  return runDriver(&count, &list, readSetting)
}
