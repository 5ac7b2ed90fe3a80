// SPDX-License-Identifier: GPL-3.0-or-later
//
// The years of a plan in single precision: draws, walk and exponential in floats, everything that
// adds up in doubles. Contracts in column_kernels.h.
//
// The words are those of the double kernels, and so is what decides who is alive and who sells, so a
// path in single precision is the same path with rounded revenue. Of the sums, the portfolio's and
// revenue's are in doubles throughout; squares go to doubles eight at a time.

#define EACH_SINGLE(i) for (int i = 0; i < RK_WIDTH; i += SINGLE_LANES)

/// What the inlined body has to do.
typedef struct {
  int entries;  ///< There are entries.
  int general;  ///< Anything may be as `rk_single_plan.general` says, and paths may lack.
} single_form;

/// One year: what `rk_single_plan` holds of it, in the types it is used in.
typedef struct {
  const float *z, *drift, *factor;
  float *walk, *cumulative;
  const double *clock, *entry;
  double *revenue, *to_date, *portfolio;
  float s, scale, walk_limit, target, cumulative_target, range_low, range_high;
  float unit, shift, cumulative_shift;  ///< Squares are of steps times a power of two; shifts, too.
  double clock_limit, entry_limit;
  int32_t paths;
} single_year;

#define SINGLES (32 / SINGLE_LANES)
#define DOUBLES (32 / LANES)
#define EACH_OF_SINGLES(g) _Pragma("clang loop unroll(full)") for (int g = 0; g < SINGLES; g++)
#define EACH_OF_DOUBLES(k) _Pragma("clang loop unroll(full)") for (int k = 0; k < DOUBLES; k++)

/// Vectors that hold a value for each logical lane, and for each of two rows of them.
#define LANE_SUMS (RK_LOGICAL_LANES / LANES)
#define ROW_PAIR_SUMS (2 * RK_LOGICAL_LANES / SINGLE_LANES)

/// Sums while a column is accounted.
typedef struct {
  V sum[LANE_SUMS], square[LANE_SUMS], cumulative_square[LANE_SUMS];
  F squares[ROW_PAIR_SUMS], cumulative_squares[ROW_PAIR_SUMS];  ///< Not in the doubles yet.
} single_sums;

/// Adds two rows of floats to sums by logical lane, and starts them again from zero.
INLINE void move_to_doubles(F *rows, V *sums) {
  for (int k = 0; k < 2 * LANE_SUMS; k++) {
    H half = k & 1 ? UPPER(rows[k / 2]) : LOWER(rows[k / 2]);
    sums[k % LANE_SUMS] += WIDEN(half);
  }
  for (int g = 0; g < ROW_PAIR_SUMS; g++) rows[g] = 0.0f;
}

/// scale·2^(x/16) of 32 paths in place, for |x| ≤ 16·126: `exp2_sixteenths_of_rows` in floats.
INLINE void single_exp2_of_rows(float scale, F *x) {
  const F c0 = scale, c1 = SINGLE_EXP2_C1 * scale, c2 = SINGLE_EXP2_C2 * scale;
  const F c3 = SINGLE_EXP2_C3 * scale;
  F shifted[SINGLES], f[SINGLES], p[SINGLES], power[SINGLES];
  EACH_OF_SINGLES(g) shifted[g] = x[g] + 0x1.8p23f;
  EACH_OF_SINGLES(g) f[g] = x[g] - (shifted[g] - 0x1.8p23f);
  EACH_OF_SINGLES(g) p[g] = FMA_SINGLE(c3, f[g], c2);
  EACH_OF_SINGLES(g)
    power[g] = LOOKUP16_SINGLE((const float *)single_exp2_centre, (I)shifted[g]);
  EACH_OF_SINGLES(g) p[g] = FMA_SINGLE(p[g], f[g], c1);
  EACH_OF_SINGLES(g) power[g] = (F)(((I)shifted[g] << 19) + (I)power[g]);
  EACH_OF_SINGLES(g) p[g] = FMA_SINGLE(p[g], f[g], c0);
  EACH_OF_SINGLES(g) x[g] = p[g] * power[g];
}

/// low ≤ x ≤ high for 0 ≤ x and 0 ≤ low ≤ high: the bits of such floats are in their order.
INLINE I WITHIN(F x, float low, float high) {
  typedef uint32_t Bits __attribute__((ext_vector_type(SINGLE_LANES)));
  Bits bottom = (Bits)(F)low, top = (Bits)(F)high;
  return (I)((Bits)x - bottom <= top - bottom);
}

/// The levels of the 32 paths from `path` on, a step of their walks further.
INLINE void single_levels(single_form f, const single_year *a, int path, F *x) {
#define AT(g) (path + (g) * SINGLE_LANES)
  EACH_OF_SINGLES(g)
    x[g] = FMA_SINGLE(a->s, LOAD_SINGLE(a->z + AT(g)), LOAD_SINGLE(a->drift + AT(g)));
  EACH_OF_SINGLES(g) {
    x[g] = LOAD_SINGLE(a->walk + AT(g)) + x[g];
    STORE_SINGLE(a->walk + AT(g), x[g]);
    if (f.general) x[g] = MAXIMUM_SINGLE(MINIMUM_SINGLE(x[g], a->walk_limit), -16.0f * 126.0f);
  }
  single_exp2_of_rows(a->scale, x);
  if (f.general && a->factor)
    EACH_OF_SINGLES(g) x[g] *= LOAD_SINGLE(a->factor + AT(g));
#undef AT
}

/// Where the 32 paths from `path` on earn, and in the general form where they exist.
INLINE void single_earners(single_form f, const single_year *a, int path, answers *found, I *earns,
                           I *exists) {
#define AT(k) (path + (k) * LANES)
  L asked[DOUBLES];
  EACH_OF_DOUBLES(k) asked[k] = (L)(LOAD(a->clock + AT(k)) < a->clock_limit);
  EACH_OF_SINGLES(g) earns[g] = JOIN_MASKS(asked[2 * g], asked[2 * g + 1]);
  put_singles(found->alive, path, earns);
  if (f.entries) {
    I sells[SINGLES];
    EACH_OF_DOUBLES(k) asked[k] = (L)(LOAD(a->entry + AT(k)) < a->entry_limit);
    EACH_OF_SINGLES(g) sells[g] = JOIN_MASKS(asked[2 * g], asked[2 * g + 1]);
    put_singles(found->selling, path, sells);
    EACH_OF_SINGLES(g) earns[g] &= sells[g];
  }
#undef AT
  if (!f.general) return;
  EACH_OF_SINGLES(g)
    for (int lane = 0; lane < SINGLE_LANES; lane++)
      exists[g][lane] = path + g * SINGLE_LANES + lane < a->paths ? -1 : 0;
  EACH_OF_SINGLES(g) earns[g] &= exists[g];
}

/// Revenue of the 32 paths from `path` on, and all that is counted and added up.
INLINE void single_rows(single_form f, const single_year *a, int path, single_sums *s,
                        answers *found) {
  F revenue[SINGLES], total[SINGLES];
  I earns[SINGLES], exists[SINGLES], asked[SINGLES];
  single_levels(f, a, path, revenue);
  single_earners(f, a, path, found, earns, exists);
  EACH_OF_SINGLES(g) revenue[g] = (F)((I)revenue[g] & earns[g]);
#define AT(g) (path + (g) * SINGLE_LANES)
  EACH_OF_SINGLES(g) {
    total[g] = LOAD_SINGLE(a->cumulative + AT(g)) + revenue[g];
    STORE_SINGLE(a->cumulative + AT(g), total[g]);
  }
  if (f.general) {
    EACH_OF_SINGLES(g) asked[g] = (I)(revenue[g] > 0.0f);
    put_singles(found->active, path, asked);
  }
  EACH_OF_SINGLES(g) asked[g] = (I)(revenue[g] >= a->target);
  put_singles(found->met, path, asked);
  EACH_OF_SINGLES(g) asked[g] = WITHIN(revenue[g], a->range_low, a->range_high);
  put_singles(found->in_range, path, asked);
  EACH_OF_SINGLES(g) asked[g] = (I)(total[g] >= a->cumulative_target);
  put_singles(found->cumulative_met, path, asked);

  // Squares about a fixed shift: a cell that never moves has sums of exactly zero.
  EACH_OF_SINGLES(g) {
    F step = FMA_SINGLE(revenue[g], a->unit, -a->shift);
    F cumulative_step = FMA_SINGLE(total[g], a->unit, -a->cumulative_shift);
    if (f.general) {
      step = (F)((I)step & exists[g]);
      cumulative_step = (F)((I)cumulative_step & exists[g]);
    }
    F *squares = s->squares + g % ROW_PAIR_SUMS;
    F *cumulative_squares = s->cumulative_squares + g % ROW_PAIR_SUMS;
    *squares = FMA_SINGLE(step, step, *squares);
    *cumulative_squares = FMA_SINGLE(cumulative_step, cumulative_step, *cumulative_squares);
  }
#undef AT
#define AT(k) (path + (k) * LANES)
  EACH_OF_DOUBLES(k) {
    V wide = WIDEN(k & 1 ? UPPER(revenue[k / 2]) : LOWER(revenue[k / 2]));
    STORE(a->portfolio + AT(k), LOAD(a->portfolio + AT(k)) + wide);
    s->sum[k % LANE_SUMS] += wide;
    if (f.general && a->revenue) {
      STORE(a->revenue + AT(k), wide);
      STORE(a->to_date + AT(k), WIDEN(k & 1 ? UPPER(total[k / 2]) : LOWER(total[k / 2])));
    }
  }
#undef AT
}

INLINE double sum_of_lanes(const V *sums) {
  double sum = 0.0;
  for (int k = 0; k < LANE_SUMS; k++)
    for (int lane = 0; lane < LANES; lane++) sum += sums[k][lane];
  return sum;
}

/// A whole column: sums into the result, answers into `found`.
INLINE void single_form_column(single_form f, const single_year *year, answers *found,
                               rk_account_sums *result) {
  // A copy that nobody else can see, so that what it holds stays in registers.
  single_year a = *year;
  single_sums s;
  __builtin_memset(&s, 0, sizeof s);
  for (int path = 0; path < RK_WIDTH; path += 32) {
    single_rows(f, &a, path, &s, found);
    if (path % 128 != 96) continue;
    move_to_doubles(s.squares, s.square);
    move_to_doubles(s.cumulative_squares, s.cumulative_square);
  }
  // Floats and their sums over 512 paths are exact in doubles but for the last bits.
  const double amount = 1.0 / a.unit;
  result->sums[0] = sum_of_lanes(s.sum) - a.paths * (a.shift * amount);
  result->sums[1] = sum_of_lanes(s.square) * amount * amount;
  result->sums[2] = sum_of_lanes(s.cumulative_square) * amount * amount;
  result->cumulative_sum += result->sums[0];
}

// Each form is a function of its own, for the compiler gives registers by function.
#define SINGLE_FORM(name, ...)                                                        \
  __attribute__((noinline)) static void name(const single_year *a, answers *found,    \
                                             rk_account_sums *result) {               \
    single_form_column((single_form){__VA_ARGS__}, a, found, result);                 \
  }
SINGLE_FORM(single_plain, .entries = 0)
SINGLE_FORM(single_entries, .entries = 1)
SINGLE_FORM(single_general, .general = 1)
SINGLE_FORM(single_general_entries, .general = 1, .entries = 1)
#undef SINGLE_FORM

/// Where the walk starts, and nothing sold yet.
static void begin_single_plan(const rk_single_plan *p) {
  const float scale = (float)p->start_scale, location = (float)p->start_location;
  if (p->draws_start)
    EACH_SINGLE(i)
      STORE_SINGLE(p->walk + i, FMA_SINGLE(scale, LOAD_SINGLE(p->walk + i), location));
  if (!p->steps && p->own_scale == 0.0) EACH_SINGLE(i) STORE_SINGLE(p->score + i, 0.0f);
  EACH_SINGLE(i) STORE_SINGLE(p->cumulative + i, 0.0f);
}

/// 2^−k for x in [2^k, 2^(k+1)), which brings amounts near 1: their squares then fit floats.
static double unit_of(double x) {
  uint64_t bits;
  __builtin_memcpy(&bits, &x, sizeof bits);
  uint64_t exponent = bits >> 52;
  if (exponent < 1023 - 100) exponent = 1023;
  if (exponent > 1023 + 100) exponent = 1023 + 100;
  bits = (2046 - exponent) << 52;
  __builtin_memcpy(&x, &bits, sizeof x);
  return x;
}

static single_year single_year_of(const rk_single_plan *p, int32_t t) {
  const rk_plan_year *year = p->year + t;
  const int64_t at = (int64_t)t * RK_WIDTH, wide_at = t * p->column_stride;
  const double unit = unit_of(year->scale);
  return (single_year){
    .z = p->steps ? p->steps + at : p->score, .drift = p->drift + at,
    .factor = p->factors ? p->factors + at : 0, .walk = p->walk, .cumulative = p->cumulative,
    .clock = p->clock + t * p->clock_stride, .entry = p->entry,
    .revenue = p->revenue ? p->revenue + wide_at : 0,
    .to_date = p->to_date ? p->to_date + wide_at : 0, .portfolio = p->portfolio + wide_at,
    .s = (float)p->own_scale, .scale = (float)year->scale,
    .walk_limit = (float)p->walk_limit, .target = (float)year->target,
    .cumulative_target = (float)year->cumulative_target, .range_low = (float)p->range_low,
    .range_high = (float)p->range_high, .unit = (float)unit,
    .shift = (float)(year->shift * unit),
    .cumulative_shift = (float)(year->cumulative_shift * unit), .clock_limit = year->clock_limit,
    .entry_limit = year->entry_limit, .paths = p->paths};
}

/// Seeds the generators of some years from `t` on.
static void seed_years(const rk_single_plan *p, int32_t t, column_seed *seeds) {
  for (int32_t k = 0; k < SEEDED_TOGETHER && t + k < p->years; k++)
    seed_column(seeds + k, p->seed, p->year[t + k].stream, p->block);
}

static void single_plan_columns(const rk_single_plan *p, rk_account_sums *sums) {
  const int general = p->general || p->paths != RK_WIDTH;
  const int draws = !p->steps && p->own_scale != 0.0;
  uint64_t ever[BIT_COLUMN_WORDS] = {0};
  column_seed seeds[SEEDED_TOGETHER];
  answers found;
  double to_date = 0.0;

  if (p->draws_start) single_normals_column(p->start_seed, p->start_stream, p->block, p->walk);
  if (p->draws_clock) uniforms_column(p->clock_seed, p->clock_stream, p->block, p->clock);
  begin_single_plan(p);
  for (int32_t t = 0; t < p->years; t++) {
    if (draws && t == 0) {
      seed_years(p, 0, seeds);
      single_normals_of_seed(seeds, p->score);
    }
    single_year year = single_year_of(p, t);
    rk_account_sums *result = sums + t;
    result->cumulative_sum = to_date;
    if (general)
      (p->entry ? single_general_entries : single_general)(&year, &found, result);
    else
      (p->entry ? single_entries : single_plain)(&year, &found, result);
    to_date = result->cumulative_sum;

    // The next year's draws come before the answers are read, as in plans.inc.h.
    if (draws && t + 1 < p->years) {
      int32_t ahead = (t + 1) % SEEDED_TOGETHER;
      if (ahead == 0) seed_years(p, t + 1, seeds);
      single_normals_of_seed(seeds + ahead, p->score);
    }
    if (!general && p->entry)
      for (int w = 0; w < BIT_COLUMN_WORDS; w++)
        found.active[w] = found.alive[w] & found.selling[w];
    rk_account a = {.counters = p->counters + t * RK_COUNTERS * RK_COUNTER_WORDS, .ever = ever,
                    .paths = p->paths};
    if (general && p->entry)
      count_answers((account_form){.entries = 1}, &a, &found, result);
    else if (general)
      count_answers((account_form){.entries = 0}, &a, &found, result);
    else if (p->entry)
      count_answers((account_form){.walks = 1, .whole = 1, .entries = 1}, &a, &found, result);
    else
      count_answers((account_form){.walks = 1, .whole = 1}, &a, &found, result);
  }
}
