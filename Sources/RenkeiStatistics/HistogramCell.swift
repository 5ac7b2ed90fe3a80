// SPDX-License-Identifier: GPL-3.0-or-later

/// The counts of one cell.
///
/// A value's slot tells where it is counted. The first page has the slots of values outside the
/// range, and no more memory than they need; slot 256 + b of regular bin b lies in the pages after it,
/// two octaves each. After every column the first page is emptied into `zeros`, `low` and `overflow`.
struct HistogramCell {
  typealias Page = UnsafeMutablePointer<UInt16>
  typealias WidePage = UnsafeMutablePointer<UInt32>

  /// Where values are counted, with what makes the pages that are missing.
  struct Counts {
    let pages: UnsafeMutablePointer<Page?>
    let pool: CountPagePool

    /// Counts a value.
    @inline(__always)
    func add(_ slot: UInt16) {
      let index = Int(slot) / pageSlots
      let page = pages[index] ?? pool.page(index, in: pages)
      page[Int(slot) % pageSlots] &+= 1
    }

    /// Makes the pages of set bits.
    func make(pages bits: UInt64) {
      var rest = bits
      while rest != 0 {
        let index = rest.trailingZeroBitCount
        if pages[index] == nil { _ = pool.page(index, in: pages) }
        rest &= rest &- 1
      }
    }

    /// Counts a value whose page is there.
    @inline(__always)
    func addToPage(_ slot: UInt16) {
      pages[Int(slot) / pageSlots].unsafelyUnwrapped[Int(slot) % pageSlots] &+= 1
    }
  }

  static let pageSlots = 256
  static let pageCount = (LogHistogram.slotCount + pageSlots - 1) / pageSlots
  /// Counts in a page beyond which they move to wide ones when the cell is short of room.
  private static let fullCount: UInt16 = 1 << 15

  private(set) var total: UInt32 = 0
  private var zeros: UInt32 = 0
  /// Zeros and underflow.
  private var low: UInt32 = 0
  private var overflow: UInt32 = 0
  /// How many values may still be counted before a count of 16 bits could overflow.
  private var room = UInt32(UInt16.max)
  /// By page; nil before the first value. The first page, and memory for it, always exist.
  private var pages: UnsafeMutablePointer<Page?>?
  /// Counts that have left the pages; nil while there are none.
  private var widePages: UnsafeMutablePointer<WidePage?>?

  func deallocateTables() {
    pages?.deallocate()
    widePages?.deallocate()
  }

  private mutating func makePages() -> UnsafeMutablePointer<Page?> {
    if let pages { return pages }
    // The first page stands behind the table.
    let slots = LogHistogram.zeroSlots.upperBound
    let bytes = slots * MemoryLayout<UInt16>.stride
    let stride = MemoryLayout<Page?>.stride
    let made = UnsafeMutablePointer<Page?>.allocate(
      capacity: Self.pageCount + (bytes + stride - 1) / stride)
    made.initialize(repeating: nil, count: Self.pageCount)
    made[0] = UnsafeMutableRawPointer(made + Self.pageCount).initializeMemory(
      as: UInt16.self, repeating: 0, count: slots)
    pages = made
    return made
  }

  /// Counts values by their slots.
  ///
  /// - Parameter add: adds one to the count of every value of some.
  @inline(__always)
  mutating func record(count: Int, _ pool: CountPagePool, add: (Range<Int>, Counts) -> Void) {
    precondition(count >= 0, "a negative number of values")
    let pages = makePages()
    var done = 0
    while done < count {
      if Int(room) < min(count - done, Int(Self.fullCount)) { makeRoom(pool) }
      let end = done + min(count - done, Int(room))
      room -= UInt32(end - done)
      add(done..<end, Counts(pages: pages, pool: pool))
      takeFirstPage(of: pages, values: UInt32(end - done))
      done = end
    }
  }

  private mutating func takeFirstPage(of pages: UnsafeMutablePointer<Page?>, values: UInt32) {
    guard let page = pages[0] else { preconditionFailure("the first page is there") }
    let zeros = LogHistogram.zeroSlots.reduce(0) { $0 + UInt32(page[$1]) }
    add(
      total: values, zeros: zeros, low: zeros + UInt32(page[LogHistogram.underflowSlot]),
      overflow: UInt32(page[LogHistogram.overflowSlot]))
    page.update(repeating: 0, count: LogHistogram.zeroSlots.upperBound)
  }

  mutating func add(total: UInt32, zeros: UInt32, low: UInt32, overflow: UInt32 = 0) {
    self.total += total
    self.zeros += zeros
    self.low += low
    self.overflow += overflow
  }

  /// Moves the counts of full pages to wide ones.
  private mutating func makeRoom(_ pool: CountPagePool) {
    guard let pages else { return }
    var highest: UInt16 = 0
    for index in 1..<Self.pageCount {
      guard let page = pages[index] else { continue }
      let count = Self.highest(page)
      if count < Self.fullCount {
        highest = max(highest, count)
      } else {
        widen(index, page, pool)
      }
    }
    room = UInt32(UInt16.max - highest)
  }

  private static func highest(_ page: Page) -> UInt16 {
    var highest: UInt16 = 0
    for slot in 0..<pageSlots { highest = max(highest, page[slot]) }
    return highest
  }

  private mutating func widen(_ index: Int, _ page: Page, _ pool: CountPagePool) {
    let wide = makeWidePage(index, pool)
    for slot in 0..<Self.pageSlots {
      wide[slot] += UInt32(page[slot])
      page[slot] = 0
    }
  }

  private mutating func makeWidePage(_ index: Int, _ pool: CountPagePool) -> WidePage {
    let table =
      widePages
      ?? {
        let made = UnsafeMutablePointer<WidePage?>.allocate(capacity: Self.pageCount)
        made.initialize(repeating: nil, count: Self.pageCount)
        return made
      }()
    widePages = table
    return table[index] ?? pool.widePage(index, in: table)
  }

  /// Adds another cell's counts.
  mutating func merge(_ other: HistogramCell, _ pool: CountPagePool) {
    add(total: other.total, zeros: other.zeros, low: other.low, overflow: other.overflow)
    guard let sources = other.pages else { return }
    let pages = makePages()
    for index in 1..<Self.pageCount {
      if let source = sources[index] {
        let page = pages[index] ?? pool.page(index, in: pages)
        if Int(Self.highest(page)) + Int(Self.highest(source)) > Int(UInt16.max) {
          widen(index, page, pool)
        }
        for slot in 0..<Self.pageSlots { page[slot] += source[slot] }
      }
      if let source = other.widePages?[index] {
        let wide = makeWidePage(index, pool)
        for slot in 0..<Self.pageSlots { wide[slot] += source[slot] }
      }
    }
    makeRoom(pool)
  }
}

extension HistogramCell {
  /// The number of values in one bin. O(1).
  func count(of bin: LogHistogram.Bin) -> Int {
    switch bin {
    case .zero: return Int(zeros)
    case .underflow: return Int(low - zeros)
    case .overflow: return Int(overflow)
    case .regular(let index):
      precondition(index >= 0 && index < LogHistogram.regularBinCount, "no such histogram bin")
      let slot = LogHistogram.firstRegularSlot + index
      return count(page: slot / Self.pageSlots, slot: slot % Self.pageSlots)
    }
  }

  private func count(page: Int, slot: Int) -> Int {
    Int(pages?[page]?[slot] ?? 0) + Int(widePages?[page]?[slot] ?? 0)
  }

  private func count(page: Int) -> Int {
    var sum = 0
    if let page = pages?[page] {
      for slot in 0..<Self.pageSlots { sum &+= Int(page[slot]) }
    }
    if let page = widePages?[page] {
      for slot in 0..<Self.pageSlots { sum &+= Int(page[slot]) }
    }
    return sum
  }

  /// The bins of ascending ranks in 1 ... total, in one walk.
  func bins(ofAscendingRanks ranks: [Int]) -> [LogHistogram.Bin] {
    // The page at hand, the values below it, and its own.
    var (page, below, own) = (0, Int(low), 0)
    return ranks.map { rank in
      if rank <= low { return rank <= zeros ? .zero : .underflow }
      if rank > total - overflow { return .overflow }
      while below + own < rank {
        below += own
        page += 1
        own = count(page: page)
      }
      var (slot, reached) = (0, below + count(page: page, slot: 0))
      while reached < rank {
        slot += 1
        reached += count(page: page, slot: slot)
      }
      return .regular(page * Self.pageSlots + slot - LogHistogram.firstRegularSlot)
    }
  }
}
