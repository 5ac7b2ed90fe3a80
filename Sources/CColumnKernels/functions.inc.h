// SPDX-License-Identifier: GPL-3.0-or-later
//
// 2^x, log₂ x, Φ⁻¹(u) and piecewise polynomials of one vector. Coefficients: tables.h.

/// x = 2^e·m with m in [31/32, 63/32): the segment of m (one of 16, in the low four bits), e·2⁵²
/// as a double, and the residual m·c − 1 in ±1/32, c being the segment's reciprocal centre.
///
/// Segment 0 is centred on m = 1 with c = 1, so that logarithms near x = 1 keep their relative
/// accuracy.
INLINE void split_logarithm(V x, U *segment, V *exponent, V *residual) {
  U shifted = (U)x + (0x0000800000000000 - 0x3ff0000000000000);
  L e = (L)(shifted & 0xfff0000000000000);
  *segment = shifted >> 48;
  *exponent = to_double(e);
  *residual = FMA((V)((U)x - (U)e), LOOKUP16(reciprocal_centre, *segment), -1.0);
}

/// log₂ x for normal x > 0; absolute error ≤ 1e-13 + 1 ulp. Zero gives −1023.
INLINE V log2_of(V x) {
  U segment;
  V exponent, residual;
  split_logarithm(x, &segment, &exponent, &residual);
  V p = LOG2_C5;
  p = FMA(p, residual, LOG2_C4);
  p = FMA(p, residual, LOG2_C3);
  p = FMA(p, residual, LOG2_C2);
  p = FMA(p, residual, LOG2_C1);
  p = FMA(p, residual, LOG2_C0);
  return FMA(p, residual, FMA(exponent, 0x1p-52, LOOKUP16(log2_centre, segment)));
}

/// 2^x for −1022 ≤ x ≤ 1023; relative error ≤ 4e-12, exact at integers.
///
/// 16x = n + f with n whole and |f| ≤ ½; 2^(n/16) comes from a table and n's bits, 2^(f/16) from a
/// polynomial.
INLINE V exp2_in_range(V x) {
  V shifted = FMA(x, 16.0, 0x1.8p52), f = FMA(x, 16.0, -(shifted - 0x1.8p52));
  U n = (U)shifted;
  V scale = (V)((n << 48) + (U)LOOKUP16((const double *)exp2_centre, n));
  V p = EXP2_C4;
  p = FMA(p, f, EXP2_C3);
  p = FMA(p, f, EXP2_C2);
  p = FMA(p, f, EXP2_C1);
  return FMA(p, f, 1.0) * scale;
}
/// 2^x for every x: 0 below −1022, 2^1023 above 1023.
INLINE V exp2_of(V x) { return SELECT((L)(x < -1022.0), 0.0, exp2_in_range(MINIMUM(x, 1023.0))); }

/// a·2^(f/16) for |f| ≤ ½ as a polynomial: the coefficients of EXP2 times a.
typedef struct { V c0, c1, c2, c3, c4; } scaled_exp2;

INLINE scaled_exp2 exp2_scaled_by(double a) {
  return (scaled_exp2){a, EXP2_C1 * a, EXP2_C2 * a, EXP2_C3 * a, EXP2_C4 * a};
}
/// a·2^(x/16) for |x| ≤ 16·1022: `exp2_in_range` with its factor multiplied in beforehand and its
/// argument in sixteenths, which saves two multiplications; a·2^k exactly at x = 16k.
INLINE V exp2_sixteenths(scaled_exp2 e, V x) {
  V shifted = x + 0x1.8p52, f = x - (shifted - 0x1.8p52);
  U n = (U)shifted;
  V power = (V)((n << 48) + (U)LOOKUP16((const double *)exp2_centre, n));
  V p = FMA(e.c4, f, e.c3);
  p = FMA(p, f, e.c2);
  p = FMA(p, f, e.c1);
  return FMA(p, f, e.c0) * power;
}

/// Φ⁻¹(u) for 0 ≤ u ≤ 1; absolute error ≤ 4e-11 for 2⁻⁵³ ≤ u ≤ 1 − 2⁻⁵³.
///
/// z = q·P(s) with q = u − ½ and s = √(1 − log₂ 4u(1−u)), which runs from 1 at the median to 7.22
/// at u = 2⁻⁵³; P is smooth and even in q. 16 segments of s, degree 7 in the distance from a
/// segment's centre.
INLINE V normal_quantile_of(V u) {
  V q = u - 0.5;
  V s = SQRT(1.0 - log2_of(4.0 * u * (1.0 - u)));
  V position = MINIMUM(FMA(s, QUANTILE_SCALE, -QUANTILE_SCALE), 0x1.fffffffffffffp3);
  V segment = FLOOR(position), t = position - (segment + 0.5);
  U index = (U)(segment + 0x1p52);
  V p = LOOKUP16(quantile_segment[7], index);
#pragma clang loop unroll(full)
  for (int k = 6; k >= 0; k--) p = FMA(p, t, LOOKUP16(quantile_segment[k], index));
  return MAXIMUM(MINIMUM(p * q, RK_NORMAL_LIMIT), -RK_NORMAL_LIMIT);
}

/// The cubic of the pieces at x; see `cubic_table` in column_kernels.h.
INLINE V cubic_of(const double *coefficients, const rk_piece *pieces, int32_t piece_count, V x) {
  V start = pieces[0].start, inverse_step = pieces[0].inverse_step;
  V last = pieces[0].last_segment, end = pieces[0].end;
  L first = pieces[0].first_coefficient;
  for (int32_t p = 1; p < piece_count; p++) {
    L inside = (L)(x >= pieces[p].start);
    start = SELECT(inside, pieces[p].start, start);
    inverse_step = SELECT(inside, pieces[p].inverse_step, inverse_step);
    last = SELECT(inside, pieces[p].last_segment, last);
    end = SELECT(inside, pieces[p].end, end);
    first = (inside & pieces[p].first_coefficient) | (~inside & first);
  }
  x = SELECT((L)(x > start), x, start);
  x = MINIMUM(x, end);
  V s = (x - start) * inverse_step, k = MINIMUM(FLOOR(s), last), t = s - k;
  V c0, c1, c2, c3;
  LOAD_CUBIC(coefficients, first + (whole_to_integer(k) << 2), &c0, &c1, &c2, &c3);
  return FMA(FMA(FMA(c3, t, c2), t, c1), t, c0);
}

/// values[number of thresholds ≤ x] by a search without branches; `steps` is a power of two.
INLINE V step_of(const double *thresholds, const double *values, int32_t steps, V x) {
  L position = 0;
  for (int64_t half = steps / 2; half > 0; half /= 2)
    position += (L)(GATHER(thresholds + half - 1, position) <= x) & half;
  position -= (L)(GATHER(thresholds, position) <= x);
  return GATHER(values, position);
}
