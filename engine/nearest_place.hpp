#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "engine/dead_zones.hpp"
#include "engine/sources.hpp"

namespace phusong {

/// Finds the nearest of many places, by metres over the Earth.
class NearestPlace {
public:
    /// @pre both outlive the search
    NearestPlace(const std::vector<Place>& places, const EarthSurface& surface);

    /// The first in the file of equally near ones; none without places.
    [[nodiscard]] std::optional<PlaceNearby> operator()(const Point& from) const;

private:
    const std::vector<Place>* places_;
    const EarthSurface* surface_;
    std::vector<std::size_t> from_south_;  ///< places by y
};

}  // namespace phusong
