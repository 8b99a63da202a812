#pragma once

#include "algorithms/grid/grid_spec.hpp"
#include "algorithms/zones/polygon.hpp"

namespace phusong::test {

/// The part of one cell inside a polygon, by clipping with GEOS in map coordinates: slow, independent.
class GeosReferee {
public:
    GeosReferee(const MultiPolygon& shape, const GridSpec& grid);
    ~GeosReferee();
    GeosReferee(const GeosReferee&) = delete;
    GeosReferee& operator=(const GeosReferee&) = delete;

    [[nodiscard]] double share(Cell cell) const;
    [[nodiscard]] bool valid() const;
    /// In square map units.
    [[nodiscard]] double area() const;

private:
    void* context_;
    void* shape_;
    GridSpec grid_;
};

}  // namespace phusong::test
