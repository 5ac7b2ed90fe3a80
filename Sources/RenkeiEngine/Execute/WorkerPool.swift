// SPDX-License-Identifier: GPL-3.0-or-later
import Dispatch
import Foundation
import Synchronization

/// Runs one body on a number of real threads and waits for all of them.
///
/// Real threads, because a task group never runs more tasks than there are cores and would block
/// the pool that others share.
enum WorkerPool {
  /// - Parameters:
  ///   - threads: at least 1; the calling thread only waits.
  ///   - body: called once on each thread with its index.
  static func run(threads: Int, _ body: @escaping @Sendable (Int) -> Void) {
    let group = DispatchGroup()
    for index in 0..<threads {
      group.enter()
      let thread = Thread {
        body(index)
        group.leave()
      }
      thread.stackSize = 1 << 20
      thread.start()
    }
    group.wait()
  }
}

/// Hands out 0, 1, 2, … to threads, each number once.
final class WorkCounter: Sendable {
  private let next = Atomic<Int>(0)
  let count: Int

  init(count: Int) {
    self.count = count
  }

  /// The next number, or nil when all are taken.
  func take() -> Int? {
    let index = next.add(1, ordering: .relaxed).oldValue
    return index < count ? index : nil
  }
}
