// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels

/// The columns that all plans share: named inputs, common factors, and the year-level factors
/// F[s] = φ·F[s−1] + √(1−φ²)·η[s], stationary from the first year.
struct ProgrammeStage {
  let portfolio: CompiledPortfolio

  /// Fills the shared and factor columns of the workspace's block.
  func run(in workspace: BlockWorkspace) {
    let kernels = workspace.kernels.pointee
    for (index, step) in portfolio.programme.enumerated() {
      let y = workspace.shared[index]
      switch step {
      case .draw(let address, let transform):
        workspace.draw(address, transform, into: y)
      case .score(let address):
        workspace.drawNormals(address, into: y)
        workspace.recorder?(address.key, y)
      case .mixedScore(let terms):
        kernels.fill(0, y)
        for term in terms { kernels.add_scaled(term.weight, workspace.shared[term.column], y) }
        kernels.clamp(y, -RK_NORMAL_LIMIT, RK_NORMAL_LIMIT, y)
      case .transformed(let column, let transform, let key):
        kernels.affine(1, workspace.shared[column], 0, y)
        workspace.apply(transform, to: y)
        workspace.recorder?(key, y)
      case .linear(let constant, let terms, let isLogarithm):
        kernels.fill(constant, y)
        for term in terms { kernels.add_scaled(term.weight, workspace.shared[term.column], y) }
        if isLogarithm {
          kernels.log2(y, y)
          kernels.affine(1 / ScoreTransform.log2e, y, 0, y)
        }
      case .squareRoot(let column):
        kernels.square_root(workspace.shared[column], y)
      case .complement(let column):
        kernels.affine(-1, workspace.shared[column], 1, y)
      }
    }
    for (series, recipe) in portfolio.factorSeries.enumerated() {
      for year in 0..<portfolio.years {
        let level = workspace.factorLevels[series * portfolio.years + year]
        workspace.drawNormals(recipe.addresses[year], into: level)
        if year > 0, recipe.persistence != 0 {
          let previous = workspace.factorLevels[series * portfolio.years + year - 1]
          kernels.scaled_sum(recipe.innovationScale, level, recipe.persistence, previous, level)
        }
        workspace.recorder?(recipe.addresses[year].key, level)
      }
    }
  }
}
