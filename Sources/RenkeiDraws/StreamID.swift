// SPDX-License-Identifier: GPL-3.0-or-later

/// The name of a draw column: which random quantity of which entity in which year.
///
/// A draw column is a pure function of (seed, stream id, block), so a quantity keeps its draws when
/// other entities are added, removed or reordered. The hash is part of the numeric contract: a change
/// breaks every published value.
///
/// FNV-1a with 64 bits (Fowler, Noll and Vo) runs over the UTF-8 bytes of the entity, the byte 0xFF,
/// the bytes of the variable, 0xFF, and the year as eight bytes, lowest first; 0xFF never occurs in
/// UTF-8, so no two names share their bytes. The finaliser of splitmix64 (Steele, Lea and Flood, 2014)
/// then spreads nearby hashes. Names are hashed as their bytes stand: canonically equivalent spellings
/// (NFC, NFD) are different streams.
package struct StreamID: Hashable, Sendable {
  package let rawValue: UInt64

  /// The stream of `variable` of `entity` in `year`.
  ///
  /// - Parameters:
  ///   - entity: Identifier of what draws: a plan, a sector, the programme.
  ///   - variable: Name of the random quantity.
  ///   - year: Year index; 0 for a quantity drawn once.
  package init(entity: String, variable: String, year: Int = 0) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func absorb(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    for byte in entity.utf8 { absorb(byte) }
    absorb(0xff)
    for byte in variable.utf8 { absorb(byte) }
    absorb(0xff)
    let yearBits = UInt64(bitPattern: Int64(year))
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      absorb(UInt8(truncatingIfNeeded: yearBits >> shift))
    }
    rawValue = Self.finalised(hash)
  }

  private static func finalised(_ hash: UInt64) -> UInt64 {
    var z = (hash ^ (hash >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
