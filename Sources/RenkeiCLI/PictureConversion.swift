// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// Turns SVG into pixels with a program of the system's, since a renderer of fonts is no part of
/// this one.
enum PictureConversion {
  private static let converter = "rsvg-convert"
  /// Twice the size of the drawing, for sharp letters.
  private static let zoom = "2"

  /// A PNG of the drawing.
  ///
  /// - Throws: `CommandFailure`, exit code 73, where the program is missing or fails.
  static func png(svg: String) throws -> [UInt8] {
    guard let program = path(of: converter) else {
      throw CommandFailure(
        .cannotCreate,
        "a PNG needs the program \(converter), which is not installed (Debian: apt-get install "
          + "librsvg2-bin; Homebrew: brew install librsvg); -o with .svg needs nothing")
    }
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("renkei-\(UUID().uuidString)")
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
      defer { try? FileManager.default.removeItem(at: folder) }
      let source = folder.appendingPathComponent("chart.svg")
      let target = folder.appendingPathComponent("chart.png")
      try Data(svg.utf8).write(to: source)
      let process = Process()
      process.executableURL = URL(fileURLWithPath: program)
      process.arguments = ["--zoom", zoom, "--output", target.path, source.path]
      process.standardInput = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      guard process.terminationReason == .exit, process.terminationStatus == 0 else {
        throw CommandFailure(
          .cannotCreate, "\(converter) failed with status \(process.terminationStatus)")
      }
      return Array(try Data(contentsOf: target))
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      throw CommandFailure(.cannotCreate, "\(converter) could not be run: \(error)")
    }
  }

  /// Where a program is, by `PATH`.
  private static func path(of program: String) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { "\($0)/\(program)" }.first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
  }
}
