// SPDX-License-Identifier: GPL-3.0-or-later

/// The smallest sets of paths whose means are independent of each other: errors follow from the
/// spread of these means and from nothing finer.
public enum ErrorUnit: String, Sendable, CaseIterable {
  /// Every path by itself.
  case path
  /// 512 paths that follow one another.
  case block
  /// All blocks whose index has the same remainder by 16.
  case randomisation

  /// Paths of a block.
  package static let blockPaths = 512
  /// Number of randomisations.
  package static let randomisationCount = 16

  /// How many units `paths` paths make, counting the last even if it is not full.
  public func count(paths: Int) -> Int {
    let blocks = (paths + Self.blockPaths - 1) / Self.blockPaths
    switch self {
    case .path: return paths
    case .block: return blocks
    case .randomisation: return min(blocks, Self.randomisationCount)
    }
  }

  /// The factor of a standard error that makes half a 95% interval: the normal quantile for paths,
  /// Student's t with one degree of freedom fewer than units otherwise.
  package func criticalValue(paths: Int) -> Double {
    if case .path = self { return ConfidenceLevel.ninetyFive.normalQuantile }
    return StudentQuantile.ninetyFive(degreesOfFreedom: max(1, count(paths: paths) - 1))
  }

  /// The 95% level with ``criticalValue(paths:)`` in place of the normal quantile.
  package func ninetyFive(paths: Int) -> ConfidenceLevel {
    ConfidenceLevel(probability: 0.95, normalQuantile: criticalValue(paths: paths))
  }
}

/// Quantiles of Student's t distribution without a mathematics library.
package enum StudentQuantile {
  /// t with P(|T| ≤ t) = 0.95 for ν ≥ 1 degrees of freedom; relative error ≤ 1e-6.
  ///
  /// From a table to ν = 15, then by expansion in 1/ν about the normal quantile: M. Abramowitz,
  /// I. A. Stegun, "Handbook of Mathematical Functions", 26.7.5.
  package static func ninetyFive(degreesOfFreedom: Int) -> Double {
    precondition(degreesOfFreedom >= 1, "Student's t needs a degree of freedom")
    if degreesOfFreedom <= table.count { return table[degreesOfFreedom - 1] }
    let z = ConfidenceLevel.ninetyFive.normalQuantile
    let v = Double(degreesOfFreedom)
    let z2 = z * z
    let terms = [
      z * (z2 + 1) / 4, z * ((5 * z2 + 16) * z2 + 3) / 96,
      z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384,
      z * ((((79 * z2 + 776) * z2 + 1_482) * z2 - 1_920) * z2 - 945) / 92_160,
    ]
    return terms.reversed().reduce(0) { ($0 + $1) / v } + z
  }

  private static let table = [
    12.706_204_736_2, 4.302_652_729_75, 3.182_446_305_28, 2.776_445_105_2, 2.570_581_835_64,
    2.446_911_851_14, 2.364_624_251_59, 2.306_004_135_2, 2.262_157_162_8, 2.228_138_851_99,
    2.200_985_160_09, 2.178_812_829_67, 2.160_368_656_46, 2.144_786_687_92, 2.131_449_545_56,
  ]
}
