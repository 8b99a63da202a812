#include "engine/band_rows.hpp"

#include <algorithm>
#include <utility>

#include "algorithms/ledger/questions.hpp"
#include "algorithms/ledger/tally_tile.hpp"

namespace phusong {

ZoneOfPatch::ZoneOfPatch(const Patches& patches, const DeadZones& zones) : patches_{&patches} {
    for (std::size_t i = 0; i < zones.zones.size(); ++i) {
        place_.emplace(zones.zones[i].key, static_cast<std::uint32_t>(i + 1));
    }
}

std::uint32_t ZoneOfPatch::operator()(CellNumber piece) const {
    const auto found = place_.find(patches_->joined(piece));
    return found == place_.end() ? 0 : found->second;
}

namespace {

void add_run(std::vector<ColumnRun>& runs, std::int32_t first, std::int32_t end) {
    if (!runs.empty() && runs.back().end == first) {
        runs.back().end = end;
    } else {
        runs.push_back({first, end});
    }
}

}  // namespace

Band::Band(const Plan& plan, const TileRecords& records, std::int32_t band, std::size_t definition,
           const ZoneOfPatch& zone_of_patch) {
    const auto across = static_cast<std::size_t>(plan.tiling.tiles_in_band());
    for (std::size_t i = 0; i < across; ++i) {
        TileRecord tile = records.get(static_cast<std::size_t>(band) * across + i);
        if (i == 0) {
            window_ = tile.study_window;
            tile_columns_ = window_.columns;
            window_.columns = plan.study_grid.columns;
            rows_.resize(static_cast<std::size_t>(window_.rows));
        }
        add_cells(tile, plan.dead_zones[definition].rule, tile.labels[definition], zone_of_patch);
        // The rows hold the cells now; a chessboard of states would take more room than all the rest.
        std::vector<TileRecord::StateRun>{}.swap(tile.states);
        std::vector<TileRecord::Labels>{}.swap(tile.labels);
        tiles_.push_back(std::move(tile));
    }
}

void Band::add_cells(const TileRecord& tile, const PatchRule& rule, const TileRecord::Labels& labels,
                     const ZoneOfPatch& zone_of_patch) {
    const auto row_at = [&](std::int32_t row) -> DefinitionRow& {
        return rows_[static_cast<std::size_t>(row - window_.row)];
    };
    ServiceState asked;
    bool has = rule.has(asked);
    bool may_miss = rule.may_miss(asked);
    for (const TileRecord::StateRun& run : tile.states) {
        if (asked != run.state) {
            asked = run.state;
            has = rule.has(asked);
            may_miss = rule.may_miss(asked);
        }
        if (has) add_run(row_at(run.row).served, run.first, run.end);
        if (may_miss) add_run(row_at(run.row).unknown, run.first, run.end);
    }
    std::vector<std::uint32_t> zones;
    zones.reserve(labels.keys.size());
    for (const CellNumber key : labels.keys) zones.push_back(zone_of_patch(key));
    for (const PatchRun& run : labels.runs) {
        const std::uint32_t zone = zones[run.patch];
        if (zone == 0) continue;
        std::vector<ZoneRun>& runs = row_at(run.row).zones;
        if (!runs.empty() && runs.back().zone == zone && runs.back().end == run.first) {
            runs.back().end = run.end;
        } else {
            runs.push_back({run.first, run.end, zone});
        }
    }
}

void Band::people(std::int32_t row, const ColumnRun& run, std::vector<Persons>& people,
                  std::vector<ZoneNumber>& owners) const {
    for (std::int32_t column = run.first; column < run.end;) {
        const TileRecord& tile = tiles_[static_cast<std::size_t>(column / tile_columns_)];
        const Window& study = tile.study_window;
        const std::int32_t first = column;
        const std::int32_t end = std::min(run.end, study.column_end());
        const std::int32_t k = tile.refine;
        const Window population{study.row / k, study.column / k, study.rows / k, study.columns / k};
        for (; column < end; ++column) {
            const Persons cell = tile.population[population.index_of({row / k, column / k})];
            const std::int64_t part = std::int64_t{row % k} * k + column % k;
            people[static_cast<std::size_t>(column)] = even_part(cell, part, std::int64_t{k} * k);
            owners[static_cast<std::size_t>(column)] = outside_every_zone;
        }
        const Cell from{row, first};
        const Cell to{row, end};
        auto owner = std::partition_point(
            tile.owners.begin(), tile.owners.end(),
            [&](const TileRecord::OwnerRun& o) { return o.row < row || (o.row == row && o.end <= first); });
        for (; owner != tile.owners.end() && owner->row == row && owner->first < end; ++owner) {
            std::fill(owners.begin() + std::max(owner->first, first),
                      owners.begin() + std::min(owner->end, end), owner->zone);
        }
        auto cut = std::partition_point(tile.cut.begin(), tile.cut.end(),
                                        [&](const TileRecord::CutCell& c) { return c.cell < from; });
        for (; cut != tile.cut.end() && cut->cell < to; ++cut) {
            people[static_cast<std::size_t>(cut->cell.column)] = cut->people;
        }
    }
}

}  // namespace phusong
