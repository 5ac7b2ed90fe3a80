// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A file that is written and not yet durable; closed when it goes out of use.
final class WrittenFile {
  /// -1 once closed.
  private var descriptor: Int32
  private let path: String

  init(_ descriptor: Int32, shownPath: String) {
    self.descriptor = descriptor
    path = shownPath
  }

  deinit { if descriptor >= 0 { _ = close(descriptor) } }

  /// Makes the content durable and closes the file.
  ///
  /// - Throws: FileWriteError.
  func finish() throws(FileWriteError) {
    try OpenFile.synchronize(descriptor, shownPath: path)
    let closing = descriptor
    descriptor = -1
    // After EINTR the descriptor is gone all the same; closing again could hit another file.
    guard close(closing) == 0 || errno == EINTR else {
      throw FileWriteError(
        kind: .writeFailed, path: path, operation: "close", errorNumber: errno)
    }
  }
}
