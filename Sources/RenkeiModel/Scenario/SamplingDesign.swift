// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiStatistics

/// How the numbers that all plans share are drawn: programme inputs, factors and events of each
/// year. What belongs to a single plan is random under every design.
public enum SamplingDesign: String, CaseIterable, Sendable {
  /// Independent draws.
  case random
  /// Paths i and i + 256 of a block mirror each other: u and 1 − u.
  case antithetic
  /// Every number takes each of 512 equal strata once a block, in an order of its own.
  case latinHypercube = "latin_hypercube"
  /// A scrambled Sobol sequence in 16 independent randomisations; the first 64 numbers by
  /// importance, the rest random.
  case sobol

  /// Means of these are independent, so that errors follow from them.
  public var errorUnit: ErrorUnit {
    switch self {
    case .random: .path
    case .antithetic, .latinHypercube: .block
    case .sobol: .randomisation
    }
  }

  /// Fewer paths than this give too few units for an error.
  public var minimumPaths: Int {
    errorUnit == .path ? 1 : ErrorUnit.randomisationCount * ErrorUnit.blockPaths
  }

  /// Why `paths` paths are too few, or nil.
  package func refusal(paths: Int) -> String? {
    guard paths < minimumPaths else { return nil }
    return "sampling '\(rawValue)' needs at least \(minimumPaths) paths: its errors come from the "
      + "means of independent \(errorUnit.rawValue)s, and fewer than "
      + "\(ErrorUnit.randomisationCount) of them tell no error"
  }
}
