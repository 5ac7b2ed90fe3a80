// SPDX-License-Identifier: GPL-3.0-or-later
//
// Generators: Philox4x32-10 turns an address into state, xoshiro256+ turns state into numbers.
//
// A draw column has eight logical lanes whatever LANES is: a vector holds lanes
// first…first+LANES−1, so a kernel runs the column 8/LANES times, once per lane group
// (EACH_LANE_GROUP), over rows of eight values.

#define EACH_LANE_GROUP(first) for (int first = 0; first < RK_LOGICAL_LANES; first += LANES)

/// xoshiro256+ state of LANES lanes.
typedef struct { U s0, s1, s2, s3; } generator;

INLINE U rotate_left(U x, int k) { return (x << k) | (x >> (64 - k)); }

/// Philox4x32-10 on counters (stream, block, j) under key `seed`, one counter per lane: the four
/// 32-bit output words as two 64-bit words, the first word low.
INLINE void philox(uint64_t seed, uint64_t stream, uint32_t block, U j, U *word01, U *word23) {
  U x0 = (uint64_t)(uint32_t)stream, x1 = stream >> 32, x2 = (uint64_t)block, x3 = j;
  U k0 = (uint64_t)(uint32_t)seed, k1 = seed >> 32;
#pragma clang loop unroll(full)
  for (int round = 0; round < 10; round++) {
    // Each word keeps garbage above its 32 bits, which only products would see: they mask it off.
    U p0 = (x0 & 0xffffffff) * 0xD2511F53, p1 = (x2 & 0xffffffff) * 0xCD9E8D57;
    x0 = (p1 >> 32) ^ x1 ^ k0;
    x1 = p1;
    x2 = (p0 >> 32) ^ x3 ^ k1;
    x3 = p0;
    k0 += 0x9E3779B9;
    k1 += 0xBB67AE85;
  }
  *word01 = (x0 & 0xffffffff) | (x1 << 32);
  *word23 = (x2 & 0xffffffff) | (x3 << 32);
}

/// The generator of lanes first_lane…first_lane+LANES−1 of the draw column (seed, stream, block).
INLINE generator seeded(uint64_t seed, uint64_t stream, uint32_t block, int first_lane) {
  U lane;
  for (int i = 0; i < LANES; i++) lane[i] = (uint64_t)(first_lane + i);
  generator g;
  philox(seed, stream, block, lane, &g.s0, &g.s1);
  philox(seed, stream, block, lane + 8, &g.s2, &g.s3);
  return g;
}

/// The next 64 bits of each lane: xoshiro256+ (Blackman and Vigna, "Scrambled linear pseudorandom
/// number generators", 2018), their generator for floating-point numbers.
///
/// The lowest three bits are weaker than the others; nothing below uses them but as the last digits
/// of a number.
INLINE U next_bits(generator *g) {
  U result = g->s0 + g->s3;
  U s3 = g->s3 ^ g->s1;
  // Three-way sums, so that they cost one instruction where there is one.
  U s1 = g->s1 ^ g->s2 ^ g->s0, s2 = g->s2 ^ g->s0 ^ (g->s1 << 17);
  g->s0 ^= s3;
  g->s1 = s1;
  g->s2 = s2;
  g->s3 = rotate_left(s3, 45);
  return result;
}

/// ((bits >> 12) + ½)·2⁻⁵²: exact, strictly inside (0, 1).
INLINE V uniform_of(U bits) { return (V)((bits >> 12) | 0x3ff0000000000000) - (1.0 - 0x1p-53); }
INLINE V next_uniform(generator *g) { return uniform_of(next_bits(g)); }

/// −2 ln u for u = bits·2⁻⁶⁴ in [0, 1], at most RK_NORMAL_LIMIT²; the error of its root is ≤ 2.6e-11.
///
/// Never negative: the logarithm keeps its relative accuracy as u → 1, and the words that round to
/// 2⁶⁴ (one in 2⁵⁴) give 9.2e-8² in place of 0.
INLINE V squared_radius_of(U bits) {
  V word = unsigned_to_double(bits), m = significand_of(word);
  U segment = (U)m >> 48;
  V z = FMA(m, LOOKUP16(radius_reciprocal, segment), -1.0);
  V p = RADIUS_C4;
  p = FMA(p, z, RADIUS_C3);
  p = FMA(p, z, RADIUS_C2);
  p = FMA(p, z, RADIUS_C1);
  p = FMA(p, z, RADIUS_C0);
  V whole = FMA(exponent_of(word), -RADIUS_TWO_LN2, LOOKUP16(radius_centre, segment));
  return MINIMUM(FMA(p, z, whole), RADIUS_SQUARED_LIMIT);
}

/// Two independent standard normals r cos θ and r sin θ per lane (Box and Muller, 1958).
///
/// θ is uniform on the circle: the word without its two upper bits, as a signed number, is an angle
/// in ±π/4; the upper bit turns it by π, the next one mirrors it, which swaps cosine and sine.
/// Error: that of the radius + 2e-12·r.
INLINE void normal_pair_of(V r, U word, V *first, V *second) {
  V x = to_double((L)(word << 2)), square = x * x;
  V sine = ANGLE_S4;
  sine = FMA(sine, square, ANGLE_S3);
  sine = FMA(sine, square, ANGLE_S2);
  sine = FMA(sine, square, ANGLE_S1);
  sine = FMA(sine, square, ANGLE_S0) * x;
  V cosine = ANGLE_C5;
  cosine = FMA(cosine, square, ANGLE_C4);
  cosine = FMA(cosine, square, ANGLE_C3);
  cosine = FMA(cosine, square, ANGLE_C2);
  cosine = FMA(cosine, square, ANGLE_C1);
  cosine = FMA(cosine, square, ANGLE_C0);
  V turned = (V)((U)r ^ (word & 0x8000000000000000));
  V a = turned * cosine, b = turned * sine;
  L swapped = (L)((word & 0x4000000000000000) != 0);
  *first = SELECT(swapped, b, a);
  *second = SELECT(swapped, a, b);
}
