#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "io/report/map_frame.hpp"
#include "io/table.hpp"

namespace phusong::io {

/// What every map of a study shares, as SVG path data in whole units of its frame.
struct MapDrawing {
    /// Dead zones of one definition.
    struct Overlay {
        std::string definition;
        bool lost_in_event = false;
        std::string path;
    };
    MapFrame frame;
    std::vector<std::string> communes;  ///< one a row of the table; empty: no shape
    std::vector<std::optional<DrawnPoint>>
        label_places;      ///< of each commune: inside or near its largest ring
    std::string boundary;  ///< around all communes
    std::vector<Overlay> overlays;
};

/// @param tables of a result: communes and, where the study has them, dead_zones
/// @param geographic whether the study's CRS is in degrees
[[nodiscard]] MapDrawing draw_map(const std::vector<Table>& tables, bool geographic);

/// "M12 7l3 4-2 9z": absolute where a ring begins, then steps.
[[nodiscard]] std::string path_data(const DrawnShape& shape);

}  // namespace phusong::io
