// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// Losses of past years that later profits are set off against.
struct TaxAccount {
  /// Years after its own in which a loss can be used.
  static let carryForwardYears = 7

  /// Oldest first.
  private var losses: [(year: Int, left: Double)] = []

  /// What is taxed of a year's profit after older losses, oldest first; a loss is kept.
  mutating func taxable(_ profit: Double, year: Int) -> Double {
    losses.removeAll { year - $0.year > Self.carryForwardYears }
    if profit < 0 {
      losses.append((year, -profit))
      return 0
    }
    var left = profit
    for place in losses.indices {
      let used = min(left, losses[place].left)
      losses[place].left -= used
      left -= used
    }
    return left
  }
}

/// Tax of one plan with and without its incentive: step 5c of the timing page.
struct ReferenceTax {
  private let rate: Double
  /// n, and the cost to be written off in yen.
  private let periodYears: Int
  private let depreciable: Double
  private let creditLimit: Double
  /// Last plan year in which the credit can be used.
  private let lastCreditYear: Int
  private var creditLeft = 0.0
  private var usesSpecialDepreciation = false
  /// Extra depreciation of plan year 1.
  private var special = 0.0
  private var writtenOff = 0.0
  private var before = TaxAccount()
  private var after = TaxAccount()

  init(arm: PathTerms, funding: ReferenceFunding, needs: PlanNeeds) {
    rate = needs.taxRate
    periodYears = needs.periodYears
    let made = funding.investmentMade(needs)
    depreciable = max(0, made - funding.subsidy)
    creditLimit = arm.number(.taxCreditLimit)
    lastCreditYear = 1 + arm.terms.years(.taxCarryForwardYears)
    let place = SupportMeasure.allCases.firstIndex(of: .taxIncentive) ?? 0
    let eligible = arm.number(.taxEligibleShare) * made
    guard funding.taken[place], eligible >= arm.number(.taxMinimumYen) else { return }
    switch arm.terms.taxChoice {
    case .credit:
      creditLeft = arm.number(.taxCreditRate) * eligible
    case .specialDepreciation:
      usesSpecialDepreciation = true
      special = arm.number(.taxSpecialDepreciation) * eligible
    }
  }

  /// Straight-line depreciation of plan year m, without the incentive.
  func depreciation(planYear m: Int) -> Double {
    m <= periodYears ? depreciable / Double(periodYears) : 0
  }

  /// Tax of plan year m without and with the incentive, in yen.
  ///
  /// - Parameter profit: after ordinary depreciation.
  mutating func tax(on profit: Double, planYear m: Int) -> (before: Double, paid: Double) {
    let taxBefore = rate * before.taxable(profit, year: m)
    if usesSpecialDepreciation {
      let ordinary = depreciation(planYear: m)
      let extended = m == 1 ? ordinary + special : ordinary
      let written = min(extended, depreciable - writtenOff)
      writtenOff += written
      return (taxBefore, rate * after.taxable(profit + ordinary - written, year: m))
    }
    guard m <= lastCreditYear else { return (taxBefore, taxBefore) }
    let used = min(creditLeft, creditLimit * taxBefore)
    creditLeft -= used
    return (taxBefore, taxBefore - used)
  }
}
