#include "algorithms/zones/tile_cover.hpp"

#include <algorithm>
#include <cstdlib>

namespace phusong {

namespace {

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

std::size_t hash_of(const LatticeEdge& edge) {
    std::uint64_t hash = 0;
    for (const std::int64_t part : {edge.top().x, edge.top().y, edge.bottom().x, edge.bottom().y}) {
        hash = (hash ^ static_cast<std::uint64_t>(part)) * 0x9e3779b97f4a7c15U;
        hash ^= hash >> 29;
    }
    return static_cast<std::size_t>(hash);
}

}  // namespace

void CoverMaker::start(Window tile, TileCover& cover) {
    tile_ = tile;
    cover_ = &cover;
    cover.window = tile;
    cover.segments.clear();
    cover.owners.clear();
    zones_.clear();
    entering_.clear();
    borders_.clear();
    traces_.clear();
    std::fill(table_.begin(), table_.end(), 0);
}

void CoverMaker::add(ZoneNumber zone, const LatticeShape& shape) {
    constexpr int bits = LatticePoint::fraction_bits;
    if (intersection(shape.bounds, tile_).empty()) return;
    const auto rows = static_cast<std::size_t>(tile_.rows);
    zones_.push_back(zone);
    entering_.resize(zones_.size() * rows, 0);
    const std::span<std::int64_t> entering = std::span{entering_}.last(rows);
    const std::int64_t north = static_cast<std::int64_t>(tile_.row) << bits;
    const std::int64_t south = static_cast<std::int64_t>(tile_.row_end()) << bits;
    const std::int64_t west = static_cast<std::int64_t>(tile_.column) << bits;
    const std::int64_t east = static_cast<std::int64_t>(tile_.column_end()) << bits;
    for (const auto& ring : shape.rings) {
        if (ring.empty()) continue;
        LatticePoint from = ring.back();
        for (const LatticePoint to : ring) {
            const LatticePoint start = from;
            from = to;
            if ((start.y <= north && to.y <= north) || (start.y >= south && to.y >= south) ||
                (start.x >= east && to.x >= east) || start.y == to.y) {
                continue;
            }
            const LatticeEdge edge{start, to};
            if (start.x > west || to.x > west) {
                join(edge, zone);
                continue;
            }
            const std::int64_t sign = edge.runs_north() ? 1 : -1;
            trace_edge(
                edge, tile_, [](const EdgeTrace&) {},
                [&](std::int32_t row, std::int64_t height) {
                    entering[static_cast<std::size_t>(row - tile_.row)] += sign * height;
                });
        }
    }
}

/// Finds the border with these ends whose side is still free, or makes one.
void CoverMaker::join(const LatticeEdge& edge, ZoneNumber zone) {
    if (2 * (borders_.size() + 1) > table_.size()) enlarge_table();
    const std::size_t mask = table_.size() - 1;
    for (std::size_t place = hash_of(edge) & mask; table_[place] != 0; place = (place + 1) & mask) {
        Border& border = borders_[table_[place] - 1];
        ZoneNumber& side = edge.runs_north() ? border.east : border.west;
        if (side == outside_every_zone && border.edge.top() == edge.top() &&
            border.edge.bottom() == edge.bottom()) {
            side = zone;
            return;
        }
    }
    Border border{edge};
    (edge.runs_north() ? border.east : border.west) = zone;
    borders_.push_back(border);
    put(static_cast<std::uint32_t>(borders_.size()));
}

void CoverMaker::put(std::uint32_t border) {
    const std::size_t mask = table_.size() - 1;
    std::size_t place = hash_of(borders_[border - 1].edge) & mask;
    while (table_[place] != 0) place = (place + 1) & mask;
    table_[place] = border;
}

void CoverMaker::enlarge_table() {
    table_.assign(std::max<std::size_t>(1024, 2 * table_.size()), 0);
    for (std::uint32_t border = 1; border <= borders_.size(); ++border) put(border);
}

/// By row, counting, then the few of a row by column.
void CoverMaker::sort_traces() {
    row_ends_.assign(static_cast<std::size_t>(tile_.rows) + 1, 0);
    const auto row_of = [&](const Trace& trace) {
        return static_cast<std::size_t>(trace.at.row - tile_.row);
    };
    for (const Trace& trace : traces_) ++row_ends_[row_of(trace) + 1];
    for (std::size_t row = 1; row < row_ends_.size(); ++row) row_ends_[row] += row_ends_[row - 1];
    sorted_.resize(traces_.size());
    // Each row's place moves from its begin to its end, which is the next row's begin.
    for (const Trace& trace : traces_) sorted_[row_ends_[row_of(trace)]++] = trace;
    std::size_t begin = 0;
    for (std::size_t row = 0; row + 1 < row_ends_.size(); ++row) {
        const auto first = sorted_.begin() + static_cast<std::ptrdiff_t>(begin);
        begin = row_ends_[row];
        std::sort(first, sorted_.begin() + static_cast<std::ptrdiff_t>(begin),
                  [](const Trace& a, const Trace& b) { return a.at.column < b.at.column; });
    }
}

void CoverMaker::finish() {
    const auto rows = static_cast<std::size_t>(tile_.rows);
    for (std::uint32_t number = 0; number < borders_.size(); ++number) {
        const Border& border = borders_[number];
        trace_edge(
            border.edge, tile_,
            [&](const EdgeTrace& trace) {
                traces_.push_back({trace, number});
            },
            [&](std::int32_t row, std::int64_t height) {
                const auto pass = [&](ZoneNumber zone, std::int64_t signed_height) {
                    if (zone == outside_every_zone) return;
                    const auto at = std::lower_bound(zones_.begin(), zones_.end(), zone) - zones_.begin();
                    entering_[static_cast<std::size_t>(at) * rows +
                              static_cast<std::size_t>(row - tile_.row)] += signed_height;
                };
                pass(border.east, height);
                pass(border.west, -height);
            });
    }
    sort_traces();
    std::size_t begin = 0;
    for (std::int32_t row = tile_.row; row < tile_.row_end(); ++row) {
        const std::size_t end = row_ends_[static_cast<std::size_t>(row - tile_.row)];
        sweep(row, std::span{sorted_}.subspan(begin, end - begin));
        begin = end;
    }
}

void CoverMaker::note(ZoneNumber zone, std::int64_t sign, const EdgeTrace& trace) {
    if (zone == outside_every_zone) return;
    auto at = std::find_if(present_.begin(), present_.end(),
                           [zone](const Present& present) { return present.zone >= zone; });
    if (at == present_.end() || at->zone != zone) at = present_.insert(at, {zone, 0, 0, 0});
    at->height_here += sign * trace.height;
    at->twice_area_here += sign * trace.twice_area();
}

void CoverMaker::sweep(std::int32_t row, std::span<const Trace> traces) {
    present_.clear();
    for (std::size_t i = 0; i < zones_.size(); ++i) {
        const std::int64_t height =
            entering_[i * static_cast<std::size_t>(tile_.rows) + static_cast<std::size_t>(row - tile_.row)];
        if (height != 0) present_.push_back({zones_[i], height, 0, 0});
    }
    std::int32_t column = tile_.column;
    for (std::size_t i = 0; i < traces.size();) {
        const std::int32_t here = traces[i].at.column;
        emit(row, column, here, false);
        for (; i < traces.size() && traces[i].at.column == here; ++i) {
            const Border& border = borders_[traces[i].border];
            note(border.east, 1, traces[i].at);
            note(border.west, -1, traces[i].at);
        }
        emit(row, here, here + 1, true);
        column = here + 1;
        for (Present& present : present_) {
            present.height += present.height_here;
            present.height_here = 0;
            present.twice_area_here = 0;
        }
        std::erase_if(present_, [](const Present& present) { return present.height == 0; });
    }
    emit(row, column, tile_.column_end(), false);
}

/// @param here whether the edges in the cell count
void CoverMaker::emit(std::int32_t row, std::int32_t first, std::int32_t end, bool here) {
    if (first == end) return;
    std::vector<Owner>& owners = cover_->owners;
    const auto first_owner = static_cast<std::uint32_t>(owners.size());
    for (const Present& present : present_) {
        const Share share = share_of(present.height, here ? present.twice_area_here : 0);
        if (share != Share::none()) owners.push_back({present.zone, share});
    }
    const auto count = static_cast<std::uint32_t>(owners.size()) - first_owner;
    if (count == 0) return;
    const std::span<Owner> mine = std::span{owners}.subspan(first_owner);
    close(mine);
    if (!cover_->segments.empty()) {
        CoverSegment& last = cover_->segments.back();
        if (last.row == row && last.first_column + last.columns == first && last.owner_count == count &&
            std::equal(mine.begin(), mine.end(),
                       owners.begin() + static_cast<std::ptrdiff_t>(last.first_owner))) {
            last.columns += end - first;
            owners.resize(first_owner);
            return;
        }
    }
    cover_->segments.push_back({row, first, end - first, first_owner, count});
}

}  // namespace phusong
