// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

/// Shows that the architecture tests can fail: the scanner sees every form of an import, and the
/// table turns a forbidden one into a violation.
@Suite struct ImportScannerTests {
  @Test(arguments: [
    ("import RenkeiModel", ["RenkeiModel"]),
    ("  import RenkeiModel // why", ["RenkeiModel"]),
    ("@testable import RenkeiModel", ["RenkeiModel"]),
    ("@_exported public import RenkeiModel", ["RenkeiModel"]),
    ("@preconcurrency package import RenkeiModel", ["RenkeiModel"]),
    ("@_spi(Tables) import RenkeiModel", ["RenkeiModel"]),
    ("import struct RenkeiModel.Plan", ["RenkeiModel"]),
    ("import func Glibc.write", ["Glibc"]),
    ("import Foundation.NSData", ["Foundation"]),
    ("import A; import B", ["A", "B"]),
    ("#if canImport(Glibc)\nimport Glibc\n#else\nimport Darwin\n#endif", ["Glibc", "Darwin"]),
    ("/* import A */ import B", ["B"]),
    ("/* /* nested */ import A */\nimport B", ["B"]),
    ("let url = \"http://a\"; import B", ["B"]),
    ("// import A", []),
    ("let text = \"\"\"\n  import A\n  \"\"\"\nimport B", ["B"]),
    ("let text = \"import A\"", []),
    ("importer.run()", []),
  ])
  func everyFormOfAnImportIsSeen(source: String, modules: [String]) {
    #expect(ImportScanner.imports(inSwift: source).map(\.name) == modules)
  }

  @Test func linesAreCountedFromOne() {
    let found = ImportScanner.imports(inSwift: "// a\n/*\n*/\nimport B\n")
    #expect(found == [.init(line: 4, name: "B")])
  }

  @Test(arguments: [
    ("#include <math.h>", "math.h", false),
    ("#  include \"leaf.inc\" // one source", "leaf.inc", true),
    ("#include_next <stdint.h>", "stdint.h", false),
    ("#import <gsl/gsl_rng.h>", "gsl/gsl_rng.h", false),
  ])
  func everyFormOfAnIncludeIsSeen(source: String, name: String, isQuoted: Bool) {
    #expect(
      ImportScanner.includes(inC: source) == [.init(line: 1, name: name, isQuoted: isQuoted)])
  }

  @Test(arguments: [
    ("RenkeiStatistics", "import Foundation"),
    ("RenkeiStatistics", "import RenkeiDistributions"),
    ("RenkeiDistributions", "import RenkeiModel"),
    ("RenkeiModel", "import Yams"),
    ("RenkeiModel", "import RenkeiEngine"),
    ("RenkeiEngine", "import CGSL"),
    ("RenkeiReports", "import RenkeiEngine"),
    ("Renkei", "import CColumnKernels"),
    ("RenkeiCLI", "@testable import RenkeiEngine"),
    ("Unheard", "import Foundation"),
  ])
  func aForbiddenImportIsAViolation(target: String, source: String) {
    #expect(ImportTable.violations(inSwift: source, of: target).count == 1)
  }

  @Test(arguments: [
    ("RenkeiStatistics", "import Synchronization"),
    ("RenkeiDistributions", "import CGSL\nimport Foundation"),
    ("RenkeiFiles", "import Yams\nimport RenkeiModel"),
    ("RenkeiCLI", "import ArgumentParser\nimport Renkei"),
  ])
  func anAllowedImportIsNot(target: String, source: String) {
    #expect(ImportTable.violations(inSwift: source, of: target) == [])
  }

  @Test(arguments: [
    ("CColumnKernels", "#include <gsl/gsl_rng.h>"),
    ("CColumnKernels", "#include <stdio.h>"),
    ("CColumnKernels", "#include \"elsewhere.h\""),
    ("CGSL", "#include <math.h>"),
  ])
  func aForbiddenIncludeIsAViolation(target: String, source: String) {
    let found = ImportTable.violations(inC: source, of: target, ownHeaders: ["column_kernels.h"])
    #expect(found.count == 1)
  }

  @Test func tableLetsATargetImportOnlyWhatStandsAboveIt() {
    var above = ImportTable.externalModules
    for row in ImportTable.rows {
      #expect(row.mayImport.isSubset(of: above), "\(row.target)")
      above.insert(row.target)
    }
    #expect(above.count == ImportTable.rows.count + ImportTable.externalModules.count)
  }
}
