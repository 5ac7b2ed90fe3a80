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
      // A thread outlives what it leaves by a moment; the workers' memory shall not.
      nonisolated(unsafe) var work: (@Sendable (Int) -> Void)? = body
      let thread = Thread {
        work?(index)
        work = nil
        group.leave()
      }
      thread.stackSize = 1 << 20
      thread.start()
    }
    group.wait()
  }
}

/// Hands out the numbers of a range in order to threads, each number once.
final class WorkCounter: Sendable {
  private let next: Atomic<Int>
  let range: Range<Int>

  init(_ range: Range<Int>) {
    self.range = range
    next = Atomic(range.lowerBound)
  }

  /// 0, 1, 2, … below `count`.
  convenience init(count: Int) { self.init(0..<count) }

  var count: Int { range.count }

  /// The next number, or nil when all are taken.
  func take() -> Int? {
    let index = next.add(1, ordering: .relaxed).oldValue
    return index < range.upperBound ? index : nil
  }
}
