// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDraws
import RenkeiModel

/// Every number that the engine drew for one block of paths, and the revenue it made of them.
///
/// Meant for checking the engine path by path against another implementation.
package struct BlockTrace: Sendable {
  /// Values by path for each draw.
  package fileprivate(set) var draws: [DrawKey: [Double]] = [:]
  /// Revenue by plan-list index, year from 0, and path, in yen.
  package fileprivate(set) var revenueYen: [[[Double]]]

  /// A draw's value on one path of the block, nil where the engine did not draw it.
  package func value(_ key: DrawKey, path: Int) -> Double? { draws[key]?[path] }
}

extension VectorEngine {
  /// Computes one block with every draw recorded.
  ///
  /// - Parameter block: paths 512·block … 512·block + 511.
  package func trace(block: Int) -> BlockTrace {
    let layout = portfolio.layout
    var trace = BlockTrace(
      revenueYen: Array(
        repeating: Array(repeating: [], count: layout.years), count: layout.planCount))
    let workspace = BlockWorkspace(portfolio, kernels: ColumnKernels(instructionSet).table)
    let runner = BlockRunner(
      portfolio: portfolio, shifts: TallyShifts(layout: layout), planHistograms: nil,
      groupHistograms: nil)
    let copy = { (column: UnsafePointer<Double>) in
      Array(UnsafeBufferPointer(start: column, count: BlockRunner.width))
    }
    workspace.recorder = { key, column in trace.draws[key] = copy(column) }
    workspace.revenueRecorder = { annual, _ in
      trace.revenueYen[annual / (2 * layout.years)][annual % layout.years] = copy(
        UnsafePointer(workspace.revenue))
    }
    var tally = TallySums(layout: layout, shifts: TallyShifts(layout: layout))
    runner.run(block: block, paths: BlockRunner.width, in: workspace, into: &tally)
    workspace.recorder = nil
    workspace.revenueRecorder = nil
    return trace
  }
}
