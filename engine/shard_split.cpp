#include "engine/shard_split.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace phusong {

namespace {

// What lies in a commune is added up and looked at for dead zones; a border costs more than the cells that it
// cuts. Of a made-up country of 722 tiles in 64 shards, each eighth then took 1.5 to 1.9 s.
constexpr double cost_of_owned_cell = 3;
constexpr double cost_of_segment = 30;

}  // namespace

std::vector<double> tile_costs(const Plan& plan) {
    std::vector<double> costs;
    CoverMaker maker;
    TileCover cover;
    for (std::size_t tile = 0; tile < plan.tiling.size(); ++tile) {
        const Window window = plan.study_window(plan.tiling[tile]);
        plan.zone_index.cover(window, maker, cover);
        auto cost = static_cast<double>(window.cell_count());
        for (const CoverSegment& segment : cover.segments) {
            cost += cost_of_owned_cell * segment.columns + cost_of_segment;
        }
        costs.push_back(cost);
    }
    return costs;
}

std::vector<NumberRange> split_evenly(std::span<const double> costs, std::size_t parts) {
    assert(parts >= 1);
    parts = std::min(parts, costs.size());
    std::vector<double> until{0};
    for (const double cost : costs) until.push_back(until.back() + cost);
    std::vector<NumberRange> ranges;
    for (std::size_t part = 0; part < parts; ++part) {
        const std::size_t first = ranges.empty() ? 0 : ranges.back().end;
        const std::size_t last_end = costs.size() - (parts - part - 1);  // one is left for each of the others
        // What is left is shared anew at every cut, so that one dear thing does not starve all that follow.
        const double wanted =
            until[first] + (until.back() - until[first]) / static_cast<double>(parts - part);
        std::size_t end = first + 1;
        while (end < last_end && std::abs(until[end + 1] - wanted) <= std::abs(until[end] - wanted)) ++end;
        ranges.push_back({first, part + 1 == parts ? costs.size() : end});
    }
    return ranges;
}

}  // namespace phusong
