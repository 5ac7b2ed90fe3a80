// SPDX-License-Identifier: GPL-3.0-or-later
//
// Leaf kernels on columns of 512 doubles.
//
// One source is compiled once per instruction set, chosen at run time. Every kernel gives equal
// bits (the payload of NaN aside) on every one and at every optimisation level: fused multiply-adds
// are explicit (emulated exactly where the processor has none), nothing is contracted, and no
// approximate reciprocal and no libm function that differs between machines is used.
//
// A column is RK_WIDTH doubles, 64-byte aligned. `x`, `w`, `v`, `u`, `z`, `y` below are columns.
// The output may be one of the inputs. "fma(a, b, c)" is a·b + c rounded once; every other
// operation rounds by itself. RenkeiDraws holds scalar twins.
#ifndef RENKEI_COLUMN_KERNELS_H
#define RENKEI_COLUMN_KERNELS_H

#include <stdint.h>
#include "histogram_slots.h"

#pragma clang assume_nonnull begin

/// Doubles in a column.
#define RK_WIDTH 512
/// Logical generator lanes: value i of a draw column comes from lane i mod 8.
#define RK_LOGICAL_LANES 8
/// Bound on |z| for every normal draw and quantile.
#define RK_NORMAL_LIMIT 8.3

// Instruction sets, from slowest to fastest.
#define RK_BASELINE 0  ///< SSE2 with emulated fma on x86-64; NEON on aarch64.
#define RK_AVX2 1      ///< 4 lanes: x86-64-v3.
#define RK_AVX512 2    ///< 8 lanes: x86-64-v4.

/// One stretch of equal segments of a piecewise cubic.
typedef struct {
  double start;               ///< First x of the piece.
  double inverse_step;        ///< Segments per unit of x.
  double last_segment;        ///< Number of segments − 1; below 2^50.
  int64_t first_coefficient;  ///< Index of c0 of the piece's first segment.
  double end;                 ///< The piece covers [start, end).
} rk_piece;

/// Words of a counter, which counts for each of 512 paths how many bit columns had the path's bit
/// set. A bit column is eight words; bit p mod 64 of word p / 64 belongs to path p.
///
/// Word 0 is the number n of columns added. From word 8 on each level k has two bit columns: bit k
/// of the counts, and, where bit k of n is set, a column of weight 2^k that is still to be added.
/// All zero: nothing counted yet.
#define RK_COUNTER_WORDS 392  // 8 + 16 · RK_COUNTER_LEVELS
/// A counter holds up to 2^RK_COUNTER_LEVELS − 1 columns.
#define RK_COUNTER_LEVELS 24

// The counters that `account` adds to, one after another.
#define RK_COUNT_SELLING 0   ///< Only where there are entries.
#define RK_COUNT_ACTIVE 1    ///< Revenue above 0.
#define RK_COUNT_FAILED 2
#define RK_COUNT_MET 3
#define RK_COUNT_IN_RANGE 4
#define RK_COUNTERS 5

/// One year of one plan on 512 paths, for `account`.
typedef struct {
  const double *level;        ///< Revenue while alive and selling, ≥ 0.
  const double *clock;        ///< A path is alive while clock < clock_limit …
  double clock_limit;
  const double *_Nullable entry;  ///< … and sells while entry < entry_limit; NULL: no entries.
  double entry_limit;
  double *_Nullable revenue;  ///< Out: level where alive and selling, else 0; NULL: not wanted.
  double *cumulative;         ///< In and out: revenue to date.
  double *portfolio;          ///< In and out: the sum over plans.
  uint64_t *counters;         ///< In and out: RK_COUNTERS counters, one column more each.
  uint64_t *ever;             ///< In and out: bit column of the paths active so far.
  double shift, cumulative_shift;    ///< Moments are taken about these.
  double target, cumulative_target;  ///< Met when revenue (to date) is at least this; +∞: never.
  double range_low, range_high;      ///< Closed range that RK_COUNT_IN_RANGE counts.
  int32_t paths;              ///< Paths that exist; later ones get revenue 0, uncounted.
} rk_account;

/// What `account` found over the paths that exist, lanes folded in order.
typedef struct {
  double sums[3];     ///< Out: Σ(r − shift), Σ(r − shift)², and Σ(to date − cumulative_shift)².
  double cumulative_sum;  ///< In and out: Σ(r − shift) is added to it, year by year.
  int64_t counts[4];  ///< Out: paths with revenue > 0, target met; the same two of revenue to date.
} rk_account_sums;

/// A step of a walk whose level `walk_and_account` accounts.
typedef struct {
  double s;               ///< The walk moves by fma(s, z, drift).
  const double *z;
  const double *drift;
  double *walk;           ///< In and out: sixteenths of powers of two, |walk| ≤ 16·1022.
  double scale;           ///< The level is scale·2^(walk/16), not 0 on any path …
  const double *_Nonnull const *_Nullable factors;  ///< … times every factor, from the first.
  int32_t factor_count;
} rk_step;

/// One year of a plan, for `plan`; names as in rk_account and rk_step.
typedef struct {
  uint64_t stream;  ///< Of the year's normals z.
  double scale, clock_limit, entry_limit;
  double shift, cumulative_shift, target, cumulative_target;
} rk_plan_year;

/// The years of a plan on 512 paths that all exist, for `plan`; names as in rk_account and rk_step.
/// Columns of years lie one after another.
typedef struct {
  uint64_t seed;
  uint32_t block;
  int32_t years;               ///< ≥ 1.
  const rk_plan_year *year;
  uint64_t start_stream;       ///< The walk starts from the normals here …
  int32_t draws_start;         ///< … where this is not 0, else from what `walk` holds …
  double start_scale, start_location;  ///< … as fma(start_scale, x, start_location).
  uint64_t clock_stream;       ///< The clock is the uniforms here …
  int32_t draws_clock;         ///< … where this is not 0, else what `clock` holds.
  double own_scale;            ///< A year moves the walk by fma(own_scale, z, drift).
  const double *drift;
  const double *_Nullable entry;
  double *score, *walk, *cumulative;  ///< Room; their contents mean nothing afterwards.
  double *clock;
  double *portfolio;           ///< In and out, by year.
  uint64_t *counters;          ///< In and out: RK_COUNTERS counters a year.
  double range_low, range_high;
} rk_plan;

/// A number by path: value i is base[i & mask]. A mask of −1 makes it a column; with a mask of 0 it is
/// the same on all paths and `base` holds RK_LOGICAL_LANES copies of it.
typedef struct {
  const double *base;
  int64_t mask;
} rk_operand;

/// Sources that fill a need one after the other, for `waterfall`. Amounts ≥ 0.
typedef struct {
  rk_operand need;        ///< What is to be filled.
  rk_operand own;         ///< Comes first.
  rk_operand grant_ask, grant_taken;  ///< Then a grant, where taken (1, else 0): what is asked for …
  rk_operand grant_share;             ///< … at most this share of the need …
  double grant_cap, grant_floor;      ///< … and the cap; nothing where that is below the floor.
  rk_operand loan_ask, loan_taken;    ///< Then a loan, at most the cap.
  double loan_cap;
  rk_operand last_base, last_slope;   ///< Then max(0, base + slope·loan).
  rk_operand cover_taken, cover;      ///< Part of the last source that is covered, of which at most
  double cover_cap;                   ///< this amount counts.
  int32_t has_share;                  ///< Whether `grant_share` limits the grant.
  double *grant, *loan, *last;        ///< Out: the amounts.
  double *covered;                    ///< Out: covered share of the last source, 0 without one.
  double *unfilled;                   ///< Out: the need without a source.
  double *scale;                      ///< Out: filled part of the need, 1 without a need.
  double *_Nullable grant_met;        ///< Out: grant over what is asked for, at most 1; 0 of 0.
  double *_Nullable loan_met;         ///< Out: likewise of the loan.
} rk_waterfall;

/// Amounts that `ledger` adds up over the standing paths of each year. A covered part that is not
/// kept is 0.
typedef enum {
  RK_KEPT_LAST,          ///< The last source …
  RK_KEPT_LAST_LOSS,     ///< … times its loss share;
  RK_KEPT_COVERED,       ///< its covered part …
  RK_KEPT_COVERED_LOSS,  ///< … times its loss share;
  RK_KEPT_LOW,           ///< the loan up to the split …
  RK_KEPT_LOW_LOSS,
  RK_KEPT_HIGH,          ///< … and beyond it.
  RK_KEPT_HIGH_LOSS,
  RK_KEPT_COUNT
} rk_kept;

/// Flows at present value that `ledger` adds over plans.
typedef enum {
  RK_FLOW_TAX_BEFORE,     ///< Tax without relief.
  RK_FLOW_TAX_RELIEF,     ///< Tax without relief less tax.
  RK_FLOW_GRANT,          ///< The grant within the years.
  RK_FLOW_ADVICE,         ///< The cost that falls due after the first year where taken.
  RK_FLOW_MADE,           ///< The filled need, not discounted.
  RK_FLOW_LATE_INTEREST,  ///< After the last year: (funding rate − rate)·opening of the loan;
  RK_FLOW_LATE_SAVING,    ///< (rate of the last source − rate)·opening;
  RK_FLOW_LATE_FEES,      ///< fees on the covered part;
  RK_FLOW_LATE_LOAN_LOSS, ///< expected losses on the loan …
  RK_FLOW_LATE_COVERED_LOSS,  ///< … and on the covered part;
  RK_FLOW_LATE_GRANT,     ///< the grant.
  RK_FLOW_COUNT
} rk_flow;

// Reliefs from tax.
#define RK_RELIEF_NONE 0
#define RK_RELIEF_CREDIT 1        ///< A pool that is set off against tax.
#define RK_RELIEF_DEPRECIATION 2  ///< More depreciation in year 1, less later.

/// Years after its own in which a loss is set off against profit, oldest first.
#define RK_LOSS_YEARS 7

/// One year of a ledger.
typedef struct {
  const double *level;  ///< Revenue over `factor` while standing and selling.
  rk_operand limit;     ///< A path lives while clock < limit.
  double elapsed;       ///< It sells while entry < elapsed.
  rk_operand ramp;      ///< Part of the fixed cost that falls due while it sells.
  rk_operand low_open, high_open, last_open;        ///< Owed before the payment, per unit drawn.
  rk_operand low_repaid, high_repaid, last_repaid;  ///< Repaid by the payment, per unit drawn.
  rk_operand discount;  ///< Present value of a unit at the year's end.
  double *_Nullable cash;  ///< Out: cash at the year's end, as it stood at a failure.
} rk_ledger_year;

/// The accounts of one plan on 512 paths, for `ledger`; sources as `waterfall` found them.
typedef struct {
  rk_operand counted;  ///< All bits set on paths that exist, else none.
  rk_operand factor, clock, entry;
  rk_operand margin, fixed, other, line;  ///< Per unit of revenue; a year; a year; overdraft.
  rk_operand need, own;
  const double *grant, *loan, *last, *covered, *unfilled, *scale;
  int32_t has_loan;        ///< Whether a loan can be other than 0.
  double split;            ///< The loan is two: up to here at the low rate, the rest at the high one.
  rk_operand low_rate, high_rate, last_rate, fee_rate, funding_rate;
  rk_operand loan_loss, last_loss;  ///< Lost parts of defaulting balances.
  int32_t grant_year;      ///< The grant is paid at the end of this year; 0: at the start.
  rk_operand start_discount;        ///< Present value of a unit at the start.
  rk_operand advice_taken, advice_cost;
  rk_operand tax_rate;
  double period;           ///< Years over which the filled need less the grant is written off.
  int32_t relief;          ///< RK_RELIEF_…
  int32_t relief_years;    ///< Years in which the credit can be used.
  rk_operand relief_taken, relief_share;  ///< Share of the filled need that is eligible …
  double relief_minimum;                  ///< … from this amount on.
  rk_operand relief_rate, relief_limit;   ///< Per unit eligible; credit per unit of a year's tax.
  int32_t enforce;         ///< Whether a gap ends the business.
  int32_t years;           ///< ≥ 1.
  const rk_ledger_year *year;
  rk_operand late_survival;  ///< Of each year after the last.
  int32_t late_low, late_high, late_last;  ///< Payments after the last year.
  const rk_operand *_Nullable low_weight;  ///< discount·opening share of each of them.
  const rk_operand *_Nullable high_weight, *_Nullable last_weight;
  int32_t late_grant;        ///< Years after the last until the grant is paid; 0: before.
  rk_operand late_grant_discount;
  /// In and out: sums over plans of RK_KEPT amounts, year after year: of all paths first, then of
  /// those that stand at the end of each year. In rows: path i of amount k is element
  /// i / RK_LOGICAL_LANES · row_stride + year · year_stride + kept_place[k] + i mod
  /// RK_LOGICAL_LANES.
  double *kept;
  int64_t row_stride, year_stride;
  int32_t kept_place[RK_KEPT_COUNT];       ///< −1: not kept.
  double *_Nullable flow[RK_FLOW_COUNT];   ///< In and out, sums over plans.
  double *_Nullable gap;       ///< Out: largest gap.
  double *_Nullable exposure;  ///< Out: balances at default …
  double *_Nullable loss;      ///< … and what of them is lost.
  double *_Nullable profit;    ///< Out: profit after tax.
  double *_Nullable service;   ///< Out: least cover of debt service, +∞ without one.
  double *_Nullable broke;     ///< Out: year whose gap ended the business, +∞ without one.
} rk_ledger;

/// What `ledger` found over the paths that exist, lanes folded in order.
typedef struct {
  double need, scale, gap, exposure, loss;
  int64_t defaults, gaps, failed, broke, profitable;
} rk_ledger_sums;

/// The kernels of one instruction set.
typedef struct {
  // ---- draws: pure functions of (seed, stream, block)

  /// 512 standard normals by Box–Muller, |z| ≤ RK_NORMAL_LIMIT, absolute error ≤ 3e-11.
  ///
  /// Eight lanes of xoshiro256++, each seeded by Philox4x32-10 with key (seed low, seed high) and
  /// counter (stream low, stream high, block, j): j = lane gives state words s0 s1, j = lane + 8
  /// gives s2 s3. Row k is values 8k…8k+7; rows 2k (radius bits, r cos θ) and 2k+1 (angle bits,
  /// r sin θ) make a pair.
  void (*normals)(uint64_t seed, uint64_t stream, uint32_t block, double *z);
  /// 512 uniforms ((bits >> 12) + ½)·2⁻⁵² strictly inside (0, 1), from the same generator and
  /// seeding.
  void (*uniforms)(uint64_t seed, uint64_t stream, uint32_t block, double *u);
  /// Points first…first + 511 of one coordinate of a digital sequence in base 2, in Gray code order,
  /// under a nested uniform scramble; `first` is a multiple of 512.
  ///
  /// `directions` are the 32 columns of the generator matrix with the first digit in the lowest
  /// bit. The 32 digits are hashed with `key`, turned round, and added modulo 2 to `shift`; the
  /// upper half of the words at (seed, stream, block) continues them: u = (52 bits + ½)·2⁻⁵².
  void (*scrambled_net)(const uint32_t *directions, uint32_t first, uint32_t key, uint32_t shift,
                        uint64_t seed, uint64_t stream, uint32_t block, double *u);
  /// 512 uniforms, one in each of 512 equal strata of (0, 1), in random order.
  ///
  /// Of the 1,024 words at (seed, stream, block) value i lies in its stratum by word i; the strata
  /// are shuffled by swapping 511…1, each i with ⌊(upper half of word 512 + i)·(i + 1)·2⁻³²⌋
  /// (Durstenfeld, 1964).
  void (*stratified)(uint64_t seed, uint64_t stream, uint32_t block, double *u);

  // ---- functions

  /// z = Φ⁻¹(u) for 2⁻⁵³ ≤ u ≤ 1 − 2⁻⁵³, absolute error ≤ 4e-11, odd about ½, increasing but for
  /// that error, |z| ≤ RK_NORMAL_LIMIT. 0 and 1 give about ∓8.25; other u are undefined.
  void (*normal_quantile)(const double *u, double *z);
  /// y = 2^x, relative error ≤ 4e-12, exact at integers; 0 below −1022, 2^1023 above 1023; NaN
  /// stays NaN.
  void (*exp2)(const double *x, double *y);
  /// y = log₂ x for normal x > 0, absolute error ≤ 1e-13 + 1 ulp and relative ≤ 2e-11, exact at
  /// powers of two. Zero gives −1023, subnormals a value in [−1023, −1022], ∞ gives 1024; negative
  /// x and NaN are undefined.
  void (*log2)(const double *x, double *y);

  // ---- elementwise

  void (*fill)(double a, double *y);                                     ///< y = a
  void (*affine)(double a, const double *x, double b, double *y);        ///< y = fma(a, x, b)
  /// y = fma(a, x, b·w)
  void (*scaled_sum)(double a, const double *x, double b, const double *w, double *y);
  void (*add_scaled)(double a, const double *x, double *y);              ///< y = fma(a, x, y)
  /// y = fma(x, w, v)
  void (*multiply_add)(const double *x, const double *w, const double *v, double *y);
  void (*multiply)(const double *x, const double *w, double *y);         ///< y = x·w
  void (*add)(const double *x, const double *w, double *y);              ///< y = x + w
  void (*divide)(const double *x, const double *w, double *y);           ///< y = x / w
  void (*minimum)(const double *x, double a, double *y);                 ///< y = a < x ? a : x
  void (*maximum)(const double *x, double a, double *y);                 ///< y = a > x ? a : x
  void (*square_root)(const double *x, double *y);                       ///< y = √x
  /// y = minimum(maximum(x, lo), hi)
  void (*clamp)(const double *x, double lo, double hi, double *y);

  // ---- tables

  /// Piecewise cubic. x belongs to the last piece with start ≤ x (the first piece if there is none)
  /// and is clamped to [start, end]; NaN becomes start. Then s = (x − start)·inverse_step,
  /// k = min(floor(s), last_segment), t = s − k, y = fma(fma(fma(c3, t, c2), t, c1), t, c0) with
  /// c0…c3 at coefficients[first_coefficient + 4k]. Pieces ascend; piece_count ≥ 1.
  void (*cubic_table)(const double *coefficients, const rk_piece *pieces, int32_t piece_count,
                      const double *x, double *y);
  /// Step function y = values[number of thresholds ≤ x]. `steps` is a power of two; `thresholds`
  /// has `steps` ascending entries, padded with +∞; `values` has `steps` + 1 entries, the padding
  /// repeating the last.
  void (*step_table)(const double *thresholds, const double *values, int32_t steps, const double *x,
                     double *y);

  // ---- a year of a plan

  /// walk = walk + fma(s, z, drift), level = scale·2^(walk/16): the walk is in sixteenths of powers
  /// of two. Relative error ≤ 4e-12; 0 below −16·1022, scale·2^1023 above 16·1023.
  void (*walk)(double s, const double *z, const double *drift, double scale, double *walk, double *level);
  /// x = x·clamp((elapsed − entry)·inverse_period, 0, 1).
  void (*times_linear_ramp)(const double *entry, double elapsed, double inverse_period, double *x);
  /// y = u < limit ? x : +∞
  void (*select_below)(const double *u, const double *limit, const double *x, double *y);
  /// Revenue, its sums over paths, and its part in the portfolio.
  void (*account)(const rk_account *a, rk_account_sums *sums);
  /// `walk`, `multiply` by each factor and `account` in one pass, with equal bits, on 512 paths that
  /// all exist; a->level is not read.
  void (*walk_and_account)(const rk_step *step, const rk_account *a, rk_account_sums *sums);
  /// Draws a plan and accounts its years, first to last, with the bits of `normals`, `uniforms`,
  /// `affine` and `walk_and_account` one after the other; sums by year.
  void (*plan)(const rk_plan *p, rk_account_sums *sums);
  /// counts[path] += what the counter has counted on the path, for 512 paths; empties the counter.
  void (*add_counts)(uint64_t *counter, int32_t *counts);
  /// The histogram slot of every value: its exponent and leading 7 mantissa bits, or where it lies
  /// outside the bins. Values are ≥ 0.
  void (*histogram_slots)(const double *x, uint16_t *slots);
  /// The bins among `count` slots as a range lowest ..< end; lowest ≥ end where none is a bin.
  void (*slot_span)(const uint16_t *slots, int32_t count, uint16_t *lowest, uint16_t *end);
  /// Slots of bins less `below`, which no bin is lower than; other slots stay.
  void (*rebase_slots)(uint16_t *slots, int32_t count, uint16_t below);
  /// Σ(x − shift) and Σ(x − shift)² over the first `paths` values, lanes folded in order.
  void (*moments)(const double *x, double shift, int32_t paths, double *sum, double *square);

  // ---- the money of a plan

  /// y = u < limit ? 1 : 0
  void (*indicator_below)(const double *u, rk_operand limit, double *y);
  /// y = y + (s·a − r·b), exactly y where s = r and a = b.
  void (*add_change)(rk_operand s, rk_operand a, rk_operand r, rk_operand b, double *y);
  /// y = x = a ? w : v
  void (*select_equal)(const double *x, double a, const double *w, const double *v, double *y);
  /// y = x^(1/r) for x, r > 0, by log₂ and 2^x; exactly x where r = 1.
  void (*root)(const double *x, rk_operand r, double *y);
  /// y = x^r for 0 < x ≤ 1, by log₂ and 2^x; exactly x where r = 1.
  void (*power)(rk_operand x, rk_operand r, double *y);
  /// y = 2^(s·d)·(x/w)^e; the second factor is 1 where e = 0, x = w or w = 0.
  void (*scaled_power)(double s, const double *d, rk_operand e, const double *x, const double *w,
                       double *y);
  /// y = u < p′ ? delay·stretch : +∞ with odds p′/(1 − p′) = ratio·p/(1 − p); p′ = p where ratio = 1.
  void (*entry)(rk_operand u, rk_operand p, rk_operand ratio, rk_operand delay, rk_operand stretch,
                double *y);
  /// Where broke < year: x = 0 and clock = −∞. count += 1 where broke ≤ year.
  void (*stop_after)(const double *broke, double year, double *x, double *clock, int32_t *count);
  /// Sources filling a need: left to right, each at most what is left.
  void (*waterfall)(const rk_waterfall *a);
  /// Year by year: revenue, debt service, tax, cash, gap, default; then what follows in expectation.
  void (*ledger)(const rk_ledger *a, rk_ledger_sums *sums);
} rk_kernels;

/// The kernels of an instruction set, or NULL if this processor or architecture lacks it.
const rk_kernels *_Nullable rk_kernels_for(int isa);
/// The fastest instruction set this processor has.
int rk_best_isa(void);

/// Philox4x32-10: four words of counter and two of key give four of output (Salmon, Moraes, Dror
/// and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11).
void rk_philox4x32_10(const uint32_t *counter, const uint32_t *key, uint32_t *out);
/// Advances the four words of a xoshiro256++ state and returns the output (Blackman and Vigna,
/// 2018).
uint64_t rk_xoshiro256pp(uint64_t *state);

#pragma clang assume_nonnull end

#endif
