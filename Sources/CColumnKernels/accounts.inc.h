// SPDX-License-Identifier: GPL-3.0-or-later
//
// A year of a plan in one pass: walk, level, revenue, its moments, and who met what. Contracts in
// column_kernels.h.
//
// One body serves every case; what a case lacks is known where the body is inlined and costs
// nothing. Yes and no answers leave the pass as bit columns, four rows of eight paths at a time, and
// are counted afterwards, 512 paths at a time.

/// What the inlined body has to do.
typedef struct {
  int walks;      ///< Levels come from a walk, and are positive but for factors.
  int factors;    ///< Levels are multiplied by columns.
  int entries;    ///< There are entries.
  int keeps;      ///< Revenue is wanted.
  int whole;      ///< All 512 paths exist.
  int first;      ///< The walk starts, and nothing has been sold before.
  int last;       ///< Nobody asks for the walk or for revenue to date afterwards.
} account_form;

/// Whether a path is active just where it is alive: it always sells, and at a level above 0.
INLINE int lives_by_selling(account_form f) { return f.walks && f.whole && !f.factors && !f.entries; }

/// Where a walk starts: at scale·walk + location.
typedef struct { double scale, location; } plan_start;

/// Sums of one lane group while a column is accounted.
typedef struct { V sum, square, cumulative_square; } lane_sums;

/// The answers about 512 paths.
typedef struct {
  uint64_t alive[BIT_COLUMN_WORDS], selling[BIT_COLUMN_WORDS], active[BIT_COLUMN_WORDS];
  uint64_t met[BIT_COLUMN_WORDS], in_range[BIT_COLUMN_WORDS], cumulative_met[BIT_COLUMN_WORDS];
} answers;

/// Puts four rows' masks of one lane group into a bit column, of which a row is a byte.
///
/// Put together in an integer register: sixteen stores of single bytes for four rows cost as much on
/// an idle machine, and a tenth of a run more on one that others use too.
INLINE void put_rows(uint64_t *column, int row, int first, const L *mask) {
  char *place = (char *)column + row;
  uint32_t bits = rows_as_bits(mask, first), others = 0;
  if (first != 0) __builtin_memcpy(&others, place, sizeof others);
  bits |= others;
  __builtin_memcpy(place, &bits, sizeof bits);
}

#define EACH_ROW(k) _Pragma("clang loop unroll(full)") for (int k = 0; k < 4; k++)

/// `exp2_sixteenths` of four rows, in place.
///
/// Step by step for all rows: a processor looks only some 60 operations ahead, and one row's are a
/// chain.
INLINE void exp2_sixteenths_of_rows(scaled_exp2 e, V *x) {
  V shifted[4], f[4], p[4], power[4];
  EACH_ROW(k) shifted[k] = x[k] + 0x1.8p52;
  EACH_ROW(k) f[k] = shifted[k] - 0x1.8p52;
  EACH_ROW(k) f[k] = x[k] - f[k];
  EACH_ROW(k) p[k] = FMA(e.c4, f[k], e.c3);
  EACH_ROW(k) power[k] = LOOKUP16((const double *)exp2_centre, (U)shifted[k]);
  EACH_ROW(k) p[k] = FMA(p[k], f[k], e.c2);
  EACH_ROW(k) power[k] = (V)(((U)shifted[k] << 48) + (U)power[k]);
  EACH_ROW(k) p[k] = FMA(p[k], f[k], e.c1);
  EACH_ROW(k) p[k] = FMA(p[k], f[k], e.c0);
  EACH_ROW(k) x[k] = p[k] * power[k];
}

/// Four rows of one lane group.
INLINE void account_rows(account_form f, const plan_start *start, const rk_step *w, scaled_exp2 e,
                         const rk_account *a, int row, int first, lane_sums *s, answers *found) {
  const int i0 = row * RK_LOGICAL_LANES + first;
#define AT(k) (i0 + (k) * RK_LOGICAL_LANES)
  V level[4], revenue[4], total[4];
  L alive[4], selling[4], earning[4], counted[4];
  if (f.walks) {
    EACH_ROW(k) level[k] = FMA(w->s, LOAD(w->z + AT(k)), LOAD(w->drift + AT(k)));
    EACH_ROW(k) {
      V from = LOAD(w->walk + AT(k));
      if (f.first) from = FMA(start->scale, from, start->location);
      level[k] = from + level[k];
      if (!f.last) STORE(w->walk + AT(k), level[k]);
    }
    exp2_sixteenths_of_rows(e, level);
    if (f.factors)
#pragma clang loop unroll(disable) vectorize(disable)
      for (int32_t j = 0; j < w->factor_count; j++)
        EACH_ROW(k) level[k] *= LOAD(w->factors[j] + AT(k));
  } else {
    EACH_ROW(k) level[k] = LOAD(a->level + AT(k));
  }

  EACH_ROW(k) {
    earning[k] = alive[k] = (L)(LOAD(a->clock + AT(k)) < a->clock_limit);
    if (f.entries) earning[k] &= selling[k] = (L)(LOAD(a->entry + AT(k)) < a->entry_limit);
    counted[k] = -1;
    if (!f.whole) {
      for (int lane = 0; lane < LANES; lane++) counted[k][lane] = AT(k) + lane < a->paths ? -1 : 0;
      earning[k] &= counted[k];
    }
  }
  EACH_ROW(k) revenue[k] = (V)((L)level[k] & earning[k]);
  EACH_ROW(k) total[k] = f.first ? revenue[k] : LOAD(a->cumulative + AT(k)) + revenue[k];
  EACH_ROW(k) {
    if (f.keeps) STORE(a->revenue + AT(k), revenue[k]);
    if (!f.last) STORE(a->cumulative + AT(k), total[k]);
    STORE(a->portfolio + AT(k), LOAD(a->portfolio + AT(k)) + revenue[k]);
  }

  put_rows(found->alive, row, first, alive);
  if (f.entries) put_rows(found->selling, row, first, selling);
  L met[4];
  if (!lives_by_selling(f)) {
    EACH_ROW(k) met[k] = f.walks && !f.factors ? earning[k] : (L)(revenue[k] > 0.0);
    put_rows(found->active, row, first, met);
  }
  EACH_ROW(k) met[k] = (L)(revenue[k] >= a->target);
  put_rows(found->met, row, first, met);
  EACH_ROW(k) met[k] = (L)(revenue[k] >= a->range_low) & (L)(revenue[k] <= a->range_high);
  put_rows(found->in_range, row, first, met);
  EACH_ROW(k) met[k] = (L)(total[k] >= a->cumulative_target);
  put_rows(found->cumulative_met, row, first, met);

  // Moments about a fixed shift: a cell that never moves has sums of exactly zero.
  EACH_ROW(k) {
    V step = revenue[k] - a->shift, cumulative_step = total[k] - a->cumulative_shift;
    if (!f.whole) {
      step = (V)((L)step & counted[k]);
      cumulative_step = (V)((L)cumulative_step & counted[k]);
    }
    s->sum += step;
    s->square = FMA(step, step, s->square);
    s->cumulative_square = FMA(cumulative_step, cumulative_step, s->cumulative_square);
  }
#undef AT
}

/// Adds the answers to the counters and to the result.
INLINE void count_answers(account_form f, const rk_account *a, answers *found,
                          rk_account_sums *result) {
  const uint64_t *active = lives_by_selling(f) ? found->alive : found->active;
  uint64_t failed[BIT_COLUMN_WORDS];
  for (int w = 0; w < BIT_COLUMN_WORDS; w++) {
    uint64_t exists = ~(uint64_t)0;
    if (!f.whole) {
      int paths = a->paths - 64 * w;
      exists = paths >= 64 ? exists : paths <= 0 ? 0 : ~(exists << paths);
    }
    failed[w] = ~found->alive[w] & exists;
    if (f.entries) found->selling[w] &= exists;
    found->met[w] &= exists;
    found->in_range[w] &= exists;
    found->cumulative_met[w] &= exists;
    // Revenue is never negative, so revenue to date is above 0 where any year's was.
    a->ever[w] |= active[w];
  }
  uint64_t *counters = a->counters;
  if (f.entries) count_column(counters + RK_COUNT_SELLING * RK_COUNTER_WORDS, found->selling);
  count_column(counters + RK_COUNT_ACTIVE * RK_COUNTER_WORDS, active);
  count_column(counters + RK_COUNT_FAILED * RK_COUNTER_WORDS, failed);
  count_column(counters + RK_COUNT_MET * RK_COUNTER_WORDS, found->met);
  count_column(counters + RK_COUNT_IN_RANGE * RK_COUNTER_WORDS, found->in_range);
  result->counts[0] = bits_in(active);
  result->counts[1] = bits_in(found->met);
  result->counts[2] = bits_in(a->ever);
  result->counts[3] = bits_in(found->cumulative_met);
}

/// A whole column: sums into the result, answers into `found`.
INLINE void account_form_column(account_form f, const plan_start *start, const rk_step *step,
                                const rk_account *account, answers *found,
                                rk_account_sums *result) {
  // Copies that nobody else can see, so that what they hold stays in registers.
  rk_account a = *account;
  rk_step w = {0};
  if (f.walks) w = *step;
  scaled_exp2 e = exp2_scaled_by(w.scale);
  double sums[3][RK_LOGICAL_LANES];
  EACH_LANE_GROUP(first) {
    lane_sums s = {0.0, 0.0, 0.0};
    for (int row = 0; row < RK_WIDTH / RK_LOGICAL_LANES; row += 4)
      account_rows(f, start, &w, e, &a, row, first, &s, found);
    STORE(sums[0] + first, s.sum);
    STORE(sums[1] + first, s.square);
    STORE(sums[2] + first, s.cumulative_square);
  }
  for (int k = 0; k < 3; k++) {
    double sum = 0.0;
    for (int lane = 0; lane < RK_LOGICAL_LANES; lane++) sum += sums[k][lane];
    result->sums[k] = sum;
  }
  result->cumulative_sum += result->sums[0];
}

// Each form is a function of its own, for the compiler gives registers by function.
#define ACCOUNT_FORM(name, ...)                                                            \
  __attribute__((noinline)) static void name(const rk_step *w, const rk_account *a,        \
                                             rk_account_sums *result) {                    \
    answers found;                                                                         \
    account_form_column((account_form){__VA_ARGS__}, 0, w, a, &found, result);             \
    count_answers((account_form){__VA_ARGS__}, a, &found, result);                         \
  }
ACCOUNT_FORM(account_plain, .whole = 1, .keeps = 1)
ACCOUNT_FORM(account_entries, .whole = 1, .keeps = 1, .entries = 1)
ACCOUNT_FORM(account_part, .keeps = 1)
ACCOUNT_FORM(account_part_entries, .keeps = 1, .entries = 1)
ACCOUNT_FORM(walk_plain, .walks = 1, .whole = 1)
ACCOUNT_FORM(walk_keeps, .walks = 1, .whole = 1, .keeps = 1)
ACCOUNT_FORM(walk_entries, .walks = 1, .whole = 1, .entries = 1)
ACCOUNT_FORM(walk_entries_keeps, .walks = 1, .whole = 1, .entries = 1, .keeps = 1)
ACCOUNT_FORM(walk_factors, .walks = 1, .whole = 1, .factors = 1)
ACCOUNT_FORM(walk_factors_keeps, .walks = 1, .whole = 1, .factors = 1, .keeps = 1)
ACCOUNT_FORM(walk_all, .walks = 1, .whole = 1, .entries = 1, .factors = 1)
ACCOUNT_FORM(walk_all_keeps, .walks = 1, .whole = 1, .entries = 1, .factors = 1, .keeps = 1)
#undef ACCOUNT_FORM

typedef void account_function(const rk_step *w, const rk_account *a, rk_account_sums *result);

static void account_column(const rk_account *a, rk_account_sums *result) {
  static account_function *const forms[2][2] = {
    {account_part, account_plain}, {account_part_entries, account_entries}};
  static const rk_step none;
  forms[a->entry != 0][a->paths == RK_WIDTH](&none, a, result);
}

static void walk_and_account_column(const rk_step *w, const rk_account *a,
                                    rk_account_sums *result) {
  static account_function *const forms[2][2][2] = {
    {{walk_plain, walk_keeps}, {walk_factors, walk_factors_keeps}},
    {{walk_entries, walk_entries_keeps}, {walk_all, walk_all_keeps}}};
  forms[a->entry != 0][w->factor_count != 0][a->revenue != 0](w, a, result);
}
