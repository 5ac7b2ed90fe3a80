// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@Suite("Exit codes")
struct ExitStatusTests {
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(SampleScenario.small, to: "two.yaml")
    return folder
  }

  @Test(
    "64: a wrong command line is explained and nothing is written",
    arguments: [
      ["run"], ["fly"], ["run", "two.yaml", "--paths", "0"], ["run", "two.yaml", "--paths", "1e6"],
      ["run", "two.yaml", "--paths", "1000000000001"], ["run", "two.yaml", "--paths", "0x10"],
      ["run", "two.yaml", "--seed", "-1"], ["run", "two.yaml", "--seed", "18446744073709551616"],
      ["run", "two.yaml", "--threads", "1025"], ["run", "two.yaml", "--threads", "nan"],
      ["run", "two.yaml", "--engine", "gpu"], ["run", "two.yaml", "--arms", "as_plannd"],
      ["run", "two.yaml", "--arms", "as_planned,as_planned"],
      ["run", "two.yaml", "--plan-quantiles", "maybe"], ["run", "two.yaml", "--lang", "fr"],
      ["run", "two.yaml", "--sampling", "sobl"], ["run", "two.yaml", "--sampling", "sobol"],
      ["run", "two.yaml", "--engine", "reference", "--sampling", "antithetic", "--paths", "8192"],
      ["run", "two.yaml", "--precision", "half"],
      ["run", "two.yaml", "--engine", "reference", "--precision", "single"],
      ["compare", "a", "b", "--tolerance", "-1"], ["validate"], ["run", "two.yaml", "-o", ""],
    ])
  func usage(arguments: [String]) throws {
    let folder = try folder()
    let ending = try RenkeiProcess.run(arguments, in: folder)
    #expect(ending.status == 64)
    #expect(!ending.errors.isEmpty && ending.output.isEmpty)
    #expect(try folder.names() == ["two.yaml"])
  }

  @Test("65: every problem of a scenario, counted, and no folder", arguments: ["run", "validate"])
  func badData(command: String) throws {
    let folder = try folder()
    let text = SampleScenario.small
      .replacingOccurrences(of: "horizon_years: 3", with: "horizon_years: -3")
      .replacingOccurrences(of: "median: 0.8", with: "median: -0.8")
    try folder.write(text, to: "bad.yaml")
    let ending = try RenkeiProcess.run([command, "bad.yaml"], in: folder)
    #expect(ending.status == 65)
    #expect(ending.errors.contains("bad.yaml:4:") && ending.errors.contains("bad.yaml:10:"))
    #expect(ending.errors.hasSuffix("2 errors\n"))
    #expect(ending.output.isEmpty)
    #expect(try folder.names() == ["bad.yaml", "two.yaml"])
  }

  @Test("validate says ok in one line")
  func valid() throws {
    let ending = try RenkeiProcess.run(["validate", "two.yaml"], in: folder())
    #expect(ending.status == 0)
    #expect(
      ending.output == """
        ok: 2 plans, 3 years (2005–2007), 1 arm, 0 named inputs, promise ¥360M, goal ¥500M

        """)
  }

  @Test("66: what cannot be read", arguments: ["run", "validate"])
  func unreadable(command: String) throws {
    let ending = try RenkeiProcess.run([command, "nowhere.yaml"], in: folder())
    #expect(ending.status == 66)
    #expect(ending.errors.contains("nowhere.yaml"))
  }

  @Test(
    "69: a run that no machine can hold is refused at once", arguments: ["vector", "reference"])
  func tooLarge(engine: String) throws {
    let folder = try folder()
    let ending = try RenkeiProcess.run(
      ["run", "two.yaml", "--paths", "1000000000000", "--engine", engine], in: folder)
    #expect(ending.status == 69)
    #expect(ending.errors.contains("memory") && ending.output.isEmpty)
    #expect(try folder.names() == ["two.yaml"])
  }

  @Test("69 names what helps, and that fits")
  func memoryAdvice() throws {
    let folder = try folder()
    // Of several plans, paths are what takes the memory.
    let ending = try RenkeiProcess.run(
      ["run", "two.yaml", "--paths", "1000000000000"], in: folder)
    let paths = try #require(ending.errors.firstMatch(of: /it fits with --paths (\d+)\n/)?.1)
    #expect(!ending.errors.contains("--plan-quantiles"))
    // Two digits, and not far below what there is: 40 bytes a path in a machine of some GB.
    #expect(paths.dropFirst(2).allSatisfy { $0 == "0" })
    #expect(try #require(Int(paths)) > 5_000_000)
    let sensitivity = try RenkeiProcess.run(
      ["sensitivity", "two.yaml", "--paths", "1000000000000"], in: folder)
    #expect(sensitivity.status == 69 && sensitivity.errors.hasSuffix("; take fewer paths\n"))
  }

  @Test("73: a file stands where the folder should be")
  func cannotCreate() throws {
    let folder = try folder()
    let ending = try RenkeiProcess.run(["run", "two.yaml", "-o", "two.yaml"], in: folder)
    #expect(ending.status == 73)
    #expect(try folder.read("two.yaml") == SampleScenario.small)
    let below = try RenkeiProcess.run(["run", "two.yaml", "-o", "two.yaml/out"], in: folder)
    #expect(below.status == 73)
  }

  #if os(Linux)
    @Test(
      "74: a full disk behind standard output",
      arguments: [["--help"], ["validate", "two.yaml"], ["run", "two.yaml", "-o", "-"]])
    func fullDisk(arguments: [String]) throws {
      let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
      let ending = try RenkeiProcess.run(arguments, in: folder(), output: full)
      #expect(ending.status == 74)
      #expect(ending.errors.contains("standard output"))
    }
  #endif

  @Test("74: a file size limit leaves no folder, whole or in part")
  func fileSizeLimit() throws {
    let folder = try folder()
    let ending = try RenkeiProcess.run(
      ["run", "two.yaml", "-o", "out"], in: folder, shell: "ulimit -f 1; exec \"$@\"")
    #expect(ending.status == 74)
    #expect(!ending.wasKilled)
    #expect(try folder.names() == ["two.yaml"])
  }

  @Test(
    "141: a closed pipe ends quietly",
    arguments: [["--help"], ["validate", "two.yaml"], ["run", "two.yaml", "-o", "-"]])
  func closedPipe(arguments: [String]) throws {
    let pipe = Pipe()
    try pipe.fileHandleForReading.close()
    let ending = try RenkeiProcess.run(
      arguments, in: folder(), output: pipe.fileHandleForWriting)
    #expect(ending.status == 141)
    #expect(!ending.wasKilled)
    #expect(ending.errors.isEmpty)
  }

  @Test("130: an interrupted run leaves nothing behind", arguments: [SIGINT, SIGTERM])
  func interrupted(signal: Int32) throws {
    let folder = try folder()
    let run = try RenkeiProcess(
      ["run", "two.yaml", "--paths", "3000000", "--engine", "reference", "-o", "out"], in: folder)
    Thread.sleep(forTimeInterval: 0.7)
    let clock = ContinuousClock()
    let start = clock.now
    run.send(signal)
    let ending = try run.ending()
    #expect(ending.status == 130)
    #expect(!ending.wasKilled)
    #expect(clock.now - start < .seconds(2))
    #expect(ending.errors.isEmpty && ending.output.isEmpty)
    #expect(try folder.names() == ["two.yaml"])
  }

  @Test("0: help and version")
  func help() throws {
    let folder = try folder()
    for arguments in [[], ["--help"], ["help"]] {
      let ending = try RenkeiProcess.run(arguments, in: folder)
      #expect(ending.status == 0 && ending.errors.isEmpty)
      for command in ["new", "run", "validate", "explain", "compare", "schema"] {
        #expect(ending.output.contains("  \(command)"))
      }
    }
    for command in ["new", "run", "validate", "explain", "compare", "schema"] {
      let ending = try RenkeiProcess.run([command, "--help"], in: folder)
      #expect(ending.status == 0 && ending.output.contains("Examples:"))
    }
    #expect(try RenkeiProcess.run(["--version"], in: folder).output == "0.1.0\n")
  }
}
