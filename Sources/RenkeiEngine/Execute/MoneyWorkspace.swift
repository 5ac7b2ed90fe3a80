// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiDraws
import RenkeiModel

/// What a plan gets from each source under one arm, as columns.
final class FundingColumns {
  let grant: ColumnPointer
  let loan: ColumnPointer
  let last: ColumnPointer
  let covered: ColumnPointer
  let unfilled: ColumnPointer
  let scale: ColumnPointer
  let grantMet: ColumnPointer
  let loanMet: ColumnPointer
  private let memory = ColumnBuffer(count: 8)

  init() {
    grant = memory[0]
    loan = memory[1]
    last = memory[2]
    covered = memory[3]
    unfilled = memory[4]
    scale = memory[5]
    grantMet = memory[6]
    loanMet = memory[7]
  }
}

/// The columns of one worker thread that the money of a plan needs.
final class MoneyWorkspace {
  // The plan, under every arm.
  let target: NumberSlot
  let investment: NumberSlot
  let ownFunds: NumberSlot
  let otherCash: NumberSlot
  let fixedCost: NumberSlot
  let creditLine: NumberSlot
  let privateAmount: NumberSlot
  let grantAsk: NumberSlot
  let loanAsk: NumberSlot
  let adviceCost: NumberSlot
  let margin: NumberSlot
  let elasticity: NumberSlot
  let taxRate: NumberSlot
  let privateLoss: NumberSlot
  let policyLoss: NumberSlot
  /// 1 where the plan takes a measure up, else 0; by ``SupportMeasure``.
  let takeUp: [NumberSlot]
  let launchUniform: NumberSlot
  let launchProbability: NumberSlot
  let delay: NumberSlot
  /// By simulated year: alive while the clock is below it, and the ramp.
  let limits: [NumberSlot]
  let ramps: [NumberSlot]
  let lateSurvival: NumberSlot
  /// By simulated year: revenue where alive and selling, and the same without its ramp.
  let levels: ColumnBuffer
  let bare: ColumnBuffer
  let calibrated = FundingColumns()

  // The plan under one arm.
  /// The calibrated arm's or the arm's own.
  private(set) var funding: FundingColumns
  private let ownFunding = FundingColumns()
  let entry: NumberSlot
  let armEntry: NumberSlot
  let armDelay: ColumnPointer
  let factor: NumberSlot
  let clock: ColumnPointer
  let survival: NumberSlot
  let change: ColumnPointer
  let ratio: NumberSlot
  let stretch: NumberSlot
  let spare: ColumnPointer
  /// By simulated year, where the arm changes the delay.
  let armLevels: ColumnBuffer
  let armRamps: [NumberSlot]
  let accountLevel: ColumnPointer
  let accountClock: ColumnPointer
  /// By term of an effect: its size under the arm and under the calibrated arm.
  let sizes: [(NumberSlot, NumberSlot)]
  /// Terms of an effect.
  let changes: UnsafeMutablePointer<rk_change>
  let gap: ColumnPointer
  let exposure: ColumnPointer
  let loss: ColumnPointer
  let profit: ColumnPointer
  let service: ColumnPointer
  let broke: ColumnPointer
  let cash: ColumnBuffer
  let ledgerYears: UnsafeMutablePointer<rk_ledger_year>
  /// Histogram slots of one column.
  let slots: UnsafeMutablePointer<UInt16>

  /// All bits set on paths that exist.
  let counted: ColumnPointer
  let zero: NumberSlot
  let one: NumberSlot
  /// rate · eligible share for what is asked for.
  let askShare: NumberTable
  /// What one arm's plans have drawn and still stand for.
  let standing: StandingSums
  /// Columns of a year of loans, of public cost, and of the arms' differences.
  let figures: ColumnBuffer

  /// Told of a plan under an arm in tests, once its ledger is done; nil in a run.
  var recorder: ((_ plan: Int, _ arm: Int) -> Void)?
  /// Told of the figures of an arm: kind, cell and column.
  var figureRecorder: ((_ arm: Int, FigureKind, _ cell: Int, UnsafePointer<Double>) -> Void)?

  private let memory: ColumnBuffer
  private let fixed: ColumnBuffer

  init(_ support: CompiledSupport, years: Int) {
    let slotCount = 48 + 3 * years
    let memory = ColumnBuffer(count: slotCount + 16)
    let lanes = Int(RK_LOGICAL_LANES)
    let fixed = ColumnBuffer(count: (slotCount * lanes + BlockRunner.width - 1) / BlockRunner.width)
    self.memory = memory
    self.fixed = fixed
    var slots = 0
    var columns = slotCount
    func slot() -> NumberSlot {
      precondition(slots < slotCount, "more slots than memory")
      defer { slots += 1 }
      // Columns stand one after the other, so that constants can be counted through.
      return NumberSlot(column: memory[slots], fixed: fixed[0] + slots * lanes)
    }
    func column() -> ColumnPointer {
      defer { columns += 1 }
      return memory[columns]
    }
    target = slot()
    investment = slot()
    ownFunds = slot()
    otherCash = slot()
    fixedCost = slot()
    creditLine = slot()
    privateAmount = slot()
    grantAsk = slot()
    loanAsk = slot()
    adviceCost = slot()
    margin = slot()
    elasticity = slot()
    taxRate = slot()
    privateLoss = slot()
    policyLoss = slot()
    takeUp = SupportMeasure.allCases.map { _ in slot() }
    launchUniform = slot()
    launchProbability = slot()
    delay = slot()
    limits = (0..<years).map { _ in slot() }
    ramps = (0..<years).map { _ in slot() }
    armRamps = (0..<years).map { _ in slot() }
    lateSurvival = slot()
    entry = slot()
    armEntry = slot()
    factor = slot()
    survival = slot()
    ratio = slot()
    stretch = slot()
    let termCount = SupportMeasure.allCases.count
    sizes = (0..<termCount).map { _ in (slot(), slot()) }
    changes = .allocate(capacity: termCount)
    zero = slot()
    one = slot()
    levels = ColumnBuffer(count: years)
    bare = ColumnBuffer(count: years)
    armLevels = ColumnBuffer(count: years)
    cash = ColumnBuffer(count: years)
    armDelay = column()
    clock = column()
    change = column()
    spare = column()
    accountLevel = column()
    accountClock = column()
    gap = column()
    exposure = column()
    loss = column()
    profit = column()
    service = column()
    broke = column()
    counted = column()
    ledgerYears = .allocate(capacity: years)
    self.slots = .allocate(capacity: BlockRunner.width)
    askShare = NumberTable([support.askShare])
    funding = ownFunding
    standing = StandingSums(support, years: years)
    figures = ColumnBuffer(
      count: LoanBook.allCases.count * LoanItem.allCases.count
        + 2 * FinanceLayout.costCellCount + 4)
    zero.set(0)
    one.set(1)
  }

  deinit {
    ledgerYears.deallocate()
    changes.deallocate()
    slots.deallocate()
  }

  /// Chooses the sources of the arm that comes next.
  func useFunding(ofCalibratedArm isCalibrated: Bool) {
    funding = isCalibrated ? calibrated : ownFunding
  }

  /// Prepares for another block.
  func begin(paths: Int, shared: ColumnBuffer) {
    askShare.run(shared: shared)
    for path in 0..<BlockRunner.width {
      counted[path] = Double(bitPattern: path < paths ? .max : 0)
    }
  }
}

/// Which cells a figure of an arm belongs to.
enum FigureKind {
  case effect
  case flow
  case loan
  case cost
}

/// The figures of one arm on one path, as they are told cell by cell.
struct FigureCells {
  private(set) var figures: PathFigures

  init(years: Int) {
    let none = PlanMoney(years: years)
    figures = PathFigures(
      effects: EffectMetric.allCases.map { _ in 0 }, flows: none.flows, loans: none.loans)
  }

  mutating func set(_ kind: FigureKind, _ cell: Int, _ value: Double) {
    switch kind {
    case .effect: figures.effects[cell] = value
    case .flow: figures.flows[cell] = value
    case .loan: figures.loans[cell] = value
    case .cost: break
    }
  }
}
