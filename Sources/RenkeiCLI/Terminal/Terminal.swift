// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Renkei

/// What is known about the three standard streams.
enum Terminal {
  /// Whether people see what is written to the stream right away.
  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// Bold and colour only on a terminal that has them, and never with NO_COLOR (no-color.org).
  static func style(_ descriptor: Int32) -> TextStyle {
    let environment = ProcessInfo.processInfo.environment
    let isRefused = !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
    return isTerminal(descriptor) && !isRefused ? .terminal : .plain
  }

  /// Writes lines to standard error. A failure is ignored: there is nowhere left to report it.
  static func report(_ lines: [String]) {
    guard !lines.isEmpty else { return }
    writeToStandardError(lines.joined(separator: "\n") + "\n")
  }

  /// Writes text as it is to standard error; see ``report(_:)``.
  static func writeToStandardError(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
      if written < 0 {
        if errno == EINTR { continue }
        return
      }
      bytes = bytes.dropFirst(written)
    }
  }
}
