// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// A piece of work to time.
struct BenchmarkCase {
  let name: String
  let instructionSet: String
  let threads: Int
  /// Items of work in one call of `body`.
  let items: Int
  /// Name of the case of the same group to compare with; empty: none.
  let peer: String
  let body: () throws -> Void

  init(
    _ name: String, instructionSet: String = "", threads: Int = 1, items: Int, peer: String = "",
    body: @escaping () throws -> Void
  ) {
    self.name = name
    self.instructionSet = instructionSet
    self.threads = threads
    self.items = items
    self.peer = peer
    self.body = body
  }
}

/// Which time counts.
enum BenchmarkClock {
  /// Of all threads of this process, in nanoseconds: other programs disturb it least.
  case processor
  /// That passes, in nanoseconds.
  case wall

  var now: Double {
    var time = timespec()
    clock_gettime(self == .processor ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
  }
}

/// Cases that are measured in turn, one repetition of each a round, so that a disturbance meets all
/// alike.
struct BenchmarkGroup {
  let name: String
  let unit: BenchmarkUnit
  /// nil: processor time for one thread, else the time that passes.
  var clock: BenchmarkClock?
  let rounds: Int
  let cases: [BenchmarkCase]

  /// Runs every round.
  func measured() throws -> [BenchmarkRow] {
    var times = cases.map { _ in [Double]() }
    for _ in 0..<rounds {
      for (place, item) in cases.enumerated() {
        let clock = clock ?? (item.threads == 1 ? .processor : .wall)
        let start = clock.now
        try item.body()
        times[place].append(clock.now - start)
      }
    }
    return cases.indices.map { place in
      let item = cases[place]
      let peer = cases.firstIndex { $0.name == item.peer && !item.peer.isEmpty }
      precondition(peer != nil || item.peer.isEmpty, "no case \(item.peer) in \(name)")
      return BenchmarkRow(
        BenchmarkRow.Identity(
          group: name, name: item.name, instructionSet: item.instructionSet,
          threads: item.threads), unit: unit, items: item.items, times: times[place],
        peer: item.peer,
        peerTimes: peer.map { peer in times[peer].map { $0 / Double(cases[peer].items) } })
    }
  }
}

/// The shipped scenarios.
enum BenchmarkScenario {
  static let top = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

  static func path(_ name: String) -> String { top.appending(path: "Scenarios/\(name).yaml").path }
}
