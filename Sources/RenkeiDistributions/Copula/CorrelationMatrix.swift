// SPDX-License-Identifier: GPL-3.0-or-later

/// Correlations of normal scores: a symmetric matrix with a unit diagonal.
package struct CorrelationMatrix: Sendable, Equatable {
  /// Number of variables.
  package let order: Int
  private var rows: [[Double]]

  /// No variable is correlated with another.
  package init(order: Int) {
    self.order = order
    rows = (0..<order).map { row in (0..<order).map { $0 == row ? 1.0 : 0.0 } }
  }

  private init(_ rows: [[Double]]) {
    order = rows.count
    self.rows = rows
  }

  /// The coefficient of two variables; setting it sets both halves.
  package subscript(_ i: Int, _ j: Int) -> Double {
    get { rows[i][j] }
    set {
      precondition(i != j, "a variable's correlation with itself is 1")
      rows[i][j] = newValue
      rows[j][i] = newValue
    }
  }

  /// The correlation of normal scores that gives the rank correlation `rho`: 2·sin(π·ρ/6), exact
  /// for continuous margins.
  ///
  /// By the sine's series, whose terms beyond x¹⁹ are below 1e-24 on |x| ≤ π/6.
  /// Source: Pearson, On further methods of determining correlation, 1907; Kruskal, Ordinal
  /// measures of association, J. Am. Stat. Assoc. 53 (1958), section 7.
  package static func normalScoreCorrelation(rank rho: Double) -> Double {
    if rho.magnitude >= 1 { return rho < 0 ? -1 : 1 }
    let x = rho * (Double.pi / 6)
    var sum = 0.0
    for k in stride(from: 9, through: 1, by: -1) {
      let divisor = Double(2 * k * (2 * k + 1))
      sum = -(x * x) / divisor * (1 + sum)
    }
    return 2 * x * (1 + sum)
  }

  /// Smallest eigenvalue; 1 for a matrix of order 0.
  ///
  /// Complexity: O(order³).
  package var smallestEigenvalue: Double {
    SymmetricEigensystem(rows).values.min() ?? 1
  }

  /// Eigenvalues above this count as not negative: rounding of a singular matrix stays above it.
  package static let eigenvalueTolerance = -1e-12

  /// Whether some random vector has these correlations.
  package var isPositiveSemidefinite: Bool {
    smallestEigenvalue >= Self.eigenvalueTolerance
  }

  /// The nearest matrix, in the Frobenius norm, that is a correlation matrix.
  ///
  /// Alternating projections on the positive semi-definite matrices, with Dykstra's correction,
  /// and on those with a unit diagonal, until nothing moves by more than 1e-13; then scaled to a
  /// unit diagonal, so that no negative eigenvalue is left but rounding.
  /// Source: Higham, Computing the nearest correlation matrix — a problem from finance, IMA J.
  /// Numer. Anal. 22 (2002), algorithm 3.3.
  ///
  /// Complexity: O(order³) an iteration; convergence is linear, usually in tens of iterations.
  package var nearest: CorrelationMatrix {
    var current = rows
    var correction = [[Double]](
      repeating: [Double](repeating: 0, count: order), count: order)
    var projected = rows
    for _ in 0..<Self.iterationLimit {
      var shifted = current
      for i in 0..<order {
        for j in 0..<order { shifted[i][j] -= correction[i][j] }
      }
      projected = SymmetricEigensystem(shifted).positivePart
      var change = 0.0
      for i in 0..<order {
        for j in 0..<order {
          correction[i][j] = projected[i][j] - shifted[i][j]
          let next = i == j ? 1 : projected[i][j]
          change = max(change, (next - current[i][j]).magnitude)
          current[i][j] = next
        }
      }
      if change <= 1e-13 { break }
    }
    let scales = (0..<order).map { projected[$0][$0].squareRoot() }
    for i in 0..<order {
      for j in 0..<order {
        current[i][j] =
          i == j ? 1 : max(-1, min(1, projected[i][j] / (scales[i] * scales[j])))
      }
    }
    return CorrelationMatrix(current)
  }

  private static let iterationLimit = 2_000

  /// L, lower triangular with unit rows and L·Lᵀ = this matrix: correlated scores are L times
  /// independent ones. Row i holds its first i + 1 entries.
  ///
  /// A pivot below 1e-12 counts as 0, which serves singular matrices; the matrix must be positive
  /// semi-definite.
  /// Source: Golub & Van Loan, Matrix Computations, 4th ed., section 4.2.
  ///
  /// Complexity: O(order³).
  package var choleskyFactor: [[Double]] {
    var factor: [[Double]] = []
    for i in 0..<order {
      var row: [Double] = []
      for j in 0...i {
        var rest = rows[i][j]
        for k in 0..<j { rest -= row[k] * (j == i ? row[k] : factor[j][k]) }
        if j == i {
          row.append(rest > 1e-12 ? rest.squareRoot() : 0)
        } else {
          row.append(factor[j][j] > 0 ? rest / factor[j][j] : 0)
        }
      }
      // Unit rows keep every margin standard normal where a pivot was cut off.
      let norm = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
      factor.append(norm == 1 ? row : row.map { $0 / norm })
    }
    return factor
  }
}
