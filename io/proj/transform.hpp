#pragma once

#include <memory>
#include <string>

#include "algorithms/zones/polygon.hpp"
#include "engine/sources.hpp"

namespace phusong::io {

/// The one operation between two CRSs for a whole run, x east and y north on both sides. PROJ's habit of
/// choosing again for each position is switched off: between VN-2000 and any other datum it is the national
/// EPSG:6960 everywhere, because EPSG:5194, which PROJ prefers in the Mekong delta, puts a step of 0.8 m
/// through it. Between other datums it is PROJ's best for the area whose grids are installed; a "ballpark"
/// guess is refused.
/// @param area in `from`, what will be transformed; @param subject opens messages
/// @return null where the CRSs are the same. @pre both texts are canonical
/// @throws InputError when there is no such operation
[[nodiscard]] std::shared_ptr<const CoordinateTransformSource> make_transform(const std::string& from,
                                                                              const std::string& to,
                                                                              const Extent& area,
                                                                              const std::string& subject);

/// The smallest rectangle around the image of a rectangle whose edges are followed, not just its corners.
/// Without an image its numbers are NaN.
[[nodiscard]] Extent transformed(const Extent& extent, CoordinateTransform& transform);

/// Shapes to WGS 84 longitude and latitude, as RFC 7946 wants; untouched where they are in EPSG:4326 already.
/// Ring directions stay. Used by one thread.
class ToLonLat {
public:
    /// @param area in `crs`
    ToLonLat(const std::string& crs, const Extent& area);
    [[nodiscard]] MultiPolygon operator()(const MultiPolygon& shape) const;
    [[nodiscard]] Point operator()(Point position) const;

private:
    std::unique_ptr<CoordinateTransform> transform_;
};
/// Of one shape; ToLonLat is for many.
[[nodiscard]] MultiPolygon to_lonlat(const MultiPolygon& shape, const std::string& crs);

}  // namespace phusong::io
