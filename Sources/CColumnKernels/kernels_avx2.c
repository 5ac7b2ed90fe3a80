// SPDX-License-Identifier: GPL-3.0-or-later
//
// The kernels for AVX2 with fma (x86-64-v3): 4 lanes.
#pragma clang fp contract(off)
#if defined(__x86_64__)
#include <immintrin.h>

#include "column_kernels.h"
#include "kernel_tables.h"
#include "single_tables.h"
#include "tables.h"

#define RK_ISA RK_AVX2
#define LANES 4
#pragma clang attribute push(__attribute__((target("arch=x86-64-v3"), min_vector_width(256))), \
                             apply_to = function)
#include "kernels.inc.h"
#pragma clang attribute pop

const rk_kernels rk_kernels_avx2 = RK_KERNEL_TABLE;
#endif
