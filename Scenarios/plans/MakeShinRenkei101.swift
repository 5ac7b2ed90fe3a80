// SPDX-License-Identifier: GPL-3.0-or-later
// Makes the two plan lists of this folder: `make plans`.
//
// What is on record: 101 certified plans by 3 October 2005, a total promise of ¥197.2 billion over
// five years, "many" end targets of ¥100–300 million, plan periods of 3–5 years, core firms often
// of five employees or fewer, alliances more often first-time than from existing dealings, and the
// names (with a novelty type, an origin or a composition) of eleven plans. All else is synthetic.
//
// Only integer arithmetic, + − × ÷ and square roots are used, so every machine writes the same
// bytes; the library's exp and log differ in last bits from processor to processor.
import Foundation

/// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014).
struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// Uniform on (0, 1): 53 bits, shifted by half a step so that neither end occurs.
  mutating func uniform() -> Double { (Double(next() >> 11) + 0.5) / 9_007_199_254_740_992 }

  mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }

  /// Standard normal by Marsaglia's polar method; the second of the pair is dropped.
  mutating func normal() -> Double {
    while true {
      let u = 2 * uniform() - 1
      let v = 2 * uniform() - 1
      let s = u * u + v * v
      if s > 0 && s < 1 { return u * (-2 * logarithm(s) / s).squareRoot() }
    }
  }

  mutating func lognormal(median: Double, logSD: Double) -> Double {
    median * exponential(logSD * normal())
  }

  /// An index drawn with probability proportional to its integer weight.
  mutating func weighted(_ weights: [Int]) -> Int {
    var rest = below(weights.reduce(0, +))
    for (index, weight) in weights.enumerated() {
      if rest < weight { return index }
      rest -= weight
    }
    return weights.count - 1
  }

  /// Fisher–Yates.
  mutating func shuffle<Element>(_ items: inout [Element]) {
    for last in stride(from: items.count - 1, to: 0, by: -1) {
      items.swapAt(last, below(last + 1))
    }
  }
}

/// e^x for |x| < 700: Taylor series at x/1024, squared ten times.
func exponential(_ x: Double) -> Double {
  let reduced = x / 1024
  var term = 1.0
  var sum = 1.0
  for order in 1...12 {
    term *= reduced / Double(order)
    sum += term
  }
  for _ in 0..<10 { sum *= sum }
  return sum
}

/// Natural logarithm of a positive normal number: log m = 2 artanh((m − 1)/(m + 1)), m in [1, 2).
func logarithm(_ x: Double) -> Double {
  let ratio = (x.significand - 1) / (x.significand + 1)
  var power = ratio
  var sum = 0.0
  for order in stride(from: 1, through: 45, by: 2) {
    sum += power / Double(order)
    power *= ratio * ratio
  }
  return 2 * sum + Double(x.exponent) * 0.693_147_180_559_945_3
}

// MARK: - What a plan list row holds

struct Plan {
  var name: String
  var kind: String
  var region: String
  var sector: String
  var novelty: String
  var origin: String
  var composition: String
  var coreEmployees = 0
  var partnerCount = 0
  var periodYears = 5
  var endTargetMillionYen = 0

  /// Twice Σ_{t=1…5} min(t/n, 1) of a linear ramp: the sums 3.0, 3.5 and 4.0 as integers.
  var doubledRampSum: Int { [3: 8, 4: 7, 5: 6][periodYears, default: 6] }

  /// Twice the five-year promise, in ¥ million: an exact integer.
  var doubledPromise: Int { endTargetMillionYen * doubledRampSum }
}

/// The regional bureaus, with numbers of plans roughly like their numbers of small firms.
let regionCounts: [(String, Int)] = [
  ("hokkaido", 5), ("tohoku", 8), ("kanto", 37), ("chubu", 12), ("kinki", 17),
  ("chugoku", 6), ("shikoku", 4), ("kyushu", 10), ("okinawa", 2),
]

/// A sector: its number of plans, how its plans spread over novelty a–d, and words for names.
struct Sector {
  var name: String
  var count: Int
  var noveltyWeights: [Int]
  var qualities: [String]
  var products: [String]
}

let sectors: [Sector] = [
  Sector(
    name: "machinery", count: 16, noveltyWeights: [45, 25, 2, 28],
    qualities: ["compact", "high-precision", "energy-saving", "low-noise"],
    products: [
      "mould polishing machine", "micro press line", "wafer transfer arm", "weld inspection rig",
      "powder feeder",
    ]),
  Sector(
    name: "electronics", count: 11, noveltyWeights: [45, 40, 2, 13],
    qualities: ["low-power", "wireless", "miniature", "heat-resistant"],
    products: ["vibration sensor", "LED lamp module", "position tag", "power supply board"]),
  Sector(
    name: "food", count: 15, noveltyWeights: [8, 17, 65, 10],
    qualities: ["additive-free", "freeze-dried", "long-life", "easy-to-swallow"],
    products: [
      "seafood stock", "citrus extract", "soybean snack", "mushroom powder", "rice flour noodles",
    ]),
  Sector(
    name: "textiles", count: 8, noveltyWeights: [10, 25, 10, 55],
    qualities: ["moisture-wicking", "flame-retardant", "plant-dyed"],
    products: ["work garment", "bedding cloth", "curtain fabric", "knit liner"]),
  Sector(
    name: "materials", count: 13, noveltyWeights: [45, 30, 10, 15],
    qualities: ["lightweight", "recyclable", "antibacterial", "abrasion-resistant"],
    products: ["magnesium casting", "ceramic coating", "resin film", "bamboo fibre composite"]),
  Sector(
    name: "environment", count: 11, noveltyWeights: [30, 35, 25, 10],
    qualities: ["on-site", "low-cost", "continuous"],
    products: [
      "sludge dryer", "soil cleaning service", "food waste digester", "plastic sorting line",
    ]),
  Sector(
    name: "construction", count: 7, noveltyWeights: [30, 30, 15, 25],
    qualities: ["quick-setting", "earthquake-resistant", "low-emission"],
    products: ["timber joint", "roof greening panel", "bridge repair method"]),
  Sector(
    name: "medical_welfare", count: 7, noveltyWeights: [25, 55, 5, 15],
    qualities: ["one-hand", "low-cost", "easy-to-clean"],
    products: ["walking aid", "bedside monitor", "dental tool"]),
  Sector(
    name: "information_services", count: 9, noveltyWeights: [40, 50, 5, 5],
    qualities: ["shared", "pay-per-use", "mobile"],
    products: [
      "farm produce tracing service", "parts inventory service", "hotel booking service",
      "care visit scheduling service",
    ]),
  Sector(
    name: "logistics", count: 4, noveltyWeights: [40, 35, 15, 10],
    qualities: ["returnable", "temperature-controlled"],
    products: ["parts delivery box", "joint delivery route", "cold storage container"]),
]

let noveltyTypes = ["a", "b", "c", "d"]
let origins = [
  "cluster_research", "exchange_meeting", "incubator", "partner_search", "existing",
]
let originWeights = [20, 24, 12, 20, 24]
let compositions = [
  "complementary_technologies", "management_and_technology", "upstream_downstream",
]
let compositionWeights = [45, 30, 25]

/// The plans named in the announcement. On record are the name and the one attribute marked at
/// the line; region, sector and the other attributes are plausible inventions.
let namedPlans: [Plan] = [
  named("Zero-waste packaging logistics system", "kanto", "logistics", "a", 3, 2),  // novelty
  named("Ink and paint reflecting faint night light", "kinki", "materials", "b", 1, 0),  // novelty
  named("Vending machines for retort food", "kyushu", "food", "c", 3, 1),  // novelty
  named("Pyjamas of a new pile fabric", "kinki", "textiles", "d", 4, 2),  // novelty
  named("Bias-weave loom high-function fabric", "chubu", "textiles", "d", 0, 0),  // origin
  named("Laser flawless glass cutting", "kinki", "machinery", "a", 1, 0),  // origin
  named("CO gas sensor safety monitoring", "kanto", "electronics", "b", 2, 1),  // origin
  named(
    "Low-cost non-combustible board of recycled wood powder", "chugoku", "construction", "c", 3,
    2),  // origin
  named("Laser surface cleaner Eraser", "chubu", "machinery", "a", 0, 0),  // composition
  named("Micro boring robot for sewer repair", "kanto", "construction", "a", 4, 1),  // composition
  named(
    "Small wastewater treatment by separation membrane", "shikoku", "environment", "b", 1, 2),
  // composition
]

func named(
  _ name: String, _ region: String, _ sector: String, _ novelty: String, _ origin: Int,
  _ composition: Int
) -> Plan {
  Plan(
    name: name, kind: "named", region: region, sector: sector, novelty: novelty,
    origin: origins[origin], composition: compositions[composition])
}

// MARK: - Making the lists

let planCount = 101
let promiseMillionYen = 197_200
let typicalMillionYen = 100...300

/// Everything but the end targets: region and sector by quota, the rest drawn.
func makePlans(_ random: inout SplitMix64) -> [Plan] {
  func remaining(_ counts: [(String, Int)], _ value: (Plan) -> String) -> [String] {
    counts.flatMap { name, count in
      Array(repeating: name, count: count - namedPlans.filter { value($0) == name }.count)
    }
  }
  var regions = remaining(regionCounts) { $0.region }
  var sectorNames = remaining(sectors.map { ($0.name, $0.count) }) { $0.sector }
  random.shuffle(&regions)
  random.shuffle(&sectorNames)
  var names = sectors.map { sector in
    sector.products.flatMap { product in sector.qualities.map { "\($0) \(product)" } }
  }
  for index in names.indices { random.shuffle(&names[index]) }

  var plans = namedPlans
  for (region, sectorName) in zip(regions, sectorNames) {
    let index = sectors.firstIndex { $0.name == sectorName }!  // drawn from this very list
    let name = names[index].removeLast()
    plans.append(
      Plan(
        name: name.prefix(1).uppercased() + name.dropFirst(), kind: "synthetic", region: region,
        sector: sectorName, novelty: noveltyTypes[random.weighted(sectors[index].noveltyWeights)],
        origin: origins[random.weighted(originWeights)],
        composition: compositions[random.weighted(compositionWeights)]))
  }
  for index in plans.indices {
    plans[index].partnerCount = 2 + random.weighted([40, 28, 16, 9, 5, 2])
    plans[index].periodYears = 5 - random.weighted([70, 20, 10])
  }
  return plans
}

/// One end target in ¥ million: 85% lognormal(180, 0.5), 15% lognormal(2311, 0.8).
func drawTarget(_ random: inout SplitMix64) -> Double {
  random.uniform() < 0.85
    ? random.lognormal(median: 180, logSD: 0.5) : random.lognormal(median: 2311, logSD: 0.8)
}

/// Employees of the core firm: half of the small plans have five or fewer, the giants more than 20.
func drawEmployees(_ target: Int, _ random: inout SplitMix64) -> Int {
  let bands = [(1, 5), (6, 20), (21, 50), (51, 250)]
  let weights =
    target <= 300 ? [60, 27, 10, 3] : target <= 1000 ? [25, 40, 25, 10] : [0, 15, 45, 40]
  let band = bands[random.weighted(weights)]
  return band.0 + random.below(band.1 - band.0 + 1)
}

/// The list of one seed, or nil where its total is further than 10% from the promise on record or
/// less than 55% of its end targets are typical.
func makeHeadline(seed: UInt64) -> [Plan]? {
  var random = SplitMix64(state: seed)
  var plans = makePlans(&random)
  var targets = (0..<planCount).map { _ in drawTarget(&random) }
  // The named plans take typical values: nothing says that one of them was a giant.
  for index in namedPlans.indices {
    let typical = targets.indices.first {
      $0 >= index && targets[$0] >= 100 && targets[$0] <= 300
    }
    guard let typical else { return nil }
    targets.swapAt(index, typical)
  }
  func promise(_ factor: Double) -> Double {
    zip(plans, targets).reduce(0) { sum, item in
      sum + (item.1 > 300 ? factor : 1) * item.1 * Double(item.0.doubledRampSum) / 2
    }
  }
  let goal = Double(promiseMillionYen)
  guard promise(1) >= 0.9 * goal, promise(1) <= 1.1 * goal else { return nil }
  let factor = (goal - promise(0)) / (promise(1) - promise(0))
  for index in plans.indices {
    let target = targets[index] > 300 ? factor * targets[index] : targets[index]
    plans[index].endTargetMillionYen = Int(target.rounded())
    plans[index].coreEmployees = drawEmployees(plans[index].endTargetMillionYen, &random)
  }
  let typical = plans.filter { typicalMillionYen.contains($0.endTargetMillionYen) }.count
  let small = plans.filter { $0.coreEmployees <= 5 }.count
  let total = plans.reduce(0) { $0 + $1.doubledPromise }
  guard typical * 100 >= 55 * planCount, small * 100 >= 40 * planCount else { return nil }
  // Rounding to ¥1 million may move the promise by less than 0.05%.
  guard abs(total - 2 * promiseMillionYen) * 10_000 <= 5 * 2 * promiseMillionYen else { return nil }
  return plans
}

/// The same plans with every end target typical: those outside are drawn anew until inside.
func makeTypical(_ plans: [Plan], seed: UInt64) -> [Plan] {
  var random = SplitMix64(state: seed)
  return plans.map { plan in
    var typical = plan
    while !typicalMillionYen.contains(typical.endTargetMillionYen) {
      typical.endTargetMillionYen = Int(random.lognormal(median: 180, logSD: 0.5).rounded())
    }
    return typical
  }
}

func csv(_ plans: [Plan]) -> String {
  var text =
    "plan_id,name,kind,region,sector,novelty,alliance_origin,alliance_composition,"
    + "core_employees,partner_count,prior_ties,period_years,end_target_yen\n"
  for (index, plan) in plans.enumerated() {
    let number = String(index + 1)
    let fields = [
      "SR-" + String(repeating: "0", count: 3 - number.count) + number, plan.name, plan.kind,
      plan.region, plan.sector, plan.novelty, plan.origin, plan.composition,
      String(plan.coreEmployees), String(plan.partnerCount),
      plan.origin == "existing" ? "yes" : "no", String(plan.periodYears),
      String(plan.endTargetMillionYen * 1_000_000),
    ]
    text += fields.joined(separator: ",") + "\n"
  }
  return text
}

@main
struct MakeShinRenkei101 {
  static func main() throws {
    let folder = URL(fileURLWithPath: CommandLine.arguments.dropFirst().first ?? ".")
    var seed: UInt64 = 20_051_003
    while true {
      if let plans = makeHeadline(seed: seed) {
        let typical = makeTypical(plans, seed: seed)
        try Data(csv(plans).utf8).write(to: folder.appendingPathComponent("shinrenkei-101.csv"))
        try Data(csv(typical).utf8).write(to: folder.appendingPathComponent("typical-101.csv"))
        return
      }
      seed += 1
    }
  }
}
