// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A CSV file (RFC 4180) read row by row: memory for one row and a piece of the file, whatever its
/// size.
///
/// CR LF and LF both end a row, empty lines are skipped, a byte order mark too. Content is taken as
/// it is: nothing checks that it is UTF-8.
package final class CSVStream {
  /// Path as given.
  package let source: String
  /// Column names in file order.
  package private(set) var columns: [String] = []
  /// Line on which the current row begins, from 1.
  package private(set) var line = 0

  /// -1 where the bytes were at hand.
  private let descriptor: Int32
  private var buffer: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  /// Bytes of the buffer that hold content.
  private var filled = 0
  private var position = 0
  private var isAtEnd: Bool
  private var nextLine = 1
  /// Start and end of every cell of the row, one after the other.
  private var bounds: UnsafeMutablePointer<Int>
  private var boundsCapacity = 64
  private var cellCount = 0

  private static let pieceSize = 1 << 20
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")
  private static let comma = UInt8(ascii: ",")
  private static let quote = UInt8(ascii: "\"")

  /// Opens a file and reads its header.
  ///
  /// - Throws: FileAccessError, or DiagnosticReport for a damaged header.
  package init(path: String) throws {
    var status = stat()
    guard stat(path, &status) == 0 else { throw Self.failure(errno, path) }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      throw FileAccessError(path: path, reason: .isDirectory)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw FileAccessError(path: path, reason: .notRegular)
    }
    var opened: Int32
    repeat { opened = open(path, O_RDONLY | O_CLOEXEC) } while opened < 0 && errno == EINTR
    guard opened >= 0 else { throw Self.failure(errno, path) }
    source = path
    descriptor = opened
    capacity = 2 * Self.pieceSize
    buffer = .allocate(capacity: capacity)
    bounds = .allocate(capacity: 2 * boundsCapacity)
    isAtEnd = false
    try readHeader()
  }

  /// Reads bytes that are at hand.
  ///
  /// - Throws: DiagnosticReport for a damaged header.
  package init(_ bytes: [UInt8], source: String) throws {
    self.source = source
    descriptor = -1
    capacity = max(1, bytes.count)
    let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    _ = UnsafeMutableBufferPointer(start: copy, count: capacity).initialize(from: bytes)
    buffer = copy
    bounds = .allocate(capacity: 2 * boundsCapacity)
    filled = bytes.count
    isAtEnd = true
    try readHeader()
  }

  deinit {
    buffer.deallocate()
    bounds.deallocate()
    if descriptor >= 0 { _ = close(descriptor) }
  }

  /// Moves to the next row; false at the end. Cells of the row before are gone then.
  ///
  /// - Throws: FileAccessError, or DiagnosticReport for a row of the wrong length or a broken quote.
  package func next() throws -> Bool {
    guard try nextRow() else { return false }
    guard cellCount == columns.count else {
      throw problem(
        "csv-cells", "the row has \(cellCount) cells where the header has \(columns.count)")
    }
    return true
  }

  /// The content of a cell of the current row, quotes removed; valid until the next row.
  @inline(__always)
  package func cell(_ column: Int) -> UnsafeBufferPointer<UInt8> {
    precondition(column < cellCount, "a cell beyond the row")
    let start = bounds[2 * column]
    return UnsafeBufferPointer(start: buffer + start, count: bounds[2 * column + 1] - start)
  }

  /// The text of a cell of the current row.
  package func text(_ column: Int) -> String { String(decoding: cell(column), as: UTF8.self) }

  private func readHeader() throws {
    try fill()
    if filled >= 3, buffer[0] == 0xEF, buffer[1] == 0xBB, buffer[2] == 0xBF { position = 3 }
    guard try nextRow() else { throw problem("csv-empty", "the file has no header") }
    columns = (0..<cellCount).map { text($0) }
    guard Set(columns).count == columns.count else {
      throw problem("csv-header", "two columns have the same name")
    }
  }

  /// Finds the cells of the next row, its quoted cells unescaped in place.
  private func nextRow() throws -> Bool {
    while true {
      if position == filled, try !fill() { return false }
      let byte = buffer[position]
      guard byte == Self.lineFeed || byte == Self.carriageReturn else { break }
      if byte == Self.lineFeed { nextLine += 1 }
      position += 1
    }
    line = nextLine
    while true {
      if try scanRow() { return true }
      // The row goes on beyond what is in memory: it is found again from its start.
      if try !fill() {
        if try scanRow() { return true }
        throw problem("csv-quote", "the quote that opens in this row is never closed")
      }
    }
  }

  /// Whether the row that begins at `position` ends within the buffer (or with the file).
  private func scanRow() throws -> Bool {
    let (buffer, filled, isAtEnd) = (buffer, filled, isAtEnd)
    var index = position
    var lines = 0
    var hasQuotes = false
    var count = 0
    while true {
      if count == boundsCapacity { growBounds(keeping: count) }
      if index < filled, buffer[index] == Self.quote {
        hasQuotes = true
        guard let end = closingQuote(after: index, lines: &lines) else { return false }
        if end + 1 == filled, !isAtEnd { return false }
        bounds[2 * count] = index + 1
        bounds[2 * count + 1] = end
        index = end + 1
        guard index == filled || buffer[index] == Self.comma || isLineEnd(index) else {
          throw problem("csv-quote", "text follows the closing quote of a cell")
        }
      } else {
        let start = index
        while index < filled, buffer[index] != Self.comma, buffer[index] != Self.lineFeed {
          index += 1
        }
        if index == filled, !isAtEnd { return false }
        let isLast = index == filled || buffer[index] == Self.lineFeed
        let hasReturn = isLast && index > start && buffer[index - 1] == Self.carriageReturn
        bounds[2 * count] = start
        bounds[2 * count + 1] = hasReturn ? index - 1 : index
      }
      count += 1
      guard index < filled, buffer[index] == Self.comma else { break }
      index += 1
    }
    if index < filled, buffer[index] == Self.carriageReturn { index += 1 }
    if index < filled, buffer[index] == Self.lineFeed { index += 1 }
    nextLine += lines + 1
    position = index
    cellCount = count
    if hasQuotes { unescape() }
    return true
  }

  private func growBounds(keeping count: Int) {
    let larger = UnsafeMutablePointer<Int>.allocate(capacity: 4 * boundsCapacity)
    larger.update(from: bounds, count: 2 * count)
    bounds.deallocate()
    bounds = larger
    boundsCapacity *= 2
  }

  private func isLineEnd(_ index: Int) -> Bool {
    buffer[index] == Self.lineFeed || buffer[index] == Self.carriageReturn
  }

  private func closingQuote(after opening: Int, lines: inout Int) -> Int? {
    var index = opening + 1
    while index < filled {
      if buffer[index] == Self.quote {
        guard index + 1 < filled, buffer[index + 1] == Self.quote else { return index }
        index += 1
      } else if buffer[index] == Self.lineFeed {
        lines += 1
      }
      index += 1
    }
    return nil
  }

  /// Makes the doubled quotes of quoted cells single, in place.
  private func unescape() {
    for cell in 0..<cellCount {
      let (start, end) = (bounds[2 * cell], bounds[2 * cell + 1])
      guard start > 0, end > start, buffer[start - 1] == Self.quote else { continue }
      var written = start
      var index = start
      while index < end {
        buffer[written] = buffer[index]
        if buffer[index] == Self.quote { index += 1 }
        written += 1
        index += 1
      }
      bounds[2 * cell + 1] = written
    }
  }

  /// Moves what is left to the front and reads on; false at the end of the file.
  @discardableResult
  private func fill() throws -> Bool {
    if isAtEnd { return false }
    if position > 0 {
      buffer.update(from: buffer + position, count: filled - position)
      filled -= position
      position = 0
    }
    if filled > InputBytes.lineLimit {
      throw FileAccessError(path: source, reason: .longLine(limit: InputBytes.lineLimit))
    }
    if capacity - filled < Self.pieceSize {
      capacity = 2 * capacity
      let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
      larger.initialize(from: buffer, count: filled)
      buffer.deallocate()
      buffer = larger
    }
    while true {
      let count = read(descriptor, buffer + filled, Self.pieceSize)
      if count > 0 {
        filled += count
        return true
      }
      if count == 0 {
        isAtEnd = true
        return false
      }
      if errno != EINTR { throw Self.failure(errno, source) }
    }
  }

  private func problem(_ code: String, _ message: String) -> DiagnosticReport {
    DiagnosticReport([
      Diagnostic(
        code: code, at: SourceLocation(file: source, line: line), message: message)
    ])
  }

  private static func failure(_ code: Int32, _ path: String) -> FileAccessError {
    switch code {
    case ENOENT, ENOTDIR: FileAccessError(path: path, reason: .notFound)
    case EACCES, EPERM: FileAccessError(path: path, reason: .permissionDenied)
    default: FileAccessError(path: path, reason: .system(SystemMessage.text(code)))
    }
  }
}
