#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "engine/layer_reader.hpp"
#include "engine/partial.hpp"
#include "engine/plan.hpp"
#include "engine/sources.hpp"

namespace phusong {

/// Any operator's answer of every technology on one study tile, for maps.
struct ServiceTile {
    Window study_window;
    std::vector<std::vector<Service>> of_technology;  ///< row-major
};

struct TileResult {
    Partial partial;
    ServiceTile services;  ///< empty unless asked for
};

/// The one pass over a tile: read every layer once, ask every question, keep sums. One for each thread.
class TilePass {
public:
    /// @pre plan and sources outlive the pass
    TilePass(const Plan& plan, const Sources& sources, bool keep_services);

    /// @throws InputError naming file and window
    [[nodiscard]] TileResult operator()(std::size_t tile);

private:
    void read_people(Window population_window, Partial& partial);
    void spread_people(Window population_window, Window study_window);
    void note_mixed_cells(Window population_window, const ServiceTile& services, const TileCover& cover,
                          Partial& partial) const;

    const Plan* plan_;
    bool keep_services_;
    std::unique_ptr<RasterReader> population_;
    LayerReaders layers_;
    std::vector<double> values_;         ///< of population cells
    std::vector<Persons> cell_people_;   ///< of population cells
    std::vector<Persons> study_people_;  ///< of study cells
    std::vector<ServiceState> states_;   ///< of study cells
};

}  // namespace phusong
