#include "algorithms/zones/zone_index.hpp"

#include <algorithm>
#include <cassert>
#include <cstdlib>

namespace phusong {

namespace {

struct ZoneRun {
    ShareRun run;
    ZoneNumber zone = outside_every_zone;

    [[nodiscard]] std::int32_t end() const { return run.first_column + run.columns; }
};

/// Lets the largest owner take up what rounding and vertex noise leave between the sum and the whole. The
/// first of equal owners takes it; zone numbers follow the communes' places, never their codes.
void close(std::span<Owner> owners) {
    std::int64_t sum = 0;
    for (const Owner& owner : owners) sum += owner.share.units();
    const std::int64_t rest = Share::whole_units - sum;
    if (rest == 0 || std::abs(rest) > closing_tolerance_units) return;
    const auto largest = std::max_element(owners.begin(), owners.end(),
                                          [](const Owner& a, const Owner& b) { return a.share < b.share; });
    largest->share = Share::of_units(largest->share.units() + rest);
}

/// Cuts the runs of one row, sorted by first column, into segments of constant ownership.
class RowSweep {
public:
    explicit RowSweep(TileCover& cover) : cover_{cover} {}

    void sweep(std::span<const ZoneRun> runs) {
        std::size_t next = 0;
        active_.clear();
        std::int32_t column = 0;
        while (next < runs.size() || !active_.empty()) {
            if (active_.empty()) column = runs[next].run.first_column;
            while (next < runs.size() && runs[next].run.first_column == column)
                active_.push_back(runs[next++]);
            std::int32_t end = active_.front().end();
            for (const ZoneRun& run : active_) end = std::min(end, run.end());
            if (next < runs.size()) end = std::min(end, runs[next].run.first_column);
            emit(column, end);
            active_.erase(std::remove_if(active_.begin(), active_.end(),
                                         [end](const ZoneRun& run) { return run.end() == end; }),
                          active_.end());
            column = end;
        }
    }

private:
    void emit(std::int32_t first, std::int32_t end) {
        std::sort(active_.begin(), active_.end(),
                  [](const ZoneRun& a, const ZoneRun& b) { return a.zone < b.zone; });
        const auto first_owner = static_cast<std::uint32_t>(cover_.owners.size());
        for (const ZoneRun& run : active_) cover_.owners.push_back({run.zone, run.run.share});
        close(std::span{cover_.owners}.subspan(first_owner));
        cover_.segments.push_back({active_.front().run.row, first, end - first, first_owner,
                                   static_cast<std::uint32_t>(active_.size())});
    }

    TileCover& cover_;
    std::vector<ZoneRun> active_;
};

}  // namespace

TileCover ZoneIndex::cover(Window tile) const {
    std::vector<ZoneRun> found;
    for (std::size_t zone = 0; zone < shapes_.size(); ++zone) {
        if (intersection(shapes_[zone].bounds, tile).empty()) continue;
        for (const ShareRun& run : cell_shares(shapes_[zone], tile)) {
            found.push_back({run, static_cast<ZoneNumber>(zone)});
        }
    }
    // By row, counting; the few runs of a row are then put in order. Zones stay in theirs.
    std::vector<std::size_t> first_of_row(static_cast<std::size_t>(tile.rows) + 1);
    for (const ZoneRun& run : found) ++first_of_row[static_cast<std::size_t>(run.run.row - tile.row) + 1];
    for (std::size_t row = 1; row < first_of_row.size(); ++row) first_of_row[row] += first_of_row[row - 1];
    std::vector<ZoneRun> runs(found.size());
    std::vector<std::size_t> next_of_row = first_of_row;
    for (const ZoneRun& run : found)
        runs[next_of_row[static_cast<std::size_t>(run.run.row - tile.row)]++] = run;

    TileCover cover;
    cover.window = tile;
    cover.segments.reserve(found.size());
    cover.owners.reserve(found.size());
    RowSweep row_sweep{cover};
    for (std::size_t row = 0; row + 1 < first_of_row.size(); ++row) {
        const auto of_row =
            std::span{runs}.subspan(first_of_row[row], first_of_row[row + 1] - first_of_row[row]);
        std::sort(of_row.begin(), of_row.end(), [](const ZoneRun& a, const ZoneRun& b) {
            return a.run.first_column != b.run.first_column ? a.run.first_column < b.run.first_column
                                                            : a.zone < b.zone;
        });
        row_sweep.sweep(of_row);
    }
    return cover;
}

}  // namespace phusong
