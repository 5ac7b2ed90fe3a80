// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

/// The rules of the house that a compiler does not check. SwiftPM lets a file import what a
/// dependency of a dependency brings along; these tests do not.
@Suite struct ArchitectureTests {
  @Test func everyImportIsInTheTable() throws {
    let files = try SourceTree.files()
    var checkedTargets: Set<String> = []
    for file in files where file.isSwift {
      guard let target = file.target else { continue }
      checkedTargets.insert(target)
      for violation in ImportTable.violations(inSwift: file.text, of: target) {
        Issue.record("\(file.path): \(violation)")
      }
    }
    #expect(checkedTargets.isSuperset(of: ["RenkeiDistributions", "RenkeiStatistics"]))
  }

  @Test func everyIncludeIsAllowed() throws {
    let files = try SourceTree.files().filter { $0.isC && $0.target != nil }
    #expect(!files.isEmpty)
    for file in files {
      guard let target = file.target else { continue }
      let ownHeaders = Set(files.filter { $0.target == target }.map(\.name))
      for violation in ImportTable.violations(inC: file.text, of: target, ownHeaders: ownHeaders) {
        Issue.record("\(file.path): \(violation)")
      }
    }
  }

  @Test func everySourceFileBeginsWithItsLicence() throws {
    for file in try SourceTree.files() where file.isSwift || file.isC {
      // The manifest must begin with the version of its tools.
      let line = file.path == "Package.swift" ? 1 : 0
      #expect(
        file.lines.dropFirst(line).first == "// SPDX-License-Identifier: GPL-3.0-or-later",
        "\(file.path)")
    }
  }

  @Test func noSourceFileIsLongerThan400Lines() throws {
    for file in try SourceTree.files() where file.isSwift || file.isC {
      #expect(file.lines.count <= 401, "\(file.path) has \(file.lines.count - 1) lines")
    }
  }

  @Test func topLevelHoldsOnlyWhatBelongsThere() throws {
    let allowed: Set<String> = [
      "Package.swift", "Sources", "Tests", "Scenarios", "Benchmarks", "README.md", "Makefile",
    ]
    // Made by the tools and by runs, and ignored by git.
    let made: Set<String> = ["Package.resolved", "results"]
    let names = try SourceTree.topLevelNames()
    #expect(names.contains("Package.swift"))
    for name in names where !name.hasPrefix(".") && !made.contains(name) {
      #expect(allowed.contains(name), "\(name) at the top level")
    }
  }

  @Test func noFileNamesThePathsOfOneMachine() throws {
    // In two halves, so that this file does not name them either.
    let paths = [
      ("/wo", "rk/"), ("/ho", "me/"), ("/Us", "ers/"), ("/opt/", "swift"), ("/ro", "ot/"),
    ].map { $0.0 + $0.1 }
    let files = try SourceTree.files()
    #expect(files.contains { $0.path == "Makefile" })
    for file in files {
      for (index, line) in file.lines.enumerated() {
        for path in paths where line.contains(path) {
          Issue.record("\(file.path):\(index + 1) names \(path)")
        }
      }
    }
  }
}
