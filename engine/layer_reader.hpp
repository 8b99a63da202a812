#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/plan.hpp"
#include "engine/sources.hpp"
#include "engine/value_audit.hpp"

namespace phusong {

/// One layer's answers on a study tile.
struct LayerTile {
    std::vector<Service> services;  ///< row-major over the tile
    std::vector<double> shares;  ///< of a share layer: part of the households, NaN where unknown; else empty
    ValueAudit audit;
};

/// Brings every coverage layer onto study tiles; one for each thread. Layers on the same lattice share the
/// work of finding cells.
class LayerReaders {
public:
    /// @pre plan and sources outlive the readers
    LayerReaders(const Plan& plan, const Sources& sources);
    ~LayerReaders();
    LayerReaders(LayerReaders&& other) noexcept;
    LayerReaders& operator=(LayerReaders&& other) noexcept;

    /// Tiles of all layers: coverage, coverage after an event, rasters of damage.
    /// @throws InputError naming file and window
    [[nodiscard]] std::vector<LayerTile> read(Window study_window);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace phusong
