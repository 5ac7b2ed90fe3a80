// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import CGSL
import Foundation
import RenkeiDraws
import RenkeiEngine
import RenkeiFiles
import RenkeiModel
import Testing

/// The core's speed: leaf kernels and the benchmark model B101, beside a scalar loop on GSL in the
/// same run. `make bench` runs it in release and prints the table; a debug run uses tiny sizes.
@Suite(.serialized)
struct CoreBenchmarks {
  private static let isQuick = !BenchmarkTable.isOptimised

  @Test func coreBesideScalarGSL() throws {
    var table = BenchmarkTable()
    measureKernels(&table)
    try measureB101(&table)
    print(table.text(title: "Renkei benchmarks"))
    try Self.write(table.csv)
    #expect(table.rows.allSatisfy { $0.nanosecondsPerItem > 0 })
  }

  /// Each leaf kernel on one column, by instruction set.
  private func measureKernels(_ table: inout BenchmarkTable) {
    let columns = ColumnBuffer(count: 5)
    let counters = UnsafeMutablePointer<UInt64>.allocate(capacity: Self.counterWords + 8)
    counters.initialize(repeating: 0, count: Self.counterWords + 8)
    defer { counters.deallocate() }
    let repeats = Self.isQuick ? 2 : 2_000
    for set in InstructionSet.available {
      let kernels = ColumnKernels(set).table
      kernels.pointee.uniforms(1, 2, 3, columns[2])
      let bodies: [(String, () -> Void)] = [
        ("normals", { kernels.pointee.normals(1, 2, 3, columns[0]) }),
        ("uniforms", { kernels.pointee.uniforms(1, 2, 3, columns[0]) }),
        ("normal quantile", { kernels.pointee.normal_quantile(columns[2], columns[0]) }),
        ("exp2", { kernels.pointee.exp2(columns[2], columns[0]) }),
        ("log2", { kernels.pointee.log2(columns[2], columns[0]) }),
        ("scaled sum", { kernels.pointee.scaled_sum(2, columns[2], 3, columns[2], columns[0]) }),
        (
          "walk",
          {
            kernels.pointee.fill(0, columns[1])
            kernels.pointee.walk(1.6, columns[2], columns[2], 1, columns[1], columns[0])
          }
        ),
        ("year in one pass", { Self.accountYear(kernels, columns, counters) }),
      ]
      for (name, body) in bodies {
        let fewer = set == .baseline ? max(1, repeats / 20) : repeats
        table.measure(
          group: "leaf kernel", name: name, instructionSet: set.name, items: fewer * 512,
          unit: "value"
        ) {
          for _ in 0..<fewer { body() }
        }
      }
    }
  }

  private static let counterWords = Int(RK_COUNTERS) * Int(RK_COUNTER_WORDS)

  /// A year of a plan with all that is counted: walk, level, moments, answers.
  private static func accountYear(
    _ kernels: UnsafePointer<rk_kernels>, _ columns: ColumnBuffer,
    _ counters: UnsafeMutablePointer<UInt64>
  ) {
    kernels.pointee.fill(0, columns[1])
    var step = rk_step(
      s: 1.6, z: columns[2], drift: columns[2], walk: columns[1], scale: 1, factors: nil,
      factor_count: 0)
    var account = rk_account(
      level: columns[0], clock: columns[2], clock_limit: 0.95, entry: nil, entry_limit: 0,
      revenue: nil, cumulative: columns[3], portfolio: columns[4], counters: counters,
      ever: counters + counterWords, shift: 1, cumulative_shift: 1, target: 1,
      cumulative_target: 1, range_low: 1, range_high: 2, paths: Int32(RK_WIDTH))
    var sums = rk_account_sums()
    kernels.pointee.walk_and_account(&step, &account, &sums)
  }

  /// The whole engine with its statistics, by instruction set and threads, and its peer.
  private func measureB101(_ table: inout BenchmarkTable) throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Scenarios/benchmark-b101.yaml").path
    let model = try ScenarioFile.load(path: path).scenario.resolved()
    let paths = Self.isQuick ? 512 : 200_000
    for set in InstructionSet.available.reversed() {
      for threads in [1, 2] {
        for quantiles in [false, true] {
          let count = set == .baseline ? max(512, paths / 50) : paths
          let engine = try VectorEngine(
            model: model,
            options: SimulationOptions(
              paths: count, seed: 1, threads: threads, planQuantiles: quantiles),
            instructionSet: set)
          try table.measure(
            group: "B101", name: quantiles ? "vector, plan quantiles" : "vector",
            instructionSet: set.name, threads: threads, items: count * 505, unit: "plan-year",
            repetitions: Self.isQuick ? 1 : 5
          ) {
            _ = try engine.run()
          }
        }
      }
    }
    let scalarPaths = Self.isQuick ? 50 : 10_000
    for (name, kind) in [("taus2", cgsl_taus2()), ("mt19937", cgsl_mt19937())] {
      guard let kind else { continue }
      var mean = 0.0
      table.measure(
        group: "B101", name: "scalar gsl_ran_* \(name)", items: scalarPaths * 505,
        unit: "plan-year", repetitions: Self.isQuick ? 1 : 3
      ) {
        mean = ScalarB101(paths: scalarPaths, seed: 1, generator: kind).mean
      }
      // The peer must compute the same model: 5 standard errors of its mean.
      #expect(
        abs(mean - 46_678_839_183) < 5 * 13_641_508_278 / Double(scalarPaths).squareRoot())
    }
  }

  /// `benchmarks.csv` in the folder that RENKEI_BENCHMARKS names; nowhere without it.
  private static func write(_ csv: String) throws {
    guard let folder = ProcessInfo.processInfo.environment["RENKEI_BENCHMARKS"] else { return }
    try SafeFile.write(Array(csv.utf8), to: "\(folder)/benchmarks.csv")
  }
}
