// SPDX-License-Identifier: GPL-3.0-or-later

import CColumnKernels

/// The leaf kernels of one instruction set.
///
/// Call them through the table: `kernels.table.pointee.exp2(x, y)`. Contracts stand in
/// `column_kernels.h`; every set gives the same bits.
package struct ColumnKernels: @unchecked Sendable {
  // Unchecked because of the pointer alone: it points to a constant with static storage.
  package let table: UnsafePointer<rk_kernels>
  package let instructionSet: InstructionSet

  /// The kernels of an instruction set that this processor has.
  package init(_ instructionSet: InstructionSet) {
    guard let table = rk_kernels_for(Int32(instructionSet.rawValue)) else {
      preconditionFailure("this processor lacks \(instructionSet.name)")
    }
    self.table = table
    self.instructionSet = instructionSet
  }
}
