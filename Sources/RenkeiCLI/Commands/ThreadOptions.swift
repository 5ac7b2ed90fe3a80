// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation

/// How many threads compute.
struct ThreadOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Worker threads; never changes a result. (default: one a processor)", valueName: "t"),
    transform: StrictNumber.threads)
  var threads: Int?

  /// As asked for, else one a processor.
  var count: Int {
    let processors = max(1, ProcessInfo.processInfo.activeProcessorCount)
    return threads ?? min(processors, StrictNumber.threadRange.upperBound)
  }
}
