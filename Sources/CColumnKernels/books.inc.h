// SPDX-License-Identifier: GPL-3.0-or-later
//
// Kernels that the money of a portfolio is made of, once all plans of a block are known. Contracts in
// column_kernels.h.

static void standing_sums_of(const double *kept, int64_t rows, int64_t width, double *columns) {
  EACH(i) {
    for (int64_t k = 0; k < width; k++) {
      V sum = 0.0;
      for (int64_t m = rows - 1; m >= 0; m--) {
        V now;
        for (int lane = 0; lane < LANES; lane++)
          now[lane] = kept[((i + lane) * rows + m) * width + k];
        sum = sum + now;
        STORE(columns + (m * width + k) * RK_STRIDE + i, sum);
      }
    }
  }
}

static void flow_columns_of(const double *flow, double *columns) {
  EACH(i) {
    const double *row = flow + i / RK_LOGICAL_LANES * RK_FLOW_COUNT * RK_LOGICAL_LANES
                        + i % RK_LOGICAL_LANES;
    for (int k = 0; k < RK_FLOW_COUNT; k++)
      STORE(columns + k * RK_STRIDE + i, LOAD(row + k * RK_LOGICAL_LANES));
  }
}

static void balances_column(const rk_balances *balances) {
  rk_balances a = *balances;
  EACH(i) {
    V before = LOAD(a.before + i), now = LOAD(a.now + i);
    V lost = a.loss_part * LOAD(a.loss_before + i) - a.loss_part * LOAD(a.loss_now + i);
    V share = VALUE(a.opening, i);
    STORE(a.entered + i, LOAD(a.entered + i) + before * share);
    STORE(a.interest + i, LOAD(a.interest + i) + now * share * VALUE(a.rate, i));
    STORE(a.paid + i, LOAD(a.paid + i) + now * VALUE(a.repaid, i));
    STORE(a.defaulted + i, LOAD(a.defaulted + i) + (before - now) * share);
    STORE(a.lost + i, LOAD(a.lost + i) + lost * share);
    STORE(a.owed + i, LOAD(a.owed + i) + now * VALUE(a.closing, i));
  }
}

static void add_excess_column(rk_operand d, rk_operand r, const double *a, const double *b,
                              const double *x, double *y) {
  EACH(i) {
    V excess = VALUE(r, i) * (LOAD(a + i) + LOAD(b + i)) - LOAD(x + i);
    STORE(y + i, LOAD(y + i) + VALUE(d, i) * excess);
  }
}

static void add_product_column(rk_operand d, const double *x, double *y) {
  EACH(i) STORE(y + i, LOAD(y + i) + VALUE(d, i) * LOAD(x + i));
}

static uint64_t highest_pattern_of(const double *x, int32_t paths) {
  U highest = 0;
  int32_t i = 0;
  for (; i + LANES <= paths; i += LANES)
    highest = __builtin_elementwise_max(highest, (U)LOAD(x + i));
  uint64_t result = 0;
  for (int lane = 0; lane < LANES; lane++)
    if (highest[lane] > result) result = highest[lane];
  for (; i < paths; i++) {
    uint64_t pattern;
    __builtin_memcpy(&pattern, x + i, sizeof pattern);
    if (pattern > result) result = pattern;
  }
  return result;
}
