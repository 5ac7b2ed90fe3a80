// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation
import Renkei

/// How a failure is told and what the program then returns: the one place that knows every error.
struct FailureReport {
  let status: ExitStatus
  /// Lines for standard error.
  let lines: [String]

  /// - Parameter parsed: what the argument parser says of an error that is its own: its exit code
  ///   and its message.
  init(_ error: any Error, parsed: () -> (exitCode: Int32, message: String)) {
    let style = Terminal.style(STDERR_FILENO)
    func failure(_ message: String) -> [String] {
      message.isEmpty ? [] : ["renkei: \(style.error("error:")) \(message)"]
    }
    switch error {
    case let error as CommandFailure:
      status = error.status
      lines = failure(error.message)
    case let report as DiagnosticReport:
      status = .badData
      lines = DiagnosticText.lines(report.diagnostics, style: style)
    case let error as FileAccessError:
      status = .unreadable
      lines = failure(error.description)
    case let error as FileWriteError:
      status = ExitStatus(rawValue: error.exitCode) ?? .writeFailed
      lines = status == .closedPipe ? [] : failure(error.description)
    case let error as InstructionSetError:
      status = .usage
      lines = failure(error.description)
    case let error as TableError:
      status = .badData
      lines = failure(error.description)
    case let error as StoppingRefusal:
      status = .usage
      lines = failure("--until: \(DisplayWidth.printable(error.description))")
    case let error as AttributionError:
      status = .usage
      lines = failure("--attribution: \(error)")
    case let error as SolveError:
      status = .usage
      lines = failure(error.description)
    case SimulationError.cancelled:
      status = .interrupted
      lines = []
    case SimulationError.notFinite(let message):
      status = .badData
      lines = failure(message)
    case SimulationError.temporaryFile(let message):
      status = .writeFailed
      lines = failure(message)
    case SimulationError.unsupported(let message):
      status = .usage
      lines = failure(message)
    case SimulationError.tooLarge(let needed, let available):
      status = .tooLarge
      lines = failure(
        "the run needs about \(ByteText.size(needed)) of memory, "
          + "\(ByteText.size(available)) are available; take fewer paths")
    case SimulationError.diskFull(let needed, let available, let folder):
      status = .tooLarge
      lines = failure(
        "the run needs about \(ByteText.size(needed)) on the disk of "
          + "\(DisplayWidth.printable(folder)), \(ByteText.size(available)) are free")
    default:
      let answer = parsed()
      let isUsage = answer.exitCode == ExitCode.validationFailure.rawValue
      status = isUsage ? .usage : .internalFault
      lines =
        isUsage ? [answer.message] : failure("internal fault, please report it: \(error)")
    }
  }
}
