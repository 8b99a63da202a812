#include "engine/tile_fates.hpp"

#include <limits>
#include <span>
#include <utility>

namespace phusong {

void TileFates::clear() {
    sets_.clear();
    keys_.clear();
    by_key_.clear();
    fates_.clear();
    by_fate_.clear();
    record_fates_.clear();
    by_record_fate_.clear();
    record_sets_.clear();
    record_runs_.clear();
}

std::uint32_t TileFates::key_of(const LedgerKey& by_maps) {
    const auto fresh = static_cast<std::uint32_t>(keys_.size());
    const std::uint32_t key = by_key_.find_or_add(hash_bits(HashLedgerKey{}(by_maps)), fresh,
                                                  [&](std::uint32_t i) { return keys_[i] == by_maps; });
    if (key == fresh) keys_.push_back(by_maps);
    return key;
}

std::uint32_t TileFates::record_fate_of(ServiceState by_maps, std::uint32_t set) {
    const auto fresh = static_cast<std::uint32_t>(record_fates_.size());
    const std::uint32_t hash = hash_bits(HashLedgerKey{}({static_cast<ZoneNumber>(set), by_maps}));
    const std::uint32_t fate = by_record_fate_.find_or_add(hash, fresh, [&](std::uint32_t i) {
        return record_sets_[i] == set && record_fates_[i].by_maps == by_maps;
    });
    if (fate == fresh) {
        const std::span<const SiteNumber> sites = sets_.sites(set);
        record_fates_.push_back({by_maps, {sites.begin(), sites.end()}});
        record_sets_.push_back(set);
    }
    return fate;
}

TileFates::Fate& TileFates::fate_of(std::uint32_t key, std::uint32_t set) {
    const auto fresh = static_cast<std::uint32_t>(fates_.size());
    const std::uint32_t fate =
        by_fate_.find_or_add(hash_bits(std::uint64_t{key} << 32 | set), fresh,
                             [&](std::uint32_t i) { return fates_[i].key == key && fates_[i].set == set; });
    if (fate == fresh) {
        const ServiceState by_maps = keys_[key].state;
        fates_.push_back({key,
                          set,
                          after_sites(by_maps, sets_.sites(set), event_->site_alive, *event_),
                          {},
                          keeps_record_ ? record_fate_of(by_maps, set) : 0});
    }
    return fates_[fate];
}

void TileFates::note_run(const CellRun& run, std::uint32_t fate) {
    if (!record_runs_.empty()) {
        TileRecord::FateRun& last = record_runs_.back();
        if (last.row == run.row && last.end > run.first) return;  // another owner of the same cell
        if (last.row == run.row && last.end == run.first && last.fate == fate) {
            last.end = run.end;
            return;
        }
    }
    record_runs_.push_back({run.row, run.first, run.end, fate});
}

const TileFates::Fate& TileFates::add(std::uint32_t key, std::uint32_t set, const CellRun& run,
                                      const LedgerAmount& amount) {
    Fate& fate = fate_of(key, set);
    fate.amount.people += amount.people;
    fate.amount.area += amount.area;
    if (keeps_record_) note_run(run, fate.in_record);
    return fate;
}

void TileFates::hand_over(Partial& partial) const {
    constexpr ServingSets::SetNumber unused = std::numeric_limits<ServingSets::SetNumber>::max();
    std::vector<ServingSets::SetNumber> numbers(sets_.size(), unused);
    std::vector<std::size_t> begin{0};
    std::vector<SiteNumber> sites;
    std::vector<SharedFates::Row> rows;
    rows.reserve(fates_.size());
    for (const Fate& fate : fates_) {
        const LedgerKey& by_maps = keys_[fate.key];
        partial.ledger.add({by_maps.zone, fate.state}, fate.amount);
        if (by_maps.zone == outside_every_zone) continue;
        ServingSets::SetNumber& number = numbers[fate.set];
        if (number == unused) {
            number = static_cast<ServingSets::SetNumber>(begin.size() - 1);
            const std::span<const SiteNumber> set = sets_.sites(fate.set);
            sites.insert(sites.end(), set.begin(), set.end());
            begin.push_back(sites.size());
        }
        rows.push_back({by_maps, number, fate.amount});
    }
    partial.fates = SharedFates{{std::move(begin), std::move(sites)}, std::move(rows)};
}

}  // namespace phusong
