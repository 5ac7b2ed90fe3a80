// SPDX-License-Identifier: GPL-3.0-or-later
import Renkei

/// What would make a run fit into memory that does not.
struct MemoryAdvice {
  /// What a run with some options asks for.
  struct Need {
    let bytes: Double
    let fits: Bool
  }

  private let needed: Int
  private let available: Int
  /// A number of paths that fits, to two digits; nil where fewer paths alone do not help.
  private let paths: Int?
  private let fitsWithoutQuantiles: Bool

  /// - Parameters:
  ///   - needed: bytes that the run asks for.
  ///   - options: those of the run.
  ///   - need: of a run with other options; nil where it cannot be told.
  init(needed: Int, available: Int, options: SimulationOptions, need: (SimulationOptions) -> Need?)
  {
    self.needed = needed
    self.available = available
    var plain = options
    plain.planQuantiles = false
    fitsWithoutQuantiles = options.planQuantiles && need(plain)?.fits ?? false
    paths = Self.fittingPaths(options, Double(needed), Double(available)) { paths in
      var fewer = options
      fewer.paths = paths
      return need(fewer)
    }
  }

  var failure: CommandFailure {
    let ways =
      (fitsWithoutQuantiles ? ["--plan-quantiles off"] : [])
      + (paths.map { ["--paths \($0)"] } ?? [])
    let advice =
      ways.isEmpty
      ? "fewer paths alone do not help: take fewer plans, years or arms"
      : "it fits with " + ways.joined(separator: " or with ")
    return CommandFailure(
      .tooLarge,
      "the run needs about \(ByteText.size(needed)) of memory, \(ByteText.size(available)) are "
        + "available; \(advice)")
  }

  /// Memory grows evenly with paths, but for where the run changes its ways: a guess, and less.
  private static func fittingPaths(
    _ options: SimulationOptions, _ needed: Double, _ available: Double, _ need: (Int) -> Need?
  ) -> Int? {
    guard options.paths > 1, let half = need(options.paths / 2) else { return nil }
    let growth = (needed - half.bytes) / Double(options.paths - options.paths / 2)
    let base = needed - growth * Double(options.paths)
    guard growth > 0 else { return nil }
    return [0.88, 0.8, 0.6, 0.3].lazy
      .map { twoDigits(min(Double(options.paths), ($0 * available - base) / growth)) }
      .first { 1..<options.paths ~= $0 && need($0)?.fits ?? false }
  }

  /// Rounded down.
  private static func twoDigits(_ value: Double) -> Int {
    var step = 1.0
    while value / step >= 100 { step *= 10 }
    return Int((value / step).rounded(.down) * step)
  }
}
