#pragma once

#include <cassert>
#include <cmath>
#include <compare>
#include <cstdint>

#include "algorithms/quantities/fixed_point.hpp"

namespace phusong {

/// What a site costs, in whatever currency a study states: a whole number of ten-thousandths, so that prices
/// with up to four decimals add up exactly, as they do on paper. At most 4.6e14.
class Cost {
public:
    static constexpr std::int64_t units_per_one = 10'000;
    static constexpr const char* overflow_message =
        "more cost than phusong can count (4.6e14): state costs in thousands or millions";

    constexpr Cost() = default;

    [[nodiscard]] static constexpr Cost of_units(std::int64_t units) { return Cost{units}; }

    /// The nearest representable amount, ties to even. @throws QuantityOverflow outside the range, or for NaN
    [[nodiscard]] static Cost round(double amount) {
        const double units = std::nearbyint(amount * static_cast<double>(units_per_one));
        if (!(units > -0x1p62 && units < 0x1p62)) throw QuantityOverflow{overflow_message};
        return Cost{static_cast<std::int64_t>(units)};
    }

    [[nodiscard]] constexpr std::int64_t units() const { return units_; }
    [[nodiscard]] constexpr double value() const {
        return static_cast<double>(units_) / static_cast<double>(units_per_one);
    }

    /// @throws QuantityOverflow instead of wrapping
    Cost& operator+=(Cost other) {
        if (__builtin_add_overflow(units_, other.units_, &units_)) throw QuantityOverflow{overflow_message};
        return *this;
    }
    Cost& operator-=(Cost other) {
        if (__builtin_sub_overflow(units_, other.units_, &units_)) throw QuantityOverflow{overflow_message};
        return *this;
    }
    friend Cost operator+(Cost a, Cost b) { return a += b; }
    friend Cost operator-(Cost a, Cost b) { return a -= b; }
    /// A plain ratio. @pre b is not zero
    friend double operator/(Cost a, Cost b) {
        assert(b.units_ != 0);
        return static_cast<double>(a.units_) / static_cast<double>(b.units_);
    }
    friend constexpr auto operator<=>(Cost, Cost) = default;

private:
    explicit constexpr Cost(std::int64_t units) : units_{units} {}

    std::int64_t units_ = 0;
};

}  // namespace phusong
