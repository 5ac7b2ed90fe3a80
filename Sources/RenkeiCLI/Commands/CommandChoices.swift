// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation
import Renkei

extension ReportLanguage: ExpressibleByArgument {}
extension SamplingDesign: ExpressibleByArgument {}
extension ArithmeticPrecision: ExpressibleByArgument {}

/// A switch that is stated either way.
enum OnOff: String, CaseIterable, ExpressibleByArgument {
  case on
  case off
}

/// How a command prints to standard output.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
  /// For people.
  case table
  case csv
  case json
}

/// Which engine computes.
enum EngineChoice: String, CaseIterable, ExpressibleByArgument {
  case vector
  case reference
}

extension EngineChoice {
  /// Runs the engine to its end; `RENKEI_ISA` forces the vector engine's instruction set.
  ///
  /// - Throws: `SimulationError`, `InstructionSetError` or `TableError`.
  ///
  /// - Parameters:
  ///   - folder: an existing folder on the disk that the results go to; nil: they go to no disk.
  ///   - rule: may end the run before it has all its paths; the vector engine's alone.
  ///   - further: what is to be done besides.
  ///   - announce: told what the run will take before it begins; nil: nobody wants to know.
  func run(
    _ model: ProjectionModel, _ options: SimulationOptions, control: RunControl,
    folder: String? = nil, until rule: StoppingWatch? = nil,
    further: FurtherWork = .none,
    announce: ((RunEstimate) -> Void)? = nil
  ) throws -> SimulationOutcome {
    switch self {
    case .vector:
      let instructionSet = try InstructionSet.selected(
        environment: ProcessInfo.processInfo.environment)
      var engine = try VectorEngine(
        model: model, options: options, instructionSet: instructionSet)
      if let folder { engine.temporaryFolder = folder }
      let estimate: RunEstimate
      do {
        estimate = try engine.estimate(
          resultFolder: folder, further: further, isTimed: announce != nil, isWatched: rule != nil)
      } catch SimulationError.tooLarge(let needed, let available) {
        throw MemoryAdvice(needed: needed, available: available, options: options) { options in
          Self.need(model, options, instructionSet, further)
        }.failure
      }
      announce?(estimate)
      var outcome = try engine.run(control: control, until: rule)
      outcome.stopping = rule?.record
      return outcome
    case .reference:
      if rule != nil {
        throw SimulationError.unsupported("--until needs the vector engine")
      }
      try Self.checkMemory(model, options)
      return try ReferenceEngine(model: model, options: options).run(control: control)
    }
  }

  /// Memory that a run asks for; nil where something else is wrong.
  private static func need(
    _ model: ProjectionModel, _ options: SimulationOptions, _ instructionSet: InstructionSet,
    _ further: FurtherWork
  ) -> MemoryAdvice.Need? {
    do {
      let engine = try VectorEngine(model: model, options: options, instructionSet: instructionSet)
      let estimate = try engine.estimate(resultFolder: nil, further: further, isTimed: false)
      return .init(bytes: estimate.memoryBytes, fits: true)
    } catch SimulationError.tooLarge(let needed, _) {
      return .init(bytes: Double(needed), fits: false)
    } catch {
      return nil
    }
  }

  /// What an attribution needs of every path.
  ///
  /// - Throws: as ``run(_:_:control:folder:announce:)``.
  func pathMetrics(
    _ model: ProjectionModel, _ options: SimulationOptions, control: RunControl
  ) throws -> PathMetrics {
    switch self {
    case .vector:
      let instructionSet = try InstructionSet.selected(
        environment: ProcessInfo.processInfo.environment)
      return try VectorEngine(model: model, options: options, instructionSet: instructionSet)
        .pathMetrics(control: control)
    case .reference:
      return try ReferenceEngine(model: model, options: options).pathMetrics(control: control)
    }
  }

  /// The reference engine keeps the portfolio's revenue by path and year, and sorts it once.
  ///
  /// - Throws: `SimulationError.tooLarge`.
  private static func checkMemory(
    _ model: ProjectionModel, _ options: SimulationOptions
  ) throws(SimulationError) {
    let available = Int(clamping: ProcessInfo.processInfo.physicalMemory)
    let bytesPerPath = MemoryLayout<Double>.stride * (model.horizonYears + 2)
    let (needed, overflow) = options.paths.multipliedReportingOverflow(by: bytesPerPath)
    if overflow || needed > available {
      throw .tooLarge(neededBytes: overflow ? .max : needed, availableBytes: available)
    }
  }
}
