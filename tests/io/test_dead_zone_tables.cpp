#include <gdal.h>

#include <catch2/catch.hpp>
#include <limits>
#include <map>

#include "engine/memory_scratch.hpp"
#include "io/dead_zone_map.hpp"
#include "io/dead_zone_tables.hpp"
#include "io/gdal/handles.hpp"
#include "io/result_tables.hpp"
#include "tests/engine/study_on_paper.hpp"
#include "tests/support/scratch_folder.hpp"

namespace phusong::test {
namespace {

/// Unit cells on a plane that stands for degrees; commune A is the western half, B the eastern.
struct Surveyed {
    StudyOnPaper paper;
    MemoryScratch scratch;
    std::optional<Plan> plan;
    StudyResult result;
    io::ToLonLat to_lonlat{"EPSG:4326", {}};

    Surveyed(const Drawing& people, const Drawing& signal) : paper{people} {
        const double rows = people.rows();
        const double middle = people.columns() / 2.0;
        paper.commune("A", rectangle(0, 0, middle, rows));
        paper.commune("B", rectangle(middle, 0, people.columns(), rows));
        paper.layer("4g", "", raster_of(signal, "4g"));
        paper.study.dead_zones = {{"no_4g", {"4g"}, 8, true, 0, 0}};
    }
    void run() {
        plan.emplace(paper.plan());
        RunOptions options;
        options.scratch = &scratch;
        result = phusong::run(*plan, paper.sources, options);
    }
    [[nodiscard]] io::Table zones() const {
        return io::dead_zones_table(*plan, paper.sources, result, scratch, to_lonlat);
    }
};

using Row = std::map<std::string, io::TableValue>;

Row row_of(const io::Table& table, std::size_t number) {
    Row row;
    REQUIRE(number < table.rows.size());
    REQUIRE(table.rows[number].size() == table.columns.size());
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        row[table.columns[i].name] = table.rows[number][i];
    }
    return row;
}

bool is_empty(const io::TableValue& value) {
    return std::holds_alternative<std::monostate>(value);
}
std::string text(const Row& row, const std::string& name) {
    return std::get<std::string>(row.at(name));
}
double real(const Row& row, const std::string& name) {
    return std::get<double>(row.at(name));
}
std::int64_t whole(const Row& row, const std::string& name) {
    return std::get<std::int64_t>(row.at(name));
}

std::vector<double> cells_of(const std::filesystem::path& path, int band) {
    const io::DatasetHandle file{GDALOpen(path.c_str(), GA_ReadOnly)};
    REQUIRE(file);
    const int columns = GDALGetRasterXSize(file.get());
    const int rows = GDALGetRasterYSize(file.get());
    std::vector<double> values(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
    REQUIRE(GDALRasterIO(GDALGetRasterBand(file.get(), band), GF_Read, 0, 0, columns, rows, values.data(),
                         columns, rows, GDT_Float64, 0, 0) == CE_None);
    return values;
}

}  // namespace

TEST_CASE("A row of dead zones tells who, where, what is missing and how far service is") {
    Surveyed drawn{{"100200",  //
                    "000000",  //
                    "050003"},
                   {"......",  //
                    "...###",  //
                    "#....."}};
    drawn.run();
    const io::Table table = drawn.zones();
    REQUIRE(table.rows.size() == 1);
    const Row row = row_of(table, 0);
    CHECK(text(row, "definition") == "no_4g");
    CHECK(whole(row, "rank") == 1);
    CHECK(whole(row, "id") == 1);
    CHECK(real(row, "people") == 11);
    CHECK(real(row, "area_km2") == 4e-6);
    CHECK(whole(row, "cells") == 4);
    CHECK(text(row, "communes") == "A;B");
    CHECK(text(row, "commune_names") == "Xã A;Xã B");
    CHECK(text(row, "main_commune_code") == "A");
    CHECK(text(row, "main_commune") == "Xã A");
    CHECK(real(row, "main_commune_people") == 6);
    CHECK(text(row, "missing") == "4g");
    CHECK(text(row, "cause") == "never_covered");
    CHECK(real(row, "longitude") == 1.5);
    CHECK(real(row, "latitude") == 0.5);
    CHECK(real(row, "farthest_m") == 2);
    CHECK(real(row, "served_longitude") == 0.5);
    CHECK(real(row, "served_latitude") == 0.5);
    CHECK(whole(row, "first_cell") == 0);
    CHECK(row.count("kind") + row.count("settlements") + row.count("nearest_site") == 0);

    const MultiPolygon shape = table.shape_of(0);
    REQUIRE(shape.parts.size() == 4);
    CHECK(extent_of(shape) == Extent{0, 0, 6, 3});
}

TEST_CASE("Settlements and sites have columns where the study has them") {
    Surveyed drawn{{"111111"}, {"..#..."}};
    drawn.paper.sources.settlements = {
        "villages", {{"1", "Bản Một", {0.5, 0.5}, false}, {"2", "", {1.5, 0.5}, true}}, "", false};
    drawn.paper.sources.sites = {"masts", {{"M7", "", {2.5, 0.5}, std::nullopt}}, "", true};
    drawn.run();
    const io::Table table = drawn.zones();
    REQUIRE(table.rows.size() == 2);
    const Row inside = row_of(table, 1);  // the west: one person fewer
    CHECK(text(inside, "kind") == "trắng sóng");
    CHECK(whole(inside, "settlements") == 2);
    CHECK(text(inside, "settlement_names") == "Bản Một;2");
    CHECK(whole(inside, "without_grid_power") == 1);
    CHECK(text(inside, "lom_dien") == "YES");
    CHECK(text(inside, "nearest_site") == "M7");
    CHECK(text(inside, "synthetic") == "YES");
    const Row east = row_of(table, 0);
    CHECK(whole(east, "settlements") == 0);
    CHECK(text(east, "lom_dien").empty());
    CHECK(real(east, "nearest_site_m") == 1);

    for (Place& village : drawn.paper.sources.settlements->places) village.grid_power.reset();
    CHECK(is_empty(row_of(drawn.zones(), 1).at("without_grid_power")));
}

TEST_CASE("What nobody knows is an empty cell: distances without any service, a zone too large to draw") {
    Surveyed drawn{{"11"}, {".."}};
    drawn.run();
    drawn.result.dead_zones[0].zones[0].outline.reset();
    const io::Table table = drawn.zones();
    const Row row = row_of(table, 0);
    for (const char* name : {"farthest_m", "served_longitude", "served_latitude", "mean_distance_m"}) {
        CHECK(is_empty(row.at(name)));
    }
    CHECK(table.shape_of(0).parts.empty());
}

TEST_CASE("Zones and the remainder of small ones add up in the summary, and the split names every commune") {
    Surveyed drawn{{"12034501"}, {"...#.#.."}};
    drawn.paper.study.dead_zones->front().minimum_people = 3;
    drawn.paper.study.dead_zones->front().populated_only = true;
    drawn.run();
    const Row row = row_of(io::dead_zones_summary_table(*drawn.plan, drawn.result, false), 0);
    CHECK(text(row, "technologies") == "4g");
    CHECK(whole(row, "connectivity") == 8);
    CHECK(text(row, "populated_only") == "YES");
    CHECK(real(row, "minimum_people") == 3);
    CHECK(whole(row, "zones") == 2);
    CHECK(real(row, "people_in_zones") == 7);
    CHECK(whole(row, "remainder_zones") == 1);
    CHECK(real(row, "remainder_people") == 1);
    CHECK(real(row, "unserved_people") == 8);
    CHECK(real(row, "area_km2_in_zones") == 3e-6);

    const io::Table split = io::dead_zone_communes_table(*drawn.plan, drawn.paper.sources, drawn.result);
    REQUIRE(split.rows.size() == 2);
    CHECK(whole(row_of(split, 0), "id") == 5);
    CHECK(text(row_of(split, 0), "code") == "B");
    CHECK(real(row_of(split, 0), "people") == 4);
    CHECK(text(row_of(split, 1), "name") == "Xã A");
    CHECK(real(row_of(split, 1), "area_km2") == 2e-6);
}

TEST_CASE("Tables of a study without dead zones keep their columns") {
    Surveyed drawn{{"11"}, {"##"}};
    drawn.run();
    for (const io::Table& table :
         {drawn.zones(), io::dead_zone_communes_table(*drawn.plan, drawn.paper.sources, drawn.result)}) {
        CHECK(table.rows.empty());
        CHECK(table.columns.front().name == "definition");
        CHECK(table.columns.back().name == "synthetic");
    }
}

TEST_CASE("A commune names its largest zone, and a province counts a zone over two communes once") {
    Surveyed drawn{{"120340"}, {"......"}};
    drawn.paper.commune("C", rectangle(20, 0, 21, 1), "Q");
    drawn.run();
    const io::Table communes = io::communes_table(*drawn.plan, drawn.paper.sources, drawn.result);
    const Row west = row_of(communes, 0);
    CHECK(whole(west, "no_4g_dead_zones") == 1);
    CHECK(real(west, "no_4g_dead_zone_people") == 3);
    CHECK(whole(west, "no_4g_largest_dead_zone") == 1);
    CHECK(real(west, "no_4g_largest_dead_zone_people") == 3);
    const Row outside = row_of(communes, 2);
    CHECK(is_empty(outside.at("people")));
    for (const char* name : {"dead_zones", "dead_zone_people", "largest_dead_zone"}) {
        CHECK(is_empty(outside.at(std::string{"no_4g_"} + name)));
    }
    CHECK(communes.shape_of(2) == rectangle(20, 0, 21, 1));

    const io::Table provinces = io::provinces_table(*drawn.plan, drawn.result, false);
    for (const std::size_t place : {0U, 2U}) {  // the province, and everything
        CHECK(whole(row_of(provinces, place), "no_4g_dead_zones") == 1);
        CHECK(real(row_of(provinces, place), "no_4g_dead_zone_people") == 10);
    }
    CHECK(whole(row_of(provinces, 1), "no_4g_dead_zones") == 0);
}

TEST_CASE("Every id of 32 bits survives dead_zones.tif, and a cell without any service distance.tif") {
    const ScratchFolder folder;
    Surveyed drawn{{"1111"}, {"...."}};
    RasterDescription degrees = drawn.paper.sources.population->description();
    degrees.crs = "EPSG:4326";
    drawn.paper.sources.population = std::make_shared<MemoryRaster>(degrees, std::vector<double>{1, 1, 1, 1});
    const Plan plan = drawn.paper.plan();
    const Window grid = plan.study_grid.window();

    io::DeadZoneMap labels{plan, drawn.paper.sources, folder / "dead_zones.tif"};
    labels.write(0, grid, std::vector<std::uint32_t>{0, 16777217, 4294967295, 7});
    labels.finish();
    CHECK(cells_of(folder / "dead_zones.tif", 1) == std::vector<double>{0, 16777217, 4294967295, 7});

    constexpr float none = std::numeric_limits<float>::quiet_NaN();
    io::DistanceMap distances{plan, drawn.paper.sources, folder / "distance.tif"};
    distances.write(0, 0, std::vector<float>{0, 92.5F, none, 1e6F});
    distances.finish();
    CHECK(cells_of(folder / "distance.tif", 1) == std::vector<double>{0, 92.5, -1, 1e6});
}

}  // namespace phusong::test
