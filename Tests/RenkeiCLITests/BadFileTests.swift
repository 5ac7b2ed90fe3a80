// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Files that cannot be read and folders that must not be written: each ends soon, with the
/// documented code, and creates nothing.
@Suite("Bad files and folders")
struct BadFileTests {
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(SampleScenario.small, to: "two.yaml")
    try FileManager.default.createDirectory(
      at: folder.url.appendingPathComponent("sub"), withIntermediateDirectories: false)
    #expect(mkfifo(folder.url.appendingPathComponent("pipe").path, 0o600) == 0)
    #expect(symlink("loop", folder.url.appendingPathComponent("loop").path) == 0)
    #expect(symlink("nowhere", folder.url.appendingPathComponent("dangling").path) == 0)
    return folder
  }

  /// The file, by way of which option, and what standard error says of it.
  struct Unreadable: Sendable, CustomTestStringConvertible {
    let path: String
    let explanation: String

    var testDescription: String { path }
  }

  static let unreadable = [
    Unreadable(path: "missing", explanation: "the file does not exist"),
    Unreadable(path: "two.yaml/x", explanation: "the file does not exist"),
    Unreadable(path: "sub", explanation: "it is a folder, not a file"),
    Unreadable(path: "pipe", explanation: "it is a pipe or device, not a regular file"),
    Unreadable(path: "/dev/zero", explanation: "it is a pipe or device, not a regular file"),
    Unreadable(path: "loop", explanation: "too many levels of symbolic links"),
    Unreadable(path: "dangling", explanation: "the file does not exist"),
  ]

  @Test(
    "66: a scenario, an extended file or a plan list that cannot be read", arguments: unreadable)
  func cannotBeRead(_ file: Unreadable) throws {
    let folder = try folder()
    try folder.write("renkei: 1\nextends: \(file.path)\n", to: "extending.yaml")
    try folder.write("renkei: 1\nplans: {file: \(file.path)}\n", to: "listed.yaml")
    let names = try folder.names()
    let runs = [
      (["run", file.path], ""),
      (["validate", "extending.yaml"], " (stated at extending.yaml:2:10)"),
      (["run", "listed.yaml"], " (stated at listed.yaml:2:15)"),
    ]
    for (arguments, origin) in runs {
      let clock = ContinuousClock()
      let start = clock.now
      let ending = try RenkeiProcess.run(arguments, in: folder)
      #expect(clock.now - start < .seconds(2))
      #expect(ending.status == 66 && !ending.wasKilled && ending.output.isEmpty)
      #expect(
        ending.errors == "renkei: error: cannot read \(file.path): \(file.explanation)\(origin)\n")
    }
    #expect(try folder.names() == names)
  }

  @Test(
    "66: permission denied",
    .enabled(if: getuid() != 0, "the superuser may read every file"))
  func noPermission() throws {
    let folder = try folder()
    #expect(chmod(folder.url.appendingPathComponent("two.yaml").path, 0) == 0)
    let ending = try RenkeiProcess.run(["run", "two.yaml"], in: folder)
    #expect(ending.status == 66)
    #expect(
      ending.errors == "renkei: error: cannot read two.yaml: permission to read it is denied\n")
  }

  @Test("66: a line of a gigabyte")
  func longLine() throws {
    let folder = try folder()
    try folder.write("renkei: 1\nplans: {file: long.csv}\n", to: "long.yaml")
    let list = folder.url.appendingPathComponent("long.csv").path
    #expect(FileManager.default.createFile(atPath: list, contents: Data()))
    // A hole takes no space on the disk.
    #expect(truncate(list, 1_000_000_000) == 0)
    let clock = ContinuousClock()
    let start = clock.now
    let ending = try RenkeiProcess.run(["validate", "long.yaml"], in: folder)
    #expect(clock.now - start < .seconds(2))
    #expect(ending.status == 66)
    #expect(
      ending.errors
        == "renkei: error: cannot read long.csv: a line is longer than 16 MiB (stated at long.yaml:2:15)\n"
    )
  }

  @Test("66: a scenario of more than 16 MiB")
  func largeScenario() throws {
    let folder = try folder()
    #expect(truncate(folder.url.appendingPathComponent("two.yaml").path, 20_000_000) == 0)
    let ending = try RenkeiProcess.run(["validate", "two.yaml"], in: folder)
    #expect(ending.status == 66)
    #expect(
      ending.errors == "renkei: error: cannot read two.yaml: the file is larger than 16 MiB\n")
  }

  @Test("73: a result folder that holds what the run reads", arguments: [".", "../input", "input"])
  func outputHoldsInput(_ output: String) throws {
    let outer = try TemporaryFolder()
    try outer.write("renkei: 1\nplans: {file: list.csv}\n", to: "input/s.yaml")
    try outer.write("plan_id,end_target_yen\na,1e8\n", to: "input/list.csv")
    let isInside = output != "input"
    let shell = isInside ? "cd input && exec \"$@\"" : "exec \"$@\""
    let scenario = isInside ? "s.yaml" : "input/s.yaml"
    let ending = try RenkeiProcess.run(
      ["run", scenario, "-o", output, "--force"], in: outer, shell: shell)
    #expect(ending.status == 73)
    #expect(ending.errors.contains("holds \(scenario)"))
    #expect(try outer.names(in: "input") == ["list.csv", "s.yaml"])
  }

  @Test("66: a file that changes during the run", arguments: ["two.csv", "two.yaml"])
  func changedInput(_ name: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("plan_id,end_target_yen\na,1e8\n", to: "two.csv")
    try folder.write("renkei: 1\nplans: {file: two.csv}\n", to: "two.yaml")
    let run = try RenkeiProcess(
      ["run", "two.yaml", "--paths", "300000", "--engine", "reference", "-o", "out", "--quiet"],
      in: folder)
    Thread.sleep(forTimeInterval: 0.3)
    try folder.write(try folder.read(name) + "\n", to: name)
    let ending = try run.ending()
    #expect(ending.status == 66)
    #expect(
      ending.errors == "renkei: error: cannot read \(name): it was changed during the run\n")
    #expect(try folder.names() == ["two.csv", "two.yaml"])
  }

  @Test("64: an argument that is not UTF-8")
  func argumentIsNotUTF8() throws {
    let folder = try folder()
    let names = try folder.names()
    let ending = try RenkeiProcess.run(
      ["run"], in: folder, shell: "exec \"$@\" \"$(printf 'a\\377b')\"")
    #expect(ending.status == 64)
    #expect(ending.errors == "renkei: error: argument 2 is not UTF-8 text\n")
    #expect(try folder.names() == names)
  }
}
