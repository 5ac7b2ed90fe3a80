// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

@testable import RenkeiFiles

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ argumentCount: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// Any bytes at all as a plan list, and as a result table for `compare`.
@_cdecl("LLVMFuzzerTestOneInput")
func readPlanList(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: size))
  let diagnostics = DiagnosticCollector()
  let list = PlanListReader.read(bytes, source: "fuzz.csv", diagnostics: diagnostics)
  for row in list.rows.prefix(3) { _ = row.attributes.keys }
  for diagnostic in diagnostics.finished() { precondition(!diagnostic.description.isEmpty) }
  if let table = try? CSVTable(bytes, source: "fuzz.csv") {
    for row in 0..<min(table.rowCount, 3) {
      for column in table.columns.indices { _ = try? table.number(row: row, column: column) }
    }
  }
  return 0
}

/// The package manager names an executable's entry point after its target.
@_cdecl("FuzzPlanList_main")
func fuzzPlanListMain(
  _ argumentCount: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
) -> CInt {
  var count = argumentCount
  var list = arguments
  return runDriver(&count, &list, readPlanList)
}
