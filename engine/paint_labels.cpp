#include <algorithm>
#include <cstdint>
#include <vector>

#include "engine/band_rows.hpp"
#include "engine/dead_zone_survey.hpp"

namespace phusong {

void paint_labels(const Plan& plan, const Partial& partial, const TileRecords& records,
                  const RunOptions& options, const StudyResult& result) {
    std::vector<ZoneOfPatch> zone_of_patch;
    for (std::size_t i = 0; i < plan.dead_zones.size(); ++i) {
        zone_of_patch.emplace_back(partial.patches[i], result.dead_zones[i]);
    }
    std::vector<std::uint32_t> ids;
    for (std::size_t tile = 0; tile < plan.tiling.size(); ++tile) {
        if (options.cancel != nullptr && options.cancel->load()) throw Cancelled{};
        const TileRecord record = records.get(tile);
        for (std::size_t i = 0; i < plan.dead_zones.size(); ++i) {
            ids.assign(record.study_window.cell_count(), 0);
            const TileRecord::Labels& labels = record.labels[i];
            for (const PatchRun& run : labels.runs) {
                const std::uint32_t zone = zone_of_patch[i](labels.keys[run.patch]);
                if (zone == 0) continue;
                const std::size_t first = record.study_window.index_of({run.row, run.first});
                std::fill_n(ids.begin() + static_cast<std::ptrdiff_t>(first), run.end - run.first,
                            result.dead_zones[i].zones[zone - 1].id);
            }
            options.labels(i, record.study_window, ids);
        }
    }
}

}  // namespace phusong
