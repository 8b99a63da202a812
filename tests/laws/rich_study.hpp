#pragma once

#include <cmath>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "tests/engine/study_on_paper.hpp"

namespace phusong::test {

/// A storm over it: one map of afterwards, damage as polygons and as a raster with a hole, sites of two
/// operators that stand, lie, or nobody knows.
inline void add_storm(StudyOnPaper& paper, std::mt19937_64& random) {
    constexpr std::int32_t side = 48;
    std::uniform_real_distribution<double> unit{0, 1};
    const auto raster = [&](auto value, GridSpec grid) {
        std::vector<double> values(grid.window().cell_count());
        for (double& v : values) v = value();
        return std::make_shared<MemoryRaster>(RasterDescription{"after", grid, "plane", 8, 8, false}, values);
    };
    EventInput event;
    event.name = "storm";
    event.scenarios = 100;
    EventSources sources;
    event.after.push_back(paper.study.coverage[0]);
    sources.after.push_back({"after",
                             raster([&] { return unit(random) < 0.6 ? 1.0 : 0.0; }, unit_grid(side, side)),
                             nullptr,
                             {},
                             {},
                             false});
    DamageInput flood;
    flood.cause = "flood";
    DamageInput wind;
    wind.cause = "wind";
    wind.redundancy = 2;
    wind.technologies = {"5g", "fibre"};
    event.damage = {flood, wind};
    DamageSource polygons;
    polygons.areas = {{polygon({{5, 5}, {30, 8}, {12, 25}}), 0.4, {"4g"}},
                      {rectangle(10, 10, 22.2, 40.4), 1, {"4g", "5g"}},
                      {rectangle(1000, 10, 1010, 20), 1, {}}};
    DamageSource severities;
    severities.raster =
        raster([&] { return unit(random) < 0.1   ? std::nan("")
                            : unit(random) < 0.5 ? 0
                                                 : unit(random); },
               {10, 40, 2, 2, 12, 15});
    sources.damage = {polygons, severities};
    event.sites = SiteTableInput{};
    SiteTable table;
    table.name = "sites";
    for (int i = 0; i < 50; ++i) {
        SiteRecord site;
        site.id = "s" + std::to_string(i);
        site.operator_name = i % 2 == 0 ? "A" : "B";
        site.technologies =
            i % 3 == 0 ? std::vector<std::string>{"4g"} : std::vector<std::string>{"4g", "5g"};
        site.position = {52 * unit(random) - 2, 52 * unit(random) - 2};
        site.radius_m = 3 + 6 * unit(random);
        if (i % 10 == 9)
            site.footprint = rectangle(site.position.x - 4, site.position.y - 3, site.position.x + 2.5,
                                       site.position.y + 4.1);
        if (i % 5 == 1) site.parents = {"s" + std::to_string(i - 1)};
        if (i % 4 == 0) site.status = Status::down;
        if (i % 4 == 1) site.status = Status::up;
        site.gust = Gust::of_metres_per_second(20 + 30 * unit(random));
        site.design_gust = Gust::of_metres_per_second(33);
        table.sites.push_back(site);
    }
    table.wind_known = true;
    sources.sites = table;
    paper.study.event = event;
    paper.sources.event = sources;
}

/// A study with everything in it: ragged communes, three operators, a map in another "CRS", polygons, shares,
/// a storm.
inline StudyOnPaper rich_study() {
    constexpr std::int32_t side = 48;
    std::mt19937_64 random{2025};
    std::uniform_real_distribution<double> unit{0, 1};
    StudyOnPaper paper{{"1"}};
    std::vector<double> people(side * side);
    for (double& value : people)
        value = unit(random) < 0.1 ? std::nan("") : 1000 * unit(random) * unit(random);
    paper.sources.population = std::make_shared<MemoryRaster>(
        RasterDescription{"people", unit_grid(side, side), "plane", 16, 16, false}, people);

    // Communes: strips with ragged borders that neighbours share; one overlaps its neighbours, one sticks
    // out.
    std::vector<Ring> borders;
    for (int i = 0; i <= 6; ++i) {
        Ring border;
        for (int j = 0; j <= 24; ++j)
            border.push_back({8.0 * i + (i % 6 == 0 ? 0 : 3 * (unit(random) - 0.5)), 2.0 * j});
        borders.push_back(border);
    }
    for (std::size_t i = 0; i < 6; ++i) {
        Ring ring{borders[i]};
        ring.insert(ring.end(), borders[i + 1].rbegin(), borders[i + 1].rend());
        paper.commune("0" + std::to_string(i), {{{ring, {}}}}, i < 3 ? "West" : "East");
    }
    paper.commune("90", polygon({{20.1, 20.2}, {31.7, 22.4}, {25.5, 33.3}}), "East");
    paper.commune("91", rectangle(40.5, -5, 60, 3.25), "East");

    const auto blobs = [&](double density, std::int32_t rows, std::int32_t columns, GridSpec grid,
                           bool shares) {
        std::vector<double> values(static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns));
        for (double& value : values) {
            value = unit(random) < 0.03      ? std::nan("")
                    : shares                 ? unit(random)
                    : unit(random) < density ? 1
                                             : 0;
        }
        return std::make_shared<MemoryRaster>(RasterDescription{"layer", grid, "other", 8, 8, false}, values);
    };
    paper.layer("4g", "A", blobs(0.9, side, side, unit_grid(side, side), false));
    paper.layer("4g", "B", blobs(0.6, 40, 40, {-1.5, 50.5, 1.3, 1.3, 40, 40}, false));
    paper.layer("5g", "A", blobs(0.3, 30, 30, {0, 0, 20, 20, 30, 30}, false));
    paper.sources.coverage.back().from_study = std::make_shared<MemoryTransform>([](Point p) {
        return Point{12 * p.x + 0.9 * p.y + 0.01 * p.x * p.x,
                     -600 + 11 * p.y - 0.5 * p.x + 0.002 * p.x * p.y};
    });
    auto& fibre =
        paper.layer("fibre", "", blobs(0, 2 * side, 2 * side, {0, side, 0.5, 0.5, 2 * side, 2 * side}, true));
    fibre.rule.kind = ServiceRule::Kind::share;
    paper.layer("5g", "B", nullptr);
    paper.sources.coverage.back().polygons = {polygon({{3, 3}, {20, 5}, {9, 30}}),
                                              rectangle(15, 15, 30.3, 28.8)};
    paper.study.refine = 4;
    // One looks for everything, one for corners apart and empty cells too, one for what is nearly everywhere.
    paper.study.dead_zones = {{"no_mobile", {"4g", "5g"}, 8, true, 0, 0},
                              {"no_5g", {"5g"}, 4, false, 30, 0},
                              {"no_fibre", {"fibre"}, 8, true, 0, 2e-6}};
    add_storm(paper, random);
    return paper;
}

}  // namespace phusong::test
