// SPDX-License-Identifier: GPL-3.0-or-later
//
// The choice of instruction set, and the generators one number at a time.
#pragma clang fp contract(off)
#include "kernel_tables.h"

#include <stddef.h>

int rk_best_isa(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("x86-64-v4")) return RK_AVX512;
  if (__builtin_cpu_supports("x86-64-v3")) return RK_AVX2;
#endif
  return RK_BASELINE;
}

const rk_kernels *_Nullable rk_kernels_for(int isa) {
  if (isa < RK_BASELINE || isa > rk_best_isa()) return NULL;
#if defined(__x86_64__)
  if (isa == RK_AVX512) return &rk_kernels_avx512;
  if (isa == RK_AVX2) return &rk_kernels_avx2;
#endif
  return &rk_kernels_baseline;
}

void rk_philox4x32_10(const uint32_t *counter, const uint32_t *key, uint32_t *out) {
  uint32_t x0 = counter[0], x1 = counter[1], x2 = counter[2], x3 = counter[3];
  uint32_t k0 = key[0], k1 = key[1];
  for (int round = 0; round < 10; round++) {
    uint64_t p0 = (uint64_t)x0 * 0xD2511F53, p1 = (uint64_t)x2 * 0xCD9E8D57;
    x0 = (uint32_t)(p1 >> 32) ^ x1 ^ k0;
    x1 = (uint32_t)p1;
    x2 = (uint32_t)(p0 >> 32) ^ x3 ^ k1;
    x3 = (uint32_t)p0;
    k0 += 0x9E3779B9;
    k1 += 0xBB67AE85;
  }
  out[0] = x0;
  out[1] = x1;
  out[2] = x2;
  out[3] = x3;
}

static uint64_t rotate_left(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }

uint64_t rk_xoshiro256plus(uint64_t *state) {
  uint64_t result = state[0] + state[3], t = state[1] << 17;
  state[2] ^= state[0];
  state[3] ^= state[1];
  state[1] ^= state[2];
  state[0] ^= state[3];
  state[2] ^= t;
  state[3] = rotate_left(state[3], 45);
  return result;
}
