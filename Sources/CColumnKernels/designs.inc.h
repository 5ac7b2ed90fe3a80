// SPDX-License-Identifier: GPL-3.0-or-later
//
// Columns of uniforms that cover (0, 1) more evenly than independent draws do.

/// The low 32 bits of each lane in the opposite order.
INLINE U reverse32(U x) {
  x = ((x >> 1) & 0x55555555) | ((x & 0x55555555) << 1);
  x = ((x >> 2) & 0x33333333) | ((x & 0x33333333) << 2);
  x = ((x >> 4) & 0x0f0f0f0f) | ((x & 0x0f0f0f0f) << 4);
  x = ((x >> 8) & 0x00ff00ff) | ((x & 0x00ff00ff) << 8);
  return (x >> 16) | ((x & 0xffff) << 16);
}

/// A hash of the low 32 bits in which every bit depends on itself and lower bits alone: on digits
/// in reversed order, a nested uniform scramble (Owen, "Randomly permuted (t,m,s)-nets and
/// (t,s)-sequences", 1995).
///
/// Laine and Karras, "Stratified sampling for stochastic transparency", 2011, with the constants of
/// Vegdahl, "Building a better LK hash", 2021; Burley, "Practical hash-based Owen scrambling", JCGT
/// 9 (2020), is the analysis. Bits above the 32 are garbage on return.
INLINE U nested_hash(U x, uint32_t key) {
  const uint64_t low = 0xffffffff;
  x ^= (x & low) * 0x3d20adea;
  x += (uint64_t)key;
  x = (x & low) * (uint64_t)((key >> 16) | 1);
  x ^= (x & low) * 0x05526c56;
  return x ^ ((x & low) * 0x53a22864);
}

/// The exclusive or of the directions at the bits of the Gray code of an index.
INLINE uint32_t net_digits(const uint32_t *directions, uint32_t index) {
  uint32_t digits = 0;
  for (uint32_t gray = index ^ (index >> 1), k = 0; gray != 0; gray >>= 1, k++)
    digits ^= directions[k] & (0 - (gray & 1));
  return digits;
}

static void scrambled_net_column(const uint32_t *directions, uint32_t first, uint32_t key,
                                 uint32_t shift, uint64_t seed, uint64_t stream, uint32_t block,
                                 double *u) {
  EACH_LANE_GROUP(group) {
    generator g = seeded(seed, stream, block, group);
    U lanes;
    for (int i = 0; i < LANES; i++) lanes[i] = (uint64_t)net_digits(directions, (uint32_t)(group + i));
    uint32_t row = net_digits(directions, first);
    for (uint32_t k = 0; k < RK_WIDTH / RK_LOGICAL_LANES; k++) {
      U digits = reverse32(nested_hash(lanes ^ (uint64_t)row, key)) ^ (uint64_t)shift;
      U bits = (digits << 32) | (next_bits(&g) >> 32);
      STORE(u + RK_LOGICAL_LANES * k + (uint32_t)group, uniform_of(bits));
      // From row k to row k + 1 the Gray code changes in bit 2 and in the lowest set bit of k + 1.
      row ^= directions[2] ^ directions[3 + __builtin_ctz(k + 1)];
    }
  }
}

static void stratified_column(uint64_t seed, uint64_t stream, uint32_t block, double *u) {
  uint64_t words[2 * RK_WIDTH];
  EACH_LANE_GROUP(group) {
    generator g = seeded(seed, stream, block, group);
    for (int i = group; i < 2 * RK_WIDTH; i += RK_LOGICAL_LANES) {
      U bits = next_bits(&g);
      __builtin_memcpy(words + i, &bits, sizeof bits);
    }
  }
  uint64_t stratum[RK_WIDTH];
  for (uint32_t i = 0; i < RK_WIDTH; i++) stratum[i] = i;
  for (uint32_t i = RK_WIDTH - 1; i > 0; i--) {
    uint64_t j = ((words[RK_WIDTH + i] >> 32) * (i + 1)) >> 32, other = stratum[j];
    stratum[j] = stratum[i];
    stratum[i] = other;
  }
  EACH(i) {
    U place, inside;
    __builtin_memcpy(&place, stratum + i, sizeof place);
    __builtin_memcpy(&inside, words + i, sizeof inside);
    STORE(u + i, uniform_of((place << 55) | (inside >> 9)));
  }
}
