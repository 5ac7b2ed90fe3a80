// SPDX-License-Identifier: GPL-3.0-or-later

/// How the code under test was built.
enum BenchmarkBuild {
  /// Whether it is optimised; a debug build runs tiny sizes and says so.
  static let isOptimised: Bool = {
    var isDebug = false
    assert(
      {
        isDebug = true
        return true
      }())
    return !isDebug
  }()

  /// What is enough in a debug build to see that the code runs.
  static func sizes<Size>(_ all: [Size], debug: [Size]) -> [Size] { isOptimised ? all : debug }

  static var name: String { isOptimised ? "release" : "debug" }
}

/// What a time is given in.
struct BenchmarkUnit: Equatable {
  /// Such as `ns/value` or `ms`.
  let name: String
  let nanoseconds: Double

  static let milliseconds = BenchmarkUnit(name: "ms", nanoseconds: 1e6)

  /// Nanoseconds per item of work.
  static func nanoseconds(per item: String) -> BenchmarkUnit {
    BenchmarkUnit(name: "ns/\(item)", nanoseconds: 1)
  }
}

/// One measured line: what ran, how, how long an item took, and how long beside its peer.
struct BenchmarkRow: Equatable {
  /// What a row is known by in another run.
  struct Identity: Hashable {
    let group: String
    let name: String
    /// Empty where the code knows none.
    let instructionSet: String
    let threads: Int
  }

  let identity: Identity
  let unit: String
  /// Items of work in one repetition.
  let items: Int
  /// Repetitions.
  let count: Int
  /// Fastest of the repetitions, per item: disturbances only ever add time.
  let best: Double
  /// Middle of the repetitions, per item.
  let median: Double
  /// (median − best)/best: how noisy the machine was.
  let spread: Double
  /// The row of the same group that was measured in turn with this one.
  let peer: String
  /// Middle over the repetitions of this row's time per item over its peer's; nil without a peer.
  let ratio: Double?
  /// Half the range between the quartiles of these, over their middle.
  let ratioSpread: Double?
  /// Whether the code was optimised: `release` or `debug`.
  let build: String
}

extension BenchmarkRow {
  /// - Parameters:
  ///   - times: nanoseconds of each repetition.
  ///   - peerTimes: nanoseconds of the peer's repetitions, each next to one of `times`, per item of
  ///     the peer's.
  init(
    _ identity: Identity, unit: BenchmarkUnit, items: Int, times: [Double], peer: String,
    peerTimes: [Double]?
  ) {
    let perItem = times.map { $0 / Double(items) }
    let sorted = perItem.sorted()
    let middle = Self.quantile(sorted, 0.5)
    let ratios = peerTimes.map { zip(perItem, $0).map { $0 / $1 }.sorted() }
    self.init(
      identity: identity, unit: unit.name, items: items, count: times.count,
      best: sorted[0] / unit.nanoseconds, median: middle / unit.nanoseconds,
      spread: (middle - sorted[0]) / sorted[0], peer: peerTimes == nil ? "" : peer,
      ratio: ratios.map { Self.quantile($0, 0.5) },
      ratioSpread: ratios.map {
        (Self.quantile($0, 0.75) - Self.quantile($0, 0.25)) / (2 * Self.quantile($0, 0.5))
      }, build: BenchmarkBuild.name)
  }

  /// Linear between order statistics.
  private static func quantile(_ sorted: [Double], _ level: Double) -> Double {
    let place = level * Double(sorted.count - 1)
    let below = Int(place)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
  }
}
