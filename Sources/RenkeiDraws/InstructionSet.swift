// SPDX-License-Identifier: GPL-3.0-or-later

import CColumnKernels

/// The instruction set whose kernels run. It changes the speed, never a bit of a result.
public enum InstructionSet: Int, CaseIterable, Comparable, Sendable {
  /// SSE2 with emulated fma on x86-64, NEON on aarch64.
  case baseline
  /// 4 lanes: x86-64-v3.
  case avx2
  /// 8 lanes: x86-64-v4.
  case avx512

  /// The environment variable that forces an instruction set.
  public static let environmentVariable = "RENKEI_ISA"

  /// The fastest that this processor has.
  public static var best: InstructionSet {
    InstructionSet(rawValue: Int(rk_best_isa())) ?? .baseline
  }

  /// All that this processor has, slowest first.
  public static var available: [InstructionSet] { allCases.filter(\.isAvailable) }

  public static func < (a: InstructionSet, b: InstructionSet) -> Bool { a.rawValue < b.rawValue }

  public var name: String {
    switch self {
    case .baseline: "baseline"
    case .avx2: "avx2"
    case .avx512: "avx512"
    }
  }

  /// Whether this processor has it.
  public var isAvailable: Bool { rk_kernels_for(Int32(rawValue)) != nil }

  /// The instruction set of that name, or nil if there is none.
  public init?(name: String) {
    guard let match = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = match
  }

  /// The instruction set that RENKEI_ISA names, or the best one if it is unset or empty.
  ///
  /// - Throws: `InstructionSetError` if the name is unknown or this processor lacks the set.
  public static func selected(
    environment: [String: String]
  ) throws(InstructionSetError) -> InstructionSet {
    guard let name = environment[environmentVariable], !name.isEmpty else { return best }
    guard let set = InstructionSet(name: name) else { throw .unknownName(name) }
    guard set.isAvailable else { throw .unavailable(set) }
    return set
  }
}

/// Why an instruction set cannot be used.
public enum InstructionSetError: Error, Equatable, CustomStringConvertible {
  case unknownName(String)
  case unavailable(InstructionSet)

  public var description: String {
    switch self {
    case .unknownName(let name):
      let allowed = InstructionSet.allCases.map(\.name).joined(separator: ", ")
      return "\(InstructionSet.environmentVariable) is \"\(name)\"; allowed are \(allowed)"
    case .unavailable(let set):
      let present = InstructionSet.available.map(\.name).joined(separator: ", ")
      return "\(InstructionSet.environmentVariable) asks for \(set.name), which this processor "
        + "lacks; it has \(present)"
    }
  }
}
