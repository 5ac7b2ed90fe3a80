// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import CGSL
import RenkeiDraws

/// What kernels and their scalar peers read and write: columns of 512, and what a plan's years count.
final class KernelWorkspace {
  typealias Column = UnsafeMutablePointer<Double>

  static let width = ColumnBuffer.width
  static let years = 5
  private static let yearWords = Int(RK_COUNTERS) * Int(RK_COUNTER_WORDS)

  private let columns = ColumnBuffer(count: 24)
  /// Uniforms.
  let u, v: Column
  /// Normals.
  let z: Column
  /// Uniforms in (1, 2), such as a multiplier near 1.
  let m: Column
  /// Written.
  let x, y: Column
  /// Sums over plans, of one year and of each.
  let total: Column
  let totals: Column
  let drifts: Column
  let rooms: [Column]
  let counters: UnsafeMutablePointer<UInt64>
  let ever: UnsafeMutablePointer<UInt64>
  let counts: UnsafeMutablePointer<Int32>
  let slots: UnsafeMutablePointer<UInt16>
  /// Floats: eight columns, without gaps.
  let singles: UnsafeMutablePointer<Float>
  let planYears: UnsafeMutablePointer<rk_plan_year>
  let yearSums: UnsafeMutablePointer<rk_account_sums>
  let generator: UnsafeMutablePointer<gsl_rng>

  init() {
    guard let kind = cgsl_taus2(), let generator = gsl_rng_alloc(kind) else {
      preconditionFailure("no memory for a random number generator")
    }
    self.generator = generator
    (u, v, z, m) = (columns[0], columns[1], columns[2], columns[3])
    (x, y, total) = (columns[4], columns[5], columns[6])
    // Columns of years follow each other.
    (totals, drifts) = (columns[7], columns[12])
    rooms = (17..<24).map { [columns] in columns[$0] }
    func room<Value>(_ value: Value, _ count: Int) -> UnsafeMutablePointer<Value> {
      let base = UnsafeMutablePointer<Value>.allocate(capacity: count)
      base.initialize(repeating: value, count: count)
      return base
    }
    counters = room(0, Self.years * Self.yearWords)
    ever = room(0, 8)
    counts = room(0, Self.width)
    slots = room(0, Self.width)
    singles = room(0, 8 * Self.width)
    yearSums = room(rk_account_sums(), Self.years)
    planYears = room(rk_plan_year(), Self.years)
    for year in 0..<Self.years {
      planYears[year] = rk_plan_year(
        stream: UInt64(100 + year), scale: 20 * Double(year + 1),
        clock_limit: 0.95 - Double(year) / 20,
        entry_limit: 0, shift: 10, cumulative_shift: 10, target: 100, cumulative_target: 300)
    }
    let kernels = ColumnKernels(.best).table
    kernels.pointee.uniforms(1, 2, 3, u)
    kernels.pointee.uniforms(1, 3, 3, v)
    kernels.pointee.normals(1, 4, 3, z)
    kernels.pointee.affine(1, u, 1, m)
  }

  deinit {
    gsl_rng_free(generator)
    counters.deallocate()
    ever.deallocate()
    counts.deallocate()
    slots.deallocate()
    singles.deallocate()
    planYears.deallocate()
    yearSums.deallocate()
  }

  /// The whole of a written column by a scalar loop.
  @inline(__always)
  func each(_ value: (Int) -> Double) {
    for i in 0..<Self.width { y[i] = value(i) }
  }

  /// A column as an operand.
  func operand(_ column: Column) -> rk_operand { rk_operand(base: column, mask: -1) }

  /// One year of accounts; a year in one pass keeps no revenue.
  func account(level: Column, keepsRevenue: Bool) -> rk_account {
    rk_account(
      level: level, clock: u, clock_limit: 0.95, entry: nil, entry_limit: 0,
      revenue: keepsRevenue ? y : nil,
      cumulative: rooms[0], portfolio: total, counters: counters, ever: ever, shift: 1,
      cumulative_shift: 1, target: 1, cumulative_target: 1, range_low: 1, range_high: 2,
      paths: Int32(RK_WIDTH))
  }

  /// All years of a plan.
  func plan() -> rk_plan {
    rk_plan(
      seed: 1, block: 3, years: Int32(Self.years), year: planYears, start_seed: 1,
      start_stream: 90,
      draws_start: 1,
      start_scale: 8, start_location: 0, clock_seed: 1, clock_stream: 91, draws_clock: 1,
      own_scale: 5,
      drift: drifts, entry: nil, score: rooms[1], walk: rooms[2], cumulative: rooms[3],
      keeps_cumulative: 0,
      clock: rooms[4], portfolio: totals, counters: counters, range_low: 100, range_high: 300)
  }

  /// The same in single precision; the drifts are 0.
  func singlePlan() -> rk_single_plan {
    let plan = plan()
    let drifts = singles + 3 * Self.width
    return rk_single_plan(
      seed: plan.seed, block: plan.block, years: plan.years, paths: Int32(RK_WIDTH), general: 0,
      column_stride: Int64(RK_STRIDE), year: plan.year, start_seed: plan.start_seed,
      start_stream: plan.start_stream, draws_start: 1, start_scale: plan.start_scale,
      start_location: plan.start_location, clock_seed: plan.clock_seed,
      clock_stream: plan.clock_stream, draws_clock: 1, own_scale: plan.own_scale, steps: nil,
      drift: drifts, factors: nil, walk_limit: 960, entry: nil, score: singles,
      walk: singles + Self.width, cumulative: singles + 2 * Self.width, clock: plan.clock,
      clock_stride: 0, revenue: nil, to_date: nil, portfolio: plan.portfolio,
      counters: plan.counters, range_low: plan.range_low, range_high: plan.range_high)
  }

  /// A need of 1 to 2, own funds up to 1, and a grant, a loan and a bank for the rest.
  func waterfall() -> rk_waterfall {
    let (need, part, taken) = (operand(m), operand(u), operand(v))
    return rk_waterfall(
      need: need, own: part, grant_ask: part, grant_taken: taken, grant_share: part,
      grant_cap: 0.5, grant_floor: 0.1, loan_ask: part, loan_taken: taken, loan_cap: 0.8,
      last_base: part, last_slope: part, cover_taken: taken, cover: part, cover_cap: 1,
      has_share: 1, grant: rooms[0], loan: rooms[1], last: rooms[2], covered: rooms[3],
      unfilled: rooms[4], scale: rooms[5], grant_met: rooms[6], loan_met: y)
  }
}
