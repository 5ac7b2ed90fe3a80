// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@testable import RenkeiDistributions

/// Correlation matrices against closed forms and published examples.
@Suite struct CorrelationMatrixTests {
  private static func matrix(_ rows: [[Double]]) -> CorrelationMatrix {
    var matrix = CorrelationMatrix(order: rows.count)
    for i in rows.indices {
      for j in 0..<i { matrix[i, j] = rows[i][j] }
    }
    return matrix
  }

  /// All coefficients alike: eigenvalues 1 − r and 1 + (n − 1)·r.
  @Test(arguments: [2, 3, 5, 12], [-0.5, -0.05, 0, 0.3, 1])
  func smallestEigenvalueOfEqualCorrelations(order: Int, r: Double) {
    let equal = Self.matrix(
      (0..<order).map { _ in [Double](repeating: r, count: order) })
    let exact = min(1 - r, 1 + Double(order - 1) * r)
    #expect(abs(equal.smallestEigenvalue - exact) < 1e-14 * Double(order))
    #expect(equal.isPositiveSemidefinite == (exact >= 0))
  }

  /// Higham (2002), the example of section 1: eigenvalues 1 and 1 ± √2; the nearest correlation
  /// matrix to four digits as printed there.
  @Test func nearestOfHighamsExample() {
    let stated = Self.matrix([[1], [1, 1], [0, 1, 1]])
    #expect(abs(stated.smallestEigenvalue - (1 - 2.0.squareRoot())) < 1e-14)
    let nearest = stated.nearest
    #expect(abs(nearest[0, 1] - 0.7607) < 5e-5)
    #expect(abs(nearest[1, 2] - 0.7607) < 5e-5)
    #expect(abs(nearest[0, 2] - 0.1573) < 5e-5)
    #expect(nearest.isPositiveSemidefinite)
  }

  /// By symmetry the nearest matrix has equal coefficients again: the least that n variables allow.
  @Test(arguments: [3, 4, 6])
  func nearestOfEqualCorrelations(order: Int) {
    let nearest = Self.matrix(
      (0..<order).map { _ in [Double](repeating: -0.9, count: order) }
    ).nearest
    for i in 0..<order {
      #expect(nearest[i, i] == 1)
      for j in 0..<i { #expect(abs(nearest[i, j] + 1 / Double(order - 1)) < 1e-12) }
    }
  }

  @Test func nearestLeavesACorrelationMatrixAlone() {
    let sound = Self.matrix([[1], [0.5, 1], [-0.3, 0.2, 1]])
    for i in 0..<3 {
      for j in 0..<i { #expect(abs(sound.nearest[i, j] - sound[i, j]) < 1e-14) }
    }
  }

  /// L·Lᵀ gives the matrix back, singular ones included; rows have length 1.
  @Test(arguments: [
    [[1], [0.5, 1], [-0.3, 0.2, 1]], [[1], [1, 1], [0.4, 0.4, 1]], [[1], [-1, 1]],
    [[1], [0.6, 1], [0.8, 0, 1]], [[1], [-0.5, 1], [-0.5, -0.5, 1]], [[1], [0, 1], [0, 0, 1]],
  ])
  func factorSquaresToTheMatrix(rows: [[Double]]) {
    let matrix = Self.matrix(rows)
    let factor = matrix.choleskyFactor
    for i in rows.indices {
      for j in 0...i {
        let product = (0...j).reduce(0) { $0 + factor[i][$1] * factor[j][$1] }
        #expect(abs(product - rows[i][j]) < 1e-12)
      }
    }
  }

  @Test func uncorrelatedVariablesKeepTheirOwnScores() {
    let factor = Self.matrix([[1], [0, 1], [0.5, 0, 1]]).choleskyFactor
    #expect(factor[0] == [1])
    #expect(factor[1] == [0, 1])
    #expect(factor[2][1] == 0)
  }

  @Test func rankCorrelationsBecomeScoreCorrelations() {
    for step in -100...100 {
      let rho = Double(step) / 100
      let exact = 2 * sin(Double.pi * rho / 6)
      #expect(abs(CorrelationMatrix.normalScoreCorrelation(rank: rho) - exact) < 4e-16)
    }
    #expect(CorrelationMatrix.normalScoreCorrelation(rank: 1) == 1)
    #expect(CorrelationMatrix.normalScoreCorrelation(rank: -1) == -1)
  }
}
