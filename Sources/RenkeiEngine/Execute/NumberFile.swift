// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiModel

/// Numbers in a temporary file that has no name and goes away with the program.
final class NumberFile: NumberStore {
  private let descriptor: Int32
  private let folder: String

  /// - Throws: ``SimulationError/temporaryFile(_:)``.
  init(in folder: String) throws(SimulationError) {
    var name = Array("\(folder)/renkei-rows-XXXXXX".utf8CString)
    let opened = mkstemp(&name)
    guard opened >= 0 else { throw Self.failure("created", in: folder, errno) }
    _ = unlink(name)
    _ = fcntl(opened, F_SETFD, FD_CLOEXEC)
    descriptor = opened
    self.folder = folder
  }

  deinit { close(descriptor) }

  func write(_ numbers: [Double], at place: Int) throws(SimulationError) {
    let offset = place * MemoryLayout<Double>.stride
    let failed = numbers.withUnsafeBytes { bytes -> Int32? in
      guard let start = bytes.baseAddress else { return nil }
      var done = 0
      while done < bytes.count {
        let count = pwrite(descriptor, start + done, bytes.count - done, off_t(offset + done))
        if count > 0 {
          done += count
        } else if errno != EINTR {
          return count == 0 ? ENOSPC : errno
        }
      }
      return nil
    }
    if let failed { throw Self.failure("written", in: folder, failed) }
  }

  func read(_ places: Range<Int>) -> [Double] {
    let offset = places.lowerBound * MemoryLayout<Double>.stride
    return [Double](unsafeUninitializedCapacity: places.count) { buffer, initialized in
      guard let start = UnsafeMutableRawPointer(buffer.baseAddress) else { return }
      let size = places.count * MemoryLayout<Double>.stride
      var done = 0
      while done < size {
        let count = pread(descriptor, start + done, size - done, off_t(offset + done))
        if count < 0, errno == EINTR { continue }
        // The file is this program's own: only a failing device can lose what was written.
        precondition(count > 0, "the temporary file of plan rows cannot be read back")
        done += count
      }
      initialized = places.count
    }
  }

  private static func failure(_ what: String, in folder: String, _ code: Int32) -> SimulationError {
    .temporaryFile(
      "the temporary file for the rows of plans cannot be \(what) in \(folder): "
        + String(cString: strerror(code)))
  }
}
