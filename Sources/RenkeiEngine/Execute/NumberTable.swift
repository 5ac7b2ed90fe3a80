// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiDraws

extension rk_operand {
  /// A number that differs from path to path.
  static func column(_ column: UnsafePointer<Double>) -> rk_operand {
    rk_operand(base: column, mask: -1)
  }

  /// The number on one path of the block.
  subscript(path: Int) -> Double { base[path & Int(truncatingIfNeeded: mask)] }
}

/// Memory of one number of a plan, which may be the same on all paths of a block.
final class NumberSlot {
  let column: ColumnPointer
  private let fixed: ColumnPointer
  private(set) var operand: rk_operand

  /// - Parameters:
  ///   - column: 512 numbers.
  ///   - fixed: RK_LOGICAL_LANES numbers.
  init(column: ColumnPointer, fixed: ColumnPointer) {
    self.column = column
    self.fixed = fixed
    operand = rk_operand(base: UnsafePointer(fixed), mask: 0)
  }

  /// The same number on all paths.
  func set(_ number: Double) {
    fixed.update(repeating: number, count: Int(RK_LOGICAL_LANES))
    operand = rk_operand(base: UnsafePointer(fixed), mask: 0)
  }

  /// The numbers that `column` holds.
  func setColumn() { operand = .column(UnsafePointer(column)) }

  /// Numbers that stand elsewhere.
  func set(column: UnsafePointer<Double>) { operand = .column(column) }

  /// The number where it is the same on all paths.
  var constant: Double? { operand.mask == 0 ? operand.base[0] : nil }
}

/// Numbers of an arm that follow from its terms, as operands: fixed ones side by side, the others
/// in columns that are computed once a block.
final class NumberTable {
  private let groups: [NumberGroup]
  private let offsets: [Int]
  private let fixed: ColumnPointer
  private let operands: UnsafeMutablePointer<rk_operand>
  private let row: ColumnPointer
  private let columns: ColumnBuffer
  /// Groups that differ from path to path, with their first column.
  private let varying: [(group: Int, column: Int)]

  init(_ groups: [NumberGroup]) {
    self.groups = groups
    let lanes = Int(RK_LOGICAL_LANES)
    let counts = groups.map(\.count)
    offsets = counts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
    let total = max(1, offsets[groups.count])
    fixed = UnsafeMutableRawPointer.allocate(byteCount: total * lanes * 8, alignment: 64)
      .bindMemory(to: Double.self, capacity: total * lanes)
    fixed.initialize(repeating: 0, count: total * lanes)
    operands = .allocate(capacity: total)
    row = .allocate(capacity: max(1, counts.reduce(0, max)))
    var varying: [(group: Int, column: Int)] = []
    var columnCount = 0
    for (index, group) in groups.enumerated() where group.fixedInputs == nil {
      varying.append((index, columnCount))
      columnCount += group.count
    }
    self.varying = varying
    columns = ColumnBuffer(count: columnCount)
    for (index, group) in groups.enumerated() {
      guard let inputs = group.fixedInputs else { continue }
      group.compute(inputs, row)
      for number in 0..<group.count {
        let place = offsets[index] + number
        (fixed + place * lanes).update(repeating: row[number], count: lanes)
        (operands + place).initialize(
          to: rk_operand(base: UnsafePointer(fixed + place * lanes), mask: 0))
      }
    }
    for (index, first) in varying {
      for number in 0..<groups[index].count {
        (operands + offsets[index] + number).initialize(
          to: .column(UnsafePointer(columns[first + number])))
      }
    }
  }

  deinit {
    fixed.deallocate()
    operands.deallocate()
    row.deallocate()
  }

  /// Computes what differs from path to path.
  func run(shared: ColumnBuffer) {
    for (index, first) in varying {
      let group = groups[index]
      var inputs = group.inputs.map { input -> Double in
        if case .constant(let number) = input { number } else { 0 }
      }
      for path in 0..<BlockRunner.width {
        for (place, input) in group.inputs.enumerated() {
          if case .column(let column) = input { inputs[place] = shared[column][path] }
        }
        group.compute(inputs, row)
        for number in 0..<group.count { columns[first + number][path] = row[number] }
      }
    }
  }

  /// A number of a group.
  func operand(_ group: Int, _ index: Int = 0) -> rk_operand { operands[offsets[group] + index] }

  func operand(_ number: ArmNumber, _ index: Int = 0) -> rk_operand {
    operand(number.rawValue, index)
  }

  /// The numbers of a group one after the other.
  func first(_ group: Int) -> UnsafePointer<rk_operand> {
    UnsafePointer(operands + offsets[group])
  }
}

extension NumberGroup {
  /// The inputs where all are fixed.
  fileprivate var fixedInputs: [Double]? {
    var numbers: [Double] = []
    for input in inputs {
      guard case .constant(let number) = input else { return nil }
      numbers.append(number)
    }
    return numbers
  }
}
