// SPDX-License-Identifier: GPL-3.0-or-later
//
// Vectors of 2·LANES floats, as wide as a vector of doubles.
//
// F floats, I signed 32-bit integers and masks (all ones or zero); H half an F.

#define SINGLE_LANES (2 * LANES)

typedef float F __attribute__((ext_vector_type(SINGLE_LANES)));
typedef int32_t I __attribute__((ext_vector_type(SINGLE_LANES)));
typedef float H __attribute__((ext_vector_type(LANES)));

// Indices of a shuffle: LANES of them from a first one on, one by one and by twos.
#if LANES == 8
#define LANES_FROM(i) i, i + 1, i + 2, i + 3, i + 4, i + 5, i + 6, i + 7
#define EVERY_OTHER_FROM(i) i, i + 2, i + 4, i + 6, i + 8, i + 10, i + 12, i + 14
#elif LANES == 4
#define LANES_FROM(i) i, i + 1, i + 2, i + 3
#define EVERY_OTHER_FROM(i) i, i + 2, i + 4, i + 6
#else
#define LANES_FROM(i) i, i + 1
#define EVERY_OTHER_FROM(i) i, i + 2
#endif

INLINE F LOAD_SINGLE(const float *p) { F x; __builtin_memcpy(&x, p, sizeof x); return x; }
INLINE void STORE_SINGLE(float *p, F x) { __builtin_memcpy(p, &x, sizeof x); }
INLINE void STORE_HALF(float *p, H x) { __builtin_memcpy(p, &x, sizeof x); }

INLINE H LOWER(F x) { return __builtin_shufflevector(x, x, LANES_FROM(0)); }
INLINE H UPPER(F x) { return __builtin_shufflevector(x, x, LANES_FROM(LANES)); }
INLINE F JOIN(H lower, H upper) {
  return __builtin_shufflevector(lower, upper, LANES_FROM(0), LANES_FROM(LANES));
}
INLINE V WIDEN(H x) { return __builtin_convertvector(x, V); }
INLINE H NARROW(V x) { return __builtin_convertvector(x, H); }

/// mask ? a : b
INLINE F SELECT_SINGLE(I mask, F a, F b) { return (F)((mask & (I)a) | (~mask & (I)b)); }
/// a < x ? a : x and a > x ? a : x.
INLINE F MINIMUM_SINGLE(F x, F a) { return SELECT_SINGLE((I)(a < x), a, x); }
INLINE F MAXIMUM_SINGLE(F x, F a) { return SELECT_SINGLE((I)(a > x), a, x); }
INLINE F SQRT_SINGLE(F x) { return __builtin_elementwise_sqrt(x); }

#if RK_ISA == RK_BASELINE && defined(__x86_64__)
/// fma(a, b, c) of finite floats through doubles: the product is exact, the sum is rounded to odd,
/// and 53 bits rounded to odd round to 24 as if they were all bits (Boldo and Melquiond, 2008,
/// theorem 1).
INLINE H half_fma(H a, H b, H c) {
  V lost, sum = two_sum(WIDEN(a) * WIDEN(b), WIDEN(c), &lost);
  L even = ((L)sum & 1) - 1, step = ((L)(lost > 0.0) ^ (L)(sum > 0.0)) | 1;
  return NARROW((V)((L)sum + (step & even & (L)(lost != 0.0))));
}
INLINE F FMA_SINGLE(F a, F b, F c) {
  return JOIN(half_fma(LOWER(a), LOWER(b), LOWER(c)), half_fma(UPPER(a), UPPER(b), UPPER(c)));
}
#else
/// fma(a, b, c), rounded once.
INLINE F FMA_SINGLE(F a, F b, F c) { return __builtin_elementwise_fma(a, b, c); }
#endif

// ---- 64-bit words

/// The upper 52 bits of each word as a whole number, rounded once.
INLINE H half_upper_52_bits(U words) {
#if RK_ISA == RK_AVX512
  return __builtin_convertvector((L)(words >> 12), H);
#else
  return NARROW((V)((words >> 12) | 0x4330000000000000) - 0x1p52);
#endif
}
INLINE F upper_52_bits(U first, U second) {
  return JOIN(half_upper_52_bits(first), half_upper_52_bits(second));
}
/// The upper 32 bits of all words, then the lower ones.
INLINE I halves_of(U words) {
  return __builtin_shufflevector((I)words, (I)words, EVERY_OTHER_FROM(1), EVERY_OTHER_FROM(0));
}

/// For normal x > 0, x = m·2^e with 1 ≤ m < 2: e, and m. Zero gives m = 1 and e = −127 or −∞.
#if RK_ISA == RK_AVX512
INLINE F single_exponent_of(F x) { return (F)_mm512_getexp_ps((__m512)x); }
INLINE F single_significand_of(F x) {
  return (F)_mm512_getmant_ps((__m512)x, _MM_MANT_NORM_1_2, _MM_MANT_SIGN_zero);
}
#else
INLINE F single_exponent_of(F x) { return (F)(((I)x >> 23) | 0x4b000000) - (0x1p23f + 127.0f); }
INLINE F single_significand_of(F x) { return (F)(((I)x & 0x007fffff) | 0x3f800000); }
#endif

/// table[index mod 16] from a 64-byte aligned table.
INLINE F LOOKUP16_SINGLE(const float *table, I index) {
#if RK_ISA == RK_AVX512
  return (F)_mm512_permutexvar_ps((__m512i)index, (__m512)LOAD_SINGLE(table));
#elif RK_ISA == RK_AVX2
  __m256 low = _mm256_permutevar8x32_ps((__m256)LOAD_SINGLE(table), (__m256i)index);
  __m256 high = _mm256_permutevar8x32_ps((__m256)LOAD_SINGLE(table + 8), (__m256i)index);
  return (F)_mm256_blendv_ps(low, high, (__m256)(index << 28));
#else
  F y;
  for (int i = 0; i < SINGLE_LANES; i++) y[i] = table[index[i] & 15];
  return y;
#endif
}

// ---- masks

/// The masks of 2·LANES doubles as one over floats.
INLINE I JOIN_MASKS(L lower, L upper) {
  typedef int32_t Narrow __attribute__((ext_vector_type(LANES)));
  return __builtin_shufflevector(__builtin_convertvector(lower, Narrow),
                                 __builtin_convertvector(upper, Narrow), LANES_FROM(0),
                                 LANES_FROM(LANES));
}

/// Bit i tells whether lane i of the mask is set.
INLINE uint32_t single_lane_bits(I mask) {
#if RK_ISA == RK_AVX512
  return _cvtmask16_u32(_mm512_movepi32_mask((__m512i)mask));
#elif RK_ISA == RK_AVX2
  return (uint32_t)_mm256_movemask_ps((__m256)mask);
#else
  uint32_t bits = 0;
  for (int i = 0; i < SINGLE_LANES; i++) bits |= (uint32_t)(mask[i] & 1) << i;
  return bits;
#endif
}

/// Puts the masks of 32 paths, from `path` on, into a bit column; see `put_rows`.
INLINE void put_singles(uint64_t *column, int path, const I *mask) {
  uint32_t bits = 0;
  for (int g = 0; g < 32 / SINGLE_LANES; g++)
    bits |= single_lane_bits(mask[g]) << g * SINGLE_LANES;
  __builtin_memcpy((char *)column + path / 8, &bits, sizeof bits);
}
