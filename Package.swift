// swift-tools-version: 6.1
// SPDX-License-Identifier: GPL-3.0-or-later
import PackageDescription

let argumentParser: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")

let package = Package(
  name: "renkei",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "renkei", targets: ["RenkeiCLI"]),
    .library(name: "Renkei", targets: ["Renkei"]),
  ],
  dependencies: [
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
  ],
  targets: [
    .systemLibrary(
      name: "CGSL", pkgConfig: "gsl",
      providers: [.apt(["libgsl-dev", "pkg-config"]), .brew(["gsl", "pkgconf"])]),
    .target(name: "CColumnKernels"),
    .target(name: "RenkeiDistributions", dependencies: ["CGSL"]),
    .target(name: "RenkeiDraws", dependencies: ["CColumnKernels"]),
    .target(name: "RenkeiStatistics"),
    .target(name: "RenkeiModel", dependencies: ["RenkeiDistributions", "RenkeiStatistics"]),
    .target(
      name: "RenkeiFiles", dependencies: ["RenkeiModel", "RenkeiDistributions", yams]),
    .target(
      name: "RenkeiEngine",
      dependencies: [
        "RenkeiModel", "RenkeiDraws", "CColumnKernels", "RenkeiDistributions", "RenkeiStatistics",
      ]),
    .target(
      name: "RenkeiReference",
      dependencies: [
        "RenkeiModel", "RenkeiDraws", "CGSL", "RenkeiDistributions", "RenkeiStatistics",
      ]),
    .target(
      name: "RenkeiAnalysis",
      dependencies: [
        "RenkeiEngine", "RenkeiModel", "RenkeiDraws", "RenkeiDistributions", "RenkeiStatistics",
        "RenkeiFiles",
      ]),
    .target(name: "RenkeiReports", dependencies: ["RenkeiModel", "RenkeiStatistics"]),
    .target(
      name: "RenkeiPages",
      dependencies: ["RenkeiFiles", "RenkeiReports", "RenkeiStatistics", mustache],
      // In the binary, which then works wherever it is copied.
      resources: [
        .embedInCode("Resources/page.mustache"), .embedInCode("Resources/chart.mustache"),
        .embedInCode("Resources/page.css"), .embedInCode("Resources/chart.css"),
        .embedInCode("Resources/page.js"),
      ]),
    .target(
      name: "Renkei",
      dependencies: [
        "RenkeiDistributions", "RenkeiDraws", "RenkeiStatistics", "RenkeiModel", "RenkeiFiles",
        "RenkeiEngine", "RenkeiReference", "RenkeiAnalysis", "RenkeiReports",
      ]),
    .executableTarget(
      name: "RenkeiCLI", dependencies: ["Renkei", "RenkeiPages", argumentParser]),
    .testTarget(
      name: "RenkeiDistributionsTests", dependencies: ["RenkeiDistributions", "CGSL"]),
    .testTarget(name: "ArchitectureTests"),
    .testTarget(name: "RenkeiDrawsTests", dependencies: ["RenkeiDraws", "CColumnKernels"]),
    .testTarget(name: "RenkeiStatisticsTests", dependencies: ["RenkeiStatistics"]),
    .testTarget(name: "RenkeiModelTests", dependencies: ["RenkeiModel"]),
    .testTarget(name: "RenkeiFilesTests", dependencies: ["RenkeiFiles"]),
    .testTarget(
      name: "RenkeiEngineTests",
      dependencies: ["RenkeiEngine", "RenkeiReference", "RenkeiFiles"]),
    .testTarget(
      name: "RenkeiReferenceTests",
      dependencies: ["RenkeiReference", "RenkeiEngine", "RenkeiFiles"]),
    .testTarget(
      name: "RenkeiAnalysisTests",
      dependencies: ["RenkeiAnalysis", "RenkeiDistributions", "RenkeiFiles", "RenkeiModel"]),
    .testTarget(
      name: "ScenarioTests",
      dependencies: [
        "RenkeiAnalysis", "RenkeiEngine", "RenkeiFiles", "RenkeiModel", "RenkeiReports",
      ],
      exclude: ["headlines.csv"]),
    .testTarget(name: "RenkeiReportsTests", dependencies: ["RenkeiReports"]),
    .testTarget(name: "RenkeiPagesTests", dependencies: ["RenkeiPages", "RenkeiFiles"]),
    .testTarget(name: "RenkeiCLITests", dependencies: ["RenkeiCLI", "Renkei"]),
    .testTarget(
      name: "RenkeiBenchmarks",
      dependencies: ["RenkeiEngine", "RenkeiFiles", "RenkeiDraws", "CColumnKernels", "CGSL"],
      path: "Benchmarks"),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c11
)

// Fuzz targets link against the fuzzer's own driver, so they exist only where it does: `make fuzz`.
if Context.environment["RENKEI_FUZZ"] != nil {
  package.targets += ["FuzzScenario", "FuzzPlanList", "FuzzSetting"].map { name in
    .executableTarget(
      name: name, dependencies: ["RenkeiFiles", "RenkeiModel"], path: "Tests/Fuzz/\(name)")
  }
}
