// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import RenkeiDraws
import RenkeiModel

/// The random numbers behind a synthetic plan list, the same on every machine.
///
/// Plan i reads value i mod 512 of block i / 512 of the draw column (seed, stream), one stream for
/// each column of the list: a longer list begins with the draws of a shorter one, and a column keeps
/// its draws whatever the others are.
struct SynthesisDraws {
  let seed: UInt64

  /// What a stream is used for.
  enum Purpose: String {
    case cell
    /// New end targets for those outside the clamp's range.
    case clamp
  }

  /// One number per plan, uniform on 0…1 without its ends.
  ///
  /// Complexity: O(count).
  ///
  /// - Parameter attempt: 0 for the first draw; each further one is a stream of its own.
  func uniforms(column: String, _ purpose: Purpose, attempt: Int = 0, count: Int) -> [Double] {
    let stream = StreamID(
      entity: "plan_list/\(column)", variable: purpose.rawValue, year: attempt)
    var values: [Double] = []
    values.reserveCapacity(count + ColumnBuffer.width)
    var block: UInt32 = 0
    while values.count < count {
      values += ScalarTwin.uniforms(
        .plusPlus, seed: seed, stream: stream.rawValue, block: block)
      block += 1
    }
    return Array(values.prefix(count))
  }
}

extension NumberMixture {
  /// The draw that belongs to `uniform`: its place among the weights picks the component, the rest
  /// of it within that weight is the component's probability.
  func value(_ uniform: Double) -> Double {
    let (index, rest) = WeightedChoice(components.map(\.weight)).pick(uniform)
    let distribution = components[index].distribution
    return rest <= 0.5
      ? distribution.quantile(lowerTail: rest) : distribution.quantile(upperTail: 1 - rest)
  }
}

/// A choice by weights with one uniform number.
struct WeightedChoice {
  private let weights: [Double]
  private let total: Double

  /// - Parameter weights: at least 0, not all 0.
  init(_ weights: [Double]) {
    self.weights = weights
    total = weights.reduce(0, +)
    precondition(total > 0, "a choice needs a weight above 0")
  }

  /// The item that `uniform` falls on, and how far inside it, as a fraction strictly within 0…1.
  func pick(_ uniform: Double) -> (index: Int, rest: Double) {
    var left = uniform * total
    var last = 0
    for (index, weight) in weights.enumerated() where weight > 0 {
      if left < weight { return (index, Self.inside(left / weight)) }
      left -= weight
      last = index
    }
    return (last, Self.inside(1))
  }

  private static func inside(_ fraction: Double) -> Double {
    min(max(fraction, 0x1p-53), 1 - 0x1p-53)
  }
}
