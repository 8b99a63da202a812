#include "engine/loss_groups.hpp"

#include <cassert>

namespace phusong {

FateOf::FateOf(const LossQuestion& question, const EventPlan& event, const ServingSets& sets)
    : question_{&question}, event_{&event}, reach_{&sets} {
    static_assert(ServiceState::most_layers <= 32, "a bit a layer");
    for (const std::vector<std::size_t>& layers : event.site_layers) {
        std::uint32_t bits = 0;
        for (const std::size_t layer : layers) bits |= std::uint32_t{1} << layer;
        site_layers_.push_back(bits);
    }
    carriers_.intern({});
}

Fate FateOf::operator()(const SharedFates::Row& row) {
    bool before = false;
    bool found_new = false;
    bool some_unknown = false;
    Service after = Service::unserved;
    std::uint32_t kept = 0;
    for (const std::size_t layer : question_->layers) {
        const Service told = row.key.state.of(event_->after(layer));
        const bool served = row.key.state.of(layer) == Service::served;
        after = either(after, told);
        before |= served;
        some_unknown |= told == Service::unknown;
        if (told != Service::served) continue;
        found_new |= !served;
        kept |= std::uint32_t{1} << layer;
    }
    if (!before) return {after == Service::served ? Fate::Kind::new_service : Fate::Kind::not_served};
    if (after == Service::unserved) return {Fate::Kind::lost_by_map};
    // With a layer that nobody knows of nobody can be surely without, whatever becomes of sites.
    if (after == Service::unknown || some_unknown) return {Fate::Kind::unclear};
    // As `after_sites` has it: sites take only what was there before.
    const ServingSets::SetNumber set = found_new ? 0 : carriers_of(row.set, kept);
    if (set == 0) return {Fate::Kind::stays};
    return {Fate::Kind::by_sites, set};
}

ServingSets::SetNumber FateOf::carriers_of(ServingSets::SetNumber set, std::uint32_t layers) {
    const std::uint64_t key = std::uint64_t{set} << 32 | layers;
    const auto found = known_.find(key);
    if (found != known_.end()) return found->second;
    sites_.clear();
    std::uint32_t carried = 0;
    for (const SiteNumber site : (*reach_)[set]) {
        const std::uint32_t by_site = site_layers_[static_cast<std::size_t>(site)] & layers;
        if (by_site != 0) sites_.push_back(site);
        carried |= by_site;
    }
    // A layer that no site in reach can give stands as its map says.
    if (carried != layers) sites_.clear();
    return known_.emplace(key, carriers_.intern(sites_)).first->second;
}

void LossTally::add(Fate::Kind kind, Persons people) {
    switch (kind) {
        case Fate::Kind::not_served:
            return;
        case Fate::Kind::new_service:
            new_service += people;
            return;
        case Fate::Kind::lost_by_map:
            lost_by_map += people;
            break;
        case Fate::Kind::stays:
            stays += people;
            break;
        case Fate::Kind::unclear:
        case Fate::Kind::by_sites:
            break;
    }
    before += people;
}

void LossTally::merge(const LossTally& other) {
    before += other.before;
    lost_by_map += other.lost_by_map;
    stays += other.stays;
    new_service += other.new_service;
}

void LossTally::subtract(const LossTally& other) {
    before -= other.before;
    lost_by_map -= other.lost_by_map;
    stays -= other.stays;
    new_service -= other.new_service;
}

bool place_of(ZoneNumber zone, std::size_t zones, std::size_t& place) {
    if (zone == outside_every_zone) return false;
    assert(zone == counted_twice || static_cast<std::size_t>(zone) < zones);
    place = zone == counted_twice ? zones : static_cast<std::size_t>(zone);
    return true;
}

LossGroups::LossGroups(const LossQuestion& question, const EventPlan& event,
                       std::span<const SharedFates::Row> rows, const ServingSets& sets, std::size_t zones)
    : tallies_(zones + 1), begin_(zones + 2) {
    FateOf fate_of{question, event, sets};
    std::unordered_map<std::uint64_t, Persons> people_of;  // by place and set
    people_of.reserve(rows.size());
    for (const SharedFates::Row& row : rows) {
        std::size_t place = 0;
        if (!place_of(row.key.zone, zones, place)) continue;
        const Fate fate = fate_of(row);
        tallies_[place].add(fate.kind, row.amount.people);
        if (fate.kind != Fate::Kind::by_sites) continue;
        const auto [found, first] = people_of.try_emplace(std::uint64_t{place} << 32 | fate.set);
        found->second += row.amount.people;
        begin_[place + 1] += first ? 1U : 0U;
    }
    for (std::size_t place = 0; place < places(); ++place) begin_[place + 1] += begin_[place];
    groups_.resize(people_of.size());
    std::vector<std::size_t> next{begin_.begin(), begin_.end() - 1};
    for (const auto& [key, people] : people_of) {
        groups_[next[key >> 32]++] = {static_cast<ServingSets::SetNumber>(key), people};
    }
    LossTally everybody;
    for (std::size_t zone = 0; zone < zones; ++zone) everybody.merge(tallies_[zone]);
    everybody.subtract(tallies_[zones]);
    tallies_[zones] = everybody;
    sets_ = fate_of.sets();
}

}  // namespace phusong
