// SPDX-License-Identifier: GPL-3.0-or-later
//
// Normals in single precision, from the words of the double ones. Contracts in column_kernels.h.

/// −2 ln u for u = word·2⁻⁵² with whole words in [0, 2⁵²], within [0, RK_NORMAL_LIMIT²].
///
/// The exponent is counted down from 52, so that no large terms cancel as u → 1.
INLINE F single_squared_radius_of(F word) {
  F m = single_significand_of(word);
  I segment = (I)m >> 19;
  F z = FMA_SINGLE(m, LOOKUP16_SINGLE(single_radius_reciprocal, segment), -1.0f);
  F p = SINGLE_RADIUS_C3;
  p = FMA_SINGLE(p, z, SINGLE_RADIUS_C2);
  p = FMA_SINGLE(p, z, SINGLE_RADIUS_C1);
  p = FMA_SINGLE(p, z, SINGLE_RADIUS_C0);
  F whole = FMA_SINGLE(52.0f - single_exponent_of(word), SINGLE_TWO_LN2,
                       LOOKUP16_SINGLE(single_radius_centre, segment));
  F square = MAXIMUM_SINGLE(FMA_SINGLE(p, z, whole), 0.0f);
  return MINIMUM_SINGLE(square, SINGLE_RADIUS_SQUARED_LIMIT);
}

/// `normal_pair_of` in floats, from the upper 32 bits of its word.
INLINE void single_pair_of(F r, I word, F *first, F *second) {
  F x = __builtin_convertvector(word << 2, F) * 0x1p-31f, square = x * x;
  F sine = FMA_SINGLE(SINGLE_ANGLE_S3, square, SINGLE_ANGLE_S2);
  sine = FMA_SINGLE(sine, square, SINGLE_ANGLE_S1);
  sine = FMA_SINGLE(sine, square, SINGLE_ANGLE_S0) * x;
  F cosine = FMA_SINGLE(SINGLE_ANGLE_C3, square, SINGLE_ANGLE_C2);
  cosine = FMA_SINGLE(cosine, square, SINGLE_ANGLE_C1);
  cosine = FMA_SINGLE(cosine, square, SINGLE_ANGLE_C0);
  F turned = (F)((I)r ^ (word & (int32_t)0x80000000));
  F a = turned * cosine, b = turned * sine;
  I swapped = (I)((word & 0x40000000) != 0);
  *first = SELECT_SINGLE(swapped, b, a);
  *second = SELECT_SINGLE(swapped, a, b);
}

/// Words of two pairs of rows: the radius squared, and the angle's word.
typedef struct { F square; I angle; } single_words;

INLINE single_words next_single_words(generator *g) {
  U radius0 = next_bits(g), radius1 = next_bits(g), angles = next_bits(g);
  return (single_words){single_squared_radius_of(upper_52_bits(radius0, radius1)),
                        halves_of(angles)};
}

/// The normals of `normals_of_lanes`, four rows at a time. The next words are fetched beside the
/// present root, so that neither waits for the other.
INLINE void single_normals_of_lanes(generator g, int first, float *z) {
  single_words next = next_single_words(&g);
  for (int i = first; i < RK_WIDTH; i += 4 * RK_LOGICAL_LANES) {
    F r = SQRT_SINGLE(next.square), a, b;
    I angle = next.angle;
    next = next_single_words(&g);
    single_pair_of(r, angle, &a, &b);
    STORE_HALF(z + i, LOWER(a));
    STORE_HALF(z + i + RK_LOGICAL_LANES, LOWER(b));
    STORE_HALF(z + i + 2 * RK_LOGICAL_LANES, UPPER(a));
    STORE_HALF(z + i + 3 * RK_LOGICAL_LANES, UPPER(b));
  }
}

static void single_normals_of_seed(const column_seed *column, float *z) {
  EACH_LANE_GROUP(first) single_normals_of_lanes(generator_of(column, first), first, z);
}
static void single_normals_column(uint64_t seed, uint64_t stream, uint32_t block, float *z) {
  EACH_LANE_GROUP(first) single_normals_of_lanes(seeded(seed, stream, block, first), first, z);
}

static void round_to_single_column(const double *x, float *y) {
  for (int i = 0; i < RK_WIDTH; i += LANES) STORE_HALF(y + i, NARROW(LOAD(x + i)));
}
