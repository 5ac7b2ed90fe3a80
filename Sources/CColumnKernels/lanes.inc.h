// SPDX-License-Identifier: GPL-3.0-or-later
//
// Vectors of LANES doubles and what generic vector types cannot express.
//
// V doubles, U unsigned 64-bit integers, L signed 64-bit integers and masks (all ones or zero).
// Scalars convert to all lanes. Bits are reinterpreted by a cast, values by `to_double`.

typedef double V __attribute__((ext_vector_type(LANES)));
typedef uint64_t U __attribute__((ext_vector_type(LANES)));
typedef int64_t L __attribute__((ext_vector_type(LANES)));

#define INLINE static inline __attribute__((always_inline))
#define EACH(i) for (int i = 0; i < RK_WIDTH; i += LANES)

INLINE V LOAD(const double *p) { V v; __builtin_memcpy(&v, p, sizeof v); return v; }
INLINE void STORE(double *p, V v) { __builtin_memcpy(p, &v, sizeof v); }

/// mask ? a : b
INLINE V SELECT(L mask, V a, V b) { return (V)((mask & (L)a) | (~mask & (L)b)); }
/// a < x ? a : x, so that NaN in x stays.
INLINE V MINIMUM(V x, V a) { return SELECT((L)(a < x), a, x); }
/// a > x ? a : x, so that NaN in x stays.
INLINE V MAXIMUM(V x, V a) { return SELECT((L)(a > x), a, x); }
INLINE V ABSOLUTE(V x) { return __builtin_elementwise_abs(x); }
INLINE V SQRT(V x) { return __builtin_elementwise_sqrt(x); }

// ---- fused multiply-add

#if RK_ISA == RK_BASELINE && defined(__x86_64__)
/// x + y = sum + error exactly (Knuth).
INLINE V two_sum(V x, V y, V *error) {
  V sum = x + y, back = sum - x;
  *error = (x - (sum - back)) + (y - back);
  return sum;
}

/// The upper half of a 53-bit significand (Veltkamp).
INLINE V upper_half(V x) {
  V shifted = x * 0x1.0000002p27;
  return shifted - (shifted - x);
}

__attribute__((noinline, cold)) static V fma_by_lane(V a, V b, V c) {
  V y;
  for (int i = 0; i < LANES; i++) y[i] = __builtin_fma(a[i], b[i], c[i]);
  return y;
}

/// fma(a, b, c), correctly rounded, without an fma instruction: error-free product (Dekker),
/// error-free sums, and the last sum but one rounded to odd (Boldo and Melquiond, "Emulation of FMA
/// and correctly rounded sums: proved algorithms using rounding to odd", IEEE Trans. Comput. 57,
/// 2008, figure 2). Valid while |a|, |b|, |c| and |a·b| lie below 2^900 and a·b is zero or above
/// 2^-900; elsewhere (and for NaN and ∞) libm's fma, which is exact too, takes over.
INLINE V FMA(V a, V b, V c) {
  V product = a * b;
  V size = ABSOLUTE(product), largest = MAXIMUM(size, ABSOLUTE(c));
  largest = MAXIMUM(MAXIMUM(largest, ABSOLUTE(a)), ABSOLUTE(b));
  L normal = (L)(size > 0x1p-900) | (L)(a == 0.0) | (L)(b == 0.0);
  L inside = (L)(largest < 0x1p900) & normal;
  if (__builtin_expect(!__builtin_reduce_and(inside), 0)) return fma_by_lane(a, b, c);

  V ah = upper_half(a), al = a - ah, bh = upper_half(b), bl = b - bh;
  V product_error = al * bl - (((product - ah * bh) - al * bh) - ah * bl);
  V low_error, high_error, lost;
  V low = two_sum(c, product_error, &low_error);
  V high = two_sum(product, low, &high_error);
  V rest = two_sum(low_error, high_error, &lost);
  // Round `rest` to odd: if it is inexact and even, step to the neighbour on the side of what was
  // lost.
  L even = ((L)rest & 1) - 1, step = ((L)(lost > 0.0) ^ (L)(rest > 0.0)) | 1;
  V odd = (V)((L)rest + (step & even & (L)(lost != 0.0)));
  // A zero product leaves c, or the right sign of zero.
  return SELECT((L)(product == 0.0), product + c, high + odd);
}
#else
/// fma(a, b, c), rounded once.
INLINE V FMA(V a, V b, V c) { return __builtin_elementwise_fma(a, b, c); }
#endif

// ---- conversions, each rounding once, to nearest even

#if RK_ISA == RK_AVX512 || !defined(__x86_64__)
INLINE V to_double(L x) { return __builtin_convertvector(x, V); }
INLINE V unsigned_to_double(U x) { return __builtin_convertvector(x, V); }
#else
// The halves become the low bits of 2^52 + low and of 2^84 + 2^32·high; the difference of the
// constants is taken off exactly, so only the last sum rounds.
INLINE V to_double(L x) {
  V low = (V)(((U)x & 0xffffffff) | 0x4330000000000000);
  V high = (V)(((U)x >> 32) ^ 0x4530000080000000);
  return (high - 0x1.00000801p84) + low;
}
INLINE V unsigned_to_double(U x) {
  V low = (V)((x & 0xffffffff) | 0x4330000000000000);
  V high = (V)((x >> 32) | 0x4530000000000000);
  return (high - 0x1.00000001p84) + low;
}
#endif

/// For normal x > 0, x = m·2^e with 1 ≤ m < 2: e, and m. Zero gives m = 1 and e = −1023 or −∞.
#if RK_ISA == RK_AVX512
INLINE V exponent_of(V x) { return (V)_mm512_getexp_pd((__m512d)x); }
INLINE V significand_of(V x) {
  return (V)_mm512_getmant_pd((__m512d)x, _MM_MANT_NORM_1_2, _MM_MANT_SIGN_zero);
}
#else
INLINE V exponent_of(V x) { return (V)(((U)x >> 52) | 0x4330000000000000) - (0x1p52 + 1023.0); }
INLINE V significand_of(V x) {
  return (V)(((U)x & 0x000fffffffffffff) | 0x3ff0000000000000);
}
#endif

/// floor(x) for 0 ≤ x < 2^51.
INLINE V FLOOR(V x) {
  V nearest = (x + 0x1p52) - 0x1p52;
  return SELECT((L)(nearest > x), nearest - 1.0, nearest);
}
/// The integer value of a whole 0 ≤ x < 2^51.
INLINE L whole_to_integer(V x) { return (L)((U)(x + 0x1p52) & 0x000fffffffffffff); }

// ---- masks as bits

/// Bit i tells whether lane i of the mask is set.
INLINE uint32_t lane_bits(L mask) {
#if RK_ISA == RK_AVX512
  return _cvtmask8_u32(_mm512_movepi64_mask((__m512i)mask));
#elif RK_ISA == RK_AVX2
  return (uint32_t)_mm256_movemask_pd((__m256d)mask);
#else
  uint32_t bits = 0;
  for (int i = 0; i < LANES; i++) bits |= (uint32_t)(mask[i] & 1) << i;
  return bits;
#endif
}

/// Four rows of eight paths, of which the masks cover lanes first…first+LANES−1: bit 8k + l tells
/// whether lane l of row k is set.
INLINE uint32_t rows_as_bits(const L *mask, int first) {
  uint32_t bits = 0;
  for (int k = 0; k < 4; k++) bits |= lane_bits(mask[k]) << 8 * k;
  return bits << first;
}

// ---- look-ups

/// base[index], lane by lane: scalar loads beat the gather instructions on the processors measured.
INLINE V GATHER(const double *base, L index) {
  V y;
  for (int i = 0; i < LANES; i++) y[i] = base[index[i]];
  return y;
}

/// table[index mod 16] from a 64-byte aligned table: two registers and a permutation where there is
/// one.
INLINE V LOOKUP16(const double *table, U index) {
#if RK_ISA == RK_AVX512
  return (V)_mm512_permutex2var_pd((__m512d)LOAD(table), (__m512i)index, (__m512d)LOAD(table + 8));
#else
  return GATHER(table, (L)(index & 15));
#endif
}

/// Adds a[k], lane by lane, to element offset + k of a row of four; offsets are multiples of four.
INLINE void ADD_ROWS(double *base, L offset, const V *a) {
#if LANES == 8
  typedef double Quad __attribute__((ext_vector_type(4)));
  V even01 = __builtin_shufflevector(a[0], a[1], 0, 8, 2, 10, 4, 12, 6, 14);
  V odd01 = __builtin_shufflevector(a[0], a[1], 1, 9, 3, 11, 5, 13, 7, 15);
  V even23 = __builtin_shufflevector(a[2], a[3], 0, 8, 2, 10, 4, 12, 6, 14);
  V odd23 = __builtin_shufflevector(a[2], a[3], 1, 9, 3, 11, 5, 13, 7, 15);
  V pair[4] = {__builtin_shufflevector(even01, even23, 0, 1, 8, 9, 2, 3, 10, 11),
               __builtin_shufflevector(odd01, odd23, 0, 1, 8, 9, 2, 3, 10, 11),
               __builtin_shufflevector(even01, even23, 4, 5, 12, 13, 6, 7, 14, 15),
               __builtin_shufflevector(odd01, odd23, 4, 5, 12, 13, 6, 7, 14, 15)};
  for (int i = 0; i < 8; i++) {
    // Pairs hold lanes 0 and 2, 1 and 3, 4 and 6, 5 and 7.
    V both = pair[i / 4 * 2 + i % 2];
    Quad row, sum;
    if (i / 2 % 2 == 0) row = __builtin_shufflevector(both, both, 0, 1, 2, 3);
    else row = __builtin_shufflevector(both, both, 4, 5, 6, 7);
    __builtin_memcpy(&sum, base + offset[i], sizeof sum);
    sum += row;
    __builtin_memcpy(base + offset[i], &sum, sizeof sum);
  }
#else
  for (int i = 0; i < LANES; i++)
    for (int k = 0; k < 4; k++) base[offset[i] + k] += a[k][i];
#endif
}

/// table[index] for 0 ≤ index < 8, from a 64-byte aligned table.
INLINE V LOOKUP8(const double *table, L index) {
#if RK_ISA == RK_AVX512
  return (V)_mm512_permutexvar_pd((__m512i)index, (__m512d)LOAD(table));
#else
  return GATHER(table, index);
#endif
}

/// Four consecutive coefficients from base + offset, transposed to one vector each.
INLINE void LOAD_CUBIC(const double *base, L offset, V *c0, V *c1, V *c2, V *c3) {
#if LANES == 2
  V lower0 = LOAD(base + offset[0]), upper0 = LOAD(base + offset[0] + 2);
  V lower1 = LOAD(base + offset[1]), upper1 = LOAD(base + offset[1] + 2);
  *c0 = __builtin_shufflevector(lower0, lower1, 0, 2);
  *c1 = __builtin_shufflevector(lower0, lower1, 1, 3);
  *c2 = __builtin_shufflevector(upper0, upper1, 0, 2);
  *c3 = __builtin_shufflevector(upper0, upper1, 1, 3);
#elif LANES == 4
  V r0 = LOAD(base + offset[0]), r1 = LOAD(base + offset[1]);
  V r2 = LOAD(base + offset[2]), r3 = LOAD(base + offset[3]);
  V even01 = __builtin_shufflevector(r0, r1, 0, 4, 2, 6);
  V odd01 = __builtin_shufflevector(r0, r1, 1, 5, 3, 7);
  V even23 = __builtin_shufflevector(r2, r3, 0, 4, 2, 6);
  V odd23 = __builtin_shufflevector(r2, r3, 1, 5, 3, 7);
  *c0 = __builtin_shufflevector(even01, even23, 0, 1, 4, 5);
  *c1 = __builtin_shufflevector(odd01, odd23, 0, 1, 4, 5);
  *c2 = __builtin_shufflevector(even01, even23, 2, 3, 6, 7);
  *c3 = __builtin_shufflevector(odd01, odd23, 2, 3, 6, 7);
#else
  typedef double Quad __attribute__((ext_vector_type(4)));
  Quad row[8];
  for (int i = 0; i < 8; i++) __builtin_memcpy(&row[i], base + offset[i], sizeof row[i]);
  V r0 = __builtin_shufflevector(row[0], row[4], 0, 1, 2, 3, 4, 5, 6, 7);
  V r1 = __builtin_shufflevector(row[1], row[5], 0, 1, 2, 3, 4, 5, 6, 7);
  V r2 = __builtin_shufflevector(row[2], row[6], 0, 1, 2, 3, 4, 5, 6, 7);
  V r3 = __builtin_shufflevector(row[3], row[7], 0, 1, 2, 3, 4, 5, 6, 7);
  V even01 = __builtin_shufflevector(r0, r1, 0, 8, 2, 10, 4, 12, 6, 14);
  V odd01 = __builtin_shufflevector(r0, r1, 1, 9, 3, 11, 5, 13, 7, 15);
  V even23 = __builtin_shufflevector(r2, r3, 0, 8, 2, 10, 4, 12, 6, 14);
  V odd23 = __builtin_shufflevector(r2, r3, 1, 9, 3, 11, 5, 13, 7, 15);
  *c0 = __builtin_shufflevector(even01, even23, 0, 1, 8, 9, 4, 5, 12, 13);
  *c1 = __builtin_shufflevector(odd01, odd23, 0, 1, 8, 9, 4, 5, 12, 13);
  *c2 = __builtin_shufflevector(even01, even23, 2, 3, 10, 11, 6, 7, 14, 15);
  *c3 = __builtin_shufflevector(odd01, odd23, 2, 3, 10, 11, 6, 7, 14, 15);
#endif
}
