// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// What a result folder says about how it was made: enough to make it again and to prove it.
///
/// Holds no time and no place of the machine; `environment` names what ran it and never changes a
/// result.
package struct RunManifest: Sendable {
  /// A file and the SHA-256 of its bytes, in lower-case hexadecimal.
  package struct HashedFile: Sendable, Equatable {
    package let path: String
    package let sha256: String

    package init(path: String, sha256: String) {
      self.path = path
      self.sha256 = sha256
    }
  }

  /// Version of the manifest's own format.
  package static let formatVersion = 1
  /// The contract under which draws are addressed: the same name, scenario, seed and paths (and
  /// quantile tables) give the same bytes.
  package static let numericContract = "renkei-draws-2"
  package static let fileName = "manifest.json"
  /// The currency of every amount, by ISO 4217.
  package static let currency = "JPY"

  package var renkeiVersion: String
  package var title: String
  /// The scenario's path as given.
  package var scenarioPath: String
  /// Values of the command line that were laid over the scenario, `key=value`.
  package var settings: [String]
  package var startYear: Int
  package var horizonYears: Int
  /// Nil where the scenario states none.
  package var goalYen: Double?
  package var seed: UInt64
  package var paths: Int
  package var sampling: String
  /// What plan-years were computed in.
  package var precision: String
  /// What errors were computed from, and how many of them there were.
  package var errorUnit: String
  package var errorUnits: Int
  package var arms: [String]
  package var engine: String
  package var planQuantiles: Bool
  package var quantileLevels: [Double]
  /// The scenario and every file that it reads.
  package var inputs: [HashedFile]
  /// Hash over the bits of every quantile table.
  package var tablesHash: UInt64
  /// The result files beside the manifest.
  package var results: [HashedFile]
  /// Arguments of the command that made the folder, the program's name first.
  package var command: [String]
  package var gslVersion: String
  package var instructionSet: String
  /// Whether path totals stand beside it, see ``PathFiles``.
  package var keepsPaths: Bool
  /// What could end the run before it had all paths that were allowed; null where nothing could.
  package var until: JSONText

  package init(
    outcome: SimulationOutcome, renkeiVersion: String, scenarioPath: String,
    settings: [String] = [],
    inputs: [HashedFile], results: [HashedFile], command: [String], gslVersion: String
  ) {
    self.renkeiVersion = renkeiVersion
    title = outcome.result.title
    self.scenarioPath = scenarioPath
    self.settings = settings
    startYear = outcome.result.startYear
    horizonYears = outcome.result.horizonYears
    goalYen = outcome.result.arms.first?.goal?.goalYen
    seed = outcome.result.seed
    paths = outcome.result.paths
    sampling = outcome.result.sampling.rawValue
    precision = outcome.result.precision.rawValue
    errorUnit = outcome.result.errorUnit.rawValue
    errorUnits = outcome.result.errorUnitCount
    arms = outcome.result.arms.map(\.arm)
    engine = outcome.engine
    planQuantiles = outcome.result.hasPlanQuantiles
    quantileLevels = outcome.result.quantileLevels
    self.inputs = inputs
    tablesHash = outcome.tablesHash
    self.results = results
    self.command = command
    self.gslVersion = gslVersion
    instructionSet = outcome.instructionSet
    keepsPaths = outcome.keptPaths != nil
    until = Self.until(outcome)
  }

  package var json: JSONText {
    .object([
      ("renkei_manifest", .integer(Self.formatVersion)),
      ("renkei_version", .string(renkeiVersion)),
      ("numeric_contract", .string(Self.numericContract)),
      ("title", .string(title)),
      ("scenario", .string(scenarioPath)),
      ("settings", .array(settings.map { .string($0) })),
      ("start_year", .integer(startYear)),
      ("horizon_years", .integer(horizonYears)),
      ("currency", .string(Self.currency)),
      ("goal_yen", goalYen.map { .number($0) } ?? .null),
      ("seed", .unsigned(seed)),
      ("paths", .integer(paths)),
      ("until", until),
      ("precision", .string(precision)),
      ("sampling", .string(sampling)),
      ("error_unit", .string(errorUnit)),
      ("error_units", .integer(errorUnits)),
      ("arms", .array(arms.map { .string($0) })),
      ("engine", .string(engine)),
      ("plan_quantiles", .boolean(planQuantiles)),
      ("quantiles", .array(quantileLevels.map { .number($0) })),
      ("command", .array(command.map { .string($0) })),
      ("inputs", Self.json(inputs)),
      ("tables", .object([("fnv1a64", .string(Self.hexadecimal(tablesHash)))])),
      ("results", Self.json(results)),
      ("path_totals", keepsPaths ? PathFiles.description(arms: arms) : .null),
      (
        "environment",
        .object([
          ("gsl_version", .string(gslVersion)),
          ("instruction_set", .string(instructionSet)),
        ])
      ),
    ])
  }

  private static func json(_ files: [HashedFile]) -> JSONText {
    .array(files.map { .object([("path", .string($0.path)), ("sha256", .string($0.sha256))]) })
  }

  /// How a run ended that was told when to stop; null where nothing could end it early.
  package static func until(_ outcome: SimulationOutcome) -> JSONText {
    outcome.stopping.map { json($0, outcome.result) } ?? .null
  }

  private static func json(_ record: StoppingRecord, _ result: SimulationResult) -> JSONText {
    func range(_ range: ClosedRange<Double>) -> JSONText {
      .array([.number(range.lowerBound), .number(range.upperBound)])
    }
    return .object([
      ("condition", .string(record.condition)),
      ("met", .boolean(record.isMet)),
      ("path_limit", .integer(record.pathLimit)),
      ("looks", .integer(record.looks)),
      ("paths_needed", record.pathsNeeded.map { .integer($0) } ?? .null),
      (
        "estimates",
        .array(
          record.estimates.map { estimate in
            let fixed = result.estimate(estimate.figure, arm: estimate.arm)
            return .object([
              ("arm", .string(estimate.arm)),
              ("figure", .string(estimate.figure.rawValue)),
              ("value", fixed.map { .number($0.value) } ?? .null),
              ("standard_error", fixed.map { .number($0.standardError) } ?? .null),
              ("interval95_for_fixed_paths", fixed.map { range($0.interval95) } ?? .null),
              ("sequence95_whenever_stopped", range(estimate.sequence95)),
              ("holds", .boolean(estimate.holds)),
              ("answer", estimate.answer.map { .boolean($0) } ?? .null),
            ])
          })
      ),
    ])
  }

  /// A hash as the manifest writes it.
  package static func hexadecimal(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
