// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiDraws
import RenkeiModel

/// The loans of all plans in one year, by who bears their losses. What plans of one first year owe
/// is in proportion to what they drew and still stand for:
///
///     opening = Σ drawn·[stands before]·share   defaulted = Σ drawn·[ends now]·share
///
/// The sums over standing plans never rise from year to year, even as rounded, so nothing here is
/// negative.
struct LoanBooks {
  private let columns: ColumnBuffer
  private let standing: StandingSums
  private let zero: UnsafePointer<Double>
  private let kernels: UnsafePointer<rk_kernels>

  init(_ money: MoneyWorkspace, in workspace: BlockWorkspace) {
    columns = money.figures
    standing = money.standing
    zero = workspace.zero
    kernels = workspace.kernels
  }

  private func column(_ book: LoanBook, _ item: LoanItem) -> ColumnPointer {
    let place = LoanItem.allCases.firstIndex(of: item) ?? 0
    return columns[book.rawValue * LoanItem.allCases.count + place]
  }

  /// Fills the year's columns and adds its present values to the arm's.
  func run(_ support: CompiledSupport, arm: CompiledArm, _ own: ArmMoney, year: Int, years: Int) {
    for cell in 0..<(LoanBook.allCases.count * LoanItem.allCases.count) {
      kernels.pointee.fill(0, columns[cell])
    }
    for (cohort, first) in support.cohorts.enumerated() where first <= year {
      let planYear = year - first + 1
      for part in LoanPart.allCases {
        let amounts: [(LoanBook, rk_kept)] =
          switch part {
          case .low: [(.policyLoan, RK_KEPT_LOW)]
          case .high: [(.policyLoan, RK_KEPT_HIGH)]
          case .last:
            [(.privateLoanGuarantor, RK_KEPT_COVERED), (.privateLoanLender, RK_KEPT_LAST)]
          }
        for (book, amount) in amounts where own.keeps(amount) {
          add(
            book, part, own, amount: amount, cohort: cohort, planYear: planYear,
            shareYears: years + 1)
        }
      }
    }
    // What the lender bears is the rest of the whole loan.
    for item in LoanItem.allCases {
      let lender = column(.privateLoanLender, item)
      kernels.pointee.scaled_sum(
        1, lender, -1, column(.privateLoanGuarantor, item), lender)
      kernels.pointee.maximum(lender, 0, lender)
    }
    for book in LoanBook.allCases {
      let recovered = column(book, .recovered)
      kernels.pointee.scaled_sum(
        1, column(book, .defaulted), -1, column(book, .writtenOff), recovered)
      kernels.pointee.maximum(recovered, 0, recovered)
    }
    addValues(own, year: year)
  }

  private func add(
    _ book: LoanBook, _ part: LoanPart, _ own: ArmMoney, amount: rk_kept, cohort: Int,
    planYear: Int, shareYears: Int
  ) {
    func stands(_ place: Int, after planYear: Int) -> UnsafePointer<Double> {
      UnsafePointer(standing.column(place, of: own, cohort: cohort, planYear: planYear))
    }
    let (place, loss) = (Int(amount.rawValue), own.loss(amount))
    var balances = rk_balances(
      before: stands(place, after: planYear - 1), now: stands(place, after: planYear),
      loss_before: stands(loss.place, after: planYear - 1),
      loss_now: stands(loss.place, after: planYear), loss_part: loss.part,
      opening: own.numbers.operand(part.shares, planYear - 1),
      closing: own.numbers.operand(part.shares, planYear),
      repaid: own.numbers.operand(part.shares, shareYears + planYear - 1),
      rate: own.numbers.operand(part.rate),
      entered: column(book, planYear == 1 ? .drawn : .opening),
      interest: column(book, .interest), paid: column(book, .repaid),
      defaulted: column(book, .defaulted), lost: column(book, .writtenOff),
      owed: column(book, .closing))
    kernels.pointee.balances(&balances)
  }

  /// Interest subsidy, the borrowers' saving, fees and losses of the year. Balances whose payments
  /// are made are those at the start less those that default.
  private func addValues(_ own: ArmMoney, year: Int) {
    let discount = own.numbers.operand(.discount, year + 1)
    /// Adds discount · (rate · balance − less) of a book.
    func add(
      _ flow: CostFlow, _ book: LoanBook, at rate: ArmNumber, less: UnsafePointer<Double>
    ) {
      kernels.pointee.add_excess(
        discount, own.numbers.operand(rate), column(book, .repaid), column(book, .closing), less,
        own.values[PlanMoney.index(.horizon, flow)])
    }
    let interest = UnsafePointer(column(.policyLoan, .interest))
    add(.interestSubsidy, .policyLoan, at: .fundingRate, less: interest)
    add(.borrowerInterestSaving, .policyLoan, at: .lastRate, less: interest)
    add(.guaranteeFees, .privateLoanGuarantor, at: .feeRate, less: zero)
    for (flow, book) in [
      (CostFlow.policyLoanLoss, LoanBook.policyLoan), (.guaranteeLoss, .privateLoanGuarantor),
    ] {
      kernels.pointee.add_product(
        discount, column(book, .writtenOff), own.values[PlanMoney.index(.horizon, flow)])
    }
  }
}
