// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// # Finance timing
///
/// The money of one plan on one path under one arm, in the order in which it is computed. t is the
/// calendar year 1…H, f = ⌊start offset⌋, m = t − f the plan's year; nothing happens for m < 1, and
/// a plan with f ≥ H has no money at all. T, I and every other amount is drawn once per plan and
/// path and shared by all arms; a share of target or investment multiplies T or I. `own`, `other`,
/// `fixed`, `line`, `margin`, `tax_rate` stand for the finance inputs; a[k] is an amount asked for.
///
/// **1. Requests.** `taken[k]` = the arm offers measure k and u[k] < take_up[k], u[k] uniform and the
/// same in all arms. Requests do not depend on the arm: they follow from the support block's terms.
///
///     ask[subsidy]      = amount_yen where stated, else rate·eligible_share·I (block's terms)
///     ask[policy loan]  = amount_yen
///
/// **2. Sources** fill the need in this order, each up to what is left (arm's terms):
///
///     r0 = I
///     own_used = min(own, r0)                                                 r1 = r0 − own_used
///     grant    = taken·min(ask, rate·eligible_share·I [rate stated], cap, r1)
///     subsidy  = grant < floor ? 0 : grant                                    r2 = r1 − subsidy
///     policy   = taken·min(ask, cap, r2)                                      r3 = r2 − policy
///     private  = min(max(0, amount + crowd_in·policy), r3)                    r4 = r3 − private
///     made = I − r4      scale = I > 0 ? 1 − r4/I : 1
///     guaranteed share κ = taken·coverage·min(1, cap/private), 0 where private = 0
///
/// **3. Effects.** Coverage c[k] = received/ask, at most 1 and 0 where ask = 0, for a subsidy or
/// policy loan that asks for a stated amount; otherwise 1 where taken, else 0. With Δ(x) the sum over
/// measures of x[k]·c[k] under this arm minus that of the calibrated arm, x = log of the effect
/// (log_attainment itself):
///
///     attainment·exp(Δ)   odds·exp(Δ)   hazard[t]·exp(Δ)   delay·exp(Δ)
///     revenue·(scale/scale_calibrated)^e, 1 where e = 0, scales agree or scale_calibrated = 0
///
/// **4. Start of plan year 1**: loans are drawn and the investment is made.
///
///     cash = own + policy + private − made + subsidy·[paid_after_years = 0]
///     present values at v^f, v = 1/(1 + discount rate): loans drawn, a subsidy paid at once
///
/// **5. Each year m.** `opening` is what is owed before the year's payment, drawings included. The
/// policy loan is two loans: up to special_limit at base − discount, the rest at base.
///
///     a. Σ hazard ≥ E: the business fails by hazard. R[t] = 0; the opening balances default; no
///        other money moves in this year or later (but see advice in 6).
///     b. interest = rate·opening, repaid by schedule, fee = fee_rate·κ·opening private
///        contribution = margin·R[t] − fixed·ramp·[sells]     (ramp at the year's end, growth too)
///        operating    = contribution + other
///        depreciation = max(0, made − subsidy)/n for m ≤ n, n the plan's period
///        profit       = contribution − interest − fee − depreciation
///     c. tax_before = tax_rate·taxable(profit): a loss is kept seven years and used oldest first
///        credit: pool = credit_rate·eligible, eligible = eligible_share·made ≥ minimum, in m = 1;
///                used = min(pool left, credit_limit·tax_before) while m ≤ 1 + carry_forward
///        special depreciation: a second account whose year-1 depreciation is larger by
///                special_depreciation·eligible, at most the base; later years end where it ends
///        tax = what is paid with the incentive; the plan's profit alone is taxed: `other` is after
///        its own tax, and the subsidy reduces the depreciable base instead of being income
///     d. subsidy arrives where m = paid_after_years
///        cash += operating + subsidy − interest − repaid − fee − tax
///        gap = max(0, −cash − line − subsidy still to come);    no interest on the overdraft
///        what is below 1e-9·I is the rounding of sources that fill the need exactly, and no gap
///     e. gap > 0 and `enforce`: the business fails by cash at the year's end. R[t] and the subsidy
///        stand; interest, repayments, fee and tax of the year are not paid; the opening balances
///        default; from t + 1 on as after a failure. It counts as failed from year t on.
///     default: loss = loss_given_default·balance, recovered at once; the guarantor bears κ of a
///        private loan's, the public all of a policy loan's
///
/// **6. Public cost**, flows of year t at v^t:
///
///     interest subsidy = funding_rate·opening − interest, in years whose interest is paid
///     advice cost at v^(f+1) where taken, failed or not; fees in years in which they are paid
///     tax expenditure = tax_before − tax; borrower's saving = private rate·opening − interest
///
/// **7. After the horizon**, for a business alive at H, year H + j, q = 1 − exp(−hazard[H]):
///
///     paid with probability (1−q)^j: interest, fees, a subsidy then due;
///     lost with probability (1−q)^(j−1)·q: loss_given_default·opening
///     `performing`: q = 0;  `truncate`: nothing. Advice and tax end with the horizon.
struct ReferenceFunding {
  /// What the plan gets under the arm, in yen.
  var ownUsed = 0.0
  var subsidy = 0.0
  var policyLoan = 0.0
  var privateLoan = 0.0
  /// r4, the part of the need without a source.
  var unfunded = 0.0
  /// Part of the investment that is made, 1 exactly where everything is funded.
  var scale = 1.0
  /// κ, the guarantor's share of the private loan.
  var guaranteedShare = 0.0
  /// c by ``SupportMeasure``.
  var coverage: [Double] = []
  var taken: [Bool] = []

  /// Sources and coverage: steps 1 to 3.
  ///
  /// - Parameters:
  ///   - arm: terms of the arm on this path.
  ///   - block: terms of the support block on this path, for what plans ask for.
  ///   - needs: what the plan has drawn.
  init(arm: PathTerms, block: PathTerms, needs: PlanNeeds) {
    let investment = needs.investment
    taken = SupportMeasure.allCases.map { arm.arm.offers($0) && needs.takesUp($0) }
    func takes(_ measure: SupportMeasure) -> Bool {
      taken[SupportMeasure.allCases.firstIndex(of: measure) ?? 0]
    }
    ownUsed = min(needs.ownFunds, investment)
    var left = investment - ownUsed

    let subsidyAsk =
      needs.subsidyAsk
      ?? block.number(.subsidyRate, none: 0) * block.number(.subsidyEligibleShare) * investment
    if takes(.subsidy) {
      var grant = min(subsidyAsk, arm.number(.subsidyCapYen, none: .infinity), left)
      if arm.terms.isStated(.subsidyRate) {
        grant = min(
          grant, arm.number(.subsidyRate) * arm.number(.subsidyEligibleShare) * investment)
      }
      subsidy = grant < arm.number(.subsidyFloorYen) ? 0 : grant
    }
    left -= subsidy
    if takes(.policyLoan) {
      policyLoan = min(
        needs.policyLoanAsk, arm.number(.policyLoanCapYen, none: .infinity), left)
    }
    left -= policyLoan
    let wanted = needs.privateLoanAmount + arm.number(.privateLoanCrowdIn) * policyLoan
    privateLoan = min(max(0, wanted), left)
    left -= privateLoan
    unfunded = left
    if investment > 0 { scale = 1 - unfunded / investment }
    if takes(.guarantee), privateLoan > 0 {
      let cap = arm.number(.guaranteeCapYen, none: .infinity)
      guaranteedShare = arm.number(.guaranteeCoverage) * min(1, cap / privateLoan)
    }

    coverage = SupportMeasure.allCases.enumerated().map { place, measure in
      guard needs.asksForAmount[place] else { return taken[place] ? 1 : 0 }
      let (received, ask) =
        measure == .subsidy ? (subsidy, subsidyAsk) : (policyLoan, needs.policyLoanAsk)
      return ask > 0 ? min(1, received / ask) : 0
    }
  }

  /// made, the investment that is carried out.
  func investmentMade(_ needs: PlanNeeds) -> Double { needs.investment - unfunded }

  /// Cash when the plan begins: step 4.
  func initialCash(_ needs: PlanNeeds, subsidyPaidAfter years: Int) -> Double {
    needs.ownFunds + policyLoan + privateLoan - investmentMade(needs) + (years == 0 ? subsidy : 0)
  }
}
