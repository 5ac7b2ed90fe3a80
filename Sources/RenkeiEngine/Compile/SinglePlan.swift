// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiModel

/// A plan's numbers for the kernel in single precision. Holds no references, so that taking one out
/// of an array costs nothing.
struct SinglePlan {
  enum Clock {
    case never, drawn, computed
    /// A column of its own each year.
    case yearly
  }
  enum Shock {
    case normal
    /// Of another family, by a fixed size.
    case transformed
    /// Of a size that differs from path to path.
    case drawn
  }

  let planIndex: Int
  let firstYear: Int
  /// Recipe of the drift columns, or −2 for zeros.
  let driftRecipe: Int
  let ownScale: Double
  let shock: Shock
  let start: (seed: UInt64, stream: UInt64, isDrawn: Bool, scale: Double, location: Double)
  let clock: (seed: UInt64, stream: UInt64, kind: Clock)
  /// Of the years' normals.
  let shockSeed: UInt64
  /// Whether selling is decided path by path or year by year.
  let hasEntry: Bool
  let hasGroups: Bool
  /// Whether columns come from elsewhere.
  let needsColumns: Bool
  /// See `rk_single_plan`.
  let isGeneral: Bool
  let walkLimit: Double

  var hasDrift: Bool { driftRecipe >= 0 }

  /// - Parameter years: filled with what the kernel needs of each year.
  init(
    _ plan: CompiledPlan, of portfolio: CompiledPortfolio, shifts: TallyShifts,
    years: UnsafeMutablePointer<rk_plan_year>
  ) {
    planIndex = plan.planIndex
    firstYear = min(plan.firstYear, portfolio.years)
    hasGroups = !plan.groups.isEmpty
    (shock, driftRecipe, ownScale) = Self.shock(plan)
    start = Self.start(plan, portfolio)

    var kind = Clock.never
    var limits = [Double](repeating: .infinity, count: portfolio.years)
    switch plan.clock {
    case .never: break
    case .drawn:
      kind = .yearly
      limits = [Double](repeating: 0, count: portfolio.years)
    case .fixed(let fixed):
      kind = portfolio.credit == nil ? .drawn : .computed
      limits = fixed
    }
    clock = (portfolio.seed(of: plan.clockAddress.key), plan.clockAddress.stream, kind)
    let firstShock = plan.shockAddresses[firstYear..<portfolio.years].first
    shockSeed = firstShock.map { portfolio.seed(of: $0.key) } ?? portfolio.seed

    var isEarly = false
    if case .certain = plan.launch, plan.delay.isConstant {
      let elapsed = plan.elapsed[firstYear..<portfolio.years]
      isEarly = elapsed.allSatisfy { plan.delay.constant < $0 }
    }
    hasEntry = !isEarly

    let levels: [Double]?
    if case .fixed(let fixed) = plan.ramp { levels = fixed } else { levels = nil }
    var scales: [Double] = []
    let layout = portfolio.layout
    for year in firstYear..<portfolio.years {
      let scale = plan.endTarget.constant * (levels?[year] ?? 1)
      scales.append(scale)
      years[year] = rk_plan_year(
        stream: plan.shockAddresses[year].stream, scale: scale,
        clock_limit: limits[year - firstYear], entry_limit: plan.elapsed[year],
        shift: shifts.plans[layout.cell(plan.planIndex, .annual, year)],
        cumulative_shift: shifts.plans[layout.cell(plan.planIndex, .cumulative, year)],
        target: plan.target[year], cumulative_target: plan.cumulativeTarget[year])
    }

    let isLevelOwn: Bool
    if let attainment = plan.attainment, case .exponential = attainment.form {
      isLevelOwn = true
    } else {
      isLevelOwn = plan.attainment == nil
    }
    let hasFactors =
      !isLevelOwn || levels == nil || !plan.events.isEmpty || !plan.endTarget.isConstant
      || !plan.attainmentFactors.isConstant
    needsColumns =
      hasFactors || hasEntry || !start.isDrawn || kind == .computed || kind == .yearly
      || shock != .normal
    let largest = scales.max() ?? 0
    let room = 125 - Double(largest > 0 ? largest.exponent : 0)
    let powers = min(room, Self.largestPower)
    walkLimit = powers * ScoreTransform.walkUnitsPerPowerOfTwo
    let isBounded = plan.walkBound < powers
    isGeneral = hasFactors || !isBounded || !scales.allSatisfy { $0 > 1e-30 }
  }

  /// A level is at most so many powers of two above what is promised: 10¹⁸ times as much. Squares of
  /// such levels still fit floats.
  private static let largestPower = 60.0

  private static func shock(_ plan: CompiledPlan) -> (Shock, driftRecipe: Int, ownScale: Double) {
    switch plan.shock {
    case .none: (.normal, -2, 0)
    case .fixed(let fixed):
      (plan.shockTransform == nil ? .normal : .transformed, plan.driftRecipe, fixed.ownScale)
    case .drawn: (.drawn, -2, ScoreTransform.walkUnitsPerNat)
    }
  }

  private static func start(
    _ plan: CompiledPlan, _ portfolio: CompiledPortfolio
  ) -> (seed: UInt64, stream: UInt64, isDrawn: Bool, scale: Double, location: Double) {
    guard let attainment = plan.attainment, portfolio.optimism == nil,
      case .exponential(let location, let scale) = attainment.form
    else { return (0, 0, false, 1, 0) }
    let units = ScoreTransform.walkUnitsPerPowerOfTwo
    let address = attainment.address
    return (
      portfolio.seed(of: address.key), address.stream, true, units * scale, units * location
    )
  }
}

extension CompiledPortfolio {
  /// Why the portfolio cannot be computed in its precision, or nil.
  var singleRefusal: String? {
    guard precision == .single else { return nil }
    guard support != nil else { return nil }
    return "--precision single computes revenue alone, but the scenario has 'support', whose "
      + "loans, taxes and public costs are computed in double precision; use --precision double"
  }
}
