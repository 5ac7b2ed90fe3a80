// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// A file that could not be read (exit code 66).
public struct FileAccessError: Error, Sendable, Equatable, CustomStringConvertible {
  public enum Reason: Sendable, Equatable {
    case notFound
    case isDirectory
    /// A pipe, device or socket where a file is needed.
    case notRegular
    case permissionDenied
    /// The file is larger than the limit in bytes.
    case tooLarge(limit: Int)
    /// One line is longer than the limit in bytes.
    case longLine(limit: Int)
    /// The content is not what it was when it was read first.
    case changed
    /// Any other failure, with the system's words for it.
    case system(String)
  }

  /// Path as the person gave it; `-` for standard input.
  public let path: String
  public let reason: Reason
  /// Where the path was stated, nil where it came from the command line.
  public let statedAt: SourceLocation?

  public init(path: String, reason: Reason, statedAt: SourceLocation? = nil) {
    self.path = path
    self.reason = reason
    self.statedAt = statedAt
  }

  /// 66, unreadable input.
  public var exitCode: Int32 { 66 }

  /// What is wrong, without the path.
  public var explanation: String {
    switch reason {
    case .notFound: "the file does not exist"
    case .isDirectory: "it is a folder, not a file"
    case .notRegular: "it is a pipe or device, not a regular file"
    case .permissionDenied: "permission to read it is denied"
    case .tooLarge(let limit): "the file is larger than \(limit >> 20) MiB"
    case .longLine(let limit): "a line is longer than \(limit >> 20) MiB"
    case .changed: "it was changed during the run"
    case .system(let words): words
    }
  }

  public var description: String {
    let name = path == "-" ? "standard input" : path
    let origin = statedAt.map { " (stated at \($0))" } ?? ""
    return "cannot read \(name): \(explanation)\(origin)"
  }
}
