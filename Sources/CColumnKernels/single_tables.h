// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tables and polynomial coefficients of the single-precision kernels, made as those of tables.h:
// minimax with mpmath at 40 digits, then each coefficient rounded to float. Errors are those of the
// unrounded polynomial; rounding and evaluation add a few 6e-8.
#ifndef RENKEI_SINGLE_TABLES_H
#define RENKEI_SINGLE_TABLES_H

#include <stdint.h>

// ---- radius of a normal pair: −2 ln of a word's m in [1, 2), segment j = floor(16(m − 1))

// r(j) = 1 / (1 + (j + ½)/16), rounded; but ½ for j = 15, so that words near the largest keep
// their relative accuracy
static const _Alignas(64) float single_radius_reciprocal[16] = {
  0x1.f07c2p-1f, 0x1.d41d42p-1f, 0x1.bacf92p-1f, 0x1.a41a42p-1f,
  0x1.8f9c18p-1f, 0x1.7d05f4p-1f, 0x1.6c16c2p-1f, 0x1.5c9882p-1f,
  0x1.4e5e0ap-1f, 0x1.414142p-1f, 0x1.3521dp-1f, 0x1.29e412p-1f,
  0x1.1f7048p-1f, 0x1.15b1e6p-1f, 0x1.0c9714p-1f, 0x1p-1f,
};
// 2 ln r(j); entry 15 is −2 ln 2 as below, so that it cancels an exponent exactly
static const _Alignas(64) float single_radius_centre[16] = {
  -0x1.f8299p-5f, -0x1.6f0d28p-3f, -0x1.29552cp-2f, -0x1.9525a8p-2f,
  -0x1.fb918cp-2f, -0x1.2e8e2cp-1f, -0x1.5d1bdap-1f, -0x1.89a33ap-1f,
  -0x1.b44f7ap-1f, -0x1.dd469ep-1f, -0x1.02552ap+0f, -0x1.154c3ep+0f,
  -0x1.2795ep+0f, -0x1.393e0ep+0f, -0x1.4a4f88p+0f, -0x1.62e43p+0f,
};
#define SINGLE_TWO_LN2 0x1.62e43p+0f
// −2 ln(1 + z) = z·(C0 + … + C3 z³), −1/32 ≤ z ≤ 1/33, for the weight the radius feels; error of
// the radius ≤ 2.2e-9
#define SINGLE_RADIUS_C0 -0x1p+1f
#define SINGLE_RADIUS_C1 0x1.ffff9cp-1f
#define SINGLE_RADIUS_C2 -0x1.558852p-1f
#define SINGLE_RADIUS_C3 0x1.022cd8p-1f
// RK_NORMAL_LIMIT² less the room that rounding of radius, sine and cosine needs
#define SINGLE_RADIUS_SQUARED_LIMIT 68.8899f

// ---- sine and cosine on ±π/4

// With a = π/4 and |x| ≤ 1: errors ≤ 1.2e-9 and ≤ 2.8e-8, for sin(ax) = x·(S0 + … + S3 x⁶) and
// cos(ax) = C0 + … + C3 x⁶
#define SINGLE_ANGLE_S0 0x1.921fb6p-1f
#define SINGLE_ANGLE_S1 -0x1.4abbbep-4f
#define SINGLE_ANGLE_S2 0x1.465f4p-9f
#define SINGLE_ANGLE_S3 -0x1.2d9b6ep-15f
#define SINGLE_ANGLE_C0 1.0f
#define SINGLE_ANGLE_C1 -0x1.3bd392p-2f
#define SINGLE_ANGLE_C2 0x1.03af5cp-6f
#define SINGLE_ANGLE_C3 -0x1.4e5ed6p-12f

// ---- 2^x

// Bits of 2^(j/16), less j << 19: adding n << 19 for a whole n ≡ j (mod 16) gives the bits of
// 2^(n/16)
static const _Alignas(64) uint32_t single_exp2_centre[16] = {
  0x3f800000, 0x3f7daac3, 0x3f7b95c2, 0x3f79c3d3,
  0x3f7837f0, 0x3f76f532, 0x3f75fed7, 0x3f75583f,
  0x3f7504f3, 0x3f7508a4, 0x3f75672a, 0x3f76248c,
  0x3f7744fd, 0x3f78ccdf, 0x3f7ac0c7, 0x3f7d257d,
};
// 2^(f/16) = 1 + f·(C1 + C2 f + C3 f²), |f| ≤ ½: minimax for weight |f|, error ≤ 1.6e-9
#define SINGLE_EXP2_C1 0x1.62e43p-5f
#define SINGLE_EXP2_C2 0x1.ebfff4p-11f
#define SINGLE_EXP2_C3 0x1.c6b46ap-17f

#endif
