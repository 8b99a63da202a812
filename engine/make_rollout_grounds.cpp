#include "engine/make_rollout_grounds.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "engine/rollout_candidates.hpp"
#include "engine/rollout_groups.hpp"

namespace phusong {

namespace {

/// Where each candidate reaches most people.
void find_homes(RolloutGrounds& grounds) {
    const std::size_t communes = grounds.communes.size();
    std::unordered_map<std::uint64_t, Persons> reached;  // by candidate and commune
    for (const ServingGroups::Row& row : grounds.rows) {
        for (const SiteNumber number : grounds.sets[row.set]) {
            reached[static_cast<std::uint64_t>(number) * communes + static_cast<std::uint64_t>(row.zone)] +=
                row.people;
        }
    }
    std::vector<Persons> most(grounds.candidates.size());
    for (const auto& [key, people] : reached) {
        const std::size_t candidate = key / communes;
        const auto commune = static_cast<ZoneNumber>(key % communes);
        ZoneNumber& home = grounds.candidates[candidate].home;
        if (people < most[candidate] || (people == most[candidate] && home >= 0 && home < commune)) continue;
        home = commune;
        most[candidate] = people;
    }
}

std::vector<RolloutCommune> communes_of(const Plan& plan, const StudyResult& result, std::size_t technology) {
    std::vector<RolloutCommune> communes(plan.zones.size());
    for (const PlaceResult& place : result.communes) {
        const Answer& answer = place.technologies[technology].yes_no;
        communes[place.zone] = {place.code,      place.name,           place.province,
                                answer.people(), answer.served.people, answer.unknown.people};
    }
    return communes;
}

}  // namespace

RolloutGrounds make_rollout_grounds(const Plan& plan, const Sources& sources, const TileRecords& records,
                                    const StudyResult& result, const std::atomic<bool>* cancel) {
    RolloutGrounds grounds;
    grounds.technology = plan.study.rollout->technology;
    const auto found =
        std::find_if(plan.technologies.begin(), plan.technologies.end(),
                     [&](const Technology& technology) { return technology.name == grounds.technology; });
    const auto technology = static_cast<std::size_t>(found - plan.technologies.begin());
    grounds.candidates = rollout_candidates(plan, sources, records, technology, cancel);
    std::vector<SiteArea> areas;
    areas.reserve(grounds.candidates.size());
    for (const RolloutCandidate& candidate : grounds.candidates) {
        areas.push_back({candidate.place, candidate.radius_m, {}});
    }
    RolloutGroups groups = rollout_groups(plan, records, result, technology, std::move(areas), cancel);
    grounds.rows = std::move(groups.rows);
    grounds.sets = std::move(groups.sets);
    grounds.communes = communes_of(plan, result, technology);
    const Answer& total = result.total.technologies[technology].yes_no;
    grounds.people = total.people();
    grounds.served = total.served.people;
    grounds.unknown = total.unknown.people;
    find_homes(grounds);
    return grounds;
}

}  // namespace phusong
