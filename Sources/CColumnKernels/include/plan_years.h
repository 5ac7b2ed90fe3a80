// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the kernels that compute all years of a plan at once are told; see column_kernels.h.
#ifndef RENKEI_PLAN_YEARS_H
#define RENKEI_PLAN_YEARS_H

#include <stdint.h>

#pragma clang assume_nonnull begin

/// One year of a plan, for `plan`; names as in rk_account and rk_step.
typedef struct {
  uint64_t stream;  ///< Of the year's normals z.
  double scale, clock_limit, entry_limit;
  double shift, cumulative_shift, target, cumulative_target;
} rk_plan_year;

/// The years of a plan on 512 paths that all exist, for `plan`; names as in rk_account and rk_step.
/// Columns of years lie RK_STRIDE apart.
typedef struct {
  uint64_t seed;               ///< Of the years' normals.
  uint32_t block;
  int32_t years;               ///< ≥ 1.
  const rk_plan_year *year;
  uint64_t start_seed, start_stream;  ///< The walk starts from the normals here …
  int32_t draws_start;         ///< … where this is not 0, else from what `walk` holds …
  double start_scale, start_location;  ///< … as fma(start_scale, x, start_location).
  uint64_t clock_seed, clock_stream;  ///< The clock is the uniforms here …
  int32_t draws_clock;         ///< … where this is not 0, else what `clock` holds.
  double own_scale;            ///< A year moves the walk by fma(own_scale, z, drift).
  const double *drift;
  const double *_Nullable entry;
  double *score, *walk;        ///< Room; their contents mean nothing afterwards.
  double *cumulative;          ///< Likewise …
  int32_t keeps_cumulative;    ///< … but where this is not 0: revenue over all years.
  double *clock;
  double *portfolio;           ///< In and out, by year.
  uint64_t *counters;          ///< In and out: RK_COUNTERS counters a year.
  double range_low, range_high;
} rk_plan;

/// The years of a plan on 512 paths in single precision, for `single_plan`; names as in rk_plan.
/// Columns of years lie one after another: floats without gaps, doubles `column_stride` apart.
typedef struct {
  uint64_t seed;
  uint32_t block;
  int32_t years;               ///< ≥ 1.
  int32_t paths;               ///< Paths that exist.
  int32_t general;             ///< Not 0 where a walk may leave ±16·60 or pass `walk_limit`, a scale
                               ///< is 0, there are factors, or revenue is wanted.
  int64_t column_stride;
  const rk_plan_year *year;
  uint64_t start_seed, start_stream;
  int32_t draws_start;         ///< Where this is 0, the walk starts from what `walk` holds.
  double start_scale, start_location;
  uint64_t clock_seed, clock_stream;
  int32_t draws_clock;
  double own_scale;            ///< A year moves the walk by fma(own_scale, z, drift).
  const float *_Nullable steps;    ///< z by year where they are not normals; NULL: drawn.
  const float *drift;
  const float *_Nullable factors;  ///< By year: what the level is multiplied by; NULL: nothing.
  double walk_limit;           ///< Above this the walk counts as this, so that levels stay finite.
  const double *_Nullable entry;
  float *score, *walk, *cumulative;  ///< Room; their contents mean nothing afterwards.
  double *clock;
  int64_t clock_stride;        ///< 0: one clock for all years; else `column_stride`.
  double *_Nullable revenue;   ///< Out: by year; NULL: not wanted …
  double *_Nullable to_date;   ///< … and then this neither.
  double *portfolio;           ///< In and out, by year.
  uint64_t *counters;          ///< In and out: RK_COUNTERS counters a year.
  double range_low, range_high;  ///< At least 0.
} rk_single_plan;

#pragma clang assume_nonnull end

#endif
