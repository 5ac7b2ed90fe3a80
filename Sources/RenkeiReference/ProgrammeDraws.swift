// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// Draws that remember those of the programme level, path by path.
final class ProgrammeRecorder<Source: DrawSource>: DrawSource {
  private let source: Source
  /// By path, in the order of the paths.
  private(set) var paths: [[DrawKey: Double]] = []

  init(_ source: Source) {
    self.source = source
  }

  func beginPath() { paths.append([:]) }

  func value(_ key: DrawKey, _ law: DrawLaw) -> Double {
    let number = source.value(key, law)
    if key.entity == .programme, !paths.isEmpty { paths[paths.count - 1][key] = number }
    return number
  }

  /// The named inputs that were drawn, in the order of the model, by path.
  func inputs(_ model: ProjectionModel) -> [KeptPaths.Input] {
    model.inputs.compactMap { input in
      let key = DrawKey(.programme, .input(input.name))
      let values = paths.compactMap { $0[key] }
      return values.count == paths.count && !values.isEmpty
        ? KeptPaths.Input(name: input.name, values: values) : nil
    }
  }
}

/// Programme-level draws of an earlier path, fresh ones for all else.
struct RedrawnPath<Source: DrawSource>: DrawSource {
  let programme: [DrawKey: Double]
  let source: Source

  func value(_ key: DrawKey, _ law: DrawLaw) -> Double {
    programme[key] ?? source.value(key, law)
  }
}
