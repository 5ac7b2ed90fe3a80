// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiModel
import RenkeiStatistics

/// Refuses a run that cannot fit before any of its memory is asked for.
struct MemoryPreflight {
  /// Bytes of a histogram cell that a run typically touches; the rest is never backed by memory.
  private static let touchedHistogramBytes = 16 << 10

  let portfolio: CompiledPortfolio
  let options: SimulationOptions

  /// Estimated peak, in bytes; saturates instead of overflowing.
  var neededBytes: Int {
    let layout = portfolio.layout
    let perPath = 8 * (portfolio.years + 1)
    let cells = options.planQuantiles ? layout.planCellCount + layout.groupCellCount : 0
    let histograms = cells * Self.touchedHistogramBytes * options.threads
    let (totals, overflow) = options.paths.multipliedReportingOverflow(by: perPath)
    if overflow { return .max }
    return totals.addingReportingOverflow(histograms).overflow ? .max : totals + histograms
  }

  /// - Throws: ``SimulationError/tooLarge(neededBytes:availableBytes:)``.
  func check() throws(SimulationError) {
    let available = Int(clamping: ProcessInfo.processInfo.physicalMemory)
    if neededBytes > available / 10 * 9 {
      throw .tooLarge(neededBytes: neededBytes, availableBytes: available)
    }
  }
}
