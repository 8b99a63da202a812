#include "algorithms/dead_zones/nearest_rows.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include "algorithms/dead_zones/distance_transform.hpp"

namespace phusong {

namespace {

void mark(std::span<const ColumnRun> runs, std::int32_t row, std::vector<std::int32_t>& rows) {
    for (const ColumnRun& run : runs) std::fill(rows.begin() + run.first, rows.begin() + run.end, row);
}

}  // namespace

NearestRows::NearestRows(std::int32_t columns, std::int32_t bands, std::int32_t north, std::int32_t south)
    : south_of_band_(static_cast<std::size_t>(bands)),
      scanned_(static_cast<std::size_t>(columns), south),
      above_(static_cast<std::size_t>(columns), north),
      nearest_(static_cast<std::size_t>(columns), no_row) {}

void NearestRows::scan(std::int32_t band, std::int32_t first_row, std::int32_t rows, const RunsOfRow& runs) {
    south_of_band_[static_cast<std::size_t>(band)] = scanned_;
    for (std::int32_t i = rows - 1; i >= 0; --i) mark(runs(i), first_row + i, scanned_);
}

void NearestRows::start(std::int32_t band, std::int32_t first_row, std::int32_t rows, RunsOfRow runs) {
    assert(at_ == rows_);
    runs_ = std::move(runs);
    first_row_ = first_row;
    rows_ = rows;
    at_ = 0;
    std::vector<std::int32_t> south = std::move(south_of_band_[static_cast<std::size_t>(band)]);
    const std::int32_t chunks = (rows + chunk_rows - 1) / chunk_rows;
    south_of_chunk_.assign(static_cast<std::size_t>(chunks), {});
    for (std::int32_t chunk = chunks - 1; chunk >= 0; --chunk) {
        south_of_chunk_[static_cast<std::size_t>(chunk)] = south;
        if (chunk == 0) break;  // nobody looks south of the row above the band
        const std::int32_t end = std::min(rows, (chunk + 1) * chunk_rows);
        for (std::int32_t i = end - 1; i >= chunk * chunk_rows; --i) mark(runs_(i), first_row + i, south);
    }
}

void NearestRows::look_ahead() {
    const std::size_t columns = above_.size();
    const std::int32_t end = std::min(rows_, at_ + chunk_rows);
    below_.resize(static_cast<std::size_t>(end - at_) * columns);
    std::vector<std::int32_t>& south = south_of_chunk_[static_cast<std::size_t>(at_ / chunk_rows)];
    for (std::int32_t i = end - 1; i >= at_; --i) {
        mark(runs_(i), first_row_ + i, south);
        std::copy(south.begin(), south.end(),
                  below_.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(i - at_) * columns));
    }
    std::vector<std::int32_t>{}.swap(south);
}

std::span<const std::int32_t> NearestRows::next() {
    assert(at_ < rows_);
    if (at_ % chunk_rows == 0) look_ahead();
    const std::int32_t row = first_row_ + at_;
    mark(runs_(at_), row, above_);
    const std::size_t columns = above_.size();
    const std::int32_t* const below = below_.data() + static_cast<std::size_t>(at_ % chunk_rows) * columns;
    for (std::size_t i = 0; i < columns; ++i) nearest_[i] = nearer_row(row, above_[i], below[i]);
    ++at_;
    return nearest_;
}

}  // namespace phusong
