// SPDX-License-Identifier: GPL-3.0-or-later

/// Which module may import which: data flows one way, a target imports only what stands above it.
enum ImportTable {
  /// The targets below `Sources/`, in the order of the arrows, with the modules of this package
  /// and of its dependencies that each may import.
  static let rows: [(target: String, mayImport: Set<String>)] = [
    ("CGSL", []),
    ("CColumnKernels", []),
    ("RenkeiDistributions", ["CGSL"]),
    ("RenkeiDraws", ["CColumnKernels"]),
    ("RenkeiStatistics", []),
    ("RenkeiModel", ["RenkeiDistributions", "RenkeiStatistics"]),
    ("RenkeiFiles", ["RenkeiModel", "RenkeiDistributions", "Yams"]),
    (
      "RenkeiEngine",
      [
        "RenkeiModel", "RenkeiDraws", "CColumnKernels", "RenkeiDistributions", "RenkeiStatistics",
      ]
    ),
    (
      "RenkeiReference",
      ["RenkeiModel", "RenkeiDraws", "CGSL", "RenkeiDistributions", "RenkeiStatistics"]
    ),
    (
      "RenkeiAnalysis",
      [
        "RenkeiEngine", "RenkeiModel", "RenkeiDraws", "RenkeiDistributions", "RenkeiStatistics",
        "RenkeiFiles",
      ]
    ),
    ("RenkeiReports", ["RenkeiModel", "RenkeiStatistics"]),
    ("RenkeiPages", ["RenkeiFiles", "RenkeiReports", "RenkeiStatistics", "Mustache"]),
    (
      "Renkei",
      [
        "RenkeiDistributions", "RenkeiDraws", "RenkeiStatistics", "RenkeiModel", "RenkeiFiles",
        "RenkeiEngine", "RenkeiReference", "RenkeiAnalysis", "RenkeiReports",
      ]
    ),
    ("RenkeiCLI", ["Renkei", "RenkeiPages", "ArgumentParser"]),
  ]

  /// What comes from other packages; everything else in a row is a target of this one.
  static let externalModules: Set<String> = ["Yams", "ArgumentParser", "Mustache"]

  /// Modules of the platform. The statistics stay free of all but atomics.
  static func platformModules(for target: String) -> Set<String> {
    target == "RenkeiStatistics"
      ? ["Synchronization"]
      : [
        "Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Musl", "Darwin",
        "Synchronization",
      ]
  }

  /// Headers that C code may include beside those of its own target: no policy, no operating system.
  static func systemHeaderIsAllowed(_ header: String, in target: String) -> Bool {
    if target == "CGSL" { return header.hasPrefix("gsl/gsl_") }
    return [
      "float.h", "immintrin.h", "arm_neon.h", "math.h", "stdalign.h", "stdatomic.h", "stdbool.h",
      "stddef.h",
      "stdint.h", "stdlib.h", "string.h", "x86intrin.h", "cpuid.h",
    ].contains(header)
  }

  /// The imports of `source`, a file of `target`, that the table forbids; a sentence for each.
  static func violations(inSwift source: String, of target: String) -> [String] {
    guard let row = rows.first(where: { $0.target == target }) else {
      return ["the target \(target) is not in the table of allowed imports"]
    }
    return ImportScanner.imports(inSwift: source).compactMap { found in
      let allowed =
        row.mayImport.contains(found.name)
        || platformModules(for: target).contains(found.name)
      return allowed ? nil : "line \(found.line): \(target) may not import \(found.name)"
    }
  }

  /// The includes of `source`, a C file of `target`, that the rules forbid. A quoted header must be
  /// one of `ownHeaders`, the file names of the target.
  static func violations(
    inC source: String, of target: String, ownHeaders: Set<String>
  ) -> [String] {
    ImportScanner.includes(inC: source).compactMap { found in
      let allowed =
        found.isQuoted
        ? ownHeaders.contains(found.name) : systemHeaderIsAllowed(found.name, in: target)
      return allowed ? nil : "line \(found.line): \(target) may not include \(found.name)"
    }
  }
}
