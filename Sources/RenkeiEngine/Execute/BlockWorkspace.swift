// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiDraws
import RenkeiModel

typealias ColumnPointer = UnsafeMutablePointer<Double>

/// A number of one block: the same on all paths, or a column.
enum ColumnValue {
  case constant(Double)
  case column(UnsafePointer<Double>)
}

/// The memory of one worker thread: every column that a block needs, allocated once.
///
/// The columns that live while a plan's years are computed fit the first-level cache.
final class BlockWorkspace {
  let kernels: UnsafePointer<rk_kernels>
  private let seeds: (first: UInt64, second: UInt64)
  /// Draws whose seed is the second.
  private let redrawn: DrawSelection
  private let sampling: SharedSampling?
  /// The block being computed.
  var block: UInt32 = 0
  /// Paths of the block that exist.
  var paths: Int32 = 0

  /// Columns that all plans share, by index of the programme's steps.
  let shared: ColumnBuffer
  /// Levels F of the year-level factors: series outermost, then year.
  let factorLevels: ColumnBuffer
  /// Multipliers of the events: event outermost, then year.
  let eventMultipliers: ColumnBuffer
  /// What each arm adds up over plans; one where no arm differs.
  let arms: [ArmColumns]
  /// The arm whose plans are being accounted.
  var arm: ArmColumns
  /// Nil where the scenario describes no support.
  let money: MoneyWorkspace?

  /// Drift of the walk by year, and the recipe it was computed from in this block.
  let drift: ColumnBuffer
  var driftRecipe = -1

  let score: ColumnPointer
  let walk: ColumnPointer
  /// The column that holds a plan's year; the money of arms keeps one for each year.
  var level: ColumnPointer
  let scale: ColumnPointer
  let clock: ColumnPointer
  let uniform: ColumnPointer
  /// The column that the ramp reads.
  var entry: ColumnPointer
  let growth: ColumnPointer
  let revenue: ColumnPointer
  let cumulative: ColumnPointer
  let sigma: ColumnPointer
  let own: ColumnPointer
  let survival: ColumnPointer
  let scratch: ColumnPointer
  let scratch2: ColumnPointer
  let zero: UnsafePointer<Double>
  /// What the accounting of the present plan found.
  let sums: UnsafeMutablePointer<rk_account_sums>
  /// Room for the columns that a level is multiplied by.
  let factors: UnsafeMutablePointer<UnsafePointer<Double>>
  private let columns: ColumnBuffer

  /// Told of every draw; nil where nobody asks.
  var recorder: ((DrawKey, UnsafePointer<Double>) -> Void)?
  /// Told the annual and cumulative cell whenever `revenue` and `cumulative` hold a plan's year.
  var revenueRecorder: ((Int, Int) -> Void)?
  /// Told the index of a plan when `cumulative` holds its revenue over the horizon.
  var horizonRecorder: ((Int) -> Void)?
  /// Told of every group's column, by cell.
  var groupRecorder: ((Int, UnsafePointer<Double>) -> Void)?
  /// Told of every column of the portfolio, by cell.
  var portfolioRecorder: ((Int, UnsafePointer<Double>) -> Void)?

  init(_ portfolio: CompiledPortfolio, kernels: UnsafePointer<rk_kernels>) {
    self.kernels = kernels
    seeds = (portfolio.seed, portfolio.secondSeed)
    redrawn = portfolio.redrawn
    sampling = portfolio.sampling
    shared = ColumnBuffer(count: portfolio.programme.count)
    factorLevels = ColumnBuffer(count: portfolio.factorSeries.count * portfolio.years)
    eventMultipliers = ColumnBuffer(count: portfolio.events.count * portfolio.years)
    arms = (0..<(portfolio.support?.arms.count ?? 1)).map {
      ArmColumns(portfolio, arm: $0, kernels: kernels)
    }
    arm = arms[0]
    money = portfolio.support.map { MoneyWorkspace($0, years: portfolio.years) }
    drift = ColumnBuffer(count: portfolio.years)
    columns = ColumnBuffer(count: 16)
    score = columns[0]
    walk = columns[1]
    level = columns[2]
    scale = columns[3]
    clock = columns[4]
    uniform = columns[5]
    entry = columns[6]
    growth = columns[7]
    revenue = columns[8]
    cumulative = columns[9]
    sigma = columns[10]
    own = columns[11]
    survival = columns[12]
    scratch = columns[13]
    scratch2 = columns[14]
    zero = UnsafePointer(columns[15])
    kernels.pointee.fill(0, columns[15])
    sums = .allocate(capacity: 1)
    sums.initialize(to: rk_account_sums())
    // A level, a ramp, a growth, and the events.
    factors = .allocate(capacity: 3 + portfolio.events.count)
    factors.initialize(repeating: zero, count: 3 + portfolio.events.count)
  }

  deinit {
    sums.deallocate()
    factors.deallocate()
  }

  /// Prepares for another block: shared sums are zero, nothing is remembered.
  func begin(block: Int, paths: Int) {
    self.block = UInt32(block)
    self.paths = Int32(paths)
    driftRecipe = -1
    for arm in arms { arm.begin(kernels: kernels) }
  }

  /// Fills a shared column by the run's sampling design; false where it is to be random.
  func drawByDesign(_ address: DrawAddress, into y: ColumnPointer) -> Bool {
    sampling?.fill(y, address, in: self) ?? false
  }

  /// Seed of a draw.
  func seed(of address: DrawAddress) -> UInt64 {
    redrawn.contains(address.key) ? seeds.second : seeds.first
  }

  /// Revenue of the arm's portfolio by year.
  var portfolio: ColumnBuffer { arm.portfolio }
  /// Revenue of the arm's groups: group outermost, then year.
  var groups: ColumnBuffer { arm.groups }
}
