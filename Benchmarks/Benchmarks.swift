// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import Foundation
import RenkeiFiles
import Testing

/// Every benchmark, one after another. `make bench` runs them in release, prints the table and writes
/// `benchmarks.csv`; a debug run uses tiny sizes and shows that they work.
@Suite(.serialized)
struct Benchmarks {
  /// `make bench` names a folder for `benchmarks.csv`, and then takes its time.
  private static let folder = ProcessInfo.processInfo.environment["RENKEI_BENCHMARKS"]

  @Test func everyBenchmark() throws {
    let scratch = FileManager.default.temporaryDirectory
      .appending(path: "renkei-benchmarks-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    let startUp = StartUpBenchmarks(folder: scratch)
    var rows: [BenchmarkRow] = []
    print(BenchmarkTable.legend)
    for groups in [
      KernelBenchmarks().groups, [try PortfolioBenchmarks().group()],
      try ArmBenchmarks().groups(), [try SamplingBenchmarks().group()],
      try ScalingBenchmarks(isFull: Self.folder != nil).groups(), try startUp.groups(),
    ] {
      let measured = try groups.map { try $0.measured() }
      // Kernels are many groups of one name.
      let tables = Set(groups.map(\.name)).count == 1 ? [measured.flatMap { $0 }] : measured
      for table in tables { print(BenchmarkTable(rows: table).text) }
      // A full run takes minutes.
      fflush(nil)
      rows += measured.flatMap { $0 }
    }
    if startUp.program == nil, BenchmarkBuild.isOptimised {
      print("Start-up of the program: not measured, for there is no .build/release/renkei.")
    }
    if let folder = Self.folder {
      let text = BenchmarkFile(rows: rows).text
      try SafeFile.write(Array(text.utf8), to: "\(folder)/benchmarks.csv")
    }
    #expect(rows.allSatisfy { $0.best > 0 && $0.best.isFinite && $0.median >= $0.best })
  }

  /// The peer computes the same model: 5 standard errors of its mean.
  @Test func thePeerComputesTheSameModel() throws {
    let paths = BenchmarkBuild.isOptimised ? 10_000 : 200
    for kind in [cgsl_taus2(), cgsl_mt19937()] {
      let mean = ScalarB101(paths: paths, seed: 1, generator: try #require(kind)).mean
      #expect(abs(mean - 46_678_839_183) < 5 * 13_641_508_278 / Double(paths).squareRoot())
    }
  }
}
