#pragma once

#include <cmath>
#include <compare>
#include <cstdint>

#include "algorithms/quantities/fixed_point.hpp"

namespace phusong {

/// The part of a cell's area that lies inside a commune, 0..1, in units of 2^-40 (1e-12). Shares of communes
/// that share a border add up to the whole exactly, because both are sums of the same integers.
class Share {
public:
    static constexpr int fraction_bits = 40;
    static constexpr std::int64_t whole_units = std::int64_t{1} << fraction_bits;

    constexpr Share() = default;
    [[nodiscard]] static constexpr Share none() { return Share{}; }
    [[nodiscard]] static constexpr Share whole() { return of_units(whole_units); }
    [[nodiscard]] static constexpr Share of_units(std::int64_t units) {
        Share share;
        share.units_ = units;
        return share;
    }
    /// Nearest unit. @pre 0 <= part <= 1
    [[nodiscard]] static Share round(double part) {
        return of_units(static_cast<std::int64_t>(std::nearbyint(part * static_cast<double>(whole_units))));
    }

    [[nodiscard]] constexpr std::int64_t units() const { return units_; }
    [[nodiscard]] constexpr double value() const {
        return static_cast<double>(units_) / static_cast<double>(whole_units);
    }

    friend constexpr auto operator<=>(Share, Share) = default;

private:
    std::int64_t units_ = 0;
};

/// The part of a quantity that a share takes, rounded half up to a unit of the quantity.
template <typename Tag, int Bits>
[[nodiscard]] constexpr FixedPoint<Tag, Bits> part_of(FixedPoint<Tag, Bits> amount, Share share) {
    const auto product = static_cast<WideInteger>(amount.units()) * share.units();
    const auto half = static_cast<WideInteger>(1) << (Share::fraction_bits - 1);
    return FixedPoint<Tag, Bits>::of_units(
        static_cast<std::int64_t>((product + half) >> Share::fraction_bits));
}

}  // namespace phusong
