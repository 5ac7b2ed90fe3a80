// SPDX-License-Identifier: GPL-3.0-or-later

import CColumnKernels

/// What makes one randomisation of one coordinate of a digital sequence: the key of its nested
/// uniform scramble, and a digital shift that makes every single point exactly uniform.
package struct NetScramble: Sendable, Hashable {
  package let key: UInt32
  package let shift: UInt32

  /// Counter words 16 and above seed no generator of a draw column.
  private static let counterWord: UInt32 = 16

  /// The scramble of a coordinate in one randomisation: words of Philox4x32-10 with key (seed low,
  /// seed high) and counter (stream low, stream high, randomisation, 16).
  package init(seed: UInt64, stream: UInt64, randomisation: UInt32) {
    let counter = [
      UInt32(truncatingIfNeeded: stream), UInt32(truncatingIfNeeded: stream >> 32), randomisation,
      Self.counterWord,
    ]
    let word = [UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)]
    var output = [UInt32](repeating: 0, count: 4)
    rk_philox4x32_10(counter, word, &output)
    key = output[0]
    shift = output[1]
  }
}
