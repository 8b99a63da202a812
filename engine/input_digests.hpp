#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/layer_spec.hpp"
#include "engine/plan.hpp"
#include "engine/sources.hpp"

namespace phusong {

/// Polygons of coverage and damage, each with a number that stands for all that it holds. Shared by threads.
class ShapeDigests {
public:
    /// @pre both outlive the digests
    ShapeDigests(const Plan& plan, const Sources& sources);

    /// A number for each layer of polygons: of the shapes that can touch the window.
    [[nodiscard]] std::vector<std::uint64_t> of(Window study_window) const;

private:
    struct Shape {
        Window bounds;
        std::uint64_t digest = 0;
    };
    std::vector<std::vector<Shape>> layers_;
};

/// Numbers that stand for what a pass reads of its inputs under a few tiles: equal ones mean that counting
/// them again would find the same. One for each thread.
class InputDigests {
public:
    /// @pre all outlive the digests
    InputDigests(const Plan& plan, const Sources& sources, const ShapeDigests& shapes);

    /// Whether there is one window for the population and one for each layer, and each lies in its raster.
    [[nodiscard]] bool can_read(std::span<const Window> windows) const;
    /// @param windows what is read of every raster: of the population first, then of the layers of the pass;
    /// empty: nothing
    /// @pre can_read(windows)
    /// @throws InputError naming file and window
    [[nodiscard]] std::vector<std::uint64_t> of(Window study_window, std::span<const Window> windows);

private:
    [[nodiscard]] std::uint64_t of_raster(std::size_t raster, Window window);

    const ShapeDigests* shapes_;
    std::vector<std::shared_ptr<const RasterSource>> rasters_;  ///< null for polygons
    std::vector<std::unique_ptr<RasterReader>> readers_;        ///< opened when they are needed
    std::vector<double> values_;                                ///< buffer
};

}  // namespace phusong
