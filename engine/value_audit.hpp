#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>

namespace phusong {

/// Cells whose value deserves a word: how many, from where to where. Merges in any order.
struct ValueCount {
    std::int64_t cells = 0;
    double lowest = std::numeric_limits<double>::infinity();
    double highest = -std::numeric_limits<double>::infinity();

    void add(double value, std::int64_t times = 1) {
        cells += times;
        lowest = std::min(lowest, value);
        highest = std::max(highest, value);
    }
    void merge(const ValueCount& other) {
        cells += other.cells;
        lowest = std::min(lowest, other.lowest);
        highest = std::max(highest, other.highest);
    }
    /// "-5 in 3 cells" or "-5 to -1 in 3 cells".
    [[nodiscard]] std::string words() const;

    friend bool operator==(const ValueCount&, const ValueCount&) = default;
};

/// What the values of one raster were like.
struct ValueAudit {
    ValueCount invalid;             ///< not a value of the rule, or people that cannot be: the run is refused
    ValueCount odd;                 ///< taken, with a notice
    std::int64_t without_data = 0;  ///< cells

    void merge(const ValueAudit& other) {
        invalid.merge(other.invalid);
        odd.merge(other.odd);
        without_data += other.without_data;
    }

    friend bool operator==(const ValueAudit&, const ValueAudit&) = default;
};

}  // namespace phusong
