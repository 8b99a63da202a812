#include "engine/nearest_place.hpp"

#include <algorithm>
#include <numeric>

#include "algorithms/grid/earth_distance.hpp"

namespace phusong {

NearestPlace::NearestPlace(const std::vector<Place>& places, const EarthSurface& surface)
    : places_{&places}, surface_{&surface}, from_south_(places.size()) {
    std::iota(from_south_.begin(), from_south_.end(), std::size_t{0});
    std::sort(from_south_.begin(), from_south_.end(), [&](std::size_t a, std::size_t b) {
        return places[a].position.y != places[b].position.y ? places[a].position.y < places[b].position.y
                                                            : a < b;
    });
}

std::optional<PlaceNearby> NearestPlace::operator()(const Point& from) const {
    std::optional<PlaceNearby> nearest;
    // A place is never nearer than its latitude is; the percent allows for a map's scale.
    constexpr double slack = 0.99;
    const auto consider = [&](std::size_t place) {
        const Point& position = (*places_)[place].position;
        if (nearest && slack * metres_between(*surface_, from, {from.x, position.y}) > nearest->metres) {
            return false;
        }
        const double metres = metres_between(*surface_, from, position);
        if (!nearest || metres < nearest->metres || (metres <= nearest->metres && place < nearest->place)) {
            nearest = PlaceNearby{place, metres};
        }
        return true;
    };
    const auto north = std::partition_point(from_south_.begin(), from_south_.end(), [&](std::size_t place) {
        return (*places_)[place].position.y < from.y;
    });
    for (auto place = north; place != from_south_.end() && consider(*place); ++place) {
    }
    for (auto place = north; place != from_south_.begin() && consider(*(place - 1)); --place) {
    }
    return nearest;
}

}  // namespace phusong
