// SPDX-License-Identifier: GPL-3.0-or-later

/// The repayment schedule of one loan: drawn at time 0, paid back in equal periods.
///
/// The stated rate is that of a year. With one payment a year it is charged as it is, an effective
/// annual rate; with twelve a twelfth of it is charged each month, the nominal rate that lenders
/// quote (and that `numpy_financial.pmt(rate/12, …)` takes), so that the effective annual rate is
/// (1 + rate/12)¹² − 1.
///
///     interest(k) = i · balance(k−1)     payment(k) = interest(k) + repaid(k)
///
/// with the balances of ``RepaymentTerms``; they end at exactly 0.
public struct LoanSchedule: Sendable {
  /// Yen.
  public let principal: Double
  /// Per year, above −1.
  public let annualRate: Double
  public let termYears: Int
  /// Years at the start in which interest alone is paid.
  public let graceYears: Int
  public let method: RepaymentMethod
  /// 1 or 12.
  public let paymentsPerYear: Int
  public let periods: [Period]

  /// One period of a schedule, or a year's sum of them. Amounts are in yen.
  public struct Period: Sendable, Equatable {
    /// 1, 2, ….
    public let index: Int
    /// Owed before the payment.
    public let opening: Double
    public let interest: Double
    public let repaid: Double
    /// Owed after the payment.
    public let closing: Double
    public var payment: Double { interest + repaid }
  }

  /// What a schedule cannot be made of.
  public enum Problem: Error, Sendable, Equatable {
    case principal
    case rate
    case term
    case grace
    case paymentsPerYear
    /// The term in years.
    case graceReachesTerm(Int)

    /// What is allowed instead.
    public var allowed: String {
      switch self {
      case .principal: "the principal must be an amount from 0 to 1e15 yen"
      case .rate: "the rate must be above -100% and at most 1000% a year"
      case .term: "the term must be a whole number of years from 1 to 50"
      case .grace: "the grace period must be a whole number of years from 0"
      case .paymentsPerYear: "payments per year must be 1 or 12"
      case .graceReachesTerm(let years):
        "the grace period must end before the term of \(years) \(years == 1 ? "year" : "years")"
      }
    }
  }

  /// - Parameters:
  ///   - principal: yen, 0…10¹⁵.
  ///   - annualRate: per year, above −1, at most 10.
  ///   - termYears: 1…50.
  ///   - graceYears: 0 ≤ grace < term.
  ///   - paymentsPerYear: 1 or 12.
  /// - Throws: the first ``Problem`` found.
  /// - Complexity: O(periods) for equal principal, O(periods²) for level payments.
  public init(
    principal: Double, annualRate: Double, termYears: Int, graceYears: Int = 0,
    method: RepaymentMethod, paymentsPerYear: Int = 1
  ) throws(Problem) {
    guard ValueRange(from: 0, through: 1e15).contains(principal) else { throw .principal }
    guard SupportTerm.rateRange.contains(annualRate) else { throw .rate }
    guard (1...50).contains(termYears) else { throw .term }
    guard graceYears >= 0 else { throw .grace }
    guard graceYears < termYears else { throw .graceReachesTerm(termYears) }
    guard paymentsPerYear == 1 || paymentsPerYear == 12 else { throw .paymentsPerYear }
    self.principal = principal
    self.annualRate = annualRate
    self.termYears = termYears
    self.graceYears = graceYears
    self.method = method
    self.paymentsPerYear = paymentsPerYear
    let terms = RepaymentTerms(
      paymentCount: termYears * paymentsPerYear, gracePayments: graceYears * paymentsPerYear,
      method: method)
    let rate = annualRate / Double(paymentsPerYear)
    periods = (1...terms.paymentCount).map { k in
      let opening = principal * terms.openingShare(period: k, rate: rate)
      return Period(
        index: k, opening: opening, interest: rate * opening,
        repaid: principal * terms.repaidShare(period: k, rate: rate),
        closing: principal * terms.openingShare(period: k + 1, rate: rate))
    }
  }

  /// The schedule year by year: the payments of a year together, balances at its ends.
  ///
  /// Complexity: O(periods).
  public var years: [Period] {
    (0..<termYears).map { year in
      let part = periods[(year * paymentsPerYear)..<((year + 1) * paymentsPerYear)]
      return Period(
        index: year + 1, opening: part[part.startIndex].opening,
        interest: part.reduce(0) { $0 + $1.interest }, repaid: part.reduce(0) { $0 + $1.repaid },
        closing: part[part.endIndex - 1].closing)
    }
  }

  /// Yen over the whole term.
  public var totalInterest: Double { periods.reduce(0) { $0 + $1.interest } }

  /// Yen over the whole term, principal and interest.
  public var totalPayments: Double { periods.reduce(0) { $0 + $1.payment } }
}
