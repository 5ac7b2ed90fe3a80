// SPDX-License-Identifier: GPL-3.0-or-later

/// The standard normal distribution with the same bits on every machine.
///
/// Tails: Φ(−z) = e^(−z²/2)·T(z), T smooth and slowly falling, held as Chebyshev interpolants
/// computed to 60 digits from T(z) = ½·erfc(z/√2)·e^(z²/2) and written in powers of the local
/// variable. Quantile: M. J. Wichura, "Algorithm AS 241: The percentage points of the normal
/// distribution", Applied Statistics 37 (1988), routine PPND16.
extension Reproducible {
  /// 1/√(2π).
  package static let inverseRootTwoPi = 0.3989422804014327

  /// Largest normal score that the engine draws, in absolute value.
  package static let largestNormalScore = 8.3

  /// e^(−z²/2) with the rounding of z² repaired.
  private static func gaussian(_ z: Double) -> Double {
    let square = z * z
    guard square < 1600 else { return 0 }
    let lost = (-square).addingProduct(z, z)
    let size = exp(-0.5 * square)
    return size.addingProduct(size, -0.5 * lost)
  }

  /// Standard normal density φ(z) = e^(−z²/2)/√(2π).
  public static func normalDensity(_ z: Double) -> Double {
    z == z ? inverseRootTwoPi * gaussian(z) : z
  }

  /// Standard normal distribution function Φ(z), relative error below 1e-15 in both tails.
  public static func normalCDF(_ z: Double) -> Double { normalUpperTail(-z) }

  /// Standard normal upper tail 1 − Φ(z), relative error below 1e-15 in both tails.
  public static func normalUpperTail(_ z: Double) -> Double {
    guard z == z else { return z }
    if z == 0 { return 0.5 }
    return z > 0 ? positiveTail(z) : 1 - positiveTail(-z)
  }

  private static func positiveTail(_ z: Double) -> Double {
    guard z < 40 else { return 0 }
    let size = gaussian(z)
    if z < 1 { return size * polynomial(tailBelowOne, at: 2 * z - 1) }
    if z < 2 { return size * polynomial(tailToTwo, at: 2 * z - 3) }
    if z < 4 { return size * polynomial(tailToFour, at: z - 3) }
    if z < 8 { return size * polynomial(tailToEight, at: 0.5 * z - 3) }
    let ratio = 8 / z
    return size * polynomial(tailBeyondEight, at: 2 * ratio * ratio - 1) / z
  }

  /// Normal score with lower tail `p`: −∞ at 0, +∞ at 1, NaN outside [0, 1].
  public static func normalQuantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    let q = p - 0.5
    if q.magnitude <= 0.425 { return centralQuantile(q) }
    return p < 0.5 ? -tailQuantile(p) : tailQuantile(1 - p)
  }

  /// Normal score with upper tail `q`: +∞ at 0, −∞ at 1, NaN outside [0, 1].
  public static func normalQuantile(upperTail q: Double) -> Double { -normalQuantile(q) }

  private static func centralQuantile(_ q: Double) -> Double {
    let r = (0.425 - q) * (0.425 + q)
    return q * polynomial(centralNumerator, at: r) / polynomial(centralDenominator, at: r)
  }

  private static func tailQuantile(_ tail: Double) -> Double {
    guard tail > 0 else { return .infinity }
    let r = (-log(tail)).squareRoot()
    if r <= 5 {
      return polynomial(middleNumerator, at: r - 1.6) / polynomial(middleDenominator, at: r - 1.6)
    }
    return polynomial(farNumerator, at: r - 5) / polynomial(farDenominator, at: r - 5)
  }

  private static let tailBelowOne: [Double] = [
    0.34961883472039806, -0.11206643152061682, 0.02969405039997308, -0.006864365093387061,
    0.0014268553316527347, -0.00027187548808527547, 4.8124160219849285e-05,
    -7.991118862857037e-06, 1.2541572624361112e-06, -1.8713778309187446e-07,
    2.66760846714587e-08, -3.646937326245086e-09, 4.790671256559188e-10,
    -6.082780473811673e-11, 7.90372034505039e-12, -9.380760821350309e-13,
  ]

  private static let tailToTwo: [Double] = [
    0.2057806669773947, -0.045135639967670345, 0.008796718384297969, -0.0015621237345637279,
    0.0002568966987876419, -3.957168192058523e-05, 5.7575688784690535e-06,
    -7.963919242159014e-07, 1.0526227473556489e-07, -1.3350264591684428e-08,
    1.6303087433728634e-09, -1.9209668320703094e-10, 2.1932285468625275e-11,
    -2.5362298879530065e-12, 2.724540427011083e-13,
  ]

  private static let tailToFour: [Double] = [
    0.12151394835556217, -0.034400435334746175, 0.009156321175661819,
    -0.0023104906025869067, 0.0005562123419752745, -0.00012837071533221663,
    2.8516699329770775e-05, -6.117231048986338e-06, 1.2706257728514742e-06,
    -2.5615041449237315e-07, 5.021745293740804e-08, -9.590732334865349e-09,
    1.7871046611881602e-09, -3.253398721864432e-10, 5.793464569064166e-11,
    -1.0102397826783341e-11, 1.7267164754411564e-12, -2.8954085604761624e-13,
    4.7670901378088633e-14, -7.715121796393e-15, 1.2271907629103224e-15,
    -1.9011547492874296e-16, 2.930836603548159e-17,
  ]

  private static let tailToEight: [Double] = [
    0.06477931432444685, -0.020532788909503163, 0.006361895191874843,
    -0.0019294711118387224, 0.0005734818563544272, -0.00016722043420924534,
    4.78803692057244e-05, -1.3473901014965052e-05, 3.7293327243435834e-06,
    -1.0159562681579495e-06, 2.7258690110213435e-07, -7.207285296987786e-08,
    1.8786409952141515e-08, -4.831507718838129e-09, 1.2305351339731935e-09,
    -3.083180908245328e-10, 7.274871713931165e-11, -1.7834207581615617e-11,
    5.995841910604263e-12, -1.4247605368567905e-12,
  ]

  /// z·T(z) as a polynomial in 2·(8/z)² − 1.
  private static let tailBeyondEight: [Double] = [
    0.39589588482488375, -0.0029786255133119914, 6.532711140277205e-05,
    -2.3229537072994612e-06, 1.1261446442046933e-07, -6.84213898718255e-09,
    4.957107754979968e-10, -4.14442708703908e-11, 3.90690282358707e-12,
    -4.0818286342515544e-13, 4.664122320985855e-14, -5.7678326095271694e-15,
    7.6538974597723275e-16, -1.0822442058654981e-16, 1.6209890703574654e-17,
  ]

  private static let centralNumerator: [Double] = [
    3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
    1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
    3.3430575583588128105e4, 2.5090809287301226727e3,
  ]

  private static let centralDenominator: [Double] = [
    1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
    2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4,
    5.2264952788528545610e3,
  ]

  private static let middleNumerator: [Double] = [
    1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
    3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
    2.27238449892691845833e-2, 7.74545014278341407640e-4,
  ]

  private static let middleDenominator: [Double] = [
    1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
    1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
    1.05075007164441684324e-9,
  ]

  private static let farNumerator: [Double] = [
    6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
    2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
    2.71155556874348757815e-5, 2.01033439929228813265e-7,
  ]

  private static let farDenominator: [Double] = [
    1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
    7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
    2.04426310338993978564e-15,
  ]
}
