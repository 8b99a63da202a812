#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace phusong {

/// Neighbouring cells of one row.
struct ColumnRun {
    std::int32_t first = 0;
    std::int32_t end = 0;

    friend bool operator==(const ColumnRun&, const ColumnRun&) = default;
};

/// For every column of a row the nearest row that holds a cell of a set: the first pass of the exact distance
/// transform, band of rows by band of rows, in memory for one line of columns a band and 64 rows.
class NearestRows {
public:
    /// Cells of the set in a row of the band in hand, given by its number in the band.
    using RunsOfRow = std::function<std::span<const ColumnRun>(std::int32_t)>;

    /// @param north, south rows beyond the grid that count as full of the set, or no_row
    NearestRows(std::int32_t columns, std::int32_t bands, std::int32_t north, std::int32_t south);

    /// First every band from the south to the north ...
    void scan(std::int32_t band, std::int32_t first_row, std::int32_t rows, const RunsOfRow& runs);
    /// ... then every band from the north to the south, and in it every row.
    void start(std::int32_t band, std::int32_t first_row, std::int32_t rows, RunsOfRow runs);
    /// The next row of the started band. Rows of the set, one a column, or no_row; valid until the next call.
    /// The upper one of equally near rows.
    [[nodiscard]] std::span<const std::int32_t> next();

private:
    static constexpr std::int32_t chunk_rows = 64;

    void look_ahead();

    std::vector<std::vector<std::int32_t>> south_of_band_;  ///< nearest row south of each band
    std::vector<std::int32_t> scanned_;                     ///< nearest row south of what was scanned
    std::vector<std::int32_t> above_;                       ///< nearest row at or above the row in hand
    std::vector<std::vector<std::int32_t>> south_of_chunk_;
    std::vector<std::int32_t> below_;  ///< nearest row at or below each row of the chunk in hand
    std::vector<std::int32_t> nearest_;
    RunsOfRow runs_;
    std::int32_t first_row_ = 0;
    std::int32_t rows_ = 0;
    std::int32_t at_ = 0;  ///< next row of the band
};

}  // namespace phusong
