// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiDraws
import RenkeiModel

extension VectorEngine {
  /// The named inputs that are drawn, by path: the shared columns alone are computed once more.
  ///
  /// - Complexity: O(paths × shared columns).
  func namedInputs() -> [KeptPaths.Input] {
    let workspace = BlockWorkspace(portfolio, kernels: ColumnKernels(instructionSet).table)
    let stage = ProgrammeStage(portfolio: portfolio)
    var values: [String: [Double]] = [:]
    var count = 0
    workspace.recorder = { key, column in
      guard case .input(let name) = key.variable else { return }
      values[name, default: []].append(contentsOf: UnsafeBufferPointer(start: column, count: count))
    }
    for path in stride(from: 0, to: options.paths, by: BlockRunner.width) {
      count = min(BlockRunner.width, options.paths - path)
      workspace.begin(block: path / BlockRunner.width, paths: count)
      stage.run(in: workspace)
    }
    workspace.recorder = nil
    return model.inputs.compactMap { input in
      values[input.name].map { KeptPaths.Input(name: input.name, values: $0) }
    }
  }
}
