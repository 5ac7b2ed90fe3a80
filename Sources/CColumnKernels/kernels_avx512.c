// SPDX-License-Identifier: GPL-3.0-or-later
//
// The kernels for AVX-512 (x86-64-v4): 8 lanes.
#pragma clang fp contract(off)
#if defined(__x86_64__)
#include <immintrin.h>

#include "column_kernels.h"
#include "kernel_tables.h"
#include "single_tables.h"
#include "tables.h"

#define RK_ISA RK_AVX512
#define LANES 8
#pragma clang attribute push(__attribute__((target("arch=x86-64-v4"), min_vector_width(512))), \
                             apply_to = function)
#include "kernels.inc.h"
#pragma clang attribute pop

const rk_kernels rk_kernels_avx512 = RK_KERNEL_TABLE;
#endif
