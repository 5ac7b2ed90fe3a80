// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// The SHA-256 hash (FIPS 180-4, Secure Hash Standard, section 6.2).
///
/// Small enough to carry along: a cryptography package would take longer to build than the rest.
public struct SHA256: Sendable {
  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
    0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  private var pending: [UInt8] = []
  private var byteCount: UInt64 = 0

  public init() {}

  /// The hash of `bytes` as 64 lower-case hexadecimal digits.
  public static func hexadecimal(of bytes: some Collection<UInt8>) -> String {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finalized()
  }

  /// The hash of a file, read piece by piece.
  ///
  /// - Throws: FileAccessError.
  package static func hexadecimal(ofFile path: String) throws -> String {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw FileAccessError(path: path, reason: .permissionDenied)
    }
    defer { try? handle.close() }
    var hash = SHA256()
    do {
      while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
        hash.update(Array(piece))
      }
    } catch {
      throw FileAccessError(path: path, reason: .system(error.localizedDescription))
    }
    return hash.finalized()
  }

  /// One hash for several files: that of their hashes in their order, each with a line break.
  package static func hexadecimal(ofHashes hashes: [String]) -> String {
    hexadecimal(of: hashes.map { $0 + "\n" }.joined().utf8)
  }

  /// Appends bytes to the message.
  public mutating func update(_ bytes: some Collection<UInt8>) {
    byteCount += UInt64(bytes.count)
    if bytes.withContiguousStorageIfAvailable({ absorb($0) }) == nil {
      Array(bytes).withUnsafeBufferPointer { absorb($0) }
    }
  }

  /// The hash of all bytes so far; the message can then be continued.
  public func finalized() -> String {
    var copy = self
    var padding: [UInt8] = [0x80]
    let used = (pending.count + 1) % 64
    padding += repeatElement(0, count: (56 - used + 64) % 64)
    for shift in stride(from: 56, through: 0, by: -8) {
      padding.append(UInt8(truncatingIfNeeded: (byteCount &* 8) >> UInt64(shift)))
    }
    padding.withUnsafeBufferPointer { copy.absorb($0) }
    return copy.state.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  private mutating func absorb(_ bytes: UnsafeBufferPointer<UInt8>) {
    var index = 0
    if !pending.isEmpty {
      let taken = min(64 - pending.count, bytes.count)
      pending.append(contentsOf: bytes[0..<taken])
      index = taken
      guard pending.count == 64 else { return }
      let block = pending
      block.withUnsafeBufferPointer { compress($0, at: 0) }
      pending.removeAll(keepingCapacity: true)
    }
    while index + 64 <= bytes.count {
      compress(bytes, at: index)
      index += 64
    }
    pending.append(contentsOf: bytes[index...])
  }

  private mutating func compress(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
      for t in 0..<16 {
        let base = offset &+ t &* 4
        schedule[t] =
          UInt32(bytes[base]) << 24 | UInt32(bytes[base &+ 1]) << 16
          | UInt32(bytes[base &+ 2]) << 8 | UInt32(bytes[base &+ 3])
      }
      for t in 16..<64 {
        let (x, y) = (schedule[t &- 15], schedule[t &- 2])
        let small0 = Self.rotate(x, 7) ^ Self.rotate(x, 18) ^ (x &>> 3)
        let small1 = Self.rotate(y, 17) ^ Self.rotate(y, 19) ^ (y &>> 10)
        schedule[t] = small1 &+ schedule[t &- 7] &+ small0 &+ schedule[t &- 16]
      }
      var (a, b, c, d) = (state[0], state[1], state[2], state[3])
      var (e, f, g, h) = (state[4], state[5], state[6], state[7])
      Self.roundConstants.withUnsafeBufferPointer { constants in
        for t in 0..<64 {
          let big1 = Self.rotate(e, 6) ^ Self.rotate(e, 11) ^ Self.rotate(e, 25)
          let choice = (e & f) ^ (~e & g)
          let t1 = h &+ big1 &+ choice &+ constants[t] &+ schedule[t]
          let big0 = Self.rotate(a, 2) ^ Self.rotate(a, 13) ^ Self.rotate(a, 22)
          let majority = (a & b) ^ (a & c) ^ (b & c)
          let t2 = big0 &+ majority
          (h, g, f, e, d, c, b, a) = (g, f, e, d &+ t1, c, b, a, t1 &+ t2)
        }
      }
      for (index, word) in [a, b, c, d, e, f, g, h].enumerated() { state[index] &+= word }
    }
  }

  private static func rotate(_ x: UInt32, _ count: UInt32) -> UInt32 {
    (x &>> count) | (x &<< (32 &- count))
  }

  /// Fractional parts of the cube roots of the first 64 primes.
  private static let roundConstants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
    0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
    0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
    0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
    0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
    0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
    0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
    0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
    0xc671_78f2,
  ]
}
