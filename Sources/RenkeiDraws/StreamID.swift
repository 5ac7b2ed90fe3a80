// SPDX-License-Identifier: GPL-3.0-or-later

/// The stable address of a draw column within a seed: a hash of who draws what in which year.
///
/// FNV-1a (64 bits) over the UTF-8 bytes of the entity, 0x1F, the variable, 0x1F and the year as
/// eight little-endian bytes, then the finaliser of SplitMix64. Equal names give equal draws on
/// every machine and in every version of the numeric contract.
///
/// Source: Fowler, Noll, Vo, The FNV non-cryptographic hash algorithm; Steele, Lea, Flood, Fast
/// splittable pseudorandom number generators, 2014.
package struct StreamID: Hashable, Sendable {
  package let rawValue: UInt64

  package init(entity: String, variable: String, year: Int) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    for byte in entity.utf8 { add(byte) }
    add(0x1f)
    for byte in variable.utf8 { add(byte) }
    add(0x1f)
    let yearBits = UInt64(bitPattern: Int64(year))
    for shift in 0..<8 { add(UInt8(truncatingIfNeeded: yearBits >> UInt64(8 * shift))) }
    var mixed = hash
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    rawValue = mixed ^ (mixed >> 31)
  }
}
