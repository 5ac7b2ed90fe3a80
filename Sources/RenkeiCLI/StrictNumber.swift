// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Renkei

/// Numbers on the command line: plain digits in a stated range, nothing else.
enum StrictNumber {
  static let threadRange = 1...1_024

  static func paths(_ text: String) throws -> Int {
    try integer(text, in: SimulationSettings.pathRange)
  }

  static func threads(_ text: String) throws -> Int {
    try integer(text, in: threadRange)
  }

  static func seed(_ text: String) throws -> UInt64 {
    guard let value = NumberText.unsignedInteger(text) else {
      throw ValidationError("a whole number from 0 to \(UInt64.max), in plain digits")
    }
    return value
  }

  /// A tolerance: a number from 0 on.
  static func tolerance(_ text: String) throws -> Double {
    guard let value = try? NumberText.value(of: text, unit: .ratio), value >= 0 else {
      throw ValidationError("a number from 0, for example 0.01 or 1e-6")
    }
    return value
  }

  /// A number above 0.
  static func positive(_ text: String) throws -> Double {
    guard let value = try? NumberText.value(of: text, unit: .ratio), value > 0 else {
      throw ValidationError("a number above 0, for example 0.01")
    }
    return value
  }

  private static func integer(_ text: String, in range: ClosedRange<Int>) throws -> Int {
    guard let value = NumberText.unsignedInteger(text).flatMap({ Int(exactly: $0) }),
      range.contains(value)
    else {
      throw ValidationError(
        "a whole number from \(range.lowerBound) to \(range.upperBound), in plain digits")
    }
    return value
  }
}
