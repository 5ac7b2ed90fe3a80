// SPDX-License-Identifier: GPL-3.0-or-later
// GSL as Swift sees it. Static inline shims only: Swift cannot read GSL's `extern const` generator
// pointers as values under strict concurrency.
#pragma once
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_roots.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_version.h>

static inline const gsl_rng_type *cgsl_mt19937(void) { return gsl_rng_mt19937; }
static inline const gsl_rng_type *cgsl_taus2(void) { return gsl_rng_taus2; }
static inline const gsl_root_fsolver_type *cgsl_brent(void) { return gsl_root_fsolver_brent; }
static inline const char *cgsl_version(void) { return GSL_VERSION; }
