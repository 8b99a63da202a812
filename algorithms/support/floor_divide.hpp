#pragma once

#include <cstdint>

namespace phusong {

/// The quotient rounded down, also of a negative number. @pre b > 0
[[nodiscard]] constexpr std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
    return a >= 0 ? a / b : -((b - 1 - a) / b);
}

}  // namespace phusong
