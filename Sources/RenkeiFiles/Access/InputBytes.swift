// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Reads whole files by checked system calls.
package enum InputBytes {
  /// Largest scenario file: 256 MiB.
  package static let scenarioLimit = 256 << 20
  /// Largest CSV file: 1 GiB.
  package static let tableLimit = 1 << 30

  /// All bytes of a regular file, or of standard input where `path` is `-`.
  ///
  /// - Parameters:
  ///   - path: file to read.
  ///   - limit: largest size in bytes.
  ///   - statedAt: where the path was stated, for messages.
  /// - Throws: FileAccessError.
  package static func contents(
    of path: String, limit: Int, statedAt: SourceLocation? = nil
  ) throws(FileAccessError) -> [UInt8] {
    let isStandardInput = path == "-"
    // Without O_NONBLOCK opening a pipe that nobody writes to would wait for ever.
    let descriptor = isStandardInput ? STDIN_FILENO : openForReading(path)
    guard descriptor >= 0 else { throw failure(errno, path, statedAt) }
    defer { if !isStandardInput { _ = close(descriptor) } }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(errno, path, statedAt) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw FileAccessError(path: path, reason: .isDirectory, statedAt: statedAt)
    default:
      guard isStandardInput else {
        throw FileAccessError(path: path, reason: .notRegular, statedAt: statedAt)
      }
    }
    let isRegular = status.st_mode & S_IFMT == S_IFREG
    guard !isRegular || Int(status.st_size) <= limit else {
      throw FileAccessError(path: path, reason: .tooLarge(limit: limit), statedAt: statedAt)
    }
    return try readAll(
      descriptor, expected: isRegular ? Int(status.st_size) : 0, limit: limit, path, statedAt)
  }

  private static func openForReading(_ path: String) -> Int32 {
    while true {
      let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
      if descriptor >= 0 || errno != EINTR { return descriptor }
    }
  }

  private static func readAll(
    _ descriptor: Int32, expected: Int, limit: Int, _ path: String, _ statedAt: SourceLocation?
  ) throws(FileAccessError) -> [UInt8] {
    // One byte more than expected, so that the end is seen without growing.
    var bytes = [UInt8](repeating: 0, count: max(expected + 1, 1 << 16))
    var filled = 0
    while true {
      if filled == bytes.count {
        bytes.append(contentsOf: repeatElement(0, count: bytes.count))
      }
      let count = bytes.withUnsafeMutableBytes { buffer in
        read(descriptor, buffer.baseAddress?.advanced(by: filled), buffer.count - filled)
      }
      if count > 0 {
        filled += count
        if filled > limit {
          throw FileAccessError(path: path, reason: .tooLarge(limit: limit), statedAt: statedAt)
        }
      } else if count == 0 {
        bytes.removeLast(bytes.count - filled)
        return bytes
      } else if errno == EAGAIN {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&waiting, 1, -1)
      } else if errno != EINTR {
        throw failure(errno, path, statedAt)
      }
    }
  }

  private static func failure(
    _ code: Int32, _ path: String, _ statedAt: SourceLocation?
  ) -> FileAccessError {
    let reason: FileAccessError.Reason
    switch code {
    case ENOENT, ENOTDIR: reason = .notFound
    case EISDIR: reason = .isDirectory
    case EACCES, EPERM: reason = .permissionDenied
    case ENXIO: reason = .notRegular
    default: reason = .system(SystemMessage.text(code))
    }
    return FileAccessError(path: path, reason: reason, statedAt: statedAt)
  }
}

/// The system's words for an error number.
enum SystemMessage {
  static func text(_ code: Int32) -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard strerror_r(code, &buffer, buffer.count) == 0 else { return "system error \(code)" }
    let words = buffer.withUnsafeBufferPointer { text in
      String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    return words.isEmpty ? "system error \(code)" : words.lowercased()
  }
}
