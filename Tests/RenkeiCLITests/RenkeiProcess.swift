// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// The built program, run as people run it.
struct RenkeiProcess {
  /// What one run left behind.
  struct Ending {
    let status: Int32
    let wasKilled: Bool
    let output: String
    let errors: String
  }

  struct NotFound: Error, CustomStringConvertible {
    let description: String
  }

  private let process = Process()
  /// Holds the streams of the process.
  private let scratch: TemporaryFolder
  private let outputFile: URL?
  private let errorFile: URL

  /// Starts `renkei` with `arguments` in `folder`.
  ///
  /// - Parameters:
  ///   - output: where standard output goes; nil: into ``Ending/output``.
  ///   - shell: a command line that the program's path and arguments follow as `"$@"`.
  init(
    _ arguments: [String], in folder: TemporaryFolder, input: String = "",
    output: FileHandle? = nil, shell: String? = nil
  ) throws {
    let binary = try Self.binary()
    if let shell {
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = ["-c", shell, "sh", binary.path] + arguments
    } else {
      process.executableURL = binary
      process.arguments = arguments
    }
    process.currentDirectoryURL = folder.url
    scratch = try TemporaryFolder()
    try scratch.write(input, to: "in")
    process.standardInput = try FileHandle(
      forReadingFrom: scratch.url.appendingPathComponent("in"))
    errorFile = try Self.emptyFile("err", in: scratch.url)
    process.standardError = try FileHandle(forWritingTo: errorFile)
    if let output {
      outputFile = nil
      process.standardOutput = output
    } else {
      let file = try Self.emptyFile("out", in: scratch.url)
      outputFile = file
      process.standardOutput = try FileHandle(forWritingTo: file)
    }
    try process.run()
  }

  /// Runs to the end.
  static func run(
    _ arguments: [String], in folder: TemporaryFolder, input: String = "",
    output: FileHandle? = nil, shell: String? = nil
  ) throws -> Ending {
    try RenkeiProcess(arguments, in: folder, input: input, output: output, shell: shell).ending()
  }

  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Waits for the end.
  func ending() throws -> Ending {
    process.waitUntilExit()
    return Ending(
      status: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal,
      output: try outputFile.map { try String(contentsOf: $0, encoding: .utf8) } ?? "",
      errors: try String(contentsOf: errorFile, encoding: .utf8))
  }

  private static func emptyFile(_ name: String, in folder: URL) throws -> URL {
    let file = folder.appendingPathComponent(name)
    try Data().write(to: file)
    return file
  }

  /// `renkei` beside the test bundle.
  private static func binary() throws -> URL {
    var folders = Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent() }
    if let program = CommandLine.arguments.first {
      folders.append(URL(fileURLWithPath: program).deletingLastPathComponent())
    }
    folders.append(Bundle.main.bundleURL)
    for folder in folders {
      let file = folder.appendingPathComponent("renkei")
      if FileManager.default.isExecutableFile(atPath: file.path) { return file }
    }
    throw NotFound(description: "no renkei beside \(folders.map(\.path))")
  }
}

/// A folder that goes away with its last reference.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("renkei-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func write(_ text: String, to name: String) throws {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func read(_ name: String) throws -> String {
    try String(contentsOf: url.appendingPathComponent(name), encoding: .utf8)
  }

  func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: url.appendingPathComponent(name)))
  }

  /// Names in the folder or in one below it, sorted; hidden ones too.
  func names(in name: String = "") throws -> [String] {
    let folder = name.isEmpty ? url : url.appendingPathComponent(name)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }
}

/// Scenarios small enough for a test.
enum SampleScenario {
  /// Two plans over three years, 600 paths.
  static let small = """
    renkei: 1
    title: Two plans
    start_year: 2005
    horizon_years: 3
    goal: {cumulative_revenue_yen: 500e6}
    simulation: {paths: 600, seed: 7}
    report: {groups: [region]}
    plans:
      defaults:
        attainment: {lognormal: {median: 0.8, log_sd: 0.5}}
        annual_shock_sd: 0.3
        annual_failure_probability: 0.05
      list:
        - {plan_id: P1, region: 関東, end_target_yen: 200e6}
        - {plan_id: P2, region: 近畿, end_target_yen: 100e6}
    """
}
