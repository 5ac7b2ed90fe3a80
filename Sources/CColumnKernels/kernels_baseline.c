// SPDX-License-Identifier: GPL-3.0-or-later
//
// The kernels every processor of the architecture runs: SSE2 on x86-64, NEON on aarch64.
#pragma clang fp contract(off)
#include "column_kernels.h"
#include "kernel_tables.h"
#include "single_tables.h"
#include "tables.h"

#define RK_ISA RK_BASELINE
#if defined(__x86_64__)
// Two registers a vector, so that two chains of the emulated fma run side by side: 1.6 times
// faster.
#define LANES 4
// Such vectors have no agreed calling convention; here they never leave this file.
#pragma clang diagnostic ignored "-Wpsabi"
#else
#define LANES 2
#endif
#include "kernels.inc.h"

const rk_kernels rk_kernels_baseline = RK_KERNEL_TABLE;
