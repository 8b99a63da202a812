#pragma once

namespace phusong {

/// P(a standard normal number <= x).
[[nodiscard]] double normal_cdf(double x);

/// The x with `normal_cdf(x)` = p, with a relative error of about 1e-15; minus or plus infinity for 0 and 1.
/// Wichura 1988, "The percentage points of the normal distribution", algorithm AS 241 (PPND16).
/// @pre 0 <= p <= 1
[[nodiscard]] double normal_quantile(double p);

}  // namespace phusong
