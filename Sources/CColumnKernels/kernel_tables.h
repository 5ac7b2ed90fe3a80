// SPDX-License-Identifier: GPL-3.0-or-later
//
// The function tables that dispatch.c chooses among.
#ifndef RENKEI_KERNEL_TABLES_H
#define RENKEI_KERNEL_TABLES_H

#include "column_kernels.h"

extern const rk_kernels rk_kernels_baseline;
#if defined(__x86_64__)
extern const rk_kernels rk_kernels_avx2;
extern const rk_kernels rk_kernels_avx512;
#endif

#endif
