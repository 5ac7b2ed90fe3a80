// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels

/// The instruction set that the column kernels use. It never changes a result, only the speed.
public enum InstructionSet: String, CaseIterable, Sendable {
  /// SSE2 with emulated fma on x86-64, NEON on aarch64.
  case baseline
  /// x86-64-v3.
  case avx2
  /// x86-64-v4.
  case avx512

  private var code: Int32 {
    switch self {
    case .baseline: RK_BASELINE
    case .avx2: RK_AVX2
    case .avx512: RK_AVX512
    }
  }

  /// Whether this processor has it.
  public var isAvailable: Bool { rk_kernels_for(code) != nil }

  /// The fastest one of this processor.
  public static var best: InstructionSet {
    allCases.last { $0.isAvailable } ?? .baseline
  }

  /// Its kernels.
  ///
  /// - Precondition: ``isAvailable``.
  package var kernels: UnsafePointer<rk_kernels> {
    guard let kernels = rk_kernels_for(code) else {
      preconditionFailure("this processor lacks \(rawValue)")
    }
    return kernels
  }

  /// The instruction set that `RENKEI_ISA` forces, else the best.
  ///
  /// - Throws: ``InstructionSetError`` where the name is unknown or the processor lacks it.
  public static func selected(
    environment: [String: String]
  ) throws(InstructionSetError) -> InstructionSet {
    guard let name = environment["RENKEI_ISA"], !name.isEmpty else { return best }
    guard let set = InstructionSet(rawValue: name) else { throw .unknown(name) }
    guard set.isAvailable else { throw .unavailable(set) }
    return set
  }
}

/// Why `RENKEI_ISA` cannot be followed.
public enum InstructionSetError: Error, Equatable, CustomStringConvertible {
  case unknown(String)
  case unavailable(InstructionSet)

  public var description: String {
    let names = InstructionSet.allCases.map(\.rawValue).joined(separator: ", ")
    return switch self {
    case .unknown(let name): "RENKEI_ISA: '\(name)' is none of \(names)"
    case .unavailable(let set): "RENKEI_ISA: this processor has no \(set.rawValue)"
    }
  }
}
