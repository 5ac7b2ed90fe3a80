// SPDX-License-Identifier: GPL-3.0-or-later
//
// Counting set bits path by path, 512 paths at a time: counters are kept bit by bit ("bit-sliced")
// and columns are added through full adders, so that a column costs one adder on average (Harley and
// Seal's way of counting bits, made incremental). Layout in column_kernels.h.

#define BIT_COLUMN_WORDS (RK_WIDTH / 64)
#define EACH_WORD_GROUP(w) for (int w = 0; w < BIT_COLUMN_WORDS; w += LANES)

_Static_assert(RK_COUNTER_WORDS == 8 + 16 * RK_COUNTER_LEVELS, "room for every level");

INLINE U LOAD_WORDS(const uint64_t *p) { U v; __builtin_memcpy(&v, p, sizeof v); return v; }
INLINE void STORE_WORDS(uint64_t *p, U v) { __builtin_memcpy(p, &v, sizeof v); }

INLINE uint64_t *counter_sum(uint64_t *counter, int level) { return counter + 8 + 16 * level; }
INLINE uint64_t *counter_pending(uint64_t *counter, int level) { return counter + 16 + 16 * level; }

/// sum + pending + carry of each path: the low bit into `sum`, the high bit returned.
INLINE U full_adder(uint64_t *sum, U pending, U carry) {
  U a = LOAD_WORDS(sum), half = a ^ pending;
  STORE_WORDS(sum, half ^ carry);
  return (a & pending) | (half & carry);
}

/// Adds a bit column. Level k passes a carry on at every 2^(k+1)-th column.
INLINE void count_column(uint64_t *counter, const uint64_t *column) {
  uint64_t n = counter[0]++;
  EACH_WORD_GROUP(w) {
    U carry = LOAD_WORDS(column + w);
    int level = 0;
    for (; n >> level & 1; level++)
      carry = full_adder(
        counter_sum(counter, level) + w, LOAD_WORDS(counter_pending(counter, level) + w), carry);
    STORE_WORDS(counter_pending(counter, level) + w, carry);
  }
}

/// The number of set bits of a column.
INLINE int64_t bits_in(const uint64_t *column) {
  int64_t count = 0;
  for (int w = 0; w < BIT_COLUMN_WORDS; w++) count += __builtin_popcountll(column[w]);
  return count;
}

/// Exchanges the upper halves of a's pairs of `bits`-wide fields for the lower halves of b's.
INLINE void exchange_fields(U *a, U *b, uint64_t bits, uint64_t lower) {
  U moved = ((*a >> bits) ^ *b) & lower;
  *b ^= moved;
  *a ^= moved << bits;
}

/// Byte k of row[m] becomes byte m of row[k], word by word.
INLINE void transpose_bytes(U row[8]) {
  for (int k = 0; k < 8; k += 2) exchange_fields(row + k, row + k + 1, 8, 0x00ff00ff00ff00ff);
  for (int k = 0; k < 8; k++)
    if (!(k & 2)) exchange_fields(row + k, row + k + 2, 16, 0x0000ffff0000ffff);
  for (int k = 0; k < 4; k++) exchange_fields(row + k, row + k + 4, 32, 0x00000000ffffffff);
}

static void add_counts_of(uint64_t *counter, int32_t *counts) {
  typedef uint8_t Bytes __attribute__((ext_vector_type(8)));
  typedef int32_t Counts __attribute__((ext_vector_type(8)));
  // What is pending ripples into the sums; then the sums are the counts, `levels` bits wide.
  uint64_t n = counter[0];
  int levels = n ? 64 - __builtin_clzll(n) : 0;
  EACH_WORD_GROUP(w) {
    U carry = (uint64_t)0;
    for (int level = 0; level < levels; level++) {
      U pending = n >> level & 1 ? LOAD_WORDS(counter_pending(counter, level) + w) : (uint64_t)0;
      carry = full_adder(counter_sum(counter, level) + w, pending, carry);
    }
    // Byte m of (sum >> k) & 0x01…01 is the bit of path 8m + k; eight levels fill the bytes.
    for (int first = 0; first < levels; first += 8) {
      int last = first + 8 < levels ? first + 8 : levels;
      U row[8];
      for (int k = 0; k < 8; k++) row[k] = (uint64_t)0;
      for (int level = first; level < last; level++) {
        U sum = LOAD_WORDS(counter_sum(counter, level) + w);
        for (int k = 0; k < 8; k++)
          row[k] |= ((sum >> (uint64_t)k) & 0x0101010101010101) << (uint64_t)(level - first);
      }
      transpose_bytes(row);
      for (int m = 0; m < 8; m++) {
        uint64_t words[LANES];
        STORE_WORDS(words, row[m]);
        for (int lane = 0; lane < LANES; lane++) {
          Bytes bytes;
          Counts eight;
          int32_t *place = counts + 64 * (w + lane) + 8 * m;
          __builtin_memcpy(&bytes, words + lane, sizeof bytes);
          __builtin_memcpy(&eight, place, sizeof eight);
          eight += __builtin_convertvector(bytes, Counts) << first;
          __builtin_memcpy(place, &eight, sizeof eight);
        }
      }
    }
  }
  __builtin_memset(counter, 0, sizeof(uint64_t[16]) * (unsigned)(levels + 1));
}
