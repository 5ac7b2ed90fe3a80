// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDraws
import RenkeiModel
import Testing

@testable import RenkeiEngine

/// Columns that all plans share, as the engine draws them under each design: neighbours are
/// uncorrelated. Columns of plans are random under every design; see AdjacentStreamTests.
struct SharedColumnTests {
  /// More than 10,000 pairs of neighbouring columns over four blocks: the largest |r| stays below
  /// 6/√n. Of two antithetic columns of n paths only n/2 points are independent.
  @Test(arguments: SamplingDesign.allCases)
  func neighboursAreUncorrelated(_ design: SamplingDesign) throws {
    let (columns, blocks, rounds) = (64, 4, 160)
    let addresses = (0..<columns).map {
      PlanCompiler.address(DrawKey(.factor("macro", series: "s\($0)"), .factorLevel, year: 1))
    }
    let portfolio = try CompiledPortfolio(
      EngineTrial.model(VariedScenario.plain.yaml), seed: 3, sampling: .random)
    let workspace = BlockWorkspace(portfolio, kernels: ColumnKernels(.best).table)
    let sampling = SharedSampling(design, addresses: addresses)
    let width = ColumnBuffer.width
    let buffer = ColumnBuffer(count: columns * blocks)
    var largest = 0.0
    for round in 0..<rounds {
      for block in 0..<blocks {
        workspace.block = UInt32(round * blocks + block)
        for (column, address) in addresses.enumerated() {
          let u = buffer[column * blocks + block]
          if sampling?.fill(u, address, in: workspace) != true {
            workspace.kernels.pointee.uniforms(
              workspace.seed(of: address), address.stream, workspace.block, u)
          }
        }
      }
      for column in 0..<columns {
        var product = 0.0
        for block in 0..<blocks {
          let u = buffer[column * blocks + block]
          let v = buffer[(column + 1) % columns * blocks + block]
          for path in 0..<width { product += (u[path] - 0.5) * (v[path] - 0.5) }
        }
        // A uniform has a variance of 1/12.
        largest = max(largest, abs(12 * product / Double(blocks * width)))
      }
    }
    let independent = Double(blocks * width / (design == .antithetic ? 2 : 1))
    let chance = 1 / independent.squareRoot()
    #expect(largest < 6 * chance)
    if design == .sobol {
      // Pairs of its coordinates fill the square more evenly than chance.
      #expect(largest < 2.5 * chance)
    } else {
      // Chance alone makes some pair exceed this: the test looked at something.
      #expect(largest > 2.5 * chance)
    }
  }
}
