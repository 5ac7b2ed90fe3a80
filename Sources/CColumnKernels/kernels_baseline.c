// SPDX-License-Identifier: GPL-3.0-or-later
//
// The kernels every processor of the architecture runs, 2 lanes: SSE2 on x86-64, NEON on aarch64.
#pragma clang fp contract(off)
#include "column_kernels.h"
#include "kernel_tables.h"
#include "tables.h"

#define RK_ISA RK_BASELINE
#define LANES 2
#include "kernels.inc.h"

const rk_kernels rk_kernels_baseline = RK_KERNEL_TABLE;
