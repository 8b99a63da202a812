#include "engine/sampled_bytes.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace phusong {

namespace {

/// Sides of the parts that are looked at as one. Measured on coverage of 30 m in UTM under cells of 15 m.
constexpr std::int32_t sides[] = {128, 32, 8};

constexpr std::uint64_t repeated(std::uint8_t byte) {
    return 0x0101010101010101U * std::uint64_t{byte};
}

/// Whether words of one kind, the last one laid over the one before, hold the repeated byte only.
/// @pre columns >= sizeof(Word)
template <typename Word>
bool words_equal(const std::uint8_t* row, std::size_t columns, Word wanted) {
    const auto word_at = [row](std::size_t i) {
        Word word{};
        std::memcpy(&word, row + i, sizeof word);
        return word;
    };
    Word differences = word_at(columns - sizeof(Word)) ^ wanted;
    for (std::size_t i = 0; i + sizeof(Word) < columns; i += sizeof(Word)) differences |= word_at(i) ^ wanted;
    return differences == 0;
}

}  // namespace

bool all_equal(const std::uint8_t* first, std::size_t stride, std::int32_t rows, std::int32_t columns) {
    const auto width = static_cast<std::size_t>(columns);
    const std::uint64_t wanted = repeated(*first);
    for (std::int32_t row = 0; row < rows; ++row) {
        const std::uint8_t* const bytes = first + static_cast<std::size_t>(row) * stride;
        bool equal = false;
        if (width >= sizeof(std::uint64_t)) {
            equal = words_equal(bytes, width, wanted);
        } else if (width >= sizeof(std::uint32_t)) {
            equal = words_equal(bytes, width, static_cast<std::uint32_t>(wanted));
        } else {
            equal = std::all_of(bytes, bytes + width, [first](std::uint8_t byte) { return byte == *first; });
        }
        if (!equal) return false;
    }
    return true;
}

void ByteSampler::fill_cells(const CellSampler::Block& block, const Window& part, const SampledPlace& place,
                             const Numbers& layers) {
    const std::size_t count = part.cell_count();
    const auto put = [&](const SampledBytes& layer, auto byte_of) {
        std::size_t cell = 0;
        for (std::int32_t row = part.row; row < part.row_end(); ++row) {
            std::uint8_t* const out = &layer.out[window_.index_of({row, part.column})];
            for (std::int32_t i = 0; i < part.columns; ++i) out[i] = byte_of(cell++);
        }
    };
    // Layers of a lattice are read in the same window.
    const Window& hull = layers_[layers.front()].hull;
    if (place.inside) {
        sampler_->offsets_of(block, part, hull, std::span{offsets_}.first(count));
        for (const std::size_t number : layers) {
            const SampledBytes& layer = layers_[number];
            assert(layer.hull == hull);
            put(layer,
                [&](std::size_t cell) { return layer.bytes[static_cast<std::size_t>(offsets_[cell])]; });
        }
        return;
    }
    sampler_->cells_of(block, part, std::span{cells_}.first(count));
    for (const std::size_t number : layers) {
        const SampledBytes& layer = layers_[number];
        put(layer, [&](std::size_t cell) {
            return cells_[cell].row < 0 ? layer.beyond : layer.bytes[hull.index_of(cells_[cell])];
        });
    }
}

void ByteSampler::fill_part(const CellSampler::Block& block, const Window& part, std::size_t level) {
    const SampledPlace place = sampler_->place_of(block, part);
    Numbers& open = open_[level + 1];
    open.clear();
    const auto fill = [&](const SampledBytes& layer, std::uint8_t byte) {
        const auto stride = static_cast<std::size_t>(window_.columns);
        std::uint8_t* out = &layer.out[window_.index_of({part.row, part.column})];
        const std::uint64_t eight = repeated(byte);
        for (std::int32_t row = 0; row < part.rows; ++row, out += stride) {
            // Most parts are small, and a call of memset would cost more.
            if (part.columns == sizeof eight || part.columns == 4 * sizeof eight) {
                for (std::int32_t i = 0; i < part.columns; i += static_cast<std::int32_t>(sizeof eight)) {
                    std::memcpy(out + i, &eight, sizeof eight);
                }
            } else {
                std::memset(out, byte, static_cast<std::size_t>(part.columns));
            }
        }
    };
    for (const std::size_t number : open_[level]) {
        const SampledBytes& layer = layers_[number];
        if (place.hull.empty()) {
            fill(layer, layer.beyond);
            continue;
        }
        assert(layer.hull.contains(place.hull));
        const std::uint8_t* const first =
            &layer.bytes[layer.hull.index_of({place.hull.row, place.hull.column})];
        if (place.inside && all_equal(first, static_cast<std::size_t>(layer.hull.columns), place.hull.rows,
                                      place.hull.columns)) {
            fill(layer, *first);
        } else {
            open.push_back(number);
        }
    }
    if (open.empty()) return;
    if (level + 1 == levels) {
        fill_cells(block, part, place, open);
        return;
    }
    const std::int32_t side = sides[level + 1];
    for (std::int32_t row = part.row; row < part.row_end(); row += side) {
        for (std::int32_t column = part.column; column < part.column_end(); column += side) {
            fill_part(block, intersection(part, {row, column, side, side}), level + 1);
        }
    }
}

void ByteSampler::sample(const CellSampler& sampler, std::span<const CellSampler::Block> blocks,
                         Window study_window, std::span<const SampledBytes> layers) {
    sampler_ = &sampler;
    window_ = study_window;
    layers_ = layers;
    constexpr auto cells = static_cast<std::size_t>(sides[levels - 1]) * sides[levels - 1];
    cells_.resize(cells);
    offsets_.resize(cells);
    open_[0].resize(layers.size());
    for (std::size_t i = 0; i < layers.size(); ++i) open_[0][i] = i;
    for (const CellSampler::Block& block : blocks) fill_part(block, block.study, 0);
}

}  // namespace phusong
