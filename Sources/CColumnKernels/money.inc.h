// SPDX-License-Identifier: GPL-3.0-or-later
//
// Kernels that the money of a plan is made of: what arms change, and sources that fill a need.
// Contracts in column_kernels.h. Operations stand in the order of a plain loop over years, without
// fused multiply-adds, so that amounts that cancel do so to the last bit there and here.

INLINE V VALUE(rk_operand x, int i) { return LOAD(x.base + (i & x.mask)); }
/// mask ? x : 0
INLINE V WHERE(L mask, V x) { return (V)(mask & (L)x); }

static void indicator_below_column(const double *u, rk_operand limit, double *y) {
  EACH(i) STORE(y + i, SELECT((L)(LOAD(u + i) < VALUE(limit, i)), 1.0, 0.0));
}

INLINE V change_at(const rk_change *terms, int32_t count, int i) {
  V sum = 0.0;
  for (int32_t k = 0; k < count; k++) {
    const rk_change *t = terms + k;
    sum = sum + (VALUE(t->s, i) * VALUE(t->a, i) - VALUE(t->r, i) * VALUE(t->b, i));
  }
  return sum;
}

static void change_column(const rk_change *terms, int32_t count, double *y) {
  EACH(i) STORE(y + i, change_at(terms, count, i));
}

static void change_ratio_column(double f, const rk_change *terms, int32_t count, double *y) {
  EACH(i) STORE(y + i, exp2_of(f * change_at(terms, count, i)));
}

static void select_equal_column(const double *x, double a, const double *w, const double *v,
                                double *y) {
  EACH(i) STORE(y + i, SELECT((L)(LOAD(x + i) == a), LOAD(w + i), LOAD(v + i)));
}

static void root_column(const double *x, rk_operand r, double *y) {
  EACH(i) {
    V base = LOAD(x + i), degree = VALUE(r, i);
    STORE(y + i, SELECT((L)(degree == 1.0), base, exp2_of(log2_of(base) / degree)));
  }
}

static void power_column(rk_operand x, rk_operand r, double *y) {
  V fixed = log2_of(LOAD(x.base));
  EACH(i) {
    V base = VALUE(x, i), exponent = VALUE(r, i), logarithm = x.mask ? log2_of(base) : fixed;
    STORE(y + i, SELECT((L)(exponent == 1.0), base, exp2_of(logarithm * exponent)));
  }
}

static void scaled_power_column(double s, const double *d, rk_operand e, const double *x,
                                const double *w, double *y) {
  EACH(i) {
    V upper = LOAD(x + i), lower = LOAD(w + i), exponent = VALUE(e, i);
    L skip = (L)(upper == lower) | (L)(lower == 0.0) | (L)(exponent == 0.0);
    V ratio = SELECT(skip, 1.0, upper / lower);
    V factor = exp2_of(FMA(s, LOAD(d + i), exponent * log2_of(ratio)));
    STORE(y + i, SELECT((L)(ratio == 0.0), 0.0, factor));
  }
}

static void entry_column(rk_operand u, rk_operand p, rk_operand ratio, rk_operand delay,
                         rk_operand stretch, double *y) {
  EACH(i) {
    V probability = VALUE(p, i), factor = VALUE(ratio, i);
    V odds = probability * factor, changed = odds / ((1.0 - probability) + odds);
    V limit = SELECT((L)(factor == 1.0), probability, changed);
    L enters = (L)(VALUE(u, i) < limit);
    STORE(y + i, SELECT(enters, VALUE(delay, i) * VALUE(stretch, i), __builtin_inf()));
  }
}

static void stop_after_column(const double *broke, double year, double *x, double *clock,
                              int32_t *count) {
  typedef int32_t Counts __attribute__((ext_vector_type(LANES)));
  EACH(i) {
    V when = LOAD(broke + i);
    L over = (L)(when < year);
    STORE(x + i, WHERE(~over, LOAD(x + i)));
    STORE(clock + i, SELECT(over, -__builtin_inf(), LOAD(clock + i)));
    Counts sum;
    __builtin_memcpy(&sum, count + i, sizeof sum);
    sum -= __builtin_convertvector((L)(when <= year), Counts);
    __builtin_memcpy(count + i, &sum, sizeof sum);
  }
}

static void waterfall_column(const rk_waterfall *a) {
  EACH(i) {
    V need = VALUE(a->need, i);
    V left = need - MINIMUM(need, VALUE(a->own, i));
    V grant_ask = VALUE(a->grant_ask, i), loan_ask = VALUE(a->loan_ask, i);
    V grant = MINIMUM(MINIMUM(grant_ask, a->grant_cap), left);
    if (a->has_share) grant = MINIMUM(grant, VALUE(a->grant_share, i) * need);
    grant = WHERE((L)(grant >= a->grant_floor), grant) * VALUE(a->grant_taken, i);
    left = left - grant;
    V loan = MINIMUM(MINIMUM(loan_ask, a->loan_cap), left) * VALUE(a->loan_taken, i);
    left = left - loan;
    V wanted = VALUE(a->last_base, i) + VALUE(a->last_slope, i) * loan;
    V last = MINIMUM(MAXIMUM(wanted, 0.0), left);
    left = left - last;
    // A division costs as much as all the rest, so one that cannot matter is left out.
    V share = VALUE(a->cover, i);
    if (a->cover_cap < __builtin_inf()) share = share * MINIMUM(a->cover_cap / last, 1.0);
    STORE(a->grant + i, grant);
    STORE(a->loan + i, loan);
    STORE(a->last + i, last);
    STORE(a->covered + i, WHERE((L)(last > 0.0), share) * VALUE(a->cover_taken, i));
    STORE(a->unfilled + i, left);
    STORE(a->scale + i, SELECT((L)(need > 0.0), 1.0 - left / need, 1.0));
    if (a->grant_met)
      STORE(a->grant_met + i, WHERE((L)(grant_ask > 0.0), MINIMUM(grant / grant_ask, 1.0)));
    if (a->loan_met)
      STORE(a->loan_met + i, WHERE((L)(loan_ask > 0.0), MINIMUM(loan / loan_ask, 1.0)));
  }
}
