// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Renkei

/// How a comparison prints to standard output.
enum ComparisonFormat: String, CaseIterable, ExpressibleByArgument {
  case table
  case markdown
  case csv
  case json

  /// Whether it shows what differs rather than everything.
  var isForPeople: Bool { self == .table || self == .markdown }
}

/// What a person wants to know of a comparison, kept in little memory, and the writers that want
/// every value.
final class ComparisonDigest: ComparisonVisitor {
  /// A place that every value goes to.
  private enum Writer {
    case csv(([UInt8]) throws -> Void)
    case json(([UInt8]) throws -> Void)
  }

  enum WriterKind {
    case csv
    case json
  }

  /// Differences shown to a person.
  static let limit = 30
  /// Bytes gathered before they are written.
  private static let pieceSize = 1 << 16

  /// Values compared.
  private(set) var count = 0
  /// Values with an interval.
  private(set) var judgedCount = 0
  private(set) var exceedingCount = 0
  private(set) var exceedingByVerdict: [ComparisonVerdict: Int] = [:]
  private(set) var hasDifference = false
  /// The most important differences beyond the tolerance, the most important first.
  private(set) var shown: [ComparisonRow] = []
  /// Asked from time to time whether to go on.
  var check: () throws -> Void = {}

  private let tolerance: Double
  private let lastYear: Int
  private var priorities: [ComparisonPriority] = []
  private var isHeadlineTable = false
  private var writers: [(writer: Writer, pending: [UInt8], rows: Int)] = []

  /// - Parameter lastYear: the horizon, whose total matters most.
  init(tolerance: Double, lastYear: Int) {
    self.tolerance = tolerance
    self.lastYear = lastYear
  }

  var toleranceText: String { DecimalText.shortest(tolerance) }

  var wantsIdentical: Bool { !writers.isEmpty }

  /// Adds a place that every value goes to.
  func add(_ kind: WriterKind, _ write: @escaping ([UInt8]) throws -> Void) {
    switch kind {
    case .csv:
      let header = CSVDocument(fileName: "", header: ComparisonRow.header, rows: [])
      writers.append((.csv(write), header.bytes(), 0))
    case .json: writers.append((.json(write), [], 0))
    }
  }

  func begin(table: String) { isHeadlineTable = table == "portfolio" || table == "goal" }

  func addIdentical(_ count: Int) { self.count += count }

  func visit(_ figures: ComparedFigures, _ place: () -> ComparisonPlace) throws {
    count += 1
    if count & 0xFFFF == 0 { try check() }
    if figures.verdict.isJudged { judgedCount += 1 }
    if figures.verdict != .identical { hasDifference = true }
    if figures.exceeds(tolerance: tolerance) {
      exceedingCount += 1
      exceedingByVerdict[figures.verdict, default: 0] += 1
      show(figures, place)
    }
    if !writers.isEmpty { try write(ComparisonRow(figures, at: place())) }
  }

  /// Writes what is still gathered.
  func finish() throws {
    for (writer, pending, rows) in writers {
      switch writer {
      case .csv(let write): try write(pending)
      case .json(let write): try write(pending + Array((rows == 0 ? "[]\n" : "\n]\n").utf8))
      }
    }
    writers = []
  }

  private func show(_ figures: ComparedFigures, _ place: () -> ComparisonPlace) {
    let isFull = shown.count == Self.limit
    // Most values of large tables matter less than what is there: their place is never told.
    if isFull, !isHeadlineTable, figures.a != nil || figures.b != nil,
      let last = priorities.last, !(ComparisonPriority(figures) < last)
    {
      return
    }
    let place = place()
    let priority = ComparisonPriority(figures, at: place, lastYear: lastYear)
    let index = priorities.firstIndex { priority < $0 } ?? priorities.count
    guard index < Self.limit else { return }
    priorities.insert(priority, at: index)
    shown.insert(ComparisonRow(figures, at: place), at: index)
    if shown.count > Self.limit {
      shown.removeLast()
      priorities.removeLast()
    }
  }

  private func write(_ row: ComparisonRow) throws {
    let document = CSVDocument(fileName: "", header: ComparisonRow.header, rows: [row.cells])
    for index in writers.indices {
      switch writers[index].writer {
      case .csv(let write):
        writers[index].pending += document.rowBytes
        try flush(index, write)
      case .json(let write):
        // An array of one, without its brackets.
        let text = document.json.document.dropFirst(2).dropLast(3)
        writers[index].pending += Array((writers[index].rows == 0 ? "[\n" : ",\n").utf8) + text
        try flush(index, write)
      }
      writers[index].rows += 1
    }
  }

  private func flush(_ index: Int, _ write: ([UInt8]) throws -> Void) throws {
    guard writers[index].pending.count >= Self.pieceSize else { return }
    try write(writers[index].pending)
    writers[index].pending.removeAll(keepingCapacity: true)
  }
}

/// The order in which differences matter to a person: missing files, the probability of the goal,
/// the portfolio's total in the last year, the rest of the goal, missing rows; then what is real,
/// what is judged at all and what is not, by falling relative difference.
struct ComparisonPriority: Comparable {
  private let rank: Int
  private let relativeDifference: Double

  /// Of a value that no headline holds.
  init(_ figures: ComparedFigures) {
    rank = Self.rank(figures)
    relativeDifference = Self.relativeDifference(figures)
  }

  private static func rank(_ figures: ComparedFigures) -> Int {
    figures.verdict == .real ? 6 : figures.verdict.isJudged ? 7 : 8
  }

  init(_ figures: ComparedFigures, at place: ComparisonPlace, lastYear: Int) {
    let isTotal =
      place.table == "portfolio" && place.measure == "cumulative" && Int(place.year) == lastYear
    switch place.metric {
    case "": rank = place.armA.isEmpty && place.armB.isEmpty ? 0 : 5
    case "probability" where place.table == "goal": rank = 1
    case "mean_yen" where isTotal: rank = 2
    case "p05_yen" where isTotal, "p50_yen" where isTotal, "p95_yen" where isTotal: rank = 3
    case "mean_gap_to_goal_yen", "cvar95_gap_to_goal_yen", "attainment_ratio_mean": rank = 4
    default: rank = Self.rank(figures)
    }
    relativeDifference = Self.relativeDifference(figures)
  }

  private static func relativeDifference(_ figures: ComparedFigures) -> Double {
    guard let a = figures.a, let b = figures.b else { return .infinity }
    return (b - a).magnitude / max(1, a.magnitude, b.magnitude)
  }

  static func < (a: ComparisonPriority, b: ComparisonPriority) -> Bool {
    a.rank == b.rank ? a.relativeDifference > b.relativeDifference : a.rank < b.rank
  }
}
