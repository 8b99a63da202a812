#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "algorithms/grid/grid_spec.hpp"
#include "engine/alignment.hpp"
#include "engine/cell_sampler.hpp"

namespace phusong {

/// The smallest window of a raster that holds a study window when the lattices nest; empty when they do not
/// meet.
[[nodiscard]] Window nested_hull(Window study_window, const LatticeRatio& ratio, const GridSpec& raster);

/// The lattice of some layers: how its cells are found under the cells of a study tile. Layers with the same
/// grid and CRS share one, and the work.
class RasterLattice {
public:
    /// @param sampler null when the lattices nest
    RasterLattice(const GridSpec& grid, std::string crs, const Alignment& alignment,
                  std::unique_ptr<CellSampler> sampler)
        : grid_{grid}, crs_{std::move(crs)}, alignment_{alignment}, sampler_{std::move(sampler)} {}

    [[nodiscard]] bool is(const GridSpec& grid, const std::string& crs) const {
        return grid_ == grid && crs_ == crs;
    }
    [[nodiscard]] const LatticeRatio& ratio() const { return alignment_.ratio; }
    /// Null when the lattices nest.
    [[nodiscard]] const CellSampler* sampler() const { return sampler_.get(); }

    /// Another tile. What follows is of it, found when first asked for.
    void turn_to(Window study_window);

    /// Cells of the lattice that hold the study cells, or their points; empty when none does.
    [[nodiscard]] Window hull();
    /// Of a lattice that is sampled.
    [[nodiscard]] std::span<const CellSampler::Block> blocks();
    /// Whether all points are on the raster; of a lattice that is sampled.
    [[nodiscard]] bool inside();
    /// One by one. Much memory: 8 bytes a study cell.
    [[nodiscard]] const SampledCells& cells();

private:
    void find_blocks();

    GridSpec grid_;
    std::string crs_;
    Alignment alignment_;
    std::unique_ptr<CellSampler> sampler_;

    Window window_;
    std::optional<std::span<const CellSampler::Block>> blocks_;
    SampledPlace place_;
    SampledCells cells_;
    bool has_cells_ = false;
};

}  // namespace phusong
