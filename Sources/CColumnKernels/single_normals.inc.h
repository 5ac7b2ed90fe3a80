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

/// `normal_pair_of` in floats: the sector from the low four bits, the angle within it from the upper
/// 32 as a signed number.
INLINE void single_pair_of(F r, I sector, I angle, F *cosine, F *sine) {
  F x = __builtin_convertvector(angle, F) * 0x1p-31f, square = x * x;
  F p = FMA_SINGLE(SINGLE_ANGLE_S2, square, SINGLE_ANGLE_S1);
  p = FMA_SINGLE(p, square, SINGLE_ANGLE_S0) * x;
  F q = FMA_SINGLE(SINGLE_ANGLE_C2, square, SINGLE_ANGLE_C1);
  q = FMA_SINGLE(q, square, SINGLE_ANGLE_C0);
  F c = LOOKUP16_SINGLE(single_cosine_centre, sector), s = LOOKUP16_SINGLE(single_sine_centre, sector);
  *cosine = r * FMA_SINGLE(-s, p, c * q);
  *sine = r * FMA_SINGLE(c, p, s * q);
}

/// Words of two pairs of rows: the radius squared, and the angle's words.
typedef struct { F square; I sector, angle; } single_words;

INLINE single_words next_single_words(generator *g) {
  U radius0 = next_bits(g), angle0 = next_bits(g), radius1 = next_bits(g), angle1 = next_bits(g);
  return (single_words){single_squared_radius_of(upper_52_bits(radius0, radius1)),
                        lower_32_bits(angle0, angle1), upper_32_bits(angle0, angle1)};
}

/// The normals of `normals_of_lanes`, four rows at a time. The next words are fetched beside the
/// present root, so that neither waits for the other.
INLINE void single_normals_of_lanes(generator g, int first, float *z) {
  single_words next = next_single_words(&g);
  for (int i = first; i < RK_WIDTH; i += 4 * RK_LOGICAL_LANES) {
    F r = SQRT_SINGLE(next.square), cosine, sine;
    I sector = next.sector, angle = next.angle;
    next = next_single_words(&g);
    single_pair_of(r, sector, angle, &cosine, &sine);
    STORE_HALF(z + i, LOWER(cosine));
    STORE_HALF(z + i + RK_LOGICAL_LANES, LOWER(sine));
    STORE_HALF(z + i + 2 * RK_LOGICAL_LANES, UPPER(cosine));
    STORE_HALF(z + i + 3 * RK_LOGICAL_LANES, UPPER(sine));
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
