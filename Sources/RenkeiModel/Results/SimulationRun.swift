// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// What a person may choose about one run without changing the scenario.
public struct SimulationOptions: Sendable {
  /// P, the number of Monte Carlo paths.
  public var paths: Int
  public var seed: UInt64
  /// Worker threads; never changes a result.
  public var threads: Int
  /// Whether quantiles of plans and groups are computed.
  public var planQuantiles: Bool
  /// How the numbers that all plans share are drawn.
  public var sampling: SamplingDesign
  /// What plan-years are computed in.
  public var precision: ArithmeticPrecision
  /// Whether the portfolio's total and the drawn inputs of every path are kept.
  public var keepsPaths: Bool

  public init(
    paths: Int, seed: UInt64, threads: Int, planQuantiles: Bool = true,
    sampling: SamplingDesign = .random, precision: ArithmeticPrecision = .double,
    keepsPaths: Bool = false
  ) {
    self.paths = paths
    self.seed = seed
    self.threads = threads
    self.planQuantiles = planQuantiles
    self.sampling = sampling
    self.precision = precision
    self.keepsPaths = keepsPaths
  }
}

/// The thread-safe line between a running engine and whoever started it.
public final class RunControl: Sendable {
  private let completed = Atomic<Int>(0)
  private let cancelled = Atomic<Bool>(false)
  private let parent: RunControl?

  public init() { parent = nil }

  /// A line of its own for a part of the work, which ends with the whole.
  package init(cancelledBy parent: RunControl) { self.parent = parent }

  /// Paths that are done.
  public var completedPaths: Int { completed.load(ordering: .relaxed) }

  /// Called by an engine after each piece of work.
  public func advance(by paths: Int) {
    completed.add(paths, ordering: .relaxed)
  }

  public var isCancelled: Bool {
    cancelled.load(ordering: .relaxed) || parent?.isCancelled ?? false
  }

  /// Asks the engine to stop at the next piece of work; it then throws ``SimulationError/cancelled``.
  public func cancel() {
    cancelled.store(true, ordering: .relaxed)
  }
}

/// A finished run: the answers and what it took to get them.
public struct SimulationOutcome: Sendable {
  public private(set) var result: SimulationResult
  /// `vector` or `reference`.
  public let engine: String
  /// Simulation and statistics, without parsing, tables and writing.
  public let engineSeconds: Double
  /// Instruction set of the kernels; empty for the reference engine. Never changes a result.
  public let instructionSet: String
  /// Stable hash over the bits of every quantile table; results agree wherever it agrees.
  public let tablesHash: UInt64
  /// Path by path; nil unless ``SimulationOptions/keepsPaths`` asked for it.
  package var keptPaths: KeptPaths?
  /// How the run ended where a condition could end it; nil where the number of paths was fixed.
  package var stopping: StoppingRecord?

  /// paths × plans × years × arms.
  public var planYears: Int {
    result.paths * result.horizonYears
      * result.arms.reduce(0) { $0 + $1.plans.count / (2 * result.horizonYears) }
  }

  public init(
    result: SimulationResult, engine: String, engineSeconds: Double, instructionSet: String,
    tablesHash: UInt64
  ) {
    self.result = result
    self.engine = engine
    self.engineSeconds = engineSeconds
    self.instructionSet = instructionSet
    self.tablesHash = tablesHash
  }
}

extension SimulationOutcome {
  /// The same outcome with an attribution beside it.
  public func adding(_ attribution: [AttributionRow]) -> SimulationOutcome {
    var outcome = self
    outcome.result = result.adding(attribution)
    return outcome
  }
}

/// Why an engine gave no answer.
public enum SimulationError: Error, Sendable, Equatable {
  case cancelled
  /// A simulated amount left the range of Double: the message says which plan and input.
  case notFinite(String)
  /// The options do not go together: the message says which.
  case unsupported(String)
  /// Rows of plans that do not fit in memory cannot be kept in a file: the message says why.
  case temporaryFile(String)
  /// The run would need more memory than the machine has, both in bytes.
  case tooLarge(neededBytes: Int, availableBytes: Int)
  /// The run would need more room on a disk than is free, both in bytes.
  case diskFull(neededBytes: Int, availableBytes: Int, folder: String)
}
