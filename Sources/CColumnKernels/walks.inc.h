// SPDX-License-Identifier: GPL-3.0-or-later
//
// The kernels that a year of a plan is made of: lognormal walk, ramp, and accounting. They know sums,
// limits and masks, no policy. Contracts in column_kernels.h.

static void walk_column(double s, const double *z, const double *drift, double scale,
                        double *walk, double *level) {
  EACH(i) {
    V position = LOAD(walk + i) + FMA(s, LOAD(z + i), LOAD(drift + i));
    STORE(walk + i, position);
    STORE(level + i, scale * exp2_of(position));
  }
}

static void times_linear_ramp_column(const double *entry, double elapsed,
                                     double inverse_period, double *x) {
  EACH(i) {
    V share = (elapsed - LOAD(entry + i)) * inverse_period;
    STORE(x + i, LOAD(x + i) * MINIMUM(MAXIMUM(share, 0.0), 1.0));
  }
}

static void select_below_column(const double *u, const double *limit, const double *x,
                                double *y) {
  EACH(i) {
    L below = (L)(LOAD(u + i) < LOAD(limit + i));
    STORE(y + i, SELECT(below, LOAD(x + i), __builtin_inf()));
  }
}

/// Sums of one lane group while a column is accounted.
typedef struct {
  V sum, square, cumulative_sum, cumulative_square;
  L active, met, ever, cumulative_met;
} lane_sums;

/// One vector of paths; lanes outside `counted` get revenue 0 and leave every sum alone.
///
/// `has_entry` is known where this is inlined: without an entry column every path sells or none, and
/// then the level is 0.
INLINE void account_vector(const rk_account *a, int has_entry, int i, L counted, lane_sums *s) {
  L alive = (L)(LOAD(a->clock + i) < a->clock_limit), selling = -1;
  if (has_entry) selling = (L)(LOAD(a->entry + i) < a->entry_limit);
  V revenue = (V)((L)LOAD(a->level + i) & alive & selling & counted);
  V total = LOAD(a->cumulative + i) + revenue;
  STORE(a->revenue + i, revenue);
  STORE(a->cumulative + i, total);
  STORE(a->portfolio + i, LOAD(a->portfolio + i) + revenue);

  L active = (L)(revenue > 0.0), met = (L)(revenue >= a->target);
  L in_range = (L)(revenue >= a->range_low) & (L)(revenue <= a->range_high);
  U tally, launched = has_entry ? (U)selling & RK_TALLY_LAUNCHED : (U)(uint64_t)a->all_selling;
  __builtin_memcpy(&tally, a->tally + i, sizeof tally);
  tally += ((U)active & RK_TALLY_ACTIVE) + ((U)met & RK_TALLY_MET)
           + ((U)in_range & RK_TALLY_IN_RANGE) + ((U)~alive & RK_TALLY_FAILED) + launched;
  __builtin_memcpy(a->tally + i, &tally, sizeof tally);

  // Moments about a fixed shift: a cell that never moves has sums of exactly zero.
  V step = (V)((L)(revenue - a->shift) & counted);
  V total_step = (V)((L)(total - a->cumulative_shift) & counted);
  s->sum += step;
  s->square = FMA(step, step, s->square);
  s->cumulative_sum += total_step;
  s->cumulative_square = FMA(total_step, total_step, s->cumulative_square);
  s->active -= active;
  s->met -= met & counted;
  s->ever -= (L)(total > 0.0) & counted;
  s->cumulative_met -= (L)(total >= a->cumulative_target) & counted;
}

/// One lane group of a column.
INLINE lane_sums account_lanes(const rk_account *a, int has_entry, int first) {
  lane_sums s = {0.0, 0.0, 0.0, 0.0, 0, 0, 0, 0};
  int whole = a->paths / RK_LOGICAL_LANES * RK_LOGICAL_LANES;
  for (int i = first; i < whole; i += RK_LOGICAL_LANES)
    account_vector(a, has_entry, i, (L)(-1), &s);
  // Paths beyond the last are drawn like any other but do not exist.
  for (int i = whole + first; i < RK_WIDTH; i += RK_LOGICAL_LANES) {
    L counted;
    for (int lane = 0; lane < LANES; lane++) counted[lane] = i + lane < a->paths ? -1 : 0;
    account_vector(a, has_entry, i, counted, &s);
  }
  return s;
}

static void account_column(const rk_account *a, rk_account_sums *result) {
  double sums[4][RK_LOGICAL_LANES];
  int64_t counts[4][RK_LOGICAL_LANES];
  EACH_LANE_GROUP(first) {
    lane_sums s = a->entry ? account_lanes(a, 1, first) : account_lanes(a, 0, first);
    STORE(sums[0] + first, s.sum);
    STORE(sums[1] + first, s.square);
    STORE(sums[2] + first, s.cumulative_sum);
    STORE(sums[3] + first, s.cumulative_square);
    __builtin_memcpy(counts[0] + first, &s.active, sizeof s.active);
    __builtin_memcpy(counts[1] + first, &s.met, sizeof s.met);
    __builtin_memcpy(counts[2] + first, &s.ever, sizeof s.ever);
    __builtin_memcpy(counts[3] + first, &s.cumulative_met, sizeof s.cumulative_met);
  }
  for (int k = 0; k < 4; k++) {
    double sum = 0.0;
    int64_t count = 0;
    for (int lane = 0; lane < RK_LOGICAL_LANES; lane++) {
      sum += sums[k][lane];
      count += counts[k][lane];
    }
    result->sums[k] = sum;
    result->counts[k] = count;
  }
}

static void moments_column(const double *x, double shift, int32_t paths, double *sum,
                           double *square) {
  double sums[2][RK_LOGICAL_LANES];
  EACH_LANE_GROUP(first) {
    V total = 0.0, squares = 0.0;
    for (int i = first; i < paths; i += RK_LOGICAL_LANES) {
      L counted;
      for (int lane = 0; lane < LANES; lane++) counted[lane] = i + lane < paths ? -1 : 0;
      V step = (V)((L)(LOAD(x + i) - shift) & counted);
      total += step;
      squares = FMA(step, step, squares);
    }
    STORE(sums[0] + first, total);
    STORE(sums[1] + first, squares);
  }
  *sum = 0.0;
  *square = 0.0;
  for (int lane = 0; lane < RK_LOGICAL_LANES; lane++) {
    *sum += sums[0][lane];
    *square += sums[1][lane];
  }
}

static void histogram_slots_column(const double *x, uint16_t *slots) {
  typedef uint16_t Slots __attribute__((ext_vector_type(LANES)));
  EACH(i) {
    V value = LOAD(x + i);
    // 2⁻⁴ has the biased exponent 1019; below it the subtraction wraps round to a large number.
    U bin = ((U)value >> 45) - (uint64_t)1019 * 128;
    L outside = RK_SLOT_UNDERFLOW + ((L)(value == 0.0) & (RK_SLOT_ZERO - RK_SLOT_UNDERFLOW))
                + ((L)(value >= 0x1p60) & (RK_SLOT_OVERFLOW - RK_SLOT_UNDERFLOW));
    L inside = (L)(bin < (uint64_t)RK_SLOT_BINS);
    U slot = ((U)inside & (bin + RK_SLOT_FIRST_BIN)) | (U)(~inside & outside);
    Slots narrow = __builtin_convertvector(slot, Slots);
    __builtin_memcpy(slots + i, &narrow, sizeof narrow);
  }
}
