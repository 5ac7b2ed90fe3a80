// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiFiles
import RenkeiModel

/// Makes plan lists from specifications: the same bytes from the same specification everywhere.
///
/// Columns that do not depend on the end targets are drawn once. End targets are drawn, each attempt
/// from a stream of its own, until the promise is near its total and, after those above a threshold
/// have been multiplied by one factor to meet it and all have been rounded, every check holds.
public struct PlanSynthesis {
  /// After so many attempts the conditions count as unattainable.
  public static let attemptLimit = 1_000

  private let specification: PlanListSpecification
  private let order: ColumnOrder

  /// - Throws: DiagnosticReport with every name that does not fit.
  public init(_ specification: PlanListSpecification) throws(DiagnosticReport) {
    self.specification = specification
    order = try ColumnOrder(specification)
  }

  /// Draws the list.
  ///
  /// Complexity: O(attempts × plans × columns).
  ///
  /// - Throws: DiagnosticReport where the conditions cannot be met.
  public func list() throws(DiagnosticReport) -> SynthesizedPlanList {
    var cells = PlanCells(specification)
    for index in order.before { try cells.draw(specification.columns[index]) }
    let rampSums = rampSums(cells)
    var failures: [String: Int] = [:]
    for attempt in 0..<Self.attemptLimit {
      let column = specification.columns[order.target]
      var targets = try present(cells.numbers(of: column, attempt: attempt), column)
      guard fit(&targets, rampSums, cells) else {
        failures["promise", default: 0] += 1
        continue
      }
      var candidate = cells
      candidate.set(column.name, to: targets)
      for index in order.after { try candidate.draw(specification.columns[index]) }
      if let failed = specification.checks.first(where: { !holds($0, candidate) }) {
        failures["checks.\(failed.name)", default: 0] += 1
        continue
      }
      let drawn = targets
      clamp(&targets)
      if targets != drawn { candidate.set(column.name, to: targets) }
      return SynthesizedPlanList(
        specification, candidate, attempts: attempt + 1,
        promiseYen: rampSums.map { Self.promise(targets, $0) })
    }
    throw unattainable(failures)
  }

  /// Σ_{t≤H} ramp(t / period) of every plan, nil where no promise is stated.
  private func rampSums(_ cells: PlanCells) -> [Double]? {
    guard let promise = specification.promise else { return nil }
    let periods = cells.columns[PlanInput.periodYears.rawValue]
    return (0..<specification.count).map { plan in
      let stated = periods?[plan].flatMap { try? NumberText.value(of: $0) }
      let period = stated ?? PlanInput.periodYears.declaration.standardValue ?? 5
      return (1...promise.horizonYears).reduce(0) { sum, year in
        sum
          + promise.ramp.level(elapsedYears: Double(year), periodYears: period, growth: 0)
      }
    }
  }

  private static func promise(_ targets: [Double], _ rampSums: [Double]) -> Double {
    zip(targets, rampSums).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private func present(
    _ numbers: [Double?], _ column: SynthesizedColumn
  ) throws(DiagnosticReport) -> [Double] {
    if let plan = numbers.firstIndex(where: { ($0 ?? 0) <= 0 }) {
      throw DiagnosticReport([
        Diagnostic(
          code: "no-target", at: column.location, key: "columns.\(column.name)",
          message: "plan \(plan + 1) gets no end target above 0",
          suggestion: "end with a case without conditions, and keep round_to small")
      ])
    }
    return numbers.compactMap { $0 }
  }

  /// Scales and rounds the end targets so that they promise the total; false where they are too far
  /// from it.
  private func fit(_ targets: inout [Double], _ rampSums: [Double]?, _ cells: PlanCells) -> Bool {
    guard let promise = specification.promise, let rampSums else { return true }
    let drawn = Self.promise(targets, rampSums)
    guard (drawn / promise.totalYen - 1).magnitude <= promise.within else { return false }
    let isScaled = targets.indices.map { plan in
      targets[plan] > promise.scaledAboveYen
        && cells.fixedNumber(PlanInput.endTargetYen.rawValue, plan) == nil
    }
    let scalable = targets.indices.reduce(0) { sum, plan in
      isScaled[plan] ? sum + targets[plan] * rampSums[plan] : sum
    }
    let factor = (promise.totalYen - (drawn - scalable)) / scalable
    guard scalable > 0, factor > 0 else { return false }
    let unit = roundingUnit
    for plan in targets.indices where isScaled[plan] {
      targets[plan] = (factor * targets[plan]).rounded(toMultipleOf: unit)
    }
    let rest = Self.promise(targets, rampSums) / promise.totalYen - 1
    return rest.magnitude <= promise.roundingTolerance
  }

  /// Unit to which end targets are rounded.
  private var roundingUnit: Double? {
    specification.columns[order.target].cases.compactMap { item in
      if case .number(_, let unit) = item.source { unit } else { nil }
    }.first
  }

  private func holds(_ check: ShareCheck, _ cells: PlanCells) -> Bool {
    let hits = (0..<specification.count).count { cells.meets(check.conditions, plan: $0) }
    return check.share.contains(Double(hits) / Double(specification.count))
  }

  private func clamp(_ targets: inout [Double]) {
    guard let clamp = specification.clamp else { return }
    let uniforms = SynthesisDraws(seed: specification.seed).uniforms(
      column: PlanInput.endTargetYen.rawValue, .clamp, count: specification.count)
    for plan in targets.indices where !clamp.range.contains(targets[plan]) {
      targets[plan] = clamp.redraw.value(uniforms[plan]).rounded(toMultipleOf: roundingUnit)
    }
  }

  private func unattainable(_ failures: [String: Int]) -> DiagnosticReport {
    let reasons = failures.keys.sorted().map { "\($0) \(failures[$0] ?? 0) times" }
    let worst = failures.keys.sorted().max { (failures[$0] ?? 0) < (failures[$1] ?? 0) }
    let place =
      specification.checks.first { "checks.\($0.name)" == worst }?.location
      ?? specification.promise?.location
    return DiagnosticReport([
      Diagnostic(
        code: "unattainable", at: place ?? SourceLocation(file: specification.source), key: worst,
        message: "\(Self.attemptLimit) draws of the end targets do not meet all conditions: "
          + "missed \(reasons.joined(separator: ", "))",
        suggestion: "loosen the condition, change the distributions or try another seed")
    ])
  }
}

/// A synthetic plan list.
public struct SynthesizedPlanList: Sendable {
  /// `plan_id`, then the columns of the specification.
  public let columns: [String]
  /// Text of the cells, one row a plan; nil is an empty cell.
  public let rows: [[String?]]
  /// How often end targets were drawn.
  public let attempts: Int
  /// What the plans promise together, nil where the specification states no promise.
  public let promiseYen: Double?

  init(
    _ specification: PlanListSpecification, _ cells: PlanCells, attempts: Int, promiseYen: Double?
  ) {
    let names = specification.columns.map(\.name)
    let columns = names.map { cells.columns[$0] ?? [] }
    self.columns = ["plan_id"] + names
    rows = (0..<specification.count).map { plan in
      let number = "\(plan + 1)"
      let zeros = String(repeating: "0", count: max(0, specification.idDigits - number.count))
      return [specification.idPrefix + zeros + number] + columns.map { $0[plan] }
    }
    self.attempts = attempts
    self.promiseYen = promiseYen
  }
}
