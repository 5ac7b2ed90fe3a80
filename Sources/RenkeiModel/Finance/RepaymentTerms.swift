// SPDX-License-Identifier: GPL-3.0-or-later

/// How the principal of a loan is paid back after the grace period.
public enum RepaymentMethod: String, CaseIterable, Sendable {
  /// The same principal with each payment, as Japanese policy finance does.
  case equalPrincipal = "equal_principal"
  /// The same sum of principal and interest with each payment.
  case levelPayment = "level_payment"
}

/// Payment dates and method of a loan, without its size and rate: what does not depend on a draw.
///
/// Payments k = 1…n fall at the ends of n equal periods. Through the first g of them interest alone
/// is paid; the other m = n − g pay the principal back. With i the rate of one period,
/// v = 1/(1 + i) and a(j) = Σ_{s=1…j} v^s the value of j payments of 1:
///
///     equal principal: repaid(k) = 1/m              balance after j repayments = (m − j)/m
///     level payment:   repaid(k) = v^(m−j+1)/a(m)   balance after j repayments = a(m − j)/a(m)
///
/// per unit of principal, j = k − g. The sums hold for i = 0 as for i > 0 and lose no digits where
/// i is small, unlike (1 − v^m)/i. Source: Kellison, The Theory of Interest, 3rd ed., ch. 5.
public struct RepaymentTerms: Sendable, Equatable {
  /// n; with one payment a year the term in years.
  public let paymentCount: Int
  /// g, below n.
  public let gracePayments: Int
  public let method: RepaymentMethod

  /// - Parameters:
  ///   - paymentCount: n ≥ 1.
  ///   - gracePayments: g, 0 ≤ g < n.
  public init(paymentCount: Int, gracePayments: Int, method: RepaymentMethod) {
    precondition(
      paymentCount >= 1 && gracePayments >= 0 && gracePayments < paymentCount,
      "a loan needs a payment after its grace period")
    self.paymentCount = paymentCount
    self.gracePayments = gracePayments
    self.method = method
  }

  /// m, the number of payments that repay principal.
  public var repayments: Int { paymentCount - gracePayments }

  /// a(j) = v + v² + … + v^j by Horner's scheme; 0 for j ≤ 0.
  ///
  /// - Parameter rate: i of one period, above −1.
  /// Complexity: O(j).
  static func annuity(_ j: Int, rate: Double) -> Double {
    let v = 1 / (1 + rate)
    var sum = 0.0
    for _ in 0..<max(0, j) { sum = v * (1 + sum) }
    return sum
  }

  /// What is owed in period k before its payment, per unit of principal: 1 in period 1, 0 beyond n.
  ///
  /// Equal principal does not read the rate.
  ///
  /// - Parameters:
  ///   - period: k ≥ 1.
  ///   - rate: i of one period, above −1.
  /// Complexity: O(1) for equal principal, O(n) for level payments.
  public func openingShare(period: Int, rate: Double) -> Double {
    let left = paymentCount - (period - 1)
    if left <= 0 { return 0 }
    if left >= repayments { return 1 }
    switch method {
    case .equalPrincipal:
      return Double(left) / Double(repayments)
    case .levelPayment:
      return Self.annuity(left, rate: rate) / Self.annuity(repayments, rate: rate)
    }
  }

  /// Principal that payment k repays, per unit of principal; 0 in the grace period and beyond n.
  ///
  /// - Parameters:
  ///   - period: k ≥ 1.
  ///   - rate: i of one period, above −1.
  /// Complexity: O(1) for equal principal, O(n) for level payments.
  public func repaidShare(period: Int, rate: Double) -> Double {
    let left = paymentCount - (period - 1)
    if left <= 0 || left > repayments { return 0 }
    switch method {
    case .equalPrincipal:
      return 1 / Double(repayments)
    case .levelPayment:
      let v = 1 / (1 + rate)
      var power = 1.0
      for _ in 0..<left { power *= v }
      return power / Self.annuity(repayments, rate: rate)
    }
  }
}
