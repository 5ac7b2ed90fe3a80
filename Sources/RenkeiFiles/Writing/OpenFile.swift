// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A file that is being written by checked system calls; closed when it goes out of use.
///
/// Bytes are gathered to 64 KiB before they are written.
public struct OpenFile: ~Copyable {
  private static let bufferSize = 1 << 16

  /// -1 once closed.
  private var descriptor: Int32
  private let path: String
  private var buffer: [UInt8] = []

  /// Creates `path`, which must not exist.
  ///
  /// - Parameters:
  ///   - shownPath: path for messages.
  ///   - folder: open folder that relative paths start from.
  init(
    creating path: String, in folder: Int32 = AT_FDCWD, shownPath: String
  ) throws(FileWriteError) {
    try self.init(
      opening: path, flags: O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, in: folder,
      shownPath: shownPath)
  }

  /// Opens `path` with the flags of open(2).
  init(
    opening path: String, flags: Int32, in folder: Int32 = AT_FDCWD, shownPath: String
  ) throws(FileWriteError) {
    var opened: Int32
    repeat {
      opened = openat(folder, path, flags | O_CLOEXEC, 0o666)
    } while opened < 0 && errno == EINTR
    guard opened >= 0 else {
      throw FileWriteError(
        kind: .cannotCreate, path: shownPath, operation: "open", errorNumber: errno)
    }
    descriptor = opened
    self.path = shownPath
  }

  deinit { if descriptor >= 0 { _ = close(descriptor) } }

  /// Appends bytes.
  ///
  /// - Throws: FileWriteError where they do not fit.
  public mutating func append(_ bytes: some Collection<UInt8>) throws(FileWriteError) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.bufferSize { try flush() }
  }

  /// Appends text as UTF-8.
  public mutating func append(_ text: String) throws(FileWriteError) {
    try append(text.utf8)
  }

  private mutating func flush() throws(FileWriteError) {
    try Self.write(buffer, to: descriptor, shownPath: path)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes what is left, makes it durable and closes the file.
  consuming func finish() throws(FileWriteError) {
    let file = try written()
    try file.finish()
  }

  /// Writes what is left; the file is yet to be made durable.
  consuming func written() throws(FileWriteError) -> WrittenFile {
    try flush()
    let file = WrittenFile(descriptor, shownPath: path)
    descriptor = -1
    return file
  }

  /// Writes all bytes to a descriptor, however many calls that takes.
  static func write(
    _ bytes: [UInt8], to descriptor: Int32, shownPath: String
  ) throws(FileWriteError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        #if canImport(Darwin)
          Darwin.write(descriptor, buffer.baseAddress?.advanced(by: written), bytes.count - written)
        #else
          Glibc.write(descriptor, buffer.baseAddress?.advanced(by: written), bytes.count - written)
        #endif
      }
      if count >= 0 {
        written += count
      } else if errno == EAGAIN {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&waiting, 1, -1)
      } else if errno != EINTR {
        throw FileWriteError(
          kind: errno == EPIPE ? .brokenPipe : .writeFailed, path: shownPath, operation: "write",
          errorNumber: errno)
      }
    }
  }

  /// fsync(2), also for folders; file systems that cannot do it are not held to it.
  static func synchronize(_ descriptor: Int32, shownPath: String) throws(FileWriteError) {
    while fsync(descriptor) != 0 {
      if errno == EINTR { continue }
      if errno == EINVAL || errno == ENOTSUP || errno == EROFS { return }
      throw FileWriteError(
        kind: .writeFailed, path: shownPath, operation: "fsync", errorNumber: errno)
    }
  }
}
