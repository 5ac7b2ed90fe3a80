// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

@testable import RenkeiFiles

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ argumentCount: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// Any bytes at all as a scenario: they may be refused, and must never trap or hang.
@_cdecl("LLVMFuzzerTestOneInput")
func readScenario(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: size))
  do {
    _ = try ScenarioFile.load(bytes, source: "fuzz.yaml").scenario.resolved()
  } catch let report as DiagnosticReport {
    // Every problem must also print.
    for diagnostic in report.diagnostics { precondition(!diagnostic.description.isEmpty) }
  } catch {}
  return 0
}

/// The package manager names an executable's entry point after its target.
@_cdecl("FuzzScenario_main")
func fuzzScenarioMain(
  _ argumentCount: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
) -> CInt {
  var count = argumentCount
  var list = arguments
  return runDriver(&count, &list, readScenario)
}
