// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDraws
import RenkeiModel

/// Every number that the engine drew for one block of paths, and the revenue it made of them.
///
/// Meant for checking the engine path by path against another implementation.
package struct BlockTrace: Sendable {
  /// Values by path for each draw.
  package fileprivate(set) var draws: [DrawKey: [Double]] = [:]
  /// Revenue under the first arm by plan-list index, year from 0, and path, in yen.
  package var revenueYen: [[[Double]]] { arms[0].revenueYen }
  package fileprivate(set) var arms: [ArmTrace]

  /// A draw's value on one path of the block, nil where the engine did not draw it.
  package func value(_ key: DrawKey, path: Int) -> Double? { draws[key]?[path] }
}

/// One arm of a block. Columns of 512 paths, in yen.
package struct ArmTrace: Sendable {
  /// By plan-list index, then year from 0; an arm that earns what an earlier one earns repeats it.
  package fileprivate(set) var revenueYen: [[[Double]]]
  /// By plan-list index, then year from 0; empty without support or for a plan after the horizon.
  package fileprivate(set) var cash: [[[Double]]]
  /// By plan-list index: need, own, subsidy, policy loan, private loan, scale, gap, exposure, loss,
  /// profit and cover of debt service.
  package fileprivate(set) var money: [[String: [Double]]]
  /// By cell, as ``PathFigures`` holds them, then by path.
  package fileprivate(set) var effects: [[Double]]
  package fileprivate(set) var flows: [[Double]]
  package fileprivate(set) var loans: [[Double]]

  init(_ layout: TallyLayout) {
    let none = PlanMoney(years: layout.years)
    revenueYen = Array(
      repeating: Array(repeating: [], count: layout.years), count: layout.planCount)
    cash = Array(repeating: [], count: layout.planCount)
    money = Array(repeating: [:], count: layout.planCount)
    effects = EffectMetric.allCases.map { _ in [] }
    flows = none.flows.map { _ in [] }
    loans = none.loans.map { _ in [] }
  }

  /// The figures of one path of the block.
  package func figures(path: Int) -> PathFigures {
    PathFigures(
      effects: effects.map { $0[path] }, flows: flows.map { $0[path] },
      loans: loans.map { $0[path] })
  }
}

extension VectorEngine {
  /// Computes one block with every draw recorded.
  ///
  /// - Parameter block: paths 512·block … 512·block + 511.
  package func trace(block: Int) -> BlockTrace {
    let layout = portfolio.layout
    let none = (0..<(portfolio.support?.arms.count ?? 1)).map { _ in ArmShifts(portfolio) }
    var trace = BlockTrace(arms: none.map { _ in ArmTrace(layout) })
    let workspace = BlockWorkspace(portfolio, kernels: ColumnKernels(instructionSet).table)
    let runner = BlockRunner(
      portfolio: portfolio, shifts: none, histograms: none.map { _ in ArmHistograms.none })
    let copy = { (column: UnsafePointer<Double>) in
      Array(UnsafeBufferPointer(start: column, count: BlockRunner.width))
    }
    workspace.recorder = { key, column in trace.draws[key] = copy(column) }
    workspace.revenueRecorder = { annual, _ in
      let arm = workspace.arms.firstIndex { $0 === workspace.arm } ?? 0
      trace.arms[arm].revenueYen[annual / (2 * layout.years)][annual % layout.years] = copy(
        UnsafePointer(workspace.revenue))
    }
    if let money = workspace.money {
      money.recorder = { plan, arm in
        trace.arms[arm].cash[plan] = (0..<layout.years).map { copy(money.cash[$0]) }
        for (name, column) in [
          ("subsidy", money.funding.grant), ("policy loan", money.funding.loan),
          ("private loan", money.funding.last), ("scale", money.funding.scale),
          ("gap", money.gap), ("exposure", money.exposure), ("loss", money.loss),
          ("profit", money.profit), ("cover", money.service),
        ] {
          trace.arms[arm].money[plan][name] = copy(column)
        }
        for (name, slot) in [("need", money.investment), ("own", money.ownFunds)] {
          trace.arms[arm].money[plan][name] = (0..<BlockRunner.width).map { slot.operand[$0] }
        }
      }
      money.figureRecorder = { arm, kind, cell, column in
        switch kind {
        case .effect: trace.arms[arm].effects[cell] = copy(column)
        case .flow: trace.arms[arm].flows[cell] = copy(column)
        case .loan: trace.arms[arm].loans[cell] = copy(column)
        case .cost: break
        }
      }
    }
    var sums = RunSums(layout: layout, shifts: none)
    runner.run(block: block, paths: BlockRunner.width, in: workspace, into: &sums)
    workspace.recorder = nil
    workspace.revenueRecorder = nil
    workspace.money?.recorder = nil
    workspace.money?.figureRecorder = nil
    if let support = portfolio.support {
      for (arm, earner) in support.revenueArm.enumerated() where earner != arm {
        trace.arms[arm].revenueYen = trace.arms[earner].revenueYen
      }
    }
    return trace
  }
}
