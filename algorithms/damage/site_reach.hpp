#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "algorithms/damage/site_network.hpp"
#include "algorithms/grid/cell_area.hpp"
#include "algorithms/grid/grid_spec.hpp"
#include "algorithms/grid/window.hpp"
#include "algorithms/zones/lattice_shape.hpp"

namespace phusong {

/// Where one site gives service: a circle, or any shape.
struct SiteArea {
    Point centre;
    double radius_m = 0;
    LatticeShape shape;  ///< with rings: holds instead of the circle
};

/// Cells [first, end) of a row that a site reaches.
struct ReachRun {
    std::int32_t first = 0;
    std::int32_t end = 0;
    SiteNumber site = 0;
};

/// Which cells every site reaches: those whose centre lies inside its area. Distances are metres over the
/// Earth, along the meridian and then along the row: at 20 degrees within 2e-4 of a radius of 10 km.
class SiteReach {
public:
    SiteReach() = default;
    /// @param areas by site number
    SiteReach(const GridSpec& grid, const EarthSurface& surface, std::vector<SiteArea> areas);

    [[nodiscard]] bool empty() const { return areas_.empty(); }
    /// Runs of a window, one list a row from the north, by site within it.
    [[nodiscard]] std::vector<std::vector<ReachRun>> runs(Window window) const;

private:
    void add_circle(const SiteArea& area, SiteNumber site, Window window, std::span<const double> across,
                    std::vector<std::vector<ReachRun>>& rows) const;

    GridSpec grid_;
    EarthSurface surface_;
    std::vector<SiteArea> areas_;
    std::vector<Window> bounds_;  ///< of each area; may reach beyond the grid
};

}  // namespace phusong
