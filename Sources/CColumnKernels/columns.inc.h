// SPDX-License-Identifier: GPL-3.0-or-later
//
// Kernels over whole columns; contracts in column_kernels.h.

// Three words make two pairs of normals: a radius each, and an angle in either half of the third. The
// next words and squared radii are computed beside the present roots and angles, so that neither
// waits for the other.
INLINE void normals_of_lanes(generator g, int first, double *z) {
  V square0 = squared_radius_of(next_bits(&g)), square1 = squared_radius_of(next_bits(&g));
  U next_angles = next_bits(&g);
  for (int i = first; i < RK_WIDTH; i += 4 * RK_LOGICAL_LANES) {
    U angles = next_angles;
    V a, b, r = SQRT(square0);
    square0 = squared_radius_of(next_bits(&g));
    normal_pair_of(r, angles, &a, &b);
    STORE(z + i, a);
    STORE(z + i + RK_LOGICAL_LANES, b);
    r = SQRT(square1);
    square1 = squared_radius_of(next_bits(&g));
    next_angles = next_bits(&g);
    normal_pair_of(r, angles << 32, &a, &b);
    STORE(z + i + 2 * RK_LOGICAL_LANES, a);
    STORE(z + i + 3 * RK_LOGICAL_LANES, b);
  }
}

static void normals_column(uint64_t seed, uint64_t stream, uint32_t block, double *z) {
  EACH_LANE_GROUP(first) normals_of_lanes(seeded(seed, stream, block, first), first, z);
}

INLINE void uniforms_of_lanes(generator g, int first, double *u) {
  for (int i = first; i < RK_WIDTH; i += RK_LOGICAL_LANES) STORE(u + i, next_uniform(&g));
}

static void uniforms_column(uint64_t seed, uint64_t stream, uint32_t block, double *u) {
  EACH_LANE_GROUP(first) uniforms_of_lanes(seeded(seed, stream, block, first), first, u);
}

static void fill_column(double a, double *y) { EACH(i) STORE(y + i, a); }

static void affine_column(double a, const double *x, double b, double *y) {
  EACH(i) STORE(y + i, FMA(a, LOAD(x + i), b));
}
static void scaled_sum_column(double a, const double *x, double b, const double *w, double *y) {
  EACH(i) STORE(y + i, FMA(a, LOAD(x + i), b * LOAD(w + i)));
}
static void add_scaled_column(double a, const double *x, double *y) {
  EACH(i) STORE(y + i, FMA(a, LOAD(x + i), LOAD(y + i)));
}
static void multiply_add_column(const double *x, const double *w, const double *v, double *y) {
  EACH(i) STORE(y + i, FMA(LOAD(x + i), LOAD(w + i), LOAD(v + i)));
}
static void multiply_column(const double *x, const double *w, double *y) {
  EACH(i) STORE(y + i, LOAD(x + i) * LOAD(w + i));
}
static void add_column(const double *x, const double *w, double *y) {
  EACH(i) STORE(y + i, LOAD(x + i) + LOAD(w + i));
}
static void divide_column(const double *x, const double *w, double *y) {
  EACH(i) STORE(y + i, LOAD(x + i) / LOAD(w + i));
}
static void minimum_column(const double *x, double a, double *y) {
  EACH(i) STORE(y + i, MINIMUM(LOAD(x + i), a));
}
static void maximum_column(const double *x, double a, double *y) {
  EACH(i) STORE(y + i, MAXIMUM(LOAD(x + i), a));
}
static void square_root_column(const double *x, double *y) {
  EACH(i) STORE(y + i, SQRT(LOAD(x + i)));
}
static void clamp_column(const double *x, double lo, double hi, double *y) {
  EACH(i) STORE(y + i, MINIMUM(MAXIMUM(LOAD(x + i), lo), hi));
}

static void exp2_column(const double *x, double *y) { EACH(i) STORE(y + i, exp2_of(LOAD(x + i))); }
static void log2_column(const double *x, double *y) { EACH(i) STORE(y + i, log2_of(LOAD(x + i))); }
static void normal_quantile_column(const double *u, double *z) {
  EACH(i) STORE(z + i, normal_quantile_of(LOAD(u + i)));
}

static void cubic_table_column(const double *coefficients, const rk_piece *pieces,
                               int32_t piece_count, const double *x, double *y) {
  // A count known to be one lets the compiler keep the piece in registers.
  if (piece_count == 1) {
    EACH(i) STORE(y + i, cubic_of(coefficients, pieces, 1, LOAD(x + i)));
  } else {
    EACH(i) STORE(y + i, cubic_of(coefficients, pieces, piece_count, LOAD(x + i)));
  }
}
static void step_table_column(const double *thresholds, const double *values, int32_t steps,
                              const double *x, double *y) {
  EACH(i) STORE(y + i, step_of(thresholds, values, steps, LOAD(x + i)));
}
