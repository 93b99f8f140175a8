import Glibc

/// IEEE 754-2019, section 9.2, `pow`.
package func power(of base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
