// swift-tools-version: 6.1
// SPDX-License-Identifier: GPL-3.0-or-later
import PackageDescription

let package = Package(
  name: "renkei",
  platforms: [.macOS(.v15)],
  targets: [
    .systemLibrary(
      name: "CGSL", pkgConfig: "gsl",
      providers: [.apt(["libgsl-dev", "pkg-config"]), .brew(["gsl", "pkgconf"])]),
    .target(name: "CColumnKernels"),
    .target(name: "RenkeiDistributions", dependencies: ["CGSL"]),
    .target(name: "RenkeiDraws", dependencies: ["CColumnKernels"]),
    .target(name: "RenkeiStatistics"),
    .testTarget(
      name: "RenkeiDistributionsTests", dependencies: ["RenkeiDistributions", "CGSL"]),
    .testTarget(name: "ArchitectureTests"),
    .testTarget(name: "RenkeiDrawsTests", dependencies: ["RenkeiDraws", "CColumnKernels"]),
    .testTarget(name: "RenkeiStatisticsTests", dependencies: ["RenkeiStatistics"]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c11
)
