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
#include "money_kernels.h"
#include "plan_years.h"

#pragma clang assume_nonnull begin

/// Doubles in a column.
#define RK_WIDTH 512
/// Doubles from a column to the next where columns stand one after the other: a cache line more than
/// a column has, so that the same path of many columns does not compete for one set of a cache.
#define RK_STRIDE (RK_WIDTH + 8)
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

/// The kernels of one instruction set.
typedef struct {
  // ---- draws: pure functions of (seed, stream, block)

  /// 512 standard normals by Box–Muller, |z| ≤ RK_NORMAL_LIMIT, absolute error ≤ 4e-11.
  ///
  /// Eight lanes of xoshiro256+, each seeded by Philox4x32-10 with key (seed low, seed high) and
  /// counter (stream low, stream high, block, j): j = lane gives state words s0 s1, j = lane + 8
  /// gives s2 s3. Row k is values 8k…8k+7. Rows 4k to 4k+3 come from three words of a lane: radius
  /// and upper half of the third make the pair in rows 4k and 4k+1, the second word and the lower
  /// half that in rows 4k+2 and 4k+3.
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
  /// The normals of `normals` in floats, from the same words: with the radius r of the pair off by at
  /// most 5·2⁻²⁴·r + 2⁻²⁴ / max(r, 2⁻¹²), root mean square 7.5e-8; |z| ≤ RK_NORMAL_LIMIT.
  void (*single_normals)(uint64_t seed, uint64_t stream, uint32_t block, float *z);
  /// y = x rounded.
  void (*round_to_single)(const double *x, float *y);
  /// Draws a plan and accounts its years as `plan` does: walk and level in floats, who is alive and
  /// sells, and everything that adds up, in doubles. Counters and sums as those of `plan`.
  void (*single_plan)(const rk_single_plan *p, rk_account_sums *sums);
  /// counts[path] += what the counter has counted on the path, for 512 paths; empties the counter.
  void (*add_counts)(uint64_t *counter, int32_t *counts);
  /// The histogram slot of every value: its exponent and leading 7 mantissa bits, or where it lies
  /// outside the bins. Values are ≥ 0. Returns their pages: bit k where a slot lies in page k.
  uint64_t (*histogram_slots)(const double *x, uint16_t *slots);
  /// Σ(x − shift) and Σ(x − shift)² over the first `paths` values, lanes folded in order.
  void (*moments)(const double *x, double shift, int32_t paths, double *sum, double *square);

  // ---- the money of a plan

  /// y = u < limit ? 1 : 0
  void (*indicator_below)(const double *u, rk_operand limit, double *y);
  /// y = Σ (s·a − r·b) over the terms in order; a term is exactly 0 where s = r and a = b.
  void (*change)(const rk_change *terms, int32_t count, double *y);
  /// y = 2^(f·d), d as in `change`: exactly 1 where d = 0.
  void (*change_ratio)(double f, const rk_change *terms, int32_t count, double *y);
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

  // ---- the money of a portfolio

  /// What `ledger` kept as columns, RK_STRIDE apart: column m · width + k is the sum of amount k over
  /// plans whose path stands for m years or more. Ascending m never raises it, even as rounded.
  void (*standing_sums)(const double *kept, int64_t rows, int64_t width, double *columns);
  /// The flows of `ledger` as columns, RK_STRIDE apart.
  void (*flow_columns)(const double *flow, double *columns);
  /// A year of a loan that many plans owe in proportion to what they drew.
  void (*balances)(const rk_balances *a);
  /// y = y + d·(r·(a + b) − x)
  void (*add_excess)(rk_operand d, rk_operand r, const double *a, const double *b, const double *x,
                     double *y);
  /// y = y + d·x
  void (*add_product)(rk_operand d, const double *x, double *y);
  /// The greatest of the bit patterns of the first `paths` values, as unsigned integers: they ascend
  /// from +0 to +∞; NaN and what has a sign come behind.
  uint64_t (*highest_pattern)(const double *x, int32_t paths);
} rk_kernels;

/// The kernels of an instruction set, or NULL if this processor or architecture lacks it.
const rk_kernels *_Nullable rk_kernels_for(int isa);
/// The fastest instruction set this processor has.
int rk_best_isa(void);

/// Philox4x32-10: four words of counter and two of key give four of output (Salmon, Moraes, Dror
/// and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11).
void rk_philox4x32_10(const uint32_t *counter, const uint32_t *key, uint32_t *out);
/// Advances the four words of a xoshiro256+ state and returns the output (Blackman and Vigna, 2018).
uint64_t rk_xoshiro256plus(uint64_t *state);

#pragma clang assume_nonnull end

#endif
