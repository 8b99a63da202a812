#include "algorithms/dead_zones/distance_transform.hpp"

#include <cassert>

namespace phusong {

namespace {

/// Rounds down, unlike /. @pre divisor > 0
std::int64_t floor_divided(std::int64_t dividend, std::int64_t divisor) {
    const std::int64_t quotient = dividend / divisor;
    return dividend % divisor < 0 ? quotient - 1 : quotient;
}

}  // namespace

void RowTransform::operator()(std::int32_t row, std::span<const std::int32_t> nearest_row,
                              const CellMetric& metric, std::span<Nearest> out) {
    assert(nearest_row.size() == out.size());
    const auto columns = static_cast<std::int64_t>(nearest_row.size());
    envelope_.clear();
    for (std::int64_t column = 0; column < columns; ++column) {
        const std::int32_t source = nearest_row[static_cast<std::size_t>(column)];
        if (source == no_row) continue;
        const std::int64_t rows = std::int64_t{source} - row;
        const std::int64_t height = metric.down * rows * rows;
        std::int64_t from = 0;
        while (!envelope_.empty()) {
            // The later parabola is lower from the first whole column right of where the two cross:
            // height + a (x - column)^2 < last.height + a (x - last.column)^2.
            const Parabola& last = envelope_.back();
            const std::int64_t rise =
                height - last.height + metric.across * (column * column - last.column * last.column);
            from = 1 + floor_divided(rise, 2 * metric.across * (column - last.column));
            if (from > last.from) break;
            envelope_.pop_back();
            from = 0;
        }
        if (from < columns) envelope_.push_back({column, height, from});
    }
    if (envelope_.empty()) {
        for (Nearest& nearest : out) nearest = {};
        return;
    }
    std::size_t lowest = 0;
    for (std::int64_t column = 0; column < columns; ++column) {
        while (lowest + 1 < envelope_.size() && envelope_[lowest + 1].from <= column) ++lowest;
        const Parabola& parabola = envelope_[lowest];
        const std::int64_t across = column - parabola.column;
        out[static_cast<std::size_t>(column)] = {{nearest_row[static_cast<std::size_t>(parabola.column)],
                                                  static_cast<std::int32_t>(parabola.column)},
                                                 parabola.height + metric.across * across * across};
    }
}

}  // namespace phusong
