// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiFiles
import RenkeiModel

/// The cells of a synthetic plan list while it grows column by column.
struct PlanCells {
  private let specification: PlanListSpecification
  private let draws: SynthesisDraws
  /// Text by column and plan; nil is an empty cell.
  private(set) var columns: [String: [String?]] = [:]

  init(_ specification: PlanListSpecification) {
    self.specification = specification
    draws = SynthesisDraws(seed: specification.seed)
  }

  /// Draws one column whose conditions read only columns that are there already.
  ///
  /// Cells of named plans stay as stated.
  ///
  /// - Throws: DiagnosticReport where named plans leave no room for a share.
  mutating func draw(_ column: SynthesizedColumn) throws(DiagnosticReport) {
    columns[column.name] = try text(of: column)
  }

  /// Replaces a column by numbers.
  mutating func set(_ column: String, to numbers: [Double]) {
    columns[column] = numbers.map { PlainDecimal.text($0) }
  }

  /// The numbers of a column that is drawn, nil for empty cells and for text.
  ///
  /// - Parameter attempt: which of the column's streams is used.
  func numbers(of column: SynthesizedColumn, attempt: Int) -> [Double?] {
    let uniforms = draws.uniforms(
      column: column.name, .cell, attempt: attempt, count: specification.count)
    var numbers = (0..<specification.count).map { fixedNumber(column.name, $0) }
    for (index, plans) in membersByCase(column).enumerated() {
      for plan in plans where fixed(column.name, plan) == nil {
        numbers[plan] = number(column.cases[index].source, uniforms[plan])
      }
    }
    return numbers
  }

  /// The number that a named plan states in a column.
  func fixedNumber(_ column: String, _ plan: Int) -> Double? {
    fixed(column, plan).flatMap { try? NumberText.value(of: $0) }
  }

  /// Whether a plan meets all conditions.
  func meets(_ conditions: [Condition], plan: Int) -> Bool {
    conditions.allSatisfy { $0.isMet(by: columns[$0.column]?[plan]) }
  }

  private func fixed(_ column: String, _ plan: Int) -> String? {
    plan < specification.fixedPlans.count
      ? specification.fixedPlans[plan].cells[column] : nil
  }

  /// The plans of each case: a plan belongs to the first case whose conditions it meets.
  private func membersByCase(_ column: SynthesizedColumn) -> [[Int]] {
    var members = [[Int]](repeating: [], count: column.cases.count)
    for plan in 0..<specification.count {
      let index = column.cases.firstIndex { meets($0.conditions, plan: plan) }
      if let index { members[index].append(plan) }
    }
    return members
  }

  private func number(_ source: CellSource, _ uniform: Double) -> Double? {
    switch source {
    case .constant(let text):
      return try? NumberText.value(of: text)
    case .weights(let items):
      let text = items[WeightedChoice(items.map(\.weight)).pick(uniform).index].text
      return try? NumberText.value(of: text)
    case .bands(let bands):
      let (index, rest) = WeightedChoice(bands.map(\.weight)).pick(uniform)
      let range = bands[index].range
      return Double(range.lowerBound + Int(rest * Double(range.count)))
    case .number(let mixture, let unit):
      return mixture.value(uniform).rounded(toMultipleOf: unit)
    case .shares, .phrases:
      return nil
    }
  }

  private func text(of column: SynthesizedColumn) throws(DiagnosticReport) -> [String?] {
    let uniforms = draws.uniforms(column: column.name, .cell, count: specification.count)
    var cells = (0..<specification.count).map { fixed(column.name, $0) }
    for (index, plans) in membersByCase(column).enumerated() {
      let open = plans.filter { fixed(column.name, $0) == nil }
      switch column.cases[index].source {
      case .constant(let text):
        for plan in open { cells[plan] = text }
      case .weights(let items):
        let choice = WeightedChoice(items.map(\.weight))
        for plan in open { cells[plan] = items[choice.pick(uniforms[plan]).index].text }
      case .bands, .number:
        for plan in open {
          cells[plan] = number(column.cases[index].source, uniforms[plan]).flatMap {
            PlainDecimal.text($0)
          }
        }
      case .shares(let items):
        let counts = try remainingCounts(items, column, column.cases[index], plans: plans)
        let texts = zip(items, counts).flatMap { Array(repeating: $0.text, count: $1) }
        let order = open.sorted { (uniforms[$0], $0) < (uniforms[$1], $1) }
        for (plan, text) in zip(order, texts) { cells[plan] = text }
      case .phrases(let lists):
        var deck = PhraseDeck(lists)
        for plan in open { cells[plan] = deck.deal(uniforms[plan]) }
      }
    }
    return cells
  }

  /// For how many of the plans that are not fixed each text remains.
  private func remainingCounts(
    _ items: [(text: String, weight: Double)], _ column: SynthesizedColumn, _ item: ColumnCase,
    plans: [Int]
  ) throws(DiagnosticReport) -> [Int] {
    let fixedCells = plans.compactMap { fixed(column.name, $0) }
    let counts = Apportionment.counts(of: plans.count, weights: items.map(\.weight))
    let remaining = zip(items, counts).map { entry, count in
      count - fixedCells.count { $0 == entry.text }
    }
    let strangers = fixedCells.filter { cell in !items.contains { $0.text == cell } }
    if let culprit = remaining.firstIndex(where: { $0 < 0 }) ?? (strangers.isEmpty ? nil : 0) {
      let text = strangers.first ?? items[culprit].text
      throw DiagnosticReport([
        Diagnostic(
          code: "crowded-share", at: item.location, key: "columns.\(column.name).shares",
          value: text, message: "the named plans take more plans of this value than its share",
          suggestion: "raise its share, or use weights")
      ])
    }
    return remaining
  }
}

/// Whole numbers in proportion to weights.
enum Apportionment {
  /// Splits `total` by largest remainders (Hamilton's method); ties go to the earlier weight.
  static func counts(of total: Int, weights: [Double]) -> [Int] {
    let sum = weights.reduce(0, +)
    let exact = weights.map { $0 / sum * Double(total) }
    var counts = exact.map { Int($0.rounded(.down)) }
    let order = weights.indices.sorted { a, b in
      let (left, right) = (exact[a] - Double(counts[a]), exact[b] - Double(counts[b]))
      return left == right ? a < b : left > right
    }
    for index in order.prefix(max(0, total - counts.reduce(0, +))) { counts[index] += 1 }
    return counts
  }
}

/// Combinations of words, dealt so that none comes again before all have come.
struct PhraseDeck {
  private let lists: [[String]]
  private let size: Int
  private var isDealt: [Bool]
  private var left: Int
  private var round = 1

  init(_ lists: [[String]]) {
    self.lists = lists
    size = lists.reduce(1) { $0 * $1.count }
    isDealt = Array(repeating: false, count: size)
    left = size
  }

  /// The combination at `uniform`, or the next one that is left: its words with spaces between them,
  /// the first letter a capital, from the second round on with the round's number.
  mutating func deal(_ uniform: Double) -> String {
    if left == 0 {
      isDealt = Array(repeating: false, count: size)
      left = size
      round += 1
    }
    var index = min(Int(uniform * Double(size)), size - 1)
    while isDealt[index] { index = (index + 1) % size }
    isDealt[index] = true
    left -= 1
    var words: [String] = []
    for list in lists.reversed() {
      words.insert(list[index % list.count], at: 0)
      index /= list.count
    }
    let phrase = words.joined(separator: " ")
    let name = phrase.prefix(1).uppercased() + phrase.dropFirst()
    return round == 1 ? name : "\(name) \(round)"
  }
}

extension Double {
  /// The nearest multiple of `unit`; the number itself where there is no unit.
  func rounded(toMultipleOf unit: Double?) -> Double {
    guard let unit else { return self }
    return (self / unit).rounded() * unit
  }
}
