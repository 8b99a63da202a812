#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/cell_sampler.hpp"

namespace phusong {

/// A layer's bytes where a sampler's points lie, and the study cells that get them.
struct SampledBytes {
    Window hull;                          ///< of the raster, with every block's place
    std::span<const std::uint8_t> bytes;  ///< row-major over the hull
    std::uint8_t beyond = 0;              ///< for points off the raster
    std::span<std::uint8_t> out;          ///< row-major over the study window
};

/// Brings bytes onto study cells: every cell gets the byte under its point. Where a whole block of points
/// lies on equal bytes they are not looked for one by one, so that cost grows with the borders of the
/// coverage.
class ByteSampler {
public:
    /// @param layers all on the sampler's raster, of one hull @param blocks of the study window, see
    /// CellSampler::blocks
    void sample(const CellSampler& sampler, std::span<const CellSampler::Block> blocks, Window study_window,
                std::span<const SampledBytes> layers);

private:
    using Numbers = std::vector<std::size_t>;

    void fill_part(const CellSampler::Block& block, const Window& part, std::size_t level);
    void fill_cells(const CellSampler::Block& block, const Window& part, const SampledPlace& place,
                    const Numbers& layers);

    static constexpr std::size_t levels = 3;

    const CellSampler* sampler_ = nullptr;
    Window window_;
    std::span<const SampledBytes> layers_;
    std::array<Numbers, levels + 1> open_;  ///< by level: layers whose bytes differ within the part in hand
    std::vector<Cell> cells_;               ///< buffer, of a small part
    std::vector<std::int32_t> offsets_;     ///< the same where all points are on the raster
};

/// Whether a rectangle of bytes holds one value. @param stride from row to row @pre rows and columns >= 1
[[nodiscard]] bool all_equal(const std::uint8_t* first, std::size_t stride, std::int32_t rows,
                             std::int32_t columns);

}  // namespace phusong
