#include "algorithms/dead_zones/patches.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace phusong {

namespace {

/// Complete patches are kept as a heap with the smallest in front, so that a tile costs what it adds: to
/// choose among all patches for every tile took 11 ms a tile.
bool is_larger(const Patch& a, const Patch& b) {
    const Persons people_of_a = a.people();
    const Persons people_of_b = b.people();
    return people_of_a != people_of_b ? people_of_a > people_of_b : a.key < b.key;
}

}  // namespace

void PatchRemainder::add(const Patch& patch) {
    ++patches;
    cells += patch.cells;
    area += patch.area;
    for (const Ledger::Row& row : patch.parts) parts.add(row.key, row.amount);
}

void PatchRemainder::merge(const PatchRemainder& other) {
    patches += other.patches;
    cells += other.cells;
    area += other.area;
    parts.merge(other.parts);
}

Patches::Patches(const Tiling& tiling, bool corners_join, std::size_t tile, TilePatches patches,
                 std::size_t most)
    : Patches{tiling, corners_join, most} {
    std::unordered_map<CellNumber, std::size_t> waiting;
    for (std::size_t side = 0; side < side_count; ++side) {
        std::vector<BorderRun>& border = patches.borders[side];
        const Step step = step_over(static_cast<Side>(side));
        if (border.empty() || !tiling.neighbour(tile, step.down, step.right)) continue;
        for (const BorderRun& run : border) ++waiting[run.patch];
        borders_.emplace(BorderKey{tile, static_cast<Side>(side)}, std::move(border));
    }
    for (Patch& patch : patches.patches) {
        if (const auto found = waiting.find(patch.key); found != waiting.end()) {
            const CellNumber key = patch.key;
            open_.emplace(key, OpenPatch{std::move(patch), found->second});
        } else {
            complete_patch(std::move(patch));
        }
    }
    trim();
}

Patches::Patches(const Tiling& tiling, bool corners_join, Canonical canonical, std::size_t most)
    : Patches{tiling, corners_join, most} {
    for (Patch& patch : canonical.open) {
        const CellNumber key = patch.key;
        if (!open_.emplace(key, OpenPatch{std::move(patch), 0}).second) {
            throw std::invalid_argument{"a patch is open twice"};
        }
    }
    for (auto& [key, runs] : canonical.borders) {
        const Step step = step_over(key.side);
        if (key.tile >= tiling.size() || !tiling.neighbour(key.tile, step.down, step.right)) {
            throw std::invalid_argument{"a border waits for a tile that is not there"};
        }
        for (const BorderRun& run : runs) {
            const auto found = open_.find(run.patch);
            if (found == open_.end()) throw std::invalid_argument{"a border names a patch that is not open"};
            ++found->second.border_runs;
        }
        borders_.emplace(key, std::move(runs));
    }
    for (const auto& [key, open] : open_) {
        if (open.border_runs == 0) throw std::invalid_argument{"an open patch waits at no border"};
    }
    for (const auto& [piece, patch] : canonical.joins) {
        if (patch >= piece) throw std::invalid_argument{"a patch was joined to a later one"};
        if (open_.contains(piece)) throw std::invalid_argument{"a patch that was joined is still open"};
        if (!joined_.emplace(piece, patch).second) throw std::invalid_argument{"a patch was joined twice"};
    }
    for (Patch& patch : canonical.complete) complete_patch(std::move(patch));
    remainder_.merge(canonical.remainder);
    trim();
}

void Patches::complete_patch(Patch&& patch) {
    if (patch.cells == 0) return;
    complete_.push_back(std::move(patch));
    std::push_heap(complete_.begin(), complete_.end(), is_larger);
}

void Patches::trim() {
    while (complete_.size() > most_) {
        std::pop_heap(complete_.begin(), complete_.end(), is_larger);
        remainder_.add(complete_.back());
        complete_.pop_back();
    }
}

CellNumber Patches::joined(CellNumber piece) const {
    for (auto found = joined_.find(piece); found != joined_.end(); found = joined_.find(piece)) {
        piece = found->second;
    }
    return piece;
}

/// As `joined`, and shortens the way for the next time.
CellNumber Patches::find(CellNumber piece) {
    const CellNumber patch = joined(piece);
    while (piece != patch) piece = std::exchange(joined_.at(piece), patch);
    return patch;
}

void Patches::join(CellNumber a, CellNumber b) {
    a = find(a);
    b = find(b);
    if (a == b) return;
    if (a > b) std::swap(a, b);
    const auto late = open_.find(b);
    OpenPatch& early = open_.at(a);
    early.patch.merge(late->second.patch);
    early.border_runs += late->second.border_runs;
    open_.erase(late);
    joined_[b] = a;
}

void Patches::meet(const std::vector<BorderRun>& a, const std::vector<BorderRun>& b) {
    const std::int32_t reach = corners_join_ ? 1 : 0;
    std::size_t first = 0;
    for (const BorderRun& run : a) {
        while (first < b.size() && b[first].end + reach <= run.first) ++first;
        for (std::size_t i = first; i < b.size() && b[i].first < run.end + reach; ++i) {
            join(run.patch, b[i].patch);
        }
    }
}

void Patches::release(const std::vector<BorderRun>& border, std::vector<CellNumber>& freed) {
    for (const BorderRun& run : border) {
        const CellNumber key = find(run.patch);
        if (--open_.at(key).border_runs == 0) freed.push_back(key);
    }
}

void Patches::merge(const Patches& other, const TileSet& mine, const TileSet& theirs) {
    for (const auto& [key, patch] : other.open_) open_.emplace(key, patch);
    for (const auto& [piece, patch] : other.joined_) joined_.emplace(piece, patch);
    for (const auto& [key, runs] : other.borders_) borders_.emplace(key, runs);
    for (const Patch& patch : other.complete_) complete_patch(Patch{patch});
    remainder_.merge(other.remainder_);

    std::vector<CellNumber> freed;
    const auto close = [&](std::size_t tile, Side side, std::size_t beyond) {
        static const std::vector<BorderRun> nothing;
        const auto here = borders_.find({tile, side});
        const auto there = borders_.find({beyond, opposite(side)});
        const std::vector<BorderRun>& a = here == borders_.end() ? nothing : here->second;
        const std::vector<BorderRun>& b = there == borders_.end() ? nothing : there->second;
        const Step step = step_over(side);
        if (step.down == 0 || step.right == 0) {
            meet(a, b);
        } else if (!a.empty() && !b.empty()) {
            join(a.front().patch, b.front().patch);
        }
        release(a, freed);
        release(b, freed);
        if (here != borders_.end()) borders_.erase(here);
        if (there != borders_.end()) borders_.erase(there);
    };
    for (const auto& [first, end] : theirs.ranges()) {
        for (std::size_t tile = first; tile < end; ++tile) {
            for (std::size_t side = 0; side < side_count; ++side) {
                const Step step = step_over(static_cast<Side>(side));
                const auto beyond = tiling_.neighbour(tile, step.down, step.right);
                if (beyond && mine.contains(*beyond)) close(tile, static_cast<Side>(side), *beyond);
            }
        }
    }
    for (const CellNumber key : freed) {
        const auto patch = open_.find(joined(key));
        if (patch == open_.end() || patch->second.border_runs > 0) continue;
        complete_patch(std::move(patch->second.patch));
        open_.erase(patch);
    }
    trim();
}

Patches::Canonical Patches::canonical() const {
    Canonical canonical;
    const auto by_key = [](const Patch& a, const Patch& b) { return a.key < b.key; };
    for (const auto& [key, open] : open_) canonical.open.push_back(open.patch);
    canonical.complete = complete_;
    std::sort(canonical.open.begin(), canonical.open.end(), by_key);
    std::sort(canonical.complete.begin(), canonical.complete.end(), by_key);
    canonical.remainder = remainder_;
    for (const auto& [key, runs] : borders_) {
        std::vector<BorderRun> resolved;
        for (const BorderRun& run : runs) {
            const CellNumber patch = joined(run.patch);
            if (!resolved.empty() && resolved.back().patch == patch && resolved.back().end == run.first) {
                resolved.back().end = run.end;
            } else {
                resolved.push_back({run.first, run.end, patch});
            }
        }
        canonical.borders.emplace(key, std::move(resolved));
    }
    for (const auto& [piece, patch] : joined_) canonical.joins.emplace_back(piece, joined(piece));
    std::sort(canonical.joins.begin(), canonical.joins.end());
    return canonical;
}

}  // namespace phusong
