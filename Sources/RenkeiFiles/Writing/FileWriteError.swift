// SPDX-License-Identifier: GPL-3.0-or-later

/// Something that could not be written.
public struct FileWriteError: Error, Sendable, Equatable, CustomStringConvertible {
  public enum Kind: Sendable, Equatable {
    /// A file or folder cannot be created or replaced.
    case cannotCreate
    /// Bytes did not arrive: disk full, quota, size limit, failing device.
    case writeFailed
    /// The reader of a pipe has gone away: end quietly.
    case brokenPipe
    /// The folder exists and is not one of Renkei's results.
    case notAResultFolder
  }

  public let kind: Kind
  /// Path as the person gave it; `-` for standard output.
  public let path: String
  /// What was tried, such as `rename`.
  public let operation: String
  /// The system's error number, 0 where the system was not to blame.
  public let errorNumber: Int32

  public init(kind: Kind, path: String, operation: String, errorNumber: Int32 = 0) {
    self.kind = kind
    self.path = path
    self.operation = operation
    self.errorNumber = errorNumber
  }

  /// 73 cannot create, 74 write failed, 141 closed pipe.
  public var exitCode: Int32 {
    switch kind {
    case .cannotCreate, .notAResultFolder: 73
    case .writeFailed: 74
    case .brokenPipe: 141
    }
  }

  public var description: String {
    let name = path == "-" ? "standard output" : path
    let cause = errorNumber == 0 ? operation : SystemMessage.text(errorNumber)
    return switch kind {
    case .cannotCreate: "cannot create \(name): \(cause)"
    case .writeFailed: "cannot write \(name): \(cause)"
    case .brokenPipe: "\(name) was closed by its reader"
    case .notAResultFolder:
      "\(name) exists and is not a result folder of Renkei (no manifest.json of its own); "
        + "choose another folder or use --force to replace it"
    }
  }
}
