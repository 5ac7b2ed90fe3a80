// SPDX-License-Identifier: GPL-3.0-or-later
import Renkei

/// Every file of a result folder but the manifest, as bytes that can be written or only hashed.
struct RunFiles {
  private let outcome: SimulationOutcome
  private let input: ScenarioInput
  private let dialect: CSVDialect

  init(_ outcome: SimulationOutcome, of input: ScenarioInput, excel: Bool) {
    self.outcome = outcome
    self.input = input
    dialect = excel ? .excel : .standard
  }

  /// In the order in which they are written.
  var names: [String] {
    ResultFile.allCases.filter { $0.isPresent(in: outcome.result) }.map(\.fileName)
      + AssumptionFile.allCases.map(\.fileName)
      + (outcome.stopping == nil ? [] : [ConvergenceTable.fileName])
      + (outcome.keptPaths == nil ? [] : PathFiles.names)
  }

  /// Hands the bytes of a file to `append`, piece by piece; returns their SHA-256.
  func write(_ name: String, to append: ([UInt8]) throws -> Void) rethrows -> String {
    var hash = SHA256()
    if let file = ResultFile.allCases.first(where: { $0.fileName == name }) {
      try file.write(outcome.result, dialect) { bytes in
        hash.update(bytes)
        try append(bytes)
      }
    } else if let file = AssumptionFile.allCases.first(where: { $0.fileName == name }) {
      let bytes = file.document(input.scenario, input.model).bytes(dialect)
      hash.update(bytes)
      try append(bytes)
    } else if name == ConvergenceTable.fileName, let record = outcome.stopping {
      let bytes = ConvergenceTable.document(record).bytes(dialect)
      hash.update(bytes)
      try append(bytes)
    } else if let kept = outcome.keptPaths {
      let arms = outcome.result.arms.map(\.arm)
      try PathFiles(kept, arms: arms, dialect: dialect).write(name) { bytes in
        hash.update(bytes)
        try append(bytes)
      }
    }
    return hash.finalized()
  }
}
