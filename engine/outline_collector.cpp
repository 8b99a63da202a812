#include "engine/outline_collector.hpp"

#include <algorithm>
#include <numeric>

#include "engine/outline_codec.hpp"

namespace phusong {

OutlineCollector::OutlineCollector(std::vector<DeadZone>& zones, Scratch& scratch, std::size_t most_runs)
    : zones_{zones},
      scratch_{scratch},
      most_runs_{most_runs},
      by_last_row_(zones.size()),
      is_given_up_(zones.size(), false) {
    std::iota(by_last_row_.begin(), by_last_row_.end(), std::uint32_t{1});
    std::sort(by_last_row_.begin(), by_last_row_.end(), [&](std::uint32_t a, std::uint32_t b) {
        const std::int32_t end_a = zones[a - 1].bounds.row_end();
        const std::int32_t end_b = zones[b - 1].bounds.row_end();
        return end_a != end_b ? end_a < end_b : a < b;
    });
}

void OutlineCollector::add(std::uint32_t zone, const CellRun& run) {
    if (is_given_up_[zone - 1]) return;
    active_[zone].push_back(run);
    ++runs_;
}

void OutlineCollector::give_up_largest() {
    const auto largest = std::max_element(active_.begin(), active_.end(), [](const auto& a, const auto& b) {
        return a.second.size() != b.second.size() ? a.second.size() < b.second.size() : a.first > b.first;
    });
    is_given_up_[largest->first - 1] = true;
    ++given_up_;
    runs_ -= largest->second.size();
    active_.erase(largest);
}

void OutlineCollector::end_row(std::int32_t row) {
    while (runs_ > most_runs_) give_up_largest();
    for (; finished_ < by_last_row_.size(); ++finished_) {
        const std::uint32_t zone = by_last_row_[finished_];
        if (zones_[zone - 1].bounds.row_end() > row + 1) return;
        const auto runs = active_.find(zone);
        if (runs == active_.end()) continue;
        zones_[zone - 1].outline = scratch_.put(encode(outline_of(runs->second)));
        runs_ -= runs->second.size();
        active_.erase(runs);
    }
}

}  // namespace phusong
