// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiDraws
import RenkeiModel

extension VectorEngine {
  /// The named inputs that are drawn, by path.
  ///
  /// - Complexity: O(paths × shared columns).
  func namedInputs() -> [KeptPaths.Input] {
    let drawn = programmeValues { $0.group.inputName != nil }
    return model.inputs.compactMap { input in
      drawn.first { $0.key.group.inputName == input.name }
        .map { KeptPaths.Input(name: input.name, values: $0.values) }
    }
  }

  /// Numbers that are drawn once per path, by path, in the order in which they are drawn: the
  /// shared columns alone are computed once more.
  ///
  /// - Complexity: O(paths × shared columns).
  func programmeValues(
    where isWanted: (DrawKey) -> Bool
  ) -> [(key: DrawKey, values: [Double])] {
    let workspace = BlockWorkspace(portfolio, kernels: ColumnKernels(instructionSet).table)
    let stage = ProgrammeStage(portfolio: portfolio)
    let keys = portfolio.programme.compactMap(\.valueKey).filter(isWanted)
    var values = keys.map { _ in [Double]() }
    for path in stride(from: 0, to: options.paths, by: BlockRunner.width) {
      let count = min(BlockRunner.width, options.paths - path)
      workspace.begin(block: path / BlockRunner.width, paths: count)
      workspace.recorder = { key, column in
        guard let place = keys.firstIndex(of: key) else { return }
        values[place].append(contentsOf: UnsafeBufferPointer(start: column, count: count))
      }
      stage.run(in: workspace)
    }
    workspace.recorder = nil
    return zip(keys, values).map { (key: $0, values: $1) }
  }
}

extension ProgrammeRecipe.Step {
  /// The number of a path that the step draws; nil where it only prepares or derives one.
  var valueKey: DrawKey? {
    switch self {
    case .draw(let address, _): address.key
    case .transformed(_, _, let key): key
    case .score, .mixedScore, .linear, .squareRoot, .complement: nil
    }
  }
}
