// SPDX-License-Identifier: GPL-3.0-or-later

/// Eigenvalues and eigenvectors of a symmetric matrix by the cyclic Jacobi method.
///
/// Only additions, multiplications, divisions and square roots take part, so that the same matrix
/// gives the same bits on every machine.
/// Source: Golub & Van Loan, Matrix Computations, 4th ed., section 8.5 (algorithms 8.5.1 to 8.5.3).
struct SymmetricEigensystem {
  /// In the order in which the method leaves them.
  private(set) var values: [Double]
  /// vectors[i][k] is component i of the eigenvector of `values[k]`.
  private(set) var vectors: [[Double]]

  /// Sweeps after which the method has converged for every matrix of practical size.
  private static let sweepLimit = 60

  /// - Parameter matrix: rows of a symmetric matrix of finite numbers.
  /// - Complexity: O(n³) a sweep, fewer than ten sweeps.
  init(_ matrix: [[Double]]) {
    var a = matrix
    let n = a.count
    var v = (0..<n).map { row in (0..<n).map { $0 == row ? 1.0 : 0.0 } }
    let size = a.reduce(0) { $1.reduce($0) { $0 + $1 * $1 } }
    for _ in 0..<Self.sweepLimit {
      var rest = 0.0
      for p in 0..<n {
        for q in (p + 1)..<max(n, p + 1) { rest += a[p][q] * a[p][q] }
      }
      if rest <= 1e-32 * size { break }
      for p in 0..<n {
        for q in (p + 1)..<max(n, p + 1) where a[p][q] != 0 { Self.rotate(&a, &v, p, q) }
      }
    }
    values = (0..<n).map { a[$0][$0] }
    vectors = v
  }

  /// Makes a[p][q] zero by a rotation in the plane of p and q.
  private static func rotate(_ a: inout [[Double]], _ v: inout [[Double]], _ p: Int, _ q: Int) {
    let tau = (a[q][q] - a[p][p]) / (2 * a[p][q])
    let root = (1 + tau * tau).squareRoot()
    // The smaller of the two angles; with τ beyond 1e154 its tangent is 0.
    let tangent = tau >= 0 ? 1 / (tau + root) : -1 / (root - tau)
    let cosine = 1 / (1 + tangent * tangent).squareRoot()
    let sine = tangent * cosine
    for k in a.indices {
      let (x, y) = (a[k][p], a[k][q])
      a[k][p] = cosine * x - sine * y
      a[k][q] = sine * x + cosine * y
    }
    for k in a.indices {
      let (x, y) = (a[p][k], a[q][k])
      a[p][k] = cosine * x - sine * y
      a[q][k] = sine * x + cosine * y
    }
    for k in v.indices {
      let (x, y) = (v[k][p], v[k][q])
      v[k][p] = cosine * x - sine * y
      v[k][q] = sine * x + cosine * y
    }
    (a[p][q], a[q][p]) = (0, 0)
  }

  /// Σ max(0, λ)·v·vᵀ: the nearest matrix without negative eigenvalues, in the Frobenius norm.
  var positivePart: [[Double]] {
    let n = values.count
    var result = [[Double]](repeating: [Double](repeating: 0, count: n), count: n)
    for (k, value) in values.enumerated() where value > 0 {
      for i in 0..<n {
        for j in 0...i {
          result[i][j] += value * vectors[i][k] * vectors[j][k]
        }
      }
    }
    for i in 0..<n {
      for j in 0..<i { result[j][i] = result[i][j] }
    }
    return result
  }
}
