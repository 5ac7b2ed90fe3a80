// SPDX-License-Identifier: GPL-3.0-or-later

/// The logarithm of the gamma function with the same bits on every machine.
///
/// Sources: M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions, 6.1.33 (series in
/// ζ(k) − 1 about 2) and 6.1.41 (Stirling's series).
extension Reproducible {
  /// ln Γ(x), x > 0, within a few units in the last place; NaN for x ≤ 0.
  public static func logGamma(_ x: Double) -> Double {
    guard x > 0 else { return .nan }
    if x < 0.5 { return aboutTwo(x) - log1p(x) - log(x) }
    if x < 1.5 { return aboutTwo(x - 1) - log1p(x - 1) }
    if x >= 10 { return stirling(x) }
    var (rest, product) = (x, 1.0)
    while rest > 2.5 {
      rest -= 1
      product *= rest
    }
    let size = aboutTwo(rest - 2)
    return product == 1 ? size : size + log(product)
  }

  /// ln Γ(2 + u) = u·(1 − γ) + Σ (−1)ᵏ (ζ(k) − 1)·uᵏ/k for |u| ≤ ½, truncation below 1e-19.
  private static func aboutTwo(_ u: Double) -> Double {
    u * 0.42278433509846713.addingProduct(u, polynomial(zetaSeries, at: u))
  }

  /// (x − ½)·(ln x − 1) + ½·ln 2π − ½ + Σ B₂ₖ/(2k(2k−1)x²ᵏ⁻¹).
  private static func stirling(_ x: Double) -> Double {
    guard x < .infinity else { return x }
    let inverse = 1 / x
    let series = inverse * polynomial(stirlingSeries, at: inverse * inverse)
    return (0.4189385332046728 + series).addingProduct(x - 0.5, log(x) - 1)
  }

  /// (−1)ᵏ (ζ(k) − 1)/k for k = 2…30.
  private static let zetaSeries: [Double] = [
    0.3224670334241132, -0.0673523010531981, 0.020580808427784546, -0.007385551028673986,
    0.0028905103307415234, -0.001192753911703261, 0.0005096695247430425,
    -0.00022315475845357939, 9.945751278180853e-05, -4.492623673813314e-05,
    2.050721277567069e-05, -9.439488275268397e-06, 4.374866789907488e-06,
    -2.039215753801366e-06, 9.55141213040742e-07, -4.492469198764566e-07,
    2.1207184805554665e-07, -1.0043224823968099e-07, 4.7698101693639804e-08,
    -2.2711094608943164e-08, 1.0838659214896955e-08, -5.183475041970047e-09,
    2.4836745438024785e-09, -1.1921401405860912e-09, 5.731367241678862e-10,
    -2.7595228851242334e-10, 1.330476437424449e-10, -6.4229645638381e-11,
    3.1044247747322276e-11,
  ]

  /// B₂ₖ/(2k(2k−1)) for k = 1…8: beyond x = 10 the next term is below 2e-18.
  private static let stirlingSeries: [Double] = [
    1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360_360, 1.0 / 156,
    -3617.0 / 122_400,
  ]
}
