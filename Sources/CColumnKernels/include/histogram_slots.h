// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef RENKEI_HISTOGRAM_SLOTS_H
#define RENKEI_HISTOGRAM_SLOTS_H

// Slots of a histogram of values ≥ 0: 128 bins in each of the 64 octaves from 2⁻⁴ to 2⁶⁰.
#define RK_SLOT_ZERO 1
#define RK_SLOT_UNDERFLOW 2
#define RK_SLOT_OVERFLOW 3
#define RK_SLOT_FIRST_BIN 4
#define RK_SLOT_BINS 8192

#endif
