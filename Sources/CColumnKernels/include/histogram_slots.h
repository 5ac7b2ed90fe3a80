// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef RENKEI_HISTOGRAM_SLOTS_H
#define RENKEI_HISTOGRAM_SLOTS_H

// Slots of a histogram of values ≥ 0: 128 bins in each of the 64 octaves from 2⁻⁴ to 2⁶⁰. A page
// is 256 slots: the first one has what lies outside the bins, each of the others has two octaves.
#define RK_SLOT_PAGE 256
#define RK_SLOT_UNDERFLOW 1
#define RK_SLOT_OVERFLOW 2
// Zeros, by far the commonest, have several slots, which neighbours in a column take in turn: whoever
// counts them need not wait for one count before the next.
#define RK_SLOT_ZERO 8
#define RK_SLOT_ZEROS 8
#define RK_SLOT_FIRST_BIN 256
#define RK_SLOT_BINS 8192

#endif
