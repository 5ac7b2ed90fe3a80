// SPDX-License-Identifier: GPL-3.0-or-later
//
// The ledger of a plan: years of cash, debt service, tax and default. Contracts in money_kernels.h
// and column_kernels.h.
//
// One body serves every case; what a case lacks is known where the body is inlined and costs
// nothing.

/// What is taxed of a year's profit after older losses, oldest first; a loss is kept.
///
/// `kept` is 1 where no loss ever expires, else RK_LOSS_YEARS: one sum for each year of origin.
INLINE V taxable(V profit, V *losses, int kept, int year) {
  if (kept == 1) {
    // What is left of the losses is the negative part of what they leave of the profit.
    V rest = profit - losses[0], left = MAXIMUM(rest, 0.0);
    losses[0] = left - rest;
    return left;
  }
  V left = MAXIMUM(profit, 0.0), lost = MAXIMUM(-profit, 0.0);
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

/// What is known about a ledger where the body is inlined; −1: to be asked.
typedef struct {
  int losses;  ///< `kept` of `taxable`.
  int fixed;   ///< Few years whose shares and discounts are the same on all paths and both rates.
  int loan;    ///< Rates of the loan that need sums of their own, 0 where there is none.
  int watched; ///< Whether anybody asks for years or for the cover of debt, or gaps end a path.
} ledger_form;

/// Shares and the discount of a year on one vector of paths.
typedef struct {
  V discount;
  V low_open, high_open, last_open, low_repaid, high_repaid, last_repaid;
} year_values;

INLINE year_values values_of(const rk_ledger_year *y, int i) {
  return (year_values){
    VALUE(y->discount, i),   VALUE(y->low_open, i),    VALUE(y->high_open, i),
    VALUE(y->last_open, i),  VALUE(y->low_repaid, i),  VALUE(y->high_repaid, i),
    VALUE(y->last_repaid, i)};
}

/// Years of a ledger whose losses never expire, one fewer than a look-up has room for.
#define FEW_YEARS RK_LOSS_YEARS

/// What a ledger's paths have in common.
typedef struct {
  year_values years[FEW_YEARS];       ///< Where the form is fixed, …
  /// … and what is owed in the year after so many years; nothing after the last.
  double loan_owed[8] __attribute__((aligned(64))), last_owed[8] __attribute__((aligned(64)));
  int has_balances;                   ///< Whether `balances` are the same on all paths.
  V low_balance, high_balance, last_balance;
} ledger_common;

/// Σ weight[j]·s^(j−1), j from 1.
INLINE V late_balance(const rk_operand *weight, int32_t count, V s, int i) {
  V sum = 0.0;
  for (int j = count - 1; j >= 0; j--) sum = FMA(sum, s, VALUE(weight[j], i));
  return sum;
}

INLINE void add_flow(const rk_ledger *a, rk_flow flow, int i, V x) {
  if (a->flows >> flow & 1) {
    double *sum = a->flow + (i / RK_LOGICAL_LANES * RK_FLOW_COUNT + flow) * RK_LOGICAL_LANES
                  + i % RK_LOGICAL_LANES;
    STORE(sum, LOAD(sum) + x);
  }
}

/// What follows after the last year in expectation, where the path stands.
INLINE void late_flows(const rk_ledger *a, const ledger_common *common, int i,
                       L standing, V low, V high, V last, V grant, V cover) {
  V s = VALUE(a->late_survival, i), q = 1.0 - s;
  if (a->flows >> RK_FLOW_LATE_INTEREST & 1) {
    V low_weight = common->low_balance, high_weight = common->high_balance;
    if (!common->has_balances) {
      low_weight = late_balance(a->low_weight, a->late_low, s, i);
      high_weight = late_balance(a->high_weight, a->late_high, s, i);
    }
    V low_owed = low * low_weight, high_owed = high * high_weight;
    V low_rate = VALUE(a->low_rate, i), high_rate = VALUE(a->high_rate, i);
    V funding = VALUE(a->funding_rate, i), market = VALUE(a->last_rate, i);
    V cost = (funding - low_rate) * low_owed + (funding - high_rate) * high_owed;
    V saving = (market - low_rate) * low_owed + (market - high_rate) * high_owed;
    add_flow(a, RK_FLOW_LATE_INTEREST, i, WHERE(standing, s * cost));
    add_flow(a, RK_FLOW_LATE_SAVING, i, WHERE(standing, s * saving));
    add_flow(a, RK_FLOW_LATE_LOAN_LOSS, i,
             WHERE(standing, q * (VALUE(a->loan_loss, i) * (low_owed + high_owed))));
  }
  if (a->flows >> RK_FLOW_LATE_FEES & 1) {
    V last_weight = common->last_balance;
    if (!common->has_balances) last_weight = late_balance(a->last_weight, a->late_last, s, i);
    V covered = cover * (last * last_weight);
    add_flow(a, RK_FLOW_LATE_FEES, i, WHERE(standing, s * (VALUE(a->fee_rate, i) * covered)));
    add_flow(a, RK_FLOW_LATE_COVERED_LOSS, i,
             WHERE(standing, q * (VALUE(a->last_loss, i) * covered)));
  }
  if (a->late_grant > 0) {
    V paid = grant * VALUE(a->late_grant_discount, i);
    for (int j = 0; j < a->late_grant; j++) paid = paid * s;
    add_flow(a, RK_FLOW_LATE_GRANT, i, WHERE(standing, paid));
  }
}

/// Adds what is kept, and its losses where they are, to the rows of paths that stood so long.
INLINE void keep(const rk_ledger *a, int i, L stood, const V *amounts, const V *shares) {
  L path = i;
  for (int lane = 0; lane < LANES; lane++) path[lane] += lane;
  L row = (path * a->kept_rows + stood) * a->kept_width;
  ADD_ROWS(a->kept, row, amounts);
  if (a->kept_width > RK_KEPT_COUNT) {
    V losses[RK_KEPT_COUNT];
    for (int k = 0; k < RK_KEPT_COUNT; k++) losses[k] = shares[k] * amounts[k];
    ADD_ROWS(a->kept + RK_KEPT_COUNT, row, losses);
  }
}

/// Loans of one vector of paths; a year's shares turn them into balances and payments.
typedef struct {
  V low, high, last;                       ///< Drawn.
  V low_charge, high_charge, last_charge;  ///< Interest on what is owed; the last with its fee.
} loan_lanes;

/// Interest and fees of a year.
INLINE V charge_of(ledger_form f, const loan_lanes *l, const year_values *v) {
  V charge = l->last_charge * v->last_open;
  if (f.loan != 0) charge = FMA(l->low_charge, v->low_open, charge);
  if (f.loan > 1) charge = FMA(l->high_charge, v->high_open, charge);
  return charge;
}

/// x less a year's repayments.
INLINE V less_repaid(ledger_form f, const loan_lanes *l, const year_values *v, V x) {
  x = FMA(-l->last, v->last_repaid, x);
  if (f.loan != 0) x = FMA(-l->low, v->low_repaid, x);
  if (f.loan > 1) x = FMA(-l->high, v->high_repaid, x);
  return x;
}

/// One vector of paths through all years.
///
/// Cash is counted with the credit line and the grant from the start on, the latter as what is due:
/// it is short where that is below zero. Fixed shares make one loan of both rates.
INLINE void ledger_vector(ledger_form f, const rk_ledger *a, const ledger_common *common, int i,
                          ledger_lanes *sums) {
  V need = VALUE(a->need, i), made = need - LOAD(a->unfilled + i);
  V grant = LOAD(a->grant + i), last = LOAD(a->last + i);
  V loan = f.loan ? LOAD(a->loan + i) : (V)((L)last & 0);
  V low = MINIMUM(loan, a->split), high = loan - low;
  V cover = LOAD(a->covered + i), covered = cover * last;
  L standing = (L)last | -1, stood = (L)last & 0;

  V last_interest = VALUE(a->last_rate, i) * last;
  V low_interest = VALUE(a->low_rate, i) * low, high_interest = VALUE(a->high_rate, i) * high;
  loan_lanes l = {low, high, last, low_interest, high_interest, last_interest};
  l.last_charge = last_interest + VALUE(a->fee_rate, i) * covered;
  if (f.loan == 1) {
    l.low = loan;
    l.low_charge = low_interest + high_interest;
  }

  V line = VALUE(a->line, i), other = VALUE(a->other, i);
  V cash = VALUE(a->own, i) + loan + last - made + line + grant;
  if (a->grant_year == 0) add_flow(a, RK_FLOW_GRANT, i, VALUE(a->start_discount, i) * grant);
  V written_base = MAXIMUM(made - grant, 0.0), written = 0.0;
  V ordinary = written_base * (1.0 / a->period), steady = ordinary + other;
  L relieved = standing;
  V relief = 0.0, relief_limit = VALUE(a->relief_limit, i);
  if (a->relief != RK_RELIEF_NONE) {
    V eligible = VALUE(a->relief_share, i) * made;
    relieved = (L)(VALUE(a->relief_taken, i) > 0.0) & (L)(eligible >= a->relief_minimum);
    relief = WHERE(relieved, VALUE(a->relief_rate, i) * eligible);
  }
  V losses[RK_LOSS_YEARS], losses_relieved[RK_LOSS_YEARS];
  for (int k = 0; k < f.losses; k++) losses[k] = losses_relieved[k] = 0.0;

  V factor = VALUE(a->factor, i), clock = VALUE(a->clock, i), entry = VALUE(a->entry, i);
  V margin = VALUE(a->margin, i), cost = VALUE(a->fixed, i), tax_rate = VALUE(a->tax_rate, i);
  V rounding = need * -1e-9, lowest = 0.0;
  V profit = 0.0, tax = 0.0, tax_relief = 0.0;
  V least = __builtin_inf(), least_service = 1.0, broke = __builtin_inf(), shown = 0.0;
  V loan_owed = 0.0, last_owed = 0.0;
  for (int m = 1; m <= a->years; m++) {
    const rk_ledger_year *y = a->year + (m - 1);
    const year_values v = f.fixed ? common->years[m - 1] : values_of(y, i);
    L before = standing, living = before & (L)(clock < VALUE(y->limit, i));
    L selling = (L)(entry < y->elapsed);
    V revenue = WHERE(living & selling, LOAD(y->level + i) * factor);
    V contribution = FMA(margin, revenue, -WHERE(selling, cost * VALUE(y->ramp, i)));
    if (m > a->period) {
      ordinary = 0.0;
      steady = other;
    }
    V earned = contribution - ordinary - charge_of(f, &l, &v);
    V untaxed = tax_rate * taxable(earned, losses, f.losses, m), paid = untaxed;
    if (m <= a->relief_years && a->relief == RK_RELIEF_CREDIT) {
      V used = MINIMUM(relief, relief_limit * untaxed);
      relief = relief - used;
      paid = untaxed - used;
    } else if (!f.fixed && a->relief == RK_RELIEF_DEPRECIATION) {
      V extended = m == 1 ? ordinary + relief : ordinary;
      V now = MINIMUM(extended, written_base - written);
      written = written + now;
      V due = tax_rate * taxable(earned + ordinary - now, losses_relieved, f.losses, m);
      paid = SELECT(relieved, due, untaxed);
    }
    cash = less_repaid(f, &l, &v, cash + (steady + (earned - paid)));
    if (m == a->grant_year) add_flow(a, RK_FLOW_GRANT, i, WHERE(living, v.discount * grant));
    lowest = SELECT(living, MINIMUM(lowest, cash), lowest);
    standing = living;
    if (f.watched && a->enforce) {
      L short_of = living & (L)(cash < rounding);
      standing = living & ~short_of;
      broke = SELECT(short_of, (double)m, broke);
    }
    if (f.watched && a->service) {
      loan_lanes interest = l;
      interest.last_charge = last_interest;
      V earnings = contribution + other - paid;
      V service = charge_of(f, &interest, &v) - less_repaid(f, &l, &v, 0.0);
      L less = (L)(earnings * least_service < least * service) & (L)(service > 0.0) & living;
      least = SELECT(less, earnings, least);
      least_service = SELECT(less, service, least_service);
    }
    profit = profit + WHERE(living, earned) - WHERE(standing, paid);
    tax = FMA(v.discount, WHERE(standing, untaxed), tax);
    if (a->relief != RK_RELIEF_NONE)
      tax_relief = FMA(v.discount, WHERE(standing, untaxed - paid), tax_relief);
    stood -= standing;
    if (!f.fixed) {
      L died = before & ~standing;
      last_owed = SELECT(died, last * v.last_open, last_owed);
      loan_owed = SELECT(died, FMA(low, v.low_open, high * v.high_open), loan_owed);
    }
    if (f.watched && y->cash) {
      shown = SELECT(living, cash - line - (m < a->grant_year ? grant : 0.0), shown);
      STORE(y->cash + i, shown);
    }
  }
  if (f.fixed) {
    loan_owed = loan * LOOKUP8(common->loan_owed, stood);
    last_owed = last * LOOKUP8(common->last_owed, stood);
  }
  V loan_loss = VALUE(a->loan_loss, i), last_loss = VALUE(a->last_loss, i);
  keep(a, i, stood, (V[]){last, covered, low, high}, (V[]){last_loss, last_loss, loan_loss, loan_loss});
  V exposure = loan_owed + last_owed, loss = FMA(loan_loss, loan_owed, last_loss * last_owed);
  V gap = WHERE((L)(lowest < rounding), -lowest);
  add_flow(a, RK_FLOW_TAX_BEFORE, i, tax);
  add_flow(a, RK_FLOW_TAX_RELIEF, i, tax_relief);
  V advice = VALUE(a->advice_taken, i) * VALUE(a->advice_cost, i);
  add_flow(a, RK_FLOW_ADVICE, i, advice * VALUE(a->year[0].discount, i));
  add_flow(a, RK_FLOW_MADE, i, made);
  late_flows(a, common, i, standing, low, high, last, grant, cover);
  if (f.watched) {
    if (a->gap) STORE(a->gap + i, gap);
    if (a->exposure) STORE(a->exposure + i, exposure);
    if (a->loss) STORE(a->loss + i, loss);
    if (a->profit) STORE(a->profit + i, profit);
    if (a->service) STORE(a->service + i, least / least_service);
    if (a->broke) STORE(a->broke + i, broke);
  }

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
}

/// Whether shares and discounts differ neither from path to path nor between the loan's rates.
static int has_fixed_years(const rk_ledger *a) {
  int64_t masks = 0;
  int differs = 0;
  for (int m = 0; m < a->years; m++) {
    const rk_ledger_year *y = a->year + m;
    masks |= y->discount.mask | y->low_open.mask | y->high_open.mask | y->last_open.mask
             | y->low_repaid.mask | y->high_repaid.mask | y->last_repaid.mask;
    differs |= y->low_open.base[0] != y->high_open.base[0];
    differs |= y->low_repaid.base[0] != y->high_repaid.base[0];
  }
  return masks == 0 && (!differs || !a->has_loan || a->split == __builtin_inf());
}

/// Whether no weight of a late balance differs from path to path.
INLINE int has_fixed_weights(const rk_operand *weight, int32_t count) {
  int64_t masks = 0;
  for (int32_t j = 0; j < count; j++) masks |= weight[j].mask;
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

/// A whole ledger.
INLINE void ledger_form_column(ledger_form f, const rk_ledger *ledger, rk_ledger_sums *result) {
  // A copy that nobody else can see, so that no store has it read again.
  rk_ledger a = *ledger;
  ledger_common common;
  for (int m = 0; m < 8; m++) common.loan_owed[m] = common.last_owed[m] = 0.0;
  for (int m = 0; f.fixed && m < a.years; m++) {
    common.years[m] = values_of(a.year + m, 0);
    common.loan_owed[m] = a.year[m].low_open.base[0];
    common.last_owed[m] = a.year[m].last_open.base[0];
  }
  common.has_balances = a.late_survival.mask == 0 && has_fixed_weights(a.low_weight, a.late_low)
                        && has_fixed_weights(a.high_weight, a.late_high)
                        && has_fixed_weights(a.last_weight, a.late_last);
  V survival = LOAD(a.late_survival.base);
  common.low_balance = common.high_balance = common.last_balance = 0.0;
  if (common.has_balances) {
    common.low_balance = late_balance(a.low_weight, a.late_low, survival, 0);
    common.high_balance = late_balance(a.high_weight, a.late_high, survival, 0);
    common.last_balance = late_balance(a.last_weight, a.late_last, survival, 0);
  }
  double sums[5][RK_LOGICAL_LANES];
  int64_t counts[5][RK_LOGICAL_LANES];
  EACH_LANE_GROUP(first) {
    ledger_lanes s = {0.0, 0.0, 0.0, 0.0, 0.0, 0, 0, 0, 0, 0};
    for (int i = first; i < RK_WIDTH; i += RK_LOGICAL_LANES) ledger_vector(f, &a, &common, i, &s);
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

// Each form is a function of its own, for the compiler gives registers by function.
#define LEDGER_FORM(name, ...)                                                               \
  __attribute__((noinline)) static void name(const rk_ledger *a, rk_ledger_sums *result) {   \
    ledger_form_column((ledger_form){__VA_ARGS__}, a, result);                               \
  }
LEDGER_FORM(ledger_any, RK_LOSS_YEARS, 0, 2, 1)
LEDGER_FORM(ledger_few_years, 1, 0, 2, 1)
LEDGER_FORM(ledger_bare, 1, 1, 0, 0)
LEDGER_FORM(ledger_bare_watched, 1, 1, 0, 1)
LEDGER_FORM(ledger_loan, 1, 1, 1, 0)
LEDGER_FORM(ledger_loan_watched, 1, 1, 1, 1)
#undef LEDGER_FORM

static void ledger_column(const rk_ledger *a, rk_ledger_sums *result) {
  typedef void ledger_function(const rk_ledger *a, rk_ledger_sums *result);
  static ledger_function *const fixed[2][2] = {{ledger_bare, ledger_bare_watched},
                                               {ledger_loan, ledger_loan_watched}};
  int watched = a->enforce || a->gap || a->exposure || a->loss || a->profit || a->service
                || a->year[0].cash;
  if (a->years > FEW_YEARS)
    ledger_any(a, result);
  else if (a->relief == RK_RELIEF_DEPRECIATION || !has_fixed_years(a))
    ledger_few_years(a, result);
  else
    fixed[a->has_loan][watched](a, result);
}
