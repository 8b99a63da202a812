#include "engine/alignment.hpp"

#include <catch2/catch.hpp>

#include "engine/memory_sources.hpp"
#include "tests/support/drawing.hpp"

namespace phusong::test {
namespace {

CoverageSource layer_on(const GridSpec& grid, bool other_crs = false) {
    CoverageSource layer;
    layer.raster = std::make_shared<ComputedRaster>(RasterDescription{"layer", grid, "plane", 1, 1, false},
                                                    [](Cell) { return 0.0; });
    if (other_crs) layer.from_study = std::make_shared<MemoryTransform>([](Point p) { return p; });
    return layer;
}

/// A population grid of cells of 90 m.
GridSpec people(std::int32_t side) {
    return {0, 90.0 * side, 90, 90, side, side};
}

std::int32_t refine(std::int32_t side, const std::vector<CoverageSource>& layers,
                    const std::vector<double>& metres) {
    return choose_refine(people(side), 90, layers, metres);
}

}  // namespace

TEST_CASE("Layers on the population's lattice, or coarser, need no cutting") {
    const CoverageSource same = layer_on(people(100));
    const CoverageSource coarser = layer_on({0, 9000, 450, 450, 20, 20});
    CHECK(refine(100, {same, coarser}, {90, 450}) == 1);
    CHECK(align(people(100), same).kind == Alignment::Kind::same_lattice);
    CHECK(align(people(100), coarser).ratio.ratio_rows == 5);
}

TEST_CASE("Finer layers on the lattice ask for a common multiple of their ratios") {
    const CoverageSource thirds = layer_on({0, 9000, 30, 30, 300, 300});
    const CoverageSource halves = layer_on({0, 9000, 45, 45, 200, 200});
    CHECK(refine(100, {thirds}, {30}) == 3);
    CHECK(refine(100, {thirds, halves}, {30, 45}) == 6);
    CHECK(align(refined(people(100), 6), thirds).kind == Alignment::Kind::same_lattice);
}

TEST_CASE("A sampled layer wants study cells of half its own, and at least two a side") {
    // Large enough that nothing more is affordable.
    CHECK(refine(5000, {layer_on({0, 9000, 30, 30, 300, 300}, true)}, {30}) == 6);
    CHECK(refine(5000, {layer_on({0, 9000, 250, 250, 300, 300}, true)}, {250}) == 2);
    CHECK(refine(5000, {layer_on({0, 9000, 1, 1, 300, 300}, true)}, {1}) == 16);
}

TEST_CASE("A small sampled study is cut as finely as it can be afforded") {
    CHECK(refine(100, {layer_on({0, 9000, 250, 250, 300, 300}, true)}, {250}) == 16);
    CHECK(refine(1000, {layer_on({0, 9000, 250, 250, 300, 300}, true)}, {250}) == 4);
}

TEST_CASE("Exact ratios stay exact beside sampled layers while they can") {
    const CoverageSource tenths = layer_on({0, 9000, 9, 9, 1000, 1000});
    const CoverageSource sampled = layer_on({0, 9000, 100, 100, 300, 300}, true);
    CHECK(refine(100, {tenths, sampled}, {9, 100}) == 10);
    // Half of 10 m is 5 m: eighteen parts would do, sixteen are allowed, and ten are too few.
    CHECK(refine(100, {tenths, layer_on({0, 9000, 10, 10, 300, 300}, true)}, {9, 10}) == 16);
}

TEST_CASE("Polygons have no cell, so a cell is cut as finely as allowed") {
    CoverageSource polygons;
    polygons.polygons.emplace();
    CHECK(refine(5000, {polygons}, {0}) == 16);
    CHECK(align(people(10), polygons).kind == Alignment::Kind::burned_centres);
}

}  // namespace phusong::test
