#pragma once

#include <optional>
#include <string>

#include "algorithms/grid/cell_area.hpp"
#include "algorithms/zones/polygon.hpp"

namespace phusong::io {

/// The horizontal CRS that a text stands for, in one spelling: "EPSG:4326" where the registry knows it, else
/// WKT2. Equal CRSs have equal texts. Coordinates are x east, y north everywhere, whatever axis order a
/// registry states.
/// @param text authority code, WKT or PROJJSON; @param subject opens the message: "'pop.tif'"
/// @throws InputError when it is no CRS, or one without degrees or lengths on the Earth
[[nodiscard]] std::string canonical_crs(const std::string& text, const std::string& subject);

/// What must be known of a CRS to measure on it.
struct CrsFacts {
    std::string name;            ///< "WGS 84 / UTM zone 48N"
    bool geographic = true;      ///< degrees; else lengths
    double metres_per_unit = 1;  ///< of a projected CRS
    Ellipsoid ellipsoid;
    bool vietnam_2000 = false;  ///< the datum is VN-2000 (EPSG:4756)
};
/// @pre crs is canonical
[[nodiscard]] CrsFacts facts_of(const std::string& crs);

/// How large cells are. `areal_scale` of a map is for one thread at a time. @pre crs is canonical
[[nodiscard]] EarthSurface surface_of(const std::string& crs);

/// A Vietnamese map zone on the WGS 84 datum: most often VN-2000 whose datum a .prj forgot, which moves
/// everything by some 220 m. @return the EPSG code that was probably meant, or nothing. @pre crs is canonical
[[nodiscard]] std::optional<std::string> forgotten_vietnam_datum(const std::string& crs);

/// Coordinates that cannot be what the CRS says: degrees beyond the globe, or degrees labelled as metres.
/// @param subject opens the message. @throws InputError
void require_plausible_extent(const Extent& extent, const std::string& crs, const std::string& subject);

/// "105.8..105.84 E-W, 21.025..21.06 N-S": for messages.
[[nodiscard]] std::string words_of(const Extent& extent);

}  // namespace phusong::io
