// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiDraws
import RenkeiModel
import RenkeiStatistics

/// What a run takes of a machine, and how its plans are cut into tiles so that it takes little.
struct RunFootprint {
  static let standardTilePlans = 128
  static let standardSpillBytes = 64 << 20
  /// A histogram cell of a plan's revenue: some two dozen octaves and the table of their pages.
  private static let histogramBytes = 7.0 * 1_024
  /// What the program and its libraries touch while a run goes on, beside its data.
  private static let programBytes = 6 << 20

  let model: ProjectionModel
  let portfolio: CompiledPortfolio
  let options: SimulationOptions
  /// Nil: all plans or ``standardTilePlans``, whichever takes less memory.
  let tilePlans: Int?
  /// Bytes of rows of plans beyond which they go to a file.
  let spillBytes: Int

  private var plans: Int { portfolio.plans.count }
  private var layout: TallyLayout { portfolio.layout }
  private var years: Double { Double(portfolio.years) }
  private var arms: Int { portfolio.support?.arms.count ?? 1 }
  private var earners: Double { Double((0..<arms).count { portfolio.earns($0) }) }
  private var paths: Double { Double(options.paths) }
  private var chunks: Double { (paths / Double(VectorEngine.chunkPaths)).rounded(.up) }
  private var threads: Double { min(Double(options.threads), max(1, chunks)) }

  /// The run's tiles: places in canonical order.
  var tiles: [Range<Int>] {
    let size = max(1, tilePlans ?? bestTile)
    return stride(from: 0, to: plans, by: size).map { $0..<min(plans, $0 + size) }
  }

  private var bestTile: Int {
    let small = Self.standardTilePlans
    guard plans > small, bytes(tile: small) < bytes(tile: plans) else { return plans }
    return small
  }

  /// Whether rows of plans go to a file.
  var spills: Bool { rowBytes > Double(spillBytes) }

  /// Bytes of all rows of plans, packed.
  private var rowBytes: Double {
    let numbers = ArmPlans.numbersPerPlan(model, hasQuantiles: options.planQuantiles)
    return 8 * Double(numbers) * Double(plans) * Double(arms)
  }

  /// Bytes that the run asks for beyond those in use now.
  var runBytes: Double { bytes(tile: min(plans, max(1, tilePlans ?? bestTile))) }

  /// Bytes of a temporary file.
  var temporaryBytes: Double { spills ? rowBytes : 0 }

  private func bytes(tile: Int) -> Double {
    let totals = 8 * paths * years * earners
    // Quantiles over all years need a column, when the workers' memory is free again.
    let column = 8 * paths
    let blocks = (paths / Double(BlockRunner.width)).rounded(.up)
    let carried = tile < plans ? blocks * carriedBlockBytes : 0
    let rows = spills ? 0 : rowBytes
    // Names, ranks and shares of plans, and the sums that their shares of the gap come from.
    let answers = Double(plans) * (450 * Double(arms) + 150)
    let kept = options.keepsPaths ? 8 * paths * Double(model.inputs.count) : 0
    let working =
      carried + threads * workerBytes(tile: tile) + histogramBytes(tile: tile)
      + sumBytes(tile: tile)
    return Double(Self.programBytes) + totals + rows + answers + kept + max(column, working)
  }

  /// Cells of plans and groups, by which a run counts revenue under one arm.
  private func cells(tile: Int) -> Double { 2 * years * Double(tile + layout.groupCount) }

  /// Histograms that all threads share.
  private func histogramBytes(tile: Int) -> Double {
    options.planQuantiles ? earners * cells(tile: tile) * Self.histogramBytes : 0
  }

  /// Columns that plans add to, of one block.
  private var carriedBlockBytes: Double {
    let column = Double(ColumnBuffer.width * MemoryLayout<Double>.stride)
    let counts = Double(CountMetric.allCases.count) / 2
    var columns = earners * years * (1 + Double(layout.groupCount) + counts)
    if let support = portfolio.support {
      columns += Double(arms) * (16 + 8 * Double(support.cohorts.count) * (years + 1))
    }
    return column * columns
  }

  /// A thread's columns, and its histograms with the slots that wait to be counted.
  private func workerBytes(tile: Int) -> Double {
    let column = Double(ColumnBuffer.width * MemoryLayout<Double>.stride)
    let shared =
      Double(portfolio.programme.count + 64)
      + years * Double(portfolio.factorSeries.count + portfolio.events.count + 1)
    let money = portfolio.support == nil ? 0 : 64 + 24 * years
    let columns = column * (shared + money) + 2 * carriedBlockBytes
    let ofMoney =
      portfolio.support == nil
      ? 0
      : Double(
        FinanceLayout.loanCellCount(years: portfolio.years) + FinanceLayout.costCellCount
          + (options.planQuantiles ? tile : 0)) * Double(arms) * Self.histogramBytes / 2
    let slots =
      options.planQuantiles
      ? Double(
        HistogramBatch.slotBytes(
          cells: Int(earners * cells(tile: tile)), hasMoney: portfolio.support != nil)) : 0
    return columns + slots + ofMoney
  }

  /// Sums of the chunks that wait for a neighbour, of those being computed, and shifts.
  private func sumBytes(tile: Int) -> Double {
    let cells = 2 * years * Double(tile + layout.groupCount + 1)
    let moments = Double(MemoryLayout<ShiftedMoments>.stride + 24)
    // About as many numbers of plans occur as fit into some standard deviations.
    let counts =
      8 * Double(CountMetric.allCases.count) * years * min(Double(plans), 32 + Double(plans) / 8)
    let atOnce = threads + max(1, log2(max(1, chunks))) + 1
    return atOnce * Double(arms) * (cells * moments + counts)
  }

  /// - Throws: ``SimulationError/tooLarge(neededBytes:availableBytes:)`` or
  ///   ``SimulationError/diskFull(neededBytes:availableBytes:folder:)``.
  func check(temporaryFolder: String) throws(SimulationError) {
    try Machine.checkMemory(runBytes)
    try Machine.checkDisk(temporaryBytes, in: temporaryFolder)
  }
}

/// What the machine has left.
enum Machine {
  /// Share of what is available that a run may plan with.
  private static let usableShare = 0.9

  /// - Throws: where a number of further bytes does not fit in memory.
  static func checkMemory(_ bytes: Double) throws(SimulationError) {
    let available = availableMemory
    guard bytes > usableShare * available else { return }
    throw .tooLarge(
      neededBytes: Int(exactly: bytes.rounded()) ?? .max,
      availableBytes: Int(exactly: available.rounded()) ?? .max)
  }

  /// - Throws: where a number of bytes does not fit on a folder's disk.
  static func checkDisk(_ bytes: Double, in folder: String) throws(SimulationError) {
    guard bytes > 0, let free = freeDisk(folder), bytes > usableShare * free else { return }
    throw .diskFull(
      neededBytes: Int(exactly: bytes.rounded()) ?? .max,
      availableBytes: Int(exactly: free.rounded()) ?? .max, folder: folder)
  }

  /// Bytes of memory that can be had without swapping; all of it where the system does not tell.
  private static var availableMemory: Double {
    let all = Double(ProcessInfo.processInfo.physicalMemory)
    guard let text = try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("MemAvailable:") }),
      let kilobytes = line.split(separator: " ").dropFirst().first.flatMap({ Double($0) })
    else { return all }
    return min(all, kilobytes * 1_024)
  }

  /// Bytes of memory in use by this program.
  static var residentMemory: Double {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8),
      let pages = text.split(separator: " ").dropFirst().first.flatMap({ Double($0) })
    else { return 0 }
    return pages * Double(sysconf(Int32(_SC_PAGESIZE)))
  }

  private static func freeDisk(_ folder: String) -> Double? {
    var status = statvfs()
    guard statvfs(folder, &status) == 0 else { return nil }
    return Double(status.f_bavail) * Double(status.f_frsize)
  }
}
