// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import RenkeiFiles

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

@Suite struct WritingTests {
  /// Writes a result folder with one file beside the manifest.
  private func writeResult(_ path: String, _ text: String, force: Bool = false) throws {
    let writer = try ResultFolderWriter(path: path, force: force)
    try writer.write("portfolio.csv", bytes: Array(text.utf8))
    try writer.write("manifest.json", bytes: Array("{\"renkei\": \"0.1\"}".utf8))
    try writer.commit()
  }

  @Test func createsTheFolderAndItsParents() throws {
    let folder = try TemporaryFolder()
    try writeResult("\(folder.path)/results/a/", "x\n")
    #expect(folder.names("results") == ["a"])
    #expect(folder.names("results/a") == ["manifest.json", "portfolio.csv"])
    #expect(try folder.text("results/a/portfolio.csv") == "x\n")
  }

  @Test func replacesWhatAnEarlierRunWrote() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/a"
    func write(_ names: [String], force: Bool = false) throws -> [String] {
      let writer = try ResultFolderWriter(path: path, force: force)
      for name in names { try writer.write(name, bytes: Array("of \(names)".utf8)) }
      let results = names.map { "{\"path\": \"\($0)\", \"sha256\": \"\"}" }.joined(separator: ",")
      try writer.write(
        "manifest.json", bytes: Array("{\"renkei_manifest\": 1, \"results\": [\(results)]}".utf8))
      return try writer.commit()
    }
    #expect(try write(["portfolio.csv", "draws.csv"]).isEmpty)
    try folder.file("a/sweep.csv", "of a sweep")
    try folder.file("a/goal.csv", "of somebody")
    try folder.file("a/.sweep.csv.renkei-1a2b", "of a killed program")
    #expect(mkdir("\(path)/notes", 0o750) == 0 && mkdir("\(path)/notes/old", 0o777) == 0)
    try folder.file("a/notes/old/見積.txt", "of somebody")
    #expect(symlink("nowhere", "\(path)/link") == 0)
    // No UTF-8, as archives from Windows leave it.
    let name = Array("\(path)/".utf8).map { CChar(bitPattern: $0) } + [-126, -96, 0]
    #expect(close(open(name, O_CREAT | O_WRONLY, 0o600)) == 0)

    let kept = try write(["portfolio.csv", "goal.csv"])
    #expect(kept == ["link", "notes", "sweep.csv", "\u{FFFD}\u{FFFD}"])
    #expect(folder.names() == ["a"])
    #expect(try folder.text("a/goal.csv") == "of [\"portfolio.csv\", \"goal.csv\"]")
    #expect(try folder.text("a/sweep.csv") == "of a sweep")
    #expect(try folder.text("a/notes/old/見積.txt") == "of somebody")
    var status = stat()
    #expect(stat("\(path)/notes", &status) == 0 && status.st_mode & 0o777 == 0o750)
    #expect(lstat("\(path)/link", &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
    #expect(access(name, F_OK) == 0 && access("\(path)/draws.csv", F_OK) != 0)
    #expect(access("\(path)/.sweep.csv.renkei-1a2b", F_OK) != 0)

    #expect(try write(["portfolio.csv"], force: true).isEmpty)
    #expect(folder.names("a") == ["manifest.json", "portfolio.csv"])
  }

  @Test("where nothing can be linked entries are moved once the new folder is in its place")
  func movesWhatCannotBeLinked() throws {
    let folder = try TemporaryFolder()
    for name in ["old", "old/notes", "new"] { #expect(mkdir("\(folder.path)/\(name)", 0o777) == 0) }
    for name in ["old/own.csv", "old/a.txt", "old/notes/b.txt", "old/same", "new/same"] {
      try folder.file(name, name)
    }
    let parent = try FolderHandle(folder.path)
    let new = try FolderHandle("\(folder.path)/new")
    let foreign = try ForeignEntries(
      of: "old", in: parent.descriptor, own: ["own.csv"], to: new, link: { _, _, _ in false })
    #expect(foreign.names == ["a.txt", "notes"] && folder.names("new") == ["same"])
    try foreign.moveRest(to: new, oldName: "old")
    #expect(folder.names("new") == ["a.txt", "notes", "same"])
    #expect(try folder.text("new/notes/b.txt") == "old/notes/b.txt")
    #expect(try folder.text("new/same") == "new/same")
    #expect(folder.names("old") == ["own.csv", "same"])
  }

  @Test("what cannot be moved either stays where it is, and the message says where")
  func keepsWhatCannotBeMoved() throws {
    let folder = try TemporaryFolder()
    for name in ["old", "old/notes", "new"] { #expect(mkdir("\(folder.path)/\(name)", 0o777) == 0) }
    let parent = try FolderHandle(folder.path)
    let new = try FolderHandle("\(folder.path)/new")
    let foreign = try ForeignEntries(
      of: "old", in: parent.descriptor, own: [], to: new, link: { _, _, _ in false })
    // A file has come in the way of the folder since.
    try folder.file("new/notes", "")
    let error = #expect(throws: FileWriteError.self) {
      try foreign.moveRest(to: new, oldName: "old")
    }
    #expect(
      error?.description
        == "cannot write notes: it cannot be moved to the new results and stays in old")
    #expect(folder.names("old") == ["notes"])
  }

  @Test func replacesTheTargetOfALink() throws {
    let folder = try TemporaryFolder()
    try writeResult("\(folder.path)/real", "old")
    #expect(symlink("real", "\(folder.path)/link") == 0)
    try writeResult("\(folder.path)/link", "new")
    #expect(folder.names() == ["link", "real"])
    #expect(try folder.text("real/portfolio.csv") == "new")
  }

  @Test(arguments: ["{}", "", "{\"name\": \"a web page\"}"])
  func refusesAFolderThatIsNotAResult(_ manifest: String) throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/a"
    #expect(mkdir(path, 0o777) == 0)
    try folder.file("a/precious.txt", "keep")
    if !manifest.isEmpty { try folder.file("a/manifest.json", manifest) }
    let error = #expect(throws: FileWriteError.self) { try writeResult(path, "new") }
    #expect(error?.kind == .notAResultFolder)
    #expect(error?.exitCode == 73)
    #expect(try folder.text("a/precious.txt") == "keep")
    #expect(folder.names() == ["a"])
    try writeResult(path, "new", force: true)
    #expect(folder.names("a") == ["manifest.json", "portfolio.csv"])
  }

  @Test func refusesAFileInTheWay() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("a", "text")
    let error = #expect(throws: FileWriteError.self) {
      try writeResult(path, "new", force: true)
    }
    #expect(error?.description == "cannot create \(path): it exists and is not a folder")
    #expect(throws: FileWriteError.self) { try writeResult("\(path)/below", "new") }
    #expect(try folder.text("a") == "text")
  }

  @Test(arguments: ["/", "/tmp/..", "/proc/renkei-result"])
  func refusesImpossiblePlaces(_ path: String) throws {
    let error = #expect(throws: FileWriteError.self) {
      try writeResult(path, "new", force: true)
    }
    #expect(error?.exitCode == 73)
  }

  @Test func leavesNothingBehindWithoutCommit() throws {
    let folder = try TemporaryFolder()
    struct Stop: Error {}
    func interrupted() throws {
      let writer = try ResultFolderWriter(path: "\(folder.path)/a", force: false)
      try writer.write("portfolio.csv", bytes: [1])
      #expect(folder.names().count == 1)
      #expect(folder.names()[0].hasPrefix(".a.renkei-"))
      throw Stop()
    }
    #expect(throws: Stop.self) { try interrupted() }
    #expect(folder.names().isEmpty)
  }

  @Test func streamsLongFiles() throws {
    let folder = try TemporaryFolder()
    let writer = try ResultFolderWriter(path: "\(folder.path)/a", force: false)
    try writer.write("long.csv") { file in
      for line in 0..<20_000 { try file.append("\(line)\n") }
    }
    try writer.commit()
    let text = try folder.text("a/long.csv")
    #expect(text == (0..<20_000).map { "\($0)\n" }.joined())
  }

  @Test func writesSingleFiles() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("a.txt", "old")
    #expect(chmod(path, 0o640) == 0)
    try SafeFile.write(Array("new".utf8), to: path)
    #expect(try folder.text("a.txt") == "new")
    var status = stat()
    #expect(stat(path, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o640)
    #expect(folder.names() == ["a.txt"])
    let error = #expect(throws: FileWriteError.self) {
      try SafeFile.write([1], to: "\(folder.path)/none/b.txt")
    }
    #expect(error?.exitCode == 73)
    #expect(throws: FileWriteError.self) { try SafeFile.write([1], to: folder.path) }
  }
}

/// Failures that the system brings about; one at a time, because they change the whole process.
@Suite(.serialized) struct WriteFaultTests {
  #if os(Linux)
    @Test func reportsAFullDisk() {
      let error = #expect(throws: FileWriteError.self) {
        try SafeFile.write([1, 2, 3], to: "/dev/full")
      }
      #expect(error?.kind == .writeFailed)
      #expect(error?.errorNumber == ENOSPC)
      #expect(error?.exitCode == 74)
      #expect(error?.description == "cannot write /dev/full: no space left on device")
    }
  #endif

  @Test func reportsASizeLimit() throws {
    FileSignals.ignore()
    let folder = try TemporaryFolder()
    let old = [UInt8](repeating: 1, count: 10)
    try SafeFile.write(old, to: "\(folder.path)/a")
    var limit = rlimit()
    #if canImport(Darwin)
      let resource = RLIMIT_FSIZE
    #else
      let resource = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
    #endif
    #expect(getrlimit(resource, &limit) == 0)
    let saved = limit
    // Far above what any other test writes at the same time.
    limit.rlim_cur = 8 << 20
    #expect(setrlimit(resource, &limit) == 0)
    let large = [UInt8](repeating: 2, count: 9 << 20)
    let fileError = #expect(throws: FileWriteError.self) {
      try SafeFile.write(large, to: "\(folder.path)/a")
    }
    func result() throws {
      let writer = try ResultFolderWriter(path: "\(folder.path)/r", force: false)
      try writer.write("plans.csv", bytes: large)
      try writer.commit()
    }
    let folderError = #expect(throws: FileWriteError.self) { try result() }
    var restored = saved
    #expect(setrlimit(resource, &restored) == 0)
    for error in [fileError, folderError] {
      #expect(error?.kind == .writeFailed)
      #expect(error?.errorNumber == EFBIG)
    }
    #expect(folder.names() == ["a"])
    #expect(try InputBytes.contents(of: "\(folder.path)/a", limit: 1 << 20) == old)
  }

  @Test func reportsAClosedPipe() throws {
    FileSignals.ignore()
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    _ = close(ends[0])
    defer { _ = close(ends[1]) }
    let error = #expect(throws: FileWriteError.self) {
      try OpenFile.write([1], to: ends[1], shownPath: "-")
    }
    #expect(error?.kind == .brokenPipe)
    #expect(error?.exitCode == 141)
  }

  @Test func reportsAReadOnlyFolder() throws {
    // Root may write everywhere that is not mounted read-only.
    guard geteuid() != 0 else { return }
    let folder = try TemporaryFolder()
    #expect(chmod(folder.path, 0o555) == 0)
    defer { _ = chmod(folder.path, 0o755) }
    let error = #expect(throws: FileWriteError.self) {
      try ResultFolderWriter(path: "\(folder.path)/a", force: false).commit()
    }
    #expect(error?.exitCode == 73)
  }
}
