// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Reads whole files by checked system calls.
package enum InputBytes {
  /// Largest scenario file: 16 MiB.
  package static let scenarioLimit = 16 << 20
  /// Largest CSV file: 1 GiB.
  package static let tableLimit = 1 << 30
  /// Longest line of a CSV file: 16 MiB.
  static let lineLimit = 16 << 20

  /// Most that one call of the system reads.
  private static let pieceSize = 8 << 20

  /// All bytes of a CSV file.
  ///
  /// - Throws: FileAccessError, also where a line is so long that the file can be no table; what
  ///   follows it is not read.
  package static func table(
    of path: String, statedAt: SourceLocation? = nil
  ) throws(FileAccessError) -> [UInt8] {
    try contents(of: path, limit: tableLimit, lineLimit: lineLimit, statedAt: statedAt)
  }

  /// All bytes of a regular file, or of standard input where `path` is `-`.
  ///
  /// - Parameters:
  ///   - path: file to read.
  ///   - limit: largest size in bytes.
  ///   - lineLimit: bytes that may follow each other without a line end, give or take a piece.
  ///   - statedAt: where the path was stated, for messages.
  /// - Throws: FileAccessError.
  package static func contents(
    of path: String, limit: Int, lineLimit: Int = .max, statedAt: SourceLocation? = nil
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
    var reading = Reading(
      descriptor: descriptor, limit: limit, lineLimit: lineLimit, path: path, statedAt: statedAt)
    return try reading.all(expected: isRegular ? Int(status.st_size) : 0)
  }

  private static func openForReading(_ path: String) -> Int32 {
    while true {
      let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
      if descriptor >= 0 || errno != EINTR { return descriptor }
    }
  }

  /// One file on its way into memory.
  private struct Reading {
    let descriptor: Int32
    let limit: Int
    let lineLimit: Int
    let path: String
    let statedAt: SourceLocation?
    private var problem: FileAccessError?
    /// Bytes read since a piece held a line end.
    private var unbroken = 0

    init(
      descriptor: Int32, limit: Int, lineLimit: Int, path: String, statedAt: SourceLocation?
    ) {
      self.descriptor = descriptor
      self.limit = limit
      self.lineLimit = lineLimit
      self.path = path
      self.statedAt = statedAt
    }

    mutating func all(expected: Int) throws(FileAccessError) -> [UInt8] {
      var bytes: [UInt8] = []
      // One byte more than expected, so that the end is seen without growing.
      var size = max(expected + 1, 1 << 16)
      while true {
        let part = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
          fill(UnsafeMutableRawBufferPointer(buffer), &count)
        }
        if bytes.isEmpty { bytes = part } else { bytes += part }
        if bytes.count > limit { fail(.tooLarge(limit: limit)) }
        if let problem { throw problem }
        if part.count < size { return bytes }
        size = bytes.count
      }
    }

    private mutating func fail(_ reason: FileAccessError.Reason) {
      problem = FileAccessError(path: path, reason: reason, statedAt: statedAt)
    }

    /// Reads until the buffer is full or the file ends.
    private mutating func fill(_ buffer: UnsafeMutableRawBufferPointer, _ filled: inout Int) {
      guard let start = buffer.baseAddress else { return }
      while filled < buffer.count {
        let place = start + filled
        let count = read(descriptor, place, min(pieceSize, buffer.count - filled))
        if count > 0 {
          filled += count
          let isBroken = memchr(place, Int32(UInt8(ascii: "\n")), count) != nil
          unbroken = isBroken ? 0 : unbroken + count
          if unbroken > lineLimit { return fail(.longLine(limit: lineLimit)) }
        } else if count == 0 {
          return
        } else if errno == EAGAIN {
          var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
          _ = poll(&waiting, 1, -1)
        } else if errno != EINTR {
          problem = failure(errno, path, statedAt)
          return
        }
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
