// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import RenkeiModel

@Suite struct LoanScheduleTests {
  static let rates = [-0.5, -0.01, 0, 1e-12, 1e-7, 0.009, 0.05, 0.15, 1.0]

  /// (1 + i)^n by repeated squaring: no sum of powers, unlike the schedule.
  private static func power(_ base: Double, _ exponent: Int) -> Double {
    var (result, factor, left) = (1.0, base, exponent)
    while left > 0 {
      if left & 1 == 1 { result *= factor }
      factor *= factor
      left >>= 1
    }
    return result
  }

  private static func isClose(_ a: Double, _ b: Double, of scale: Double) -> Bool {
    (a - b).magnitude <= 1e-12 * scale.magnitude
  }

  /// Figures of numpy-financial's own documentation and tests.
  @Test func knownPayments() throws {
    let house = try LoanSchedule(
      principal: 200_000, annualRate: 0.075, termYears: 15, method: .levelPayment,
      paymentsPerYear: 12)
    #expect(house.periods.count == 180)
    for period in house.periods {
      #expect(Self.isClose(period.payment, 1_854.024_720_005_461_9, of: 1_854))
    }
    let small = try LoanSchedule(
      principal: 2_500, annualRate: 0.0824, termYears: 1, method: .levelPayment,
      paymentsPerYear: 12)
    #expect(Self.isClose(small.periods[0].repaid, 200.581_923_686_782_77, of: 200))
  }

  /// payment = P·i/(1 − (1+i)^−m) and balance after j repayments
  /// = P·(1+i)^j − payment·((1+i)^j − 1)/i, where the rate is large enough for these to hold digits.
  @Test(arguments: [-0.5, 0.05, 0.15, 1.0], [(1, 0), (7, 0), (15, 2), (50, 20)])
  func levelPaymentsFollowTheClosedForm(rate: Double, term: (years: Int, grace: Int)) throws {
    let loan = try LoanSchedule(
      principal: 50e6, annualRate: rate, termYears: term.years, graceYears: term.grace,
      method: .levelPayment)
    let m = term.years - term.grace
    let growth = Self.power(1 + rate, m)
    let payment = 50e6 * rate * growth / (growth - 1)
    for period in loan.periods where period.index > term.grace {
      // Below 0 interest and repayment cancel, so that digits are those of the principal.
      #expect(Self.isClose(period.payment, payment, of: rate < 0 ? 50e6 : payment))
      let left = m - (period.index - term.grace)
      let discount = Self.power(1 + rate, left)
      // The annuity of what is left, without the cancellation of the forward form.
      let balance = payment * (1 - 1 / discount) / rate
      #expect(Self.isClose(period.closing, balance, of: 50e6 * max(1, growth)))
    }
  }

  @Test(arguments: rates, [(1, 0), (2, 1), (15, 2), (50, 0)])
  func equalPrincipalFollowsTheClosedForm(rate: Double, term: (years: Int, grace: Int)) throws {
    let loan = try LoanSchedule(
      principal: 50e6, annualRate: rate, termYears: term.years, graceYears: term.grace,
      method: .equalPrincipal)
    let m = Double(term.years - term.grace)
    for period in loan.periods {
      let repayments = Double(max(0, period.index - 1 - term.grace))
      #expect(Self.isClose(period.opening, 50e6 * (m - repayments) / m, of: 50e6))
      #expect(Self.isClose(period.interest, rate * period.opening, of: 50e6))
      #expect(Self.isClose(period.repaid, period.index > term.grace ? 50e6 / m : 0, of: 50e6))
    }
    // Interest of the whole term: full balance in the grace period, then (m + 1)/2 on average.
    let interest = rate * 50e6 * (Double(term.grace) + (m + 1) / 2)
    #expect(Self.isClose(loan.totalInterest, interest, of: max(1, interest.magnitude)))
  }

  @Test(arguments: RepaymentMethod.allCases, [1, 12])
  func balancesFallToExactlyNothing(method: RepaymentMethod, perYear: Int) throws {
    let terms = [(1, 0), (3, 2), (15, 2), (30, 0)]
    for (rate, (term, grace)) in Self.rates.flatMap({ rate in terms.map { (rate, $0) } }) {
      let loan = try LoanSchedule(
        principal: 123_456_789, annualRate: rate, termYears: term, graceYears: grace,
        method: method, paymentsPerYear: perYear)
      #expect(loan.periods.count == term * perYear)
      #expect(loan.periods[loan.periods.count - 1].closing == 0)
      var opening = loan.principal
      for period in loan.periods {
        #expect(period.opening == opening)
        #expect(Self.isClose(period.closing, opening - period.repaid, of: loan.principal))
        #expect(period.closing >= 0 && period.repaid >= 0)
        opening = period.closing
      }
      let repaid = loan.periods.reduce(0) { $0 + $1.repaid }
      #expect(Self.isClose(repaid, loan.principal, of: loan.principal))
    }
  }

  @Test(arguments: RepaymentMethod.allCases)
  func rateZeroSpreadsThePrincipalEvenly(method: RepaymentMethod) throws {
    let loan = try LoanSchedule(principal: 60e6, annualRate: 0, termYears: 5, method: method)
    for period in loan.periods {
      #expect(Self.isClose(period.payment, 12e6, of: 12e6))
      #expect(period.interest == 0)
    }
  }

  @Test(arguments: RepaymentMethod.allCases)
  func yearsAddUpTheirMonths(method: RepaymentMethod) throws {
    let loan = try LoanSchedule(
      principal: 10e6, annualRate: 0.03, termYears: 4, graceYears: 1, method: method,
      paymentsPerYear: 12)
    let years = loan.years
    #expect(years.count == 4)
    #expect(years[0].repaid == 0)
    #expect(Self.isClose(years[0].interest, 300_000, of: 300_000))
    #expect(years[0].closing == years[1].opening)
    #expect(years[3].closing == 0)
    #expect(Self.isClose(years.reduce(0) { $0 + $1.interest }, loan.totalInterest, of: 1e6))
    #expect(Self.isClose(loan.totalPayments, loan.totalInterest + 10e6, of: 1e7))
  }

  /// ¥50M at 0.9% over 15 years with 2 of grace, the government's funds at 1.5%, discounted at 1.5%.
  @Test func interestSubsidyOfAPolicyLoan() throws {
    let loan = try LoanSchedule(
      principal: 50e6, annualRate: 0.009, termYears: 15, graceYears: 2, method: .equalPrincipal)
    var (discount, subsidy) = (1.0, 0.0)
    for year in loan.years {
      discount /= 1.015
      subsidy += (0.015 - 0.009) * year.opening * discount
    }
    #expect(subsidy.rounded() == 2_481_001)
    #expect((subsidy / 50e6 * 1e6).rounded() == 49_620)
  }

  @Test func whatCannotBeScheduledIsRefused() {
    func problem(
      _ principal: Double, _ rate: Double, _ term: Int, _ grace: Int, _ perYear: Int
    ) -> LoanSchedule.Problem? {
      do {
        _ = try LoanSchedule(
          principal: principal, annualRate: rate, termYears: term, graceYears: grace,
          method: .levelPayment, paymentsPerYear: perYear)
        return nil
      } catch {
        return error
      }
    }
    #expect(problem(-1, 0, 1, 0, 1) == .principal)
    #expect(problem(.nan, 0, 1, 0, 1) == .principal)
    #expect(problem(1, -1, 1, 0, 1) == .rate)
    #expect(problem(1, .infinity, 1, 0, 1) == .rate)
    #expect(problem(1, 0, 0, 0, 1) == .term)
    #expect(problem(1, 0, 51, 0, 1) == .term)
    #expect(problem(1, 0, 5, -1, 1) == .grace)
    #expect(problem(1, 0, 5, 5, 1) == .graceReachesTerm(5))
    #expect(problem(1, 0, 5, 0, 4) == .paymentsPerYear)
    #expect(problem(0, -0.99, 50, 49, 12) == nil)
  }
}
