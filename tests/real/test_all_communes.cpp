// Every commune of Vietnam at full resolution, on national lattices whose lines many of their vertices hit
// exactly.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <random>

#include "algorithms/zones/cell_shares.hpp"
#include "io/gdal/startup.hpp"
#include "io/gdal/zone_source.hpp"
#include "tests/support/geos_referee.hpp"

namespace phusong::test {
namespace {

/// Communes of the file that the environment names (made from the published one when the tests are run).
const std::vector<Zone>& communes() {
    static const std::vector<Zone> zones = [] {
        io::start_gdal();
        const char* path = std::getenv("PHUSONG_ALL_COMMUNES");
        REQUIRE(path != nullptr);
        CommunesInput input;
        input.file.path = path;
        input.file.crs = "EPSG:4326";
        input.code_field = "code";
        input.name_field = "code";
        return io::read_zones(input, "", "EPSG:4326", {102, 24, 1.0 / 3600, 1.0 / 3600, 57600, 28800}).zones;
    }();
    return zones;
}

/// Area of a ring in cells, by triangles around its first corner with error-free products: independent of
/// edges and cells.
double ring_cells(const Ring& ring, const GridSpec& grid) {
    long double twice = 0;
    const auto x = [&](const Point& p) {
        return (static_cast<long double>(p.x) - ring[0].x) / grid.cell_width;
    };
    const auto y = [&](const Point& p) {
        return (static_cast<long double>(p.y) - ring[0].y) / grid.cell_height;
    };
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point& a = ring[i];
        const Point& b = ring[(i + 1) % ring.size()];
        twice += x(a) * y(b) - x(b) * y(a);
    }
    return static_cast<double>(std::abs(twice) / 2);
}

double shape_cells(const MultiPolygon& shape, const GridSpec& grid) {
    double cells = 0;
    for (const PolygonPart& part : shape.parts) {
        cells += ring_cells(part.shell, grid);
        for (const Ring& hole : part.holes) cells -= ring_cells(hole, grid);
    }
    return cells;
}

void check_lattice(const GridSpec& grid, std::size_t overlaid_cells) {
    std::mt19937_64 random{34};
    double worst_area = 0;
    double worst_cell = 0;
    std::size_t overlaid = 0;
    for (const Zone& zone : communes()) {
        const LatticeShape shape = on_lattice(zone.shape, grid);
        std::vector<ShareRun> runs = cell_shares(shape, shape.bounds);
        double sum = 0;
        std::vector<ShareRun> partial;
        for (const ShareRun& run : runs) {
            sum += run.share.value() * run.columns;
            if (run.share != Share::whole()) partial.push_back(run);
        }
        // Relative to the area, or to one cell for the islets that are smaller.
        const double area = shape_cells(zone.shape, grid);
        worst_area = std::max(worst_area, std::abs(sum - area) / std::max(1.0, area));

        const GeosReferee referee{zone.shape, grid};
        for (std::size_t i = 0; i < std::min(overlaid_cells, partial.size()); ++i) {
            const ShareRun& run = partial[random() % partial.size()];
            const Cell cell{run.row, run.first_column + static_cast<std::int32_t>(random()) % run.columns};
            if (cell.column < run.first_column) continue;
            worst_cell = std::max(worst_cell, std::abs(run.share.value() - referee.share(cell)));
            ++overlaid;
        }
    }
    WARN("communes " << communes().size() << ", worst area " << worst_area << ", worst of " << overlaid
                     << " overlaid cells " << worst_cell);
    CHECK(worst_area < 1e-8);
    CHECK(worst_cell < 1e-8);
    CHECK(overlaid > communes().size());
}

}  // namespace

TEST_CASE("All 3,321 communes are read and none is lost") {
    CHECK(communes().size() == 3321);
}

TEST_CASE(
    "On the 3 arc-second lattice every commune's shares agree with its area and with GEOS overlay to 1e-8") {
    check_lattice({102, 24, 1.0 / 1200, 1.0 / 1200, 19200, 9600}, 12);
}

TEST_CASE(
    "On the 1 arc-second lattice every commune's shares agree with its area and with GEOS overlay to 1e-8") {
    check_lattice({102, 24, 1.0 / 3600, 1.0 / 3600, 57600, 28800}, 12);
}

}  // namespace phusong::test
