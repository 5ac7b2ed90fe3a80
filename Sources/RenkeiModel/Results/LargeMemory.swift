// SPDX-License-Identifier: GPL-3.0-or-later
#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Zeroed memory for long columns, straight from the operating system.
///
/// Pages come into being where they are first written, by whichever thread writes them; where the
/// system has huge pages it is asked for them, since a column of a million paths otherwise costs
/// two thousand interruptions.
package final class LargeMemory {
  package let doubles: UnsafeMutableBufferPointer<Double>
  private let region: UnsafeMutableRawPointer
  private let regionBytes: Int

  /// Size of a huge page on x86-64 and on most aarch64 systems.
  private static let hugePageBytes = 1 << 21

  /// - Parameter count: number of doubles, each 0.
  package init(count: Int) {
    let page = Self.hugePageBytes
    let bytes = max(1, count) * MemoryLayout<Double>.stride
    // Room to begin at a huge page where the column fills one.
    regionBytes = bytes < page ? bytes : bytes + page
    guard
      let region = mmap(nil, regionBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      region != MAP_FAILED
    else { fatalError("no memory for a column of \(count) paths") }
    self.region = region
    let start = bytes < page ? region : region.alignedUp(toMultipleOf: page)
    #if os(Linux)
      // Refusal costs time alone.
      if bytes >= page { _ = madvise(start, bytes / page * page, MADV_HUGEPAGE) }
    #endif
    doubles = UnsafeMutableBufferPointer(
      start: start.bindMemory(to: Double.self, capacity: max(1, count)), count: count)
  }

  deinit { munmap(region, regionBytes) }
}
