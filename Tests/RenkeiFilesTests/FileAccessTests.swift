// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import Testing

@testable import RenkeiFiles

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

@Suite struct FileAccessTests {
  @Test func refusesWhatIsNoReadableFile() throws {
    let folder = try TemporaryFolder()
    let pipe = "\(folder.path)/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    let cases: [(String, FileAccessError.Reason)] = [
      ("\(folder.path)/none.yaml", .notFound), (folder.path, .isDirectory), (pipe, .notRegular),
      ("/dev/null", .notRegular),
    ]
    for (path, reason) in cases {
      #expect(throws: FileAccessError(path: path, reason: reason)) {
        try ScenarioFile.load(path: path)
      }
    }
  }

  @Test func refusesWhatIsTooLarge() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("a", "12345")
    #expect(throws: FileAccessError(path: path, reason: .tooLarge(limit: 4))) {
      try InputBytes.contents(of: path, limit: 4)
    }
    #expect(try InputBytes.contents(of: path, limit: 5).count == 5)
  }

  @Test func refusesWithoutPermission() throws {
    // Root may read everything.
    guard geteuid() != 0 else { return }
    let folder = try TemporaryFolder()
    let path = try folder.file("a", "x")
    #expect(chmod(path, 0) == 0)
    #expect(throws: FileAccessError(path: path, reason: .permissionDenied)) {
      try InputBytes.contents(of: path, limit: 4)
    }
  }

  @Test func readsFilesWhoseSizeIsNotKnown() throws {
    // Files of /proc claim to be empty.
    #if os(Linux)
      #expect(try !InputBytes.contents(of: "/proc/self/status", limit: 1 << 20).isEmpty)
    #endif
  }

  @Test func missingPlanListIsAnAccessErrorOnlyWhereAllElseIsWell() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("s.yaml", "renkei: 1\nplans: {file: none.csv}\n")
    let place = SourceLocation(file: path, line: 2, column: 15)
    #expect(
      throws: FileAccessError(
        path: "\(folder.path)/none.csv", reason: .notFound, statedAt: place)
    ) { try ScenarioFile.load(path: path) }
    try folder.file("s.yaml", "renkei: 2\nplans: {file: none.csv}\n")
    let report = #expect(throws: DiagnosticReport.self) { try ScenarioFile.load(path: path) }
    #expect(report?.diagnostics.map(\.code) == ["format-version", "unreadable-file"])
  }

  @Test func problemsOfBothFilesComeTogether() throws {
    let folder = try TemporaryFolder()
    try folder.file("p.csv", "plan_id,end_target_yen\nA,x\n")
    let path = try folder.file("s.yaml", "renkei: 1\ntitel: x\nplans: {file: p.csv}\n")
    let report = #expect(throws: DiagnosticReport.self) { try ScenarioFile.load(path: path) }
    #expect(
      report?.diagnostics.map(\.location.description) == [
        "\(path):2:1", "\(folder.path)/p.csv:2:3",
      ])
  }

  @Test func readsStandardInputOfAnyKind() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    let text = BadInput.valid
    try OpenFile.write(Array(text.utf8), to: ends[1], shownPath: "pipe")
    _ = close(ends[1])
    let saved = dup(STDIN_FILENO)
    #expect(dup2(ends[0], STDIN_FILENO) == STDIN_FILENO)
    defer {
      _ = dup2(saved, STDIN_FILENO)
      _ = close(saved)
      _ = close(ends[0])
    }
    let loaded = try ScenarioFile.load(path: "-")
    #expect(loaded.scenario.title == "scenario")
    #expect(loaded.inputFiles == [InputFile(path: "-", bytes: Array(text.utf8))])
  }
}
