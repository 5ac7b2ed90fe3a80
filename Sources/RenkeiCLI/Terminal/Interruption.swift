// SPDX-License-Identifier: GPL-3.0-or-later
import Dispatch
import Foundation
import Renkei
import Synchronization

/// Turns SIGINT and SIGTERM into a quiet end.
///
/// The first signal asks the run to stop at its next piece of work. Where that does not happen in
/// time (a long file is being read, a table is being built) the program ends at once, which is safe
/// as long as nothing is being written; ``protecting(_:)`` marks the time when it is not.
///
/// Unchecked sendable: the sources belong to dispatch, which locks them; the rest is constant or in
/// a mutex.
final class Interruption: @unchecked Sendable {
  private static let patienceSeconds = 1.5

  /// Whom to ask to stop.
  let control = RunControl()
  private let sources: [any DispatchSourceSignal]
  private let isProtected = Mutex(false)

  /// Watches for both signals from now on.
  init() {
    let queue = DispatchQueue(label: "interruption")
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      return DispatchSource.makeSignalSource(signal: number, queue: queue)
    }
    for source in sources {
      source.setEventHandler { [weak self] in
        guard let self else { return }
        control.cancel()
        queue.asyncAfter(deadline: .now() + Self.patienceSeconds) { self.endUnlessProtected() }
      }
      source.activate()
    }
  }

  deinit {
    for source in sources { source.cancel() }
    // What follows has nothing left to clean up.
    for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
  }

  /// Runs `body`, which writes and cleans up after itself, without an abrupt end; when a signal
  /// came before, it does not start.
  ///
  /// - Throws: ``SimulationError/cancelled``, or what `body` throws.
  func protecting<Value>(_ body: () throws -> Value) throws -> Value {
    isProtected.withLock { $0 = true }
    defer { isProtected.withLock { $0 = false } }
    try check()
    return try body()
  }

  /// - Throws: ``SimulationError/cancelled`` when a signal has come.
  func check() throws {
    if control.isCancelled { throw SimulationError.cancelled }
  }

  private func endUnlessProtected() {
    isProtected.withLock { isProtected in
      if !isProtected {
        if Terminal.isTerminal(STDERR_FILENO) { Terminal.writeToStandardError("\r\u{1B}[K") }
        _exit(ExitStatus.interrupted.rawValue)
      }
    }
  }
}
