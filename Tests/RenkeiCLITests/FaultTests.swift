// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// What a kill, a full disk or a closed stream leaves behind: the old results, the new ones, or
/// none; never a part.
@Suite(.serialized)
struct FaultTests {
  /// Enough work that a kill falls before, into and after the writing.
  private static let arguments = ["run", "s.yaml", "-o", "out", "--quiet", "--paths", "3000"]

  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(SampleScenario.small, to: "s.yaml")
    return folder
  }

  /// Every file of the result folder by name; nil where there is no folder.
  private func contents(_ folder: TemporaryFolder) throws -> [String: [UInt8]]? {
    guard try folder.names().contains("out") else { return nil }
    var files: [String: [UInt8]] = [:]
    for name in try folder.names(in: "out") { files[name] = try folder.bytes("out/\(name)") }
    return files
  }

  /// SIGKILL at random moments. `RENKEI_KILLS` sets their number; the full count is 200:
  /// `RENKEI_KILLS=200 swift test --filter FaultTests`.
  @Test(arguments: ["first results", "replaced results"])
  func killsLeaveOldOrCompleteResults(_ start: String) throws {
    let kills = ProcessInfo.processInfo.environment["RENKEI_KILLS"].flatMap(Int.init) ?? 15
    let folder = try folder()
    let clock = ContinuousClock()
    let began = clock.now
    #expect(try RenkeiProcess.run(Self.arguments + ["--seed", "2"], in: folder).status == 0)
    let duration = (clock.now - began) / .seconds(1)
    var complete = try #require(try contents(folder))
    try FileManager.default.removeItem(at: folder.url.appendingPathComponent("out"))
    var old: [String: [UInt8]]?
    if start == "replaced results" {
      #expect(try RenkeiProcess.run(Self.arguments + ["--seed", "1"], in: folder).status == 0)
      // Of another command; it is there whenever the program is killed.
      try folder.write("a page", to: "out/report.html")
      old = try contents(folder)
      complete["report.html"] = Array("a page".utf8)
    }
    // A fixed sequence of moments, spread over a run and a little more.
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    for _ in 0..<kills {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let moment = Double(state >> 40) / Double(1 << 24) * duration * 1.2
      let process = try RenkeiProcess(Self.arguments + ["--seed", "2"], in: folder)
      Thread.sleep(forTimeInterval: moment)
      process.send(SIGKILL)
      _ = try process.ending()
      let found = try contents(folder)
      #expect(found == old || found == complete)
      if found == complete { old = complete }
    }
    #expect(try RenkeiProcess.run(Self.arguments + ["--seed", "2"], in: folder).status == 0)
    #expect(try contents(folder) == complete)
  }

  #if os(Linux)
    /// A file system of 64 kB, smaller than the results. Only root may mount one.
    @Test(.enabled(if: getuid() == 0))
    func aSmallDiskRefusesTheRun() throws {
      let folder = try folder()
      try folder.write("", to: "disk/.keep")
      let disk = folder.url.appendingPathComponent("disk").path
      let mount = try RenkeiProcess.run(
        [], in: folder, shell: "mount -t tmpfs -o size=64k tmpfs '\(disk)'")
      // A sandbox may forbid mounts even to root; then there is nothing to test.
      guard mount.status == 0 else { return }
      defer { _ = try? RenkeiProcess.run([], in: folder, shell: "umount '\(disk)'") }
      let plans = (0..<400).map { "    - {plan_id: p\($0), end_target_yen: 1e8}" }
      try folder.write(
        "renkei: 1\nplans:\n  list:\n" + plans.joined(separator: "\n") + "\n", to: "large.yaml")
      let ending = try RenkeiProcess.run(
        ["run", "large.yaml", "-o", "disk/out", "--quiet", "--paths", "100"], in: folder)
      // Known before the run, and refused.
      #expect(ending.status == 69)
      #expect(ending.errors.contains("on the disk of \(disk)"))
      #expect(try folder.names(in: "disk").isEmpty)
    }
  #endif
}
