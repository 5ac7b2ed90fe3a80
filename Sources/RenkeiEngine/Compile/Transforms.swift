// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiDistributions

/// A number that is the same for all plans of a block: fixed, or one of the block's shared columns.
enum SharedValue: Sendable, Hashable {
  case constant(Double)
  /// Index of a column of ``BlockWorkspace/shared``.
  case column(Int)
}

/// How a column of normal scores z becomes a column of values F⁻¹(Φ(z)).
indirect enum ScoreTransform: Sendable {
  /// location + scale·z
  case affine(location: Double, scale: Double)
  /// 2^(location + scale·z): a lognormal with its parameters in powers of two.
  case exponential(location: Double, scale: Double)
  /// Piecewise cubic in z.
  case table(PreparedTable)
  /// The value of the number of thresholds at or below z.
  case steps(PreparedSteps)
  /// location + scale·x of the standard transform; `isLogarithmic`: that is the natural logarithm.
  case modulated(
    standard: ScoreTransform, location: SharedValue, scale: SharedValue, isLogarithmic: Bool)
}

extension ScoreTransform {
  /// 1 / ln 2: turns natural exponents into powers of two.
  static let log2e = 1.442_695_040_888_963_4
  /// Walks are in sixteenths of powers of two, as the kernels want them.
  static let walkUnitsPerPowerOfTwo = 16.0
  static let walkUnitsPerNat = walkUnitsPerPowerOfTwo * log2e

  /// Chooses the sampling form of `distribution`, building its quantile table where it needs one.
  ///
  /// - Throws: ``QuantileTableError`` where no table reaches the stated accuracy.
  init(_ distribution: any UnivariateDistribution, tables: TableStore) throws {
    switch distribution.sampling {
    case .normal(let mean, let sd):
      self = .affine(location: mean, scale: sd)
    case .logNormal(let logMean, let logSD):
      self = .exponential(location: logMean * Self.log2e, scale: logSD * Self.log2e)
    case .discrete(let thresholds, let values):
      self = .steps(PreparedSteps(thresholds: thresholds, values: values))
    case .table:
      self = .table(try tables.table(for: distribution))
    }
  }
}

/// A piecewise cubic in the layout that the kernels read.
///
/// Unchecked sendable: the memory is written once, in `init`.
final class PreparedTable: @unchecked Sendable {
  let coefficients: UnsafePointer<Double>
  let pieces: UnsafePointer<rk_piece>
  let pieceCount: Int32
  /// FNV-1a over the bits of coefficients and pieces.
  let hash: UInt64

  init(_ cubic: PiecewiseCubic) {
    let values = UnsafeMutablePointer<Double>.allocate(capacity: cubic.coefficients.count)
    values.initialize(from: cubic.coefficients, count: cubic.coefficients.count)
    let parts = UnsafeMutablePointer<rk_piece>.allocate(capacity: cubic.pieces.count)
    for (index, piece) in cubic.pieces.enumerated() {
      (parts + index).initialize(
        to: rk_piece(
          start: piece.start, inverse_step: piece.inverseStep,
          last_segment: Double(piece.lastSegment),
          first_coefficient: Int64(piece.firstCoefficient), end: piece.end))
    }
    coefficients = UnsafePointer(values)
    pieces = UnsafePointer(parts)
    pieceCount = Int32(cubic.pieces.count)
    hash = cubic.hash
  }

  deinit {
    coefficients.deallocate()
    pieces.deallocate()
  }
}

/// A step function in the layout that the kernels read: thresholds padded to a power of two.
///
/// Unchecked sendable: the memory is written once, in `init`.
final class PreparedSteps: @unchecked Sendable {
  let thresholds: UnsafePointer<Double>
  let values: UnsafePointer<Double>
  let stepCount: Int32

  /// - Parameters:
  ///   - thresholds: normal scores, ascending, one fewer than `values`.
  ///   - values: value below the first threshold, between the first and second, ….
  init(thresholds: [Double], values: [Double]) {
    precondition(values.count == thresholds.count + 1, "one value more than thresholds")
    var padded = 1
    while padded < thresholds.count { padded *= 2 }
    let limits = UnsafeMutablePointer<Double>.allocate(capacity: padded)
    limits.initialize(repeating: .infinity, count: padded)
    limits.update(from: thresholds, count: thresholds.count)
    let levels = UnsafeMutablePointer<Double>.allocate(capacity: padded + 1)
    levels.initialize(repeating: values[values.count - 1], count: padded + 1)
    levels.update(from: values, count: values.count)
    self.thresholds = UnsafePointer(limits)
    self.values = UnsafePointer(levels)
    stepCount = Int32(padded)
  }

  deinit {
    thresholds.deallocate()
    values.deallocate()
  }
}
