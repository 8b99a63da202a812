#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "algorithms/grid/cell.hpp"
#include "algorithms/grid/cell_metric.hpp"

namespace phusong {

/// The nearest cell of a set, and how far it is.
struct Nearest {
    static constexpr std::int64_t nowhere = std::numeric_limits<std::int64_t>::max();

    Cell cell;
    std::int64_t squared = nowhere;  ///< in units of the metric

    [[nodiscard]] bool found() const { return squared != nowhere; }
    friend bool operator==(const Nearest&, const Nearest&) = default;
};

/// No cell of the set lies in a column.
inline constexpr std::int32_t no_row = std::numeric_limits<std::int32_t>::min();

/// For every cell of one row the nearest cell of a set, exactly: the second pass of the Euclidean distance
/// transform of Meijster, Roerdink and Hesselink (2000), the lower envelope of one parabola a column. Linear
/// in the number of columns. Used by one thread.
class RowTransform {
public:
    /// @param row from which distances are taken
    /// @param nearest_row the row of the set's nearest cell in every column, or no_row
    /// @param out as many; of equally near cells always the same one, whatever the tiling
    void operator()(std::int32_t row, std::span<const std::int32_t> nearest_row, const CellMetric& metric,
                    std::span<Nearest> out);

private:
    struct Parabola {
        std::int64_t column = 0;
        std::int64_t height = 0;  ///< weighted squared distance within the column
        std::int64_t from = 0;    ///< first column where it is the lowest
    };
    std::vector<Parabola> envelope_;
};

/// Of two rows that hold a cell of the set, above and below (no_row: none), the nearer one; the upper one of
/// equally near rows.
[[nodiscard]] constexpr std::int32_t nearer_row(std::int32_t row, std::int32_t above, std::int32_t below) {
    if (above == no_row) return below;
    if (below == no_row) return above;
    return row - above <= below - row ? above : below;
}

}  // namespace phusong
