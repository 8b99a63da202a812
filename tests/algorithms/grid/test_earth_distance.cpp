#include "algorithms/grid/earth_distance.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

namespace phusong::test {
namespace {

struct Way {
    Point from;
    Point to;
    double metres = 0;  ///< of the geodesic
};

/// Longitude and latitude. Metres: geod +ellps=WGS84 -I -F "%.6f" of PROJ 9.1.1 (Karney 2013).
const std::vector<Way> ways{
    {{105, 0}, {105.0009, 0}, 100.187542},     {{105, 0}, {105.0637, 0.0637}, 9994.750153},
    {{105, 0}, {105.7, 0.6}, 102340.013429},   {{105, 9}, {105.0004, 9.0008}, 98.810086},
    {{105, 9}, {105.08, 9.05}, 10389.993981},  {{105, 9}, {105.7, 9.6}, 101579.536447},
    {{105, 19}, {105, 19.0009}, 99.622868},    {{105, 19}, {105.07, 19.06}, 9920.384765},
    {{105, 19}, {104.3, 19.6}, 99115.772064},  {{105, 23}, {105.0008, 23.0005}, 98.959544},
    {{105, 23}, {104.93, 23.06}, 9779.164779}, {{105, 23}, {105.7, 23.6}, 97687.389760},
    {{7, 45}, {7.0008, 45.0007}, 100.151648},  {{7, 45}, {7.1, 45.05}, 9643.137027},
    {{7, 45}, {8.02, 45.5}, 97464.438513},     {{25, 60}, {25.0016, 59.9995}, 105.234088},
    {{25, 60}, {25.15, 59.95}, 10059.526646},  {{25, 60}, {26.4, 59.5}, 96422.877022},
};

double most_of(double metres) {
    return metres < 11000 ? 1e-6 : 1e-4;
}

EarthSurface on_map(double metres_per_unit) {
    EarthSurface surface;
    surface.geographic = false;
    surface.metres_per_unit = metres_per_unit;
    return surface;
}

double width_to_height(const CellMetric& metric) {
    return std::sqrt(static_cast<double>(metric.across) / static_cast<double>(metric.down));
}

}  // namespace

TEST_CASE("Between degrees the way is the geodesic to 1e-6 up to 10 km and to 1e-4 up to 100 km") {
    for (const Way& way : ways) {
        CAPTURE(way.from.y, way.metres);
        const double there = metres_between({}, way.from, way.to);
        CHECK(std::abs(there - way.metres) < most_of(way.metres) * way.metres);
        CHECK(metres_between({}, way.to, way.from) == there);
        const Point mirrored_from{way.from.x, -way.from.y};
        const Point mirrored_to{way.to.x, -way.to.y};
        CHECK(metres_between({}, mirrored_from, mirrored_to) == there);
    }
    CHECK(metres_between({}, {105, 19}, {105, 19}) == 0);
}

TEST_CASE("On a sphere a degree of the equator is as long as one of a meridian") {
    EarthSurface sphere;
    sphere.ellipsoid = {6371000, 0};
    // 6371000 x pi / 180
    CHECK(metres_between(sphere, {10, 0}, {11, 0}) == Approx(111194.926645).epsilon(1e-10));
    CHECK(metres_between(sphere, {10, 0}, {10, 1}) == Approx(111194.926645).epsilon(1e-10));
    CHECK(metres_between(sphere, {10, 60}, {11, 60}) == Approx(111194.926645 / 2).epsilon(1e-10));
}

TEST_CASE("On a map without distortion lengths are those of the plane, in metres") {
    CHECK(metres_between(on_map(1), {500000, 2000000}, {500300, 2000400}) == 500);
    CHECK(metres_between(on_map(0.3048), {0, 0}, {0, 1000}) == Approx(304.8).epsilon(1e-12));
}

TEST_CASE("On a map of UTM the scale in the middle makes it the geodesic") {
    // proj +proj=utm +zone=48, areal scales squared from Snyder 1987, eq. 8-11, geodesics as above.
    struct MapWay {
        Way way;
        double areal_scale_in_the_middle = 0;
    };
    const std::vector<MapWay> on_utm{
        {{{761577.088075, 2213433.991666}, {767739.378473, 2221281.105186}, 9972.879532}, 1.000931844},
        {{{761577.088075, 2213433.991666}, {833581.548127, 2281159.483590}, 98781.173333}, 1.001389696},
        {{{390080.669520, 995002.244879}, {395600.178249, 1003833.371533}, 10416.800339}, 0.999484272},
    };
    for (const auto& [way, areal_scale] : on_utm) {
        Point asked;
        EarthSurface utm = on_map(1);
        utm.areal_scale = [&asked, scale = areal_scale](double x, double y) {
            asked = {x, y};
            return scale;
        };
        CAPTURE(way.metres);
        CHECK(std::abs(metres_between(utm, way.from, way.to) - way.metres) <
              most_of(way.metres) * way.metres);
        CHECK(asked.x == Approx((way.from.x + way.to.x) / 2).epsilon(1e-12));
        CHECK(asked.y == Approx((way.from.y + way.to.y) / 2).epsilon(1e-12));
    }
}

TEST_CASE("Squares on a map are as wide as high, whatever their size and scale") {
    EarthSurface scaled = on_map(0.3048);
    scaled.areal_scale = [](double, double) { return 1.7; };
    CHECK(metric_of_row(on_map(1), {0, 0, 100, 100, 10, 10}, 3) == CellMetric{1, 1});
    CHECK(metric_of_row(scaled, {500000, 2e6, 0.1, 0.1, 10, 10}, 3) == CellMetric{1, 1});
}

TEST_CASE("Cells of 30 x 20 m on a map are to each other as 9 to 4 when squared") {
    const CellMetric metric = metric_of_row(on_map(1), {0, 0, 30, 20, 10, 10}, 0);
    CHECK(metric.across * 4 == metric.down * 9);
    const CellMetric upright = metric_of_row(on_map(1), {0, 0, 20, 40, 10, 10}, 0);
    CHECK(upright.across * 4 == upright.down);
}

TEST_CASE("Cells of degrees are as wide as the geodesic says in the middle of their row") {
    // Sides of a cell of 0.01 x 0.01 degrees around the latitude, by geod as above.
    struct Sides {
        double latitude = 0;
        double width = 0;
        double height = 0;
        double at_most = 0;
    };
    for (const auto& [latitude, width, height, at_most] :
         {Sides{0, 1113.194908, 1105.742758, 6.2e-5}, Sides{19, 1052.920089, 1106.920703, 7.4e-5},
          Sides{60, 558.000015, 1114.122875, 2.5e-4}}) {
        CAPTURE(latitude);
        for (const double north_rows : {0, 7}) {
            const GridSpec grid{105, latitude + (north_rows + 0.5) * 0.01, 0.01, 0.01, 20, 20};
            const CellMetric metric = metric_of_row({}, grid, static_cast<std::int32_t>(north_rows));
            CHECK(metric.down == 4096);
            CHECK(std::abs(width_to_height(metric) / (width / height) - 1) < at_most);
        }
    }
    // The two radii of curvature on the equator are to each other as 1 to 1 - e2: 4096 / (1 - e2)^2.
    CHECK(metric_of_row({}, {105, 0.005, 0.01, 0.01, 1, 1}, 0) == CellMetric{4151, 4096});
}

TEST_CASE("At the pole a cell keeps the least width that a metric can have") {
    CHECK(metric_of_row({}, {0, 90.5, 1, 1, 1, 1}, 0).across == 1);
}

TEST_CASE("The centre of a cell lies half a cell south-east of its corner") {
    CHECK(centre_of({105, 20, 0.25, 0.5, 10, 10}, {3, 2}) == Point{105.625, 18.25});
}

}  // namespace phusong::test
