// SPDX-License-Identifier: GPL-3.0-or-later
//
// The kernels that the money of a plan is made of: sources that fill a need, and a ledger of years.
// Contracts in column_kernels.h. Operations stand in the order of a plain loop over years, without
// fused multiply-adds, so that amounts that cancel do so to the last bit there and here.

INLINE V VALUE(rk_operand x, int i) { return LOAD(x.base + (i & x.mask)); }
/// mask ? x : 0
INLINE V WHERE(L mask, V x) { return (V)(mask & (L)x); }
INLINE void ADD_TO(double *sum, int64_t i, V x) {
  if (sum) STORE(sum + i, LOAD(sum + i) + x);
}

static void indicator_below_column(const double *u, rk_operand limit, double *y) {
  EACH(i) STORE(y + i, SELECT((L)(LOAD(u + i) < VALUE(limit, i)), 1.0, 0.0));
}

static void add_change_column(rk_operand s, rk_operand a, rk_operand r, rk_operand b, double *y) {
  EACH(i) STORE(y + i, LOAD(y + i) + (VALUE(s, i) * VALUE(a, i) - VALUE(r, i) * VALUE(b, i)));
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
  EACH(i) {
    V base = VALUE(x, i), exponent = VALUE(r, i);
    STORE(y + i, SELECT((L)(exponent == 1.0), base, exp2_of(log2_of(base) * exponent)));
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
    V share = VALUE(a->cover, i) * MINIMUM(a->cover_cap / last, 1.0);
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

/// What is taxed of a year's profit after older losses, oldest first; a loss is kept.
///
/// `kept` is 1 where no loss ever expires, else RK_LOSS_YEARS: one sum for each year of origin.
INLINE V taxable(V profit, V *losses, int kept, int year) {
  V left = MAXIMUM(profit, 0.0), lost = MAXIMUM(-profit, 0.0);
  if (kept == 1) {
    V used = MINIMUM(left, losses[0]);
    losses[0] = (losses[0] - used) + lost;
    return left - used;
  }
  for (int age = kept; age > 0; age--) {
    V *loss = &losses[(year + kept - age) % kept];
    V used = MINIMUM(left, *loss);
    *loss = *loss - used;
    left = left - used;
  }
  // The oldest expires: its place is taken.
  losses[year % kept] = lost;
  return left;
}

typedef struct {
  V need, scale, gap, exposure, loss;
  L defaults, gaps, failed, broke, profitable;
} ledger_lanes;

/// Σ weight[j]·s^(j−1), j from 1.
INLINE V late_balance(const rk_operand *weight, int32_t count, V s, int i) {
  V sum = 0.0;
  for (int j = count - 1; j >= 0; j--) sum = FMA(sum, s, VALUE(weight[j], i));
  return sum;
}

/// What follows after the last year in expectation, where the path stands.
INLINE void late_flows(const rk_ledger *a, int i, L standing, V low, V high, V last) {
  V s = VALUE(a->late_survival, i), q = 1.0 - s;
  V low_owed = low * late_balance(a->low_weight, a->late_low, s, i);
  V high_owed = high * late_balance(a->high_weight, a->late_high, s, i);
  V covered = LOAD(a->covered + i) * (last * late_balance(a->last_weight, a->late_last, s, i));
  V low_rate = VALUE(a->low_rate, i), high_rate = VALUE(a->high_rate, i);
  V funding = VALUE(a->funding_rate, i), market = VALUE(a->last_rate, i);
  V cost = (funding - low_rate) * low_owed + (funding - high_rate) * high_owed;
  V saving = (market - low_rate) * low_owed + (market - high_rate) * high_owed;
  ADD_TO(a->flow[RK_FLOW_LATE_INTEREST], i, WHERE(standing, s * cost));
  ADD_TO(a->flow[RK_FLOW_LATE_SAVING], i, WHERE(standing, s * saving));
  ADD_TO(a->flow[RK_FLOW_LATE_FEES], i, WHERE(standing, s * (VALUE(a->fee_rate, i) * covered)));
  ADD_TO(a->flow[RK_FLOW_LATE_LOAN_LOSS], i,
         WHERE(standing, q * (VALUE(a->loan_loss, i) * (low_owed + high_owed))));
  ADD_TO(a->flow[RK_FLOW_LATE_COVERED_LOSS], i,
         WHERE(standing, q * (VALUE(a->last_loss, i) * covered)));
  if (a->late_grant > 0 && a->flow[RK_FLOW_LATE_GRANT]) {
    V paid = LOAD(a->grant + i) * VALUE(a->late_grant_discount, i);
    for (int j = 0; j < a->late_grant; j++) paid = paid * s;
    ADD_TO(a->flow[RK_FLOW_LATE_GRANT], i, WHERE(standing, paid));
  }
}

/// One vector of paths through all years; `kept` as in `taxable`. `fixed`: a year's operands are the
/// same on all paths.
INLINE void ledger_vector(const rk_ledger *a, int kept, int fixed, int i, ledger_lanes *sums) {
#define OF_YEAR(x) (fixed ? LOAD(y->x.base) : VALUE(y->x, i))
  int64_t row = i / RK_LOGICAL_LANES * a->row_stride + i % RK_LOGICAL_LANES;
  V need = VALUE(a->need, i), made = need - LOAD(a->unfilled + i);
  V grant = LOAD(a->grant + i), loan = LOAD(a->loan + i), last = LOAD(a->last + i);
  V low = MINIMUM(loan, a->split), high = loan - low;
  V covered = LOAD(a->covered + i);
  V loan_loss = VALUE(a->loan_loss, i), last_loss = VALUE(a->last_loss, i);
  V amounts[RK_KEPT_COUNT];
  amounts[RK_KEPT_LAST] = last;
  amounts[RK_KEPT_LAST_LOSS] = last_loss * last;
  amounts[RK_KEPT_COVERED] = covered * last;
  amounts[RK_KEPT_COVERED_LOSS] = covered * amounts[RK_KEPT_LAST_LOSS];
  amounts[RK_KEPT_LOW] = low;
  amounts[RK_KEPT_LOW_LOSS] = loan_loss * low;
  amounts[RK_KEPT_HIGH] = high;
  amounts[RK_KEPT_HIGH_LOSS] = loan_loss * high;

  for (int k = 0; k < RK_KEPT_COUNT; k++) ADD_TO(a->drawn[k], row, amounts[k]);

  V cash = VALUE(a->own, i) + loan + last - made;
  if (a->grant_year == 0) {
    cash = cash + grant;
    ADD_TO(a->flow[RK_FLOW_GRANT], i, VALUE(a->start_discount, i) * grant);
  }
  V written_base = MAXIMUM(made - grant, 0.0), depreciation = written_base / a->period;
  V eligible = VALUE(a->relief_share, i) * made;
  L relieved = (L)(VALUE(a->relief_taken, i) > 0.0) & (L)(eligible >= a->relief_minimum);
  V relief = WHERE(relieved, VALUE(a->relief_rate, i) * eligible), written = 0.0;
  V fee_share = VALUE(a->fee_rate, i) * covered;
  V losses[RK_LOSS_YEARS], losses_relieved[RK_LOSS_YEARS];
  for (int k = 0; k < kept; k++) losses[k] = losses_relieved[k] = 0.0;

  V factor = VALUE(a->factor, i), clock = VALUE(a->clock, i), entry = VALUE(a->entry, i);
  V margin = VALUE(a->margin, i), cost = VALUE(a->fixed, i), other = VALUE(a->other, i);
  V line = VALUE(a->line, i), tax_rate = VALUE(a->tax_rate, i);
  V low_rate = VALUE(a->low_rate, i), high_rate = VALUE(a->high_rate, i);
  V last_rate = VALUE(a->last_rate, i), rounding = need * 1e-9;
  V gap = 0.0, profit = 0.0, exposure = 0.0, loss = 0.0, tax = 0.0, tax_relief = 0.0;
  V least = __builtin_inf(), least_service = 1.0, broke = __builtin_inf(), shown = 0.0;
  L standing = -1;
  for (int m = 1; m <= a->years; m++) {
    const rk_ledger_year *y = a->year + (m - 1);
    L before = standing, living = before & (L)(clock < OF_YEAR(limit));
    L selling = (L)(entry < y->elapsed);
    V revenue = WHERE(living & selling, LOAD(y->level + i) * factor);
    V contribution = margin * revenue - cost * WHERE(selling, OF_YEAR(ramp));
    V operating = contribution + other;
    V last_open = last * OF_YEAR(last_open), loan_open = 0.0;
    V interest = last_rate * last_open, repaid = last * OF_YEAR(last_repaid);
    if (a->has_loan) {
      V low_open = low * OF_YEAR(low_open), high_open = high * OF_YEAR(high_open);
      loan_open = low_open + high_open;
      interest = low_rate * low_open + high_rate * high_open + interest;
      repaid = low * OF_YEAR(low_repaid) + high * OF_YEAR(high_repaid) + repaid;
    }
    V fee = fee_share * last_open;
    V ordinary = WHERE(-(L)(m <= a->period), depreciation);
    V earned = contribution - interest - fee - ordinary;
    V untaxed = tax_rate * taxable(earned, losses, kept, m), paid = untaxed;
    if (a->relief == RK_RELIEF_CREDIT && m <= a->relief_years) {
      V used = MINIMUM(relief, VALUE(a->relief_limit, i) * untaxed);
      relief = relief - used;
      paid = untaxed - used;
    } else if (a->relief == RK_RELIEF_DEPRECIATION) {
      V extended = m == 1 ? ordinary + relief : ordinary;
      V now = MINIMUM(extended, written_base - written);
      written = written + now;
      V due = tax_rate * taxable(earned + ordinary - now, losses_relieved, kept, m);
      paid = SELECT(relieved, due, untaxed);
    }
    V received = operating;
    if (m == a->grant_year) {
      received = operating + grant;
      ADD_TO(a->flow[RK_FLOW_GRANT], i, WHERE(living, OF_YEAR(discount) * grant));
    }
    cash = cash + (received - interest - repaid - fee - paid);
    V shortfall = -cash - line;
    if (m < a->grant_year) shortfall = shortfall - grant;
    L short_of = living & (L)(shortfall > rounding);
    gap = MAXIMUM(gap, WHERE(short_of, shortfall));
    if (a->service) {
      V cover = operating - paid, service = interest + repaid;
      L less = (L)(cover * least_service < least * service) & (L)(service > 0.0) & living;
      least = SELECT(less, cover, least);
      least_service = SELECT(less, service, least_service);
    }
    standing = living;
    if (a->enforce) {
      standing = living & ~short_of;
      broke = SELECT(short_of, (double)m, broke);
    }
    profit = profit + WHERE(living, earned - WHERE(standing, paid));
    V discount = OF_YEAR(discount);
    tax = tax + WHERE(standing, discount * untaxed);
    tax_relief = tax_relief + WHERE(standing, discount * (untaxed - paid));
    L died = before & ~standing;
    exposure = exposure + WHERE(died, loan_open + last_open);
    loss = loss + WHERE(died, loan_loss * loan_open + last_loss * last_open);
    for (int k = 0; k < RK_KEPT_COUNT; k++) ADD_TO(y->kept[k], row, WHERE(standing, amounts[k]));
    if (y->cash) {
      shown = SELECT(living, cash, shown);
      STORE(y->cash + i, shown);
    }
  }
  ADD_TO(a->flow[RK_FLOW_TAX_BEFORE], i, tax);
  ADD_TO(a->flow[RK_FLOW_TAX_RELIEF], i, tax_relief);
  ADD_TO(a->flow[RK_FLOW_ADVICE], i,
         VALUE(a->advice_taken, i) * VALUE(a->advice_cost, i) * VALUE(a->year[0].discount, i));
  ADD_TO(a->flow[RK_FLOW_MADE], i, made);
  late_flows(a, i, standing, low, high, last);
  if (a->gap) STORE(a->gap + i, gap);
  if (a->exposure) STORE(a->exposure + i, exposure);
  if (a->loss) STORE(a->loss + i, loss);
  if (a->profit) STORE(a->profit + i, profit);
  if (a->service) STORE(a->service + i, least / least_service);
  if (a->broke) STORE(a->broke + i, broke);

  L counted = (L)VALUE(a->counted, i), ended = counted & (L)(broke < __builtin_inf());
  sums->need += WHERE(counted, need);
  sums->scale += WHERE(counted, LOAD(a->scale + i));
  sums->gap += WHERE(counted, gap);
  sums->exposure += WHERE(counted, exposure);
  sums->loss += WHERE(counted, loss);
  sums->defaults -= counted & (L)(exposure > 0.0);
  sums->gaps -= counted & (L)(gap > 0.0);
  sums->broke -= ended;
  sums->failed -= counted & ~standing & ~ended;
  sums->profitable -= counted & (L)(profit > 0.0);
#undef OF_YEAR
}

/// One lane group; what is known where this is inlined saves the choice for every vector.
INLINE void ledger_lane_group(const rk_ledger *a, int kept, int fixed, int first,
                              ledger_lanes *sums) {
  for (int i = first; i < RK_WIDTH; i += RK_LOGICAL_LANES) ledger_vector(a, kept, fixed, i, sums);
}

/// Whether no operand of a year differs from path to path.
static int has_fixed_years(const rk_ledger *a) {
  int64_t masks = 0;
  for (int m = 0; m < a->years; m++) {
    const rk_ledger_year *y = a->year + m;
    masks |= y->limit.mask | y->ramp.mask | y->discount.mask | y->low_open.mask
             | y->high_open.mask | y->last_open.mask | y->low_repaid.mask | y->high_repaid.mask
             | y->last_repaid.mask;
  }
  return masks == 0;
}

static double folded(const double *lanes) {
  double sum = 0.0;
  for (int lane = 0; lane < RK_LOGICAL_LANES; lane++) sum += lanes[lane];
  return sum;
}

static int64_t folded_count(const int64_t *lanes) {
  int64_t sum = 0;
  for (int lane = 0; lane < RK_LOGICAL_LANES; lane++) sum += lanes[lane];
  return sum;
}

static void ledger_column(const rk_ledger *a, rk_ledger_sums *result) {
  double sums[5][RK_LOGICAL_LANES];
  int64_t counts[5][RK_LOGICAL_LANES];
  int fixed = has_fixed_years(a);
  EACH_LANE_GROUP(first) {
    ledger_lanes s = {0.0, 0.0, 0.0, 0.0, 0.0, 0, 0, 0, 0, 0};
    if (a->years > RK_LOSS_YEARS + 1) {
      ledger_lane_group(a, RK_LOSS_YEARS, 0, first, &s);
    } else if (fixed) {
      ledger_lane_group(a, 1, 1, first, &s);
    } else {
      ledger_lane_group(a, 1, 0, first, &s);
    }
    STORE(sums[0] + first, s.need);
    STORE(sums[1] + first, s.scale);
    STORE(sums[2] + first, s.gap);
    STORE(sums[3] + first, s.exposure);
    STORE(sums[4] + first, s.loss);
    __builtin_memcpy(counts[0] + first, &s.defaults, sizeof s.defaults);
    __builtin_memcpy(counts[1] + first, &s.gaps, sizeof s.gaps);
    __builtin_memcpy(counts[2] + first, &s.failed, sizeof s.failed);
    __builtin_memcpy(counts[3] + first, &s.broke, sizeof s.broke);
    __builtin_memcpy(counts[4] + first, &s.profitable, sizeof s.profitable);
  }
  result->need = folded(sums[0]);
  result->scale = folded(sums[1]);
  result->gap = folded(sums[2]);
  result->exposure = folded(sums[3]);
  result->loss = folded(sums[4]);
  result->defaults = folded_count(counts[0]);
  result->gaps = folded_count(counts[1]);
  result->failed = folded_count(counts[2]);
  result->broke = folded_count(counts[3]);
  result->profitable = folded_count(counts[4]);
}
