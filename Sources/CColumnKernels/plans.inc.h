// SPDX-License-Identifier: GPL-3.0-or-later
//
// All years of a plan in one call: draws, walk, revenue and what is counted. Contracts in
// column_kernels.h.
//
// The draws of a year stand ready before the answers about the year before are counted: the answers
// were written piece by piece, and reading them at once would wait for the pieces.

/// Columns of draws whose generators are seeded together: their chains of rounds overlap.
#define SEEDED_TOGETHER 8

/// Generators of a draw column by lane.
typedef struct { uint64_t s[4][RK_LOGICAL_LANES]; } column_seed;

INLINE void seed_column(column_seed *column, uint64_t seed, uint64_t stream, uint32_t block) {
  EACH_LANE_GROUP(first) {
    generator g = seeded(seed, stream, block, first);
    STORE_WORDS(column->s[0] + first, g.s0);
    STORE_WORDS(column->s[1] + first, g.s1);
    STORE_WORDS(column->s[2] + first, g.s2);
    STORE_WORDS(column->s[3] + first, g.s3);
  }
}
INLINE generator generator_of(const column_seed *column, int first) {
  return (generator){LOAD_WORDS(column->s[0] + first), LOAD_WORDS(column->s[1] + first),
                     LOAD_WORDS(column->s[2] + first), LOAD_WORDS(column->s[3] + first)};
}

// Not inlined, so that its constants have all registers.
__attribute__((noinline)) static void normals_of_seed(const column_seed *column, double *z) {
  EACH_LANE_GROUP(first) normals_of_lanes(generator_of(column, first), first, z);
}

// Each form is a function of its own, as in accounts.inc.h.
#define PLAN_FORM(name, ...)                                                                  \
  __attribute__((noinline)) static void name(const plan_start *start, const rk_step *w,        \
                                             const rk_account *a, answers *found,              \
                                             rk_account_sums *result) {                        \
    account_form_column((account_form){.walks = 1, .whole = 1, __VA_ARGS__}, start, w, a,      \
                        found, result);                                                        \
  }
PLAN_FORM(plan_first, .first = 1)
PLAN_FORM(plan_middle, .first = 0)
PLAN_FORM(plan_last, .last = 1)
PLAN_FORM(plan_first_entries, .first = 1, .entries = 1)
PLAN_FORM(plan_middle_entries, .entries = 1)
PLAN_FORM(plan_last_entries, .last = 1, .entries = 1)
#undef PLAN_FORM

typedef void plan_function(const plan_start *start, const rk_step *w, const rk_account *a,
                           answers *found, rk_account_sums *result);

static void plan_columns(const rk_plan *p, rk_account_sums *sums) {
  static plan_function *const forms[2][3] = {
    {plan_first, plan_middle, plan_last},
    {plan_first_entries, plan_middle_entries, plan_last_entries}};
  const int entries = p->entry != 0;
  const plan_start start = {p->start_scale, p->start_location};
  uint64_t ever[BIT_COLUMN_WORDS] = {0};
  column_seed seeds[SEEDED_TOGETHER], start_seed, clock_seed;
  answers found;
  double to_date = 0.0;

  seed_column(&start_seed, p->start_seed, p->start_stream, p->block);
  seed_column(&clock_seed, p->clock_seed, p->clock_stream, p->block);
  for (int32_t t = 0; t < p->years; t++) {
    int32_t ahead = t % SEEDED_TOGETHER;
    if (ahead == 0)
      for (int32_t k = 0; k < SEEDED_TOGETHER && t + k < p->years; k++)
        seed_column(seeds + k, p->seed, p->year[t + k].stream, p->block);
    if (t == 0) {
      if (p->draws_start) normals_of_seed(&start_seed, p->walk);
      if (p->draws_clock)
        EACH_LANE_GROUP(first) uniforms_of_lanes(generator_of(&clock_seed, first), first, p->clock);
      normals_of_seed(seeds, p->score);
    }

    const rk_plan_year *year = p->year + t;
    rk_step w = {.s = p->own_scale, .z = p->score, .drift = p->drift + t * RK_STRIDE,
                 .walk = p->walk, .scale = year->scale};
    rk_account a = {.clock = p->clock, .clock_limit = year->clock_limit, .entry = p->entry,
                    .entry_limit = year->entry_limit, .cumulative = p->cumulative,
                    .portfolio = p->portfolio + t * RK_STRIDE,
                    .counters = p->counters + t * RK_COUNTERS * RK_COUNTER_WORDS, .ever = ever,
                    .shift = year->shift, .cumulative_shift = year->cumulative_shift,
                    .target = year->target, .cumulative_target = year->cumulative_target,
                    .range_low = p->range_low, .range_high = p->range_high, .paths = RK_WIDTH};
    rk_account_sums *result = sums + t;
    result->cumulative_sum = to_date;
    const int keeps = t + 1 < p->years || p->keeps_cumulative;
    forms[entries][t == 0 ? 0 : keeps ? 1 : 2](&start, &w, &a, &found, result);
    to_date = result->cumulative_sum;

    if (t + 1 < p->years) {
      // The generators of the next eight years are seeded in their turn.
      if (ahead + 1 < SEEDED_TOGETHER)
        normals_of_seed(seeds + ahead + 1, p->score);
      else
        normals_column(p->seed, p->year[t + 1].stream, p->block, p->score);
    }
    if (entries)
      count_answers((account_form){.walks = 1, .whole = 1, .entries = 1}, &a, &found, result);
    else
      count_answers((account_form){.walks = 1, .whole = 1}, &a, &found, result);
  }
}
