#pragma once

#include <cassert>
#include <cmath>
#include <compare>
#include <cstdint>
#include <limits>
#include <stdexcept>

#include "algorithms/quantities/wide_integer.hpp"

namespace phusong {

/// Thrown when a sum leaves the range of its quantity; nothing ever wraps round.
class QuantityOverflow : public std::overflow_error {
public:
    using std::overflow_error::overflow_error;
};

/// A sum of a quantity as a whole number of units of 2^-FractionBits. Sums of integers are exact in any
/// order, so threads, tiles and machines change no bit. Two quantities of different Tag do not mix.
template <typename Tag, int FractionBits>
class FixedPoint {
public:
    static constexpr double units_per_one = static_cast<double>(std::int64_t{1} << FractionBits);

    constexpr FixedPoint() = default;

    [[nodiscard]] static constexpr FixedPoint of_units(std::int64_t units) { return FixedPoint{units}; }

    /// The nearest representable amount, ties to even. @throws QuantityOverflow outside the range, or for NaN
    [[nodiscard]] static FixedPoint round(double amount) {
        const double units = std::nearbyint(amount * units_per_one);
        if (!(units > -0x1p62 && units < 0x1p62)) throw QuantityOverflow{Tag::overflow_message};
        return FixedPoint{static_cast<std::int64_t>(units)};
    }

    [[nodiscard]] constexpr std::int64_t units() const { return units_; }
    /// The amount as a double; exact up to 2^53 units.
    [[nodiscard]] constexpr double value() const { return static_cast<double>(units_) / units_per_one; }

    /// @throws QuantityOverflow instead of wrapping
    FixedPoint& operator+=(FixedPoint other) {
        if (__builtin_add_overflow(units_, other.units_, &units_))
            throw QuantityOverflow{Tag::overflow_message};
        return *this;
    }
    FixedPoint& operator-=(FixedPoint other) {
        if (__builtin_sub_overflow(units_, other.units_, &units_))
            throw QuantityOverflow{Tag::overflow_message};
        return *this;
    }
    friend FixedPoint operator+(FixedPoint a, FixedPoint b) { return a += b; }
    friend FixedPoint operator-(FixedPoint a, FixedPoint b) { return a -= b; }
    /// `count` times the amount, exactly.
    friend FixedPoint operator*(FixedPoint a, std::int64_t count) {
        std::int64_t units = 0;
        if (__builtin_mul_overflow(a.units_, count, &units)) throw QuantityOverflow{Tag::overflow_message};
        return FixedPoint{units};
    }
    /// A plain ratio. @pre b is not zero
    friend double operator/(FixedPoint a, FixedPoint b) {
        assert(b.units_ != 0);
        return static_cast<double>(a.units_) / static_cast<double>(b.units_);
    }
    friend constexpr auto operator<=>(FixedPoint, FixedPoint) = default;

private:
    explicit constexpr FixedPoint(std::int64_t units) : units_{units} {}

    std::int64_t units_ = 0;
};

}  // namespace phusong
