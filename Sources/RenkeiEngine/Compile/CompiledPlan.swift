// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// One draw column's address and the name under which tests can ask for it.
struct DrawAddress: Sendable {
  let stream: UInt64
  let key: DrawKey
}

/// A plan-level number: constant · Π shared columns · Π own draws.
struct CompiledQuantity: Sendable {
  enum Factor: Sendable {
    case shared(Int)
    case drawn(DrawAddress, ScoreTransform)
  }

  /// Product of all constant parts.
  var constant: Double
  var factors: [Factor]

  var isConstant: Bool { factors.isEmpty }
}

/// How a plan's attainment is drawn from its correlated normal score.
struct AttainmentRecipe: Sendable {
  let address: DrawAddress
  enum Form: Sendable {
    /// 2^(location + scale·z): the walk's start.
    case exponential(location: Double, scale: Double)
    /// Multiplies the revenue level.
    case level(ScoreTransform)
    /// A named input: one column for all plans, multiplies the revenue level.
    case shared(Int)
  }
  let form: Form
}

/// How the promised level grows with the time since the plan's entry.
enum RampRecipe: Sendable {
  /// Delay and growth are fixed: one level per year.
  case fixed([Double])
  /// clamp((elapsed − entry) / period)
  case linear
  /// A curve in elapsed / period.
  case table(PreparedTable)
}

/// How the yearly shock enters the walk, in ``ScoreTransform/walkUnitsPerNat``.
enum ShockRecipe: Sendable {
  /// σ and the loadings are fixed: walk += scale·ε + drift column, where the drift column is the
  /// common part Σ σ b F less the mean correction.
  case fixed(FixedShock)
  /// σ or a loading is drawn: everything is computed per path.
  case drawn(DrawnShock)
  /// No shock at all.
  case none
}

/// The common part of the walk's step, shared by all plans with equal values.
struct FixedShock: Sendable, Hashable {
  struct Loading: Sendable, Hashable {
    /// First of the factor series' yearly columns.
    let firstColumn: Int
    /// σ·b in walk units.
    let scale: Double
  }

  let loadings: [Loading]
  /// σ·√(1 − Σb²) in walk units.
  let ownScale: Double
  /// −(c[t] − c[t−1]) in walk units, by plan year.
  let drift: [Double]
}

/// Everything that a shock needs when σ or a loading differs from path to path.
struct DrawnShock: Sendable {
  struct Loading: Sendable {
    let firstColumn: Int
    let loading: SharedValue
    /// V(m) − V(m − 1) of the factor by plan year.
    let varianceStep: [Double]
  }

  let standardDeviation: CompiledQuantity
  let loadings: [Loading]
  /// log E[exp(s·ε)] for a family that is not normal.
  let cumulantTable: PreparedTable?
}

/// How long the business lives.
enum ClockRecipe: Sendable {
  /// It cannot fail.
  case never
  /// Alive in plan year m while the clock is below a fixed limit.
  case fixed(limits: [Double])
  /// The yearly failure probabilities differ from path to path.
  case drawn([CompiledQuantity])
}

/// One plan with every constant folded and every address hashed.
struct CompiledPlan: Sendable {
  /// Place in the plan list, or in the tile; cells are addressed by it.
  var planIndex: Int
  /// First simulated year, from 0, that ends after the plan's start.
  let firstYear: Int
  /// Years from the plan's start to the end of each simulated year; negative before the start.
  let elapsed: [Double]
  let inversePeriod: Double
  let period: Double
  /// End target times every constant factor of the level.
  let endTarget: CompiledQuantity
  let attainment: AttainmentRecipe?
  /// Factors of attainment other than its own distribution.
  let attainmentFactors: CompiledQuantity
  let launch: LaunchRecipe
  let delay: CompiledQuantity
  var ramp: RampRecipe
  /// Growth after the plan where the ramp is not fixed; nil where it is zero.
  var growth: CompiledQuantity?
  let shock: ShockRecipe
  /// Equal for plans whose drift columns are equal: same fixed shock, same first year.
  let driftRecipe: Int
  /// One address per simulated year.
  let shockAddresses: [DrawAddress]
  /// ε from its normal score where the family is not normal.
  let shockTransform: ScoreTransform?
  /// What the walk stays within on every path, in powers of two; +∞ where nothing tells.
  let walkBound: Double
  let clock: ClockRecipe
  let clockAddress: DrawAddress
  /// Indices of the portfolio's events that touch the plan.
  let events: [Int]
  /// Promise by year and to date; +∞ where nothing is promised, which no revenue meets.
  let target: [Double]
  let cumulativeTarget: [Double]
  /// Flat group indices this plan adds to.
  let groups: [Int]

  /// Whether no draw can take the walk out of the range of `walk_and_account`, which leaves room for
  /// any scale below 10^±30.
  var isBounded: Bool { walkBound < 900 }
}

/// Whether a plan ever sells.
enum LaunchRecipe: Sendable {
  case certain
  /// Launched where a uniform lies below the probability.
  case fixed(probability: Double, DrawAddress)
  /// p·OR / (1 − p + p·OR), path by path.
  case drawn(probability: CompiledQuantity, oddsRatio: CompiledQuantity, DrawAddress)
}
