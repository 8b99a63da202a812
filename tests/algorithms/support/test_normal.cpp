#include "algorithms/support/normal.hpp"

#include <catch2/catch.hpp>
#include <cmath>

namespace phusong::test {

TEST_CASE("Normal percentage points are those of the statistical tables, and probabilities lead back to p") {
    CHECK(normal_quantile(0.5) == 0);
    CHECK(normal_quantile(0.975) == Approx(1.959963984540054).epsilon(1e-14));
    CHECK(normal_quantile(0.999) == Approx(3.090232306167813).epsilon(1e-14));
    // Wichura's own checks of AS 241.
    CHECK(normal_quantile(0.25) == Approx(-0.6744897501960817).epsilon(1e-14));
    CHECK(normal_quantile(1e-3) == Approx(-3.090232306167814).epsilon(1e-14));
    CHECK(normal_quantile(1e-20) == Approx(-9.262340089798408).epsilon(1e-14));
    for (const double p : {1e-300, 1e-30, 1e-9, 0.001, 0.07, 0.0751, 0.4, 0.6, 0.93, 0.999}) {
        CHECK(normal_cdf(normal_quantile(p)) == Approx(p).epsilon(1e-11));
    }
    CHECK(std::isinf(normal_quantile(0)));
    CHECK(std::isinf(normal_quantile(1)));
    CHECK(normal_quantile(0) < 0);
}

}  // namespace phusong::test
