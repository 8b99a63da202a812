#include "engine/state_rows.hpp"

#include <algorithm>
#include <bit>

#include "algorithms/support/change_bits.hpp"
#include "algorithms/support/floor_divide.hpp"

namespace phusong {

void StateRows::assign(Window study_window, std::span<const ServicePlane> planes) {
    window_ = study_window;
    has_row_ = false;
    layers_.resize(planes.size());
    for (std::size_t i = 0; i < planes.size(); ++i) {
        Layer& layer = layers_[i];
        const ServicePlane& plane = planes[i];
        layer.plane = plane;
        for (std::size_t byte = 0; byte < layer.bits.size(); ++byte) {
            layer.bits[byte] = ServiceState{}.with(plane.layer, (*plane.services)[byte]).bits();
        }
        layer.bits_beyond = ServiceState{}.with(plane.layer, plane.beyond).bits();
        layer.cells_of_bytes.fill(0);
        layer.cells_beyond = 0;
        const auto study_column = [&](std::int64_t raster_column) {
            return raster_column * plane.ratio.ratio_columns + plane.ratio.column_offset - window_.column;
        };
        const auto inside = [&](std::int64_t column) {
            return static_cast<std::int32_t>(std::clamp<std::int64_t>(column, 0, window_.columns));
        };
        layer.first = inside(study_column(plane.hull.column));
        layer.end = plane.hull.empty() ? layer.first : inside(study_column(plane.hull.column_end()));
    }
    changes_.resize((static_cast<std::size_t>(window_.columns) + 63) / 64);
}

/// @return whether the layer's row is another one than before
bool StateRows::turn_to(Layer& layer, std::int32_t row) const {
    const ServicePlane& plane = layer.plane;
    const std::int64_t raster_row = floor_divide(row - plane.ratio.row_offset, plane.ratio.ratio_rows);
    if (has_row_ && raster_row == layer.raster_row) return false;
    layer.raster_row = raster_row;
    layer.bytes = nullptr;
    if (raster_row >= plane.hull.row && raster_row < plane.hull.row_end() && layer.first < layer.end) {
        layer.bytes = plane.bytes.data() + static_cast<std::size_t>(raster_row - plane.hull.row) *
                                               static_cast<std::size_t>(plane.hull.columns);
    }
    return true;
}

std::size_t StateRows::byte_place(const Layer& layer, std::int32_t column) const {
    const ServicePlane& plane = layer.plane;
    const std::int64_t from = window_.column + column - plane.ratio.column_offset;
    if (plane.ratio.ratio_columns == 1) return static_cast<std::size_t>(from - plane.hull.column);
    return static_cast<std::size_t>(floor_divide(from, plane.ratio.ratio_columns) - plane.hull.column);
}

void StateRows::mark(const Layer& layer) {
    const auto set = [&](std::int64_t column) {
        if (column <= 0 || column >= window_.columns) return;
        changes_[static_cast<std::size_t>(column) / 64] |= std::uint64_t{1}
                                                           << (static_cast<std::size_t>(column) % 64);
    };
    if (layer.bytes == nullptr) return;
    set(layer.first);
    set(layer.end);
    const std::size_t west = byte_place(layer, layer.first);
    const std::size_t east = byte_place(layer, layer.end - 1) + 1;
    const std::uint8_t* const rows[] = {layer.bytes + west};
    const LatticeRatio& ratio = layer.plane.ratio;
    if (ratio.ratio_columns == 1) {
        mark_changes(rows, east - west, static_cast<std::size_t>(layer.first), changes_);
        return;
    }
    raster_changes_.assign((east - west) / 64 + 1, 0);
    mark_changes(rows, east - west, 0, raster_changes_);
    const std::int64_t origin = layer.plane.hull.column + static_cast<std::int64_t>(west);
    for (std::size_t word = 0; word < raster_changes_.size(); ++word) {
        for (std::uint64_t left = raster_changes_[word]; left != 0; left &= left - 1) {
            const std::int64_t column =
                origin + static_cast<std::int64_t>(64 * word) + std::countr_zero(left);
            set(column * ratio.ratio_columns + ratio.column_offset - window_.column);
        }
    }
}

std::uint64_t StateRows::state_from(std::int32_t first, std::int32_t end) {
    std::uint64_t bits = 0;
    for (Layer& layer : layers_) {
        if (layer.bytes == nullptr || first < layer.first || first >= layer.end) {
            bits |= layer.bits_beyond;
            layer.cells_beyond += end - first;
            continue;
        }
        const std::uint8_t byte = layer.bytes[byte_place(layer, first)];
        bits |= layer.bits[byte];
        layer.cells_of_bytes[byte] += end - first;
    }
    return bits;
}

std::span<StateRun> StateRows::row(std::int32_t row) {
    bool turned = !has_row_;
    for (Layer& layer : layers_) turned = turn_to(layer, row) || turned;
    has_row_ = true;
    if (!turned) {
        std::int32_t first = 0;
        for (const std::int32_t end : ends_) {
            (void)state_from(first, end);  // for its counts
            first = end;
        }
        return runs_;
    }
    std::fill(changes_.begin(), changes_.end(), 0);
    // Layers whose cells are the study's, in the whole window, are looked at together.
    together_.clear();
    for (const Layer& layer : layers_) {
        if (layer.bytes != nullptr && layer.plane.ratio.ratio_columns == 1 && layer.first == 0 &&
            layer.end == window_.columns) {
            together_.push_back(layer.bytes + byte_place(layer, 0));
        } else {
            mark(layer);
        }
    }
    if (!together_.empty()) mark_changes(together_, static_cast<std::size_t>(window_.columns), 0, changes_);
    runs_.clear();
    ends_.clear();
    std::int32_t first = 0;
    const auto end_run = [&](std::int32_t end) {
        ends_.push_back(end);
        const ServiceState state = ServiceState::of_bits(state_from(first, end));
        if (!runs_.empty() && runs_.back().state == state) {
            runs_.back().end = window_.column + end;
        } else {
            runs_.push_back({window_.column + end, state, true});
        }
        first = end;
    };
    for (std::size_t word = 0; word < changes_.size(); ++word) {
        for (std::uint64_t left = changes_[word]; left != 0; left &= left - 1) {
            end_run(static_cast<std::int32_t>(64 * word) + std::countr_zero(left));
        }
    }
    end_run(window_.columns);
    return runs_;
}

}  // namespace phusong
