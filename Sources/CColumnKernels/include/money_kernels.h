// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the kernels of money are told: numbers by path, sources, ledgers, loans. Conventions in
// column_kernels.h.
#ifndef RENKEI_MONEY_KERNELS_H
#define RENKEI_MONEY_KERNELS_H

#include <stdint.h>

#pragma clang assume_nonnull begin

/// A number by path: value i is base[i & mask]. A mask of −1 makes it a column; with a mask of 0 it is
/// the same on all paths and `base` holds RK_LOGICAL_LANES copies of it.
typedef struct {
  const double *base;
  int64_t mask;
} rk_operand;

/// Sources that fill a need one after the other, for `waterfall`. Amounts ≥ 0.
typedef struct {
  rk_operand need;        ///< What is to be filled.
  rk_operand own;         ///< Comes first.
  rk_operand grant_ask, grant_taken;  ///< Then a grant, where taken (1, else 0): what is asked for …
  rk_operand grant_share;             ///< … at most this share of the need …
  double grant_cap, grant_floor;      ///< … and the cap; nothing where that is below the floor.
  rk_operand loan_ask, loan_taken;    ///< Then a loan, at most the cap.
  double loan_cap;
  rk_operand last_base, last_slope;   ///< Then max(0, base + slope·loan).
  rk_operand cover_taken, cover;      ///< Part of the last source that is covered, of which at most
  double cover_cap;                   ///< this amount counts.
  int32_t has_share;                  ///< Whether `grant_share` limits the grant.
  double *grant, *loan, *last;        ///< Out: the amounts.
  double *covered;                    ///< Out: covered share of the last source, 0 without one.
  double *unfilled;                   ///< Out: the need without a source.
  double *scale;                      ///< Out: filled part of the need, 1 without a need.
  double *_Nullable grant_met;        ///< Out: grant over what is asked for, at most 1; 0 of 0.
  double *_Nullable loan_met;         ///< Out: likewise of the loan.
} rk_waterfall;

/// A term of `change`.
typedef struct {
  rk_operand s, a, r, b;
} rk_change;

/// Amounts that `ledger` adds up over plans; each of them, times its loss share, stands RK_KEPT_COUNT
/// places behind it where losses are kept.
typedef enum {
  RK_KEPT_LAST,     ///< The last source;
  RK_KEPT_COVERED,  ///< its covered part;
  RK_KEPT_LOW,      ///< the loan up to the split …
  RK_KEPT_HIGH,     ///< … and beyond it.
  RK_KEPT_COUNT
} rk_kept;

/// Flows at present value that `ledger` adds over plans.
typedef enum {
  RK_FLOW_TAX_BEFORE,     ///< Tax without relief.
  RK_FLOW_TAX_RELIEF,     ///< Tax without relief less tax.
  RK_FLOW_GRANT,          ///< The grant within the years.
  RK_FLOW_ADVICE,         ///< The cost that falls due after the first year where taken.
  RK_FLOW_MADE,           ///< The filled need, not discounted.
  RK_FLOW_LATE_INTEREST,  ///< After the last year: (funding rate − rate)·opening of the loan;
  RK_FLOW_LATE_SAVING,    ///< (rate of the last source − rate)·opening;
  RK_FLOW_LATE_FEES,      ///< fees on the covered part;
  RK_FLOW_LATE_LOAN_LOSS, ///< expected losses on the loan …
  RK_FLOW_LATE_COVERED_LOSS,  ///< … and on the covered part;
  RK_FLOW_LATE_GRANT,     ///< the grant.
  RK_FLOW_COUNT
} rk_flow;

// Reliefs from tax.
#define RK_RELIEF_NONE 0
#define RK_RELIEF_CREDIT 1        ///< A pool that is set off against tax.
#define RK_RELIEF_DEPRECIATION 2  ///< More depreciation in year 1, less later.

/// Years after its own in which a loss is set off against profit, oldest first.
#define RK_LOSS_YEARS 7

/// One year of a ledger.
typedef struct {
  const double *level;  ///< Revenue over `factor` while standing and selling.
  rk_operand limit;     ///< A path lives while clock < limit.
  double elapsed;       ///< It sells while entry < elapsed.
  rk_operand ramp;      ///< Part of the fixed cost that falls due while it sells.
  rk_operand low_open, high_open, last_open;        ///< Owed before the payment, per unit drawn.
  rk_operand low_repaid, high_repaid, last_repaid;  ///< Repaid by the payment, per unit drawn.
  rk_operand discount;  ///< Present value of a unit at the year's end.
  double *_Nullable cash;  ///< Out: cash at the year's end, as it stood at a failure.
} rk_ledger_year;

/// The accounts of one plan on 512 paths, for `ledger`; sources as `waterfall` found them.
typedef struct {
  rk_operand counted;  ///< All bits set on paths that exist, else none.
  rk_operand factor, clock, entry;
  rk_operand margin, fixed, other, line;  ///< Per unit of revenue; a year; a year; overdraft.
  rk_operand need, own;
  const double *grant, *loan, *last, *covered, *unfilled, *scale;
  int32_t has_loan;        ///< Whether a loan can be other than 0.
  double split;            ///< The loan is two: up to here at the low rate, the rest at the high one.
  rk_operand low_rate, high_rate, last_rate, fee_rate, funding_rate;
  rk_operand loan_loss, last_loss;  ///< Lost parts of defaulting balances.
  int32_t grant_year;      ///< The grant is paid at the end of this year; 0: at the start.
  rk_operand start_discount;        ///< Present value of a unit at the start.
  rk_operand advice_taken, advice_cost;
  rk_operand tax_rate;
  double period;           ///< Years over which the filled need less the grant is written off.
  int32_t relief;          ///< RK_RELIEF_…
  int32_t relief_years;    ///< Years in which the credit can be used.
  rk_operand relief_taken, relief_share;  ///< Share of the filled need that is eligible …
  double relief_minimum;                  ///< … from this amount on.
  rk_operand relief_rate, relief_limit;   ///< Per unit eligible; credit per unit of a year's tax.
  int32_t enforce;         ///< Whether a gap ends the business.
  int32_t years;           ///< ≥ 1.
  const rk_ledger_year *year;
  rk_operand late_survival;  ///< Of each year after the last.
  int32_t late_low, late_high, late_last;  ///< Payments after the last year.
  const rk_operand *_Nullable low_weight;  ///< discount·opening share of each of them.
  const rk_operand *_Nullable high_weight, *_Nullable last_weight;
  int32_t late_grant;        ///< Years after the last until the grant is paid; 0: before.
  rk_operand late_grant_discount;
  /// In and out: sums over plans of RK_KEPT amounts by the number of years that the path stands:
  /// amount k of path i that stands for m years is element (i · kept_rows + m) · kept_width + k.
  double *kept;
  int64_t kept_rows;       ///< > years.
  int64_t kept_width;      ///< RK_KEPT_COUNT, or twice that with losses.
  /// In and out: sums over plans of RK_FLOW values, RK_LOGICAL_LANES paths side by side for each
  /// flow, then the next paths.
  double *flow;
  uint32_t flows;          ///< Bit k: whether flow k can be other than 0.
  double *_Nullable gap;       ///< Out: largest gap.
  double *_Nullable exposure;  ///< Out: balances at default …
  double *_Nullable loss;      ///< … and what of them is lost.
  double *_Nullable profit;    ///< Out: profit after tax.
  double *_Nullable service;   ///< Out: least cover of debt service, +∞ without one.
  double *_Nullable broke;     ///< Out: year whose gap ended the business, +∞ without one.
} rk_ledger;

/// A year of a loan, for `balances`. What is drawn stands before and now, and the same times loss
/// shares where these differ from path to path.
typedef struct {
  const double *before, *now, *loss_before, *loss_now;
  double loss_part;  ///< Factor of the latter two.
  rk_operand opening, closing, repaid;  ///< Per unit drawn.
  rk_operand rate;
  double *entered, *interest, *paid, *defaulted, *lost, *owed;  ///< In and out, each added to.
} rk_balances;

/// What `ledger` found over the paths that exist, lanes folded in order.
typedef struct {
  double need, scale, gap, exposure, loss;
  int64_t defaults, gaps, failed, broke, profitable;
} rk_ledger_sums;

#pragma clang assume_nonnull end

#endif
