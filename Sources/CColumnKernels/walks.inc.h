// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lognormal walks, ramps, selections and moments. Contracts in column_kernels.h.

static void walk_column(double s, const double *z, const double *drift, double scale,
                        double *walk, double *level) {
  scaled_exp2 e = exp2_scaled_by(scale);
  EACH(i) {
    V x = LOAD(walk + i) + FMA(s, LOAD(z + i), LOAD(drift + i));
    STORE(walk + i, x);
    V power = exp2_sixteenths(e, MINIMUM(x, 16.0 * 1023.0));
    STORE(level + i, SELECT((L)(x < 16.0 * -1022.0), 0.0, power));
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

static uint64_t histogram_slots_column(const double *x, uint16_t *slots) {
  typedef uint16_t Narrow __attribute__((ext_vector_type(LANES)));
  _Static_assert(LANES <= RK_SLOT_ZEROS, "a slot of zeros for every lane");
  U zero;
  for (int lane = 0; lane < LANES; lane++) zero[lane] = (uint64_t)(RK_SLOT_ZERO + lane);
  U pages = (U)(uint64_t)0;
  EACH(i) {
    V value = LOAD(x + i);
    // 2⁻⁴ has the biased exponent 1019; below it the subtraction wraps round to a large number.
    U bin = ((U)value >> 45) - (uint64_t)1019 * 128;
    L outside = RK_SLOT_UNDERFLOW + ((L)(value == 0.0) & ((L)zero - RK_SLOT_UNDERFLOW))
                + ((L)(value >= 0x1p60) & (RK_SLOT_OVERFLOW - RK_SLOT_UNDERFLOW));
    L inside = (L)(bin < (uint64_t)RK_SLOT_BINS);
    U slot = ((U)inside & (bin + RK_SLOT_FIRST_BIN)) | (U)(~inside & outside);
    pages |= (U)(uint64_t)1 << (slot / RK_SLOT_PAGE);
    Narrow narrow = __builtin_convertvector(slot, Narrow);
    __builtin_memcpy(slots + i, &narrow, sizeof narrow);
  }
  uint64_t all = 0;
  for (int lane = 0; lane < LANES; lane++) all |= pages[lane];
  return all;
}
