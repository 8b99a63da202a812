#include "algorithms/planning/restoration_problem.hpp"

#include <cassert>
#include <limits>
#include <unordered_map>
#include <utility>

#include "algorithms/damage/storm.hpp"

namespace phusong {
namespace {

using Fault = RepairJobError::Fault;

std::string name_of(const RepairJob& job, std::size_t number) {
    return "repair " + std::to_string(number + 1) + " of the list, of " +
           (job.target == RepairJob::Target::site ? "site " : "power zone ") + std::to_string(job.number);
}

void check_duration(const RepairJob& job, std::size_t number) {
    if (job.duration <= std::chrono::minutes{0}) {
        throw RepairJobError{Fault::no_duration, static_cast<JobNumber>(number),
                             name_of(job, number) + ", takes no time: its hours must be positive"};
    }
    if (job.duration > longest_repair) {
        throw RepairJobError{
            Fault::too_long, static_cast<JobNumber>(number),
            name_of(job, number) + ", takes more than ten years: check the unit of its hours"};
    }
}

}  // namespace

RestorationProblem::RestorationProblem(const SiteNetwork& network, std::span<const std::int32_t> power_zones,
                                       std::vector<RepairJob> jobs, const ServingSets& sets,
                                       std::span<const ServingGroups::Row> rows)
    : jobs_{std::move(jobs)}, own_job_(network.size(), no_job), feeder_job_(network.size(), no_job) {
    assert(power_zones.empty() || power_zones.size() == network.size());
    std::vector<NumberLists::Pair> links;
    links.reserve(network.links().size());
    for (const SiteNetwork::Link& link : network.links()) links.emplace_back(link.child, link.parent);
    parents_ = NumberLists{network.size(), links};
    children_ = parents_.turned(network.size());
    assign_jobs(power_zones);
    gather_people(sets, rows);
}

void RestorationProblem::assign_jobs(std::span<const std::int32_t> power_zones) {
    std::unordered_map<std::int32_t, JobNumber> job_of_zone;
    for (const std::int32_t zone : power_zones) {
        if (zone != no_power_zone) job_of_zone.try_emplace(zone, no_job);
    }
    for (std::size_t number = 0; number < jobs_.size(); ++number) {
        const RepairJob& job = jobs_[number];
        const auto refuse = [&](Fault fault, const std::string& why) {
            throw RepairJobError{fault, static_cast<JobNumber>(number), name_of(job, number) + why};
        };
        check_duration(job, number);
        JobNumber* place_of_job = nullptr;
        if (job.target == RepairJob::Target::site) {
            if (job.number >= 0 && place(job.number) < own_job_.size()) {
                place_of_job = &own_job_[place(job.number)];
            }
        } else if (const auto zone = job_of_zone.find(job.number); zone != job_of_zone.end()) {
            place_of_job = &zone->second;
        }
        if (place_of_job == nullptr) refuse(Fault::unknown_target, ": there is none");
        if (*place_of_job != no_job) refuse(Fault::repeated_target, ", is listed twice");
        *place_of_job = static_cast<JobNumber>(number);
    }
    std::vector<NumberLists::Pair> waiting;
    for (std::size_t site = 0; site < own_job_.size(); ++site) {
        const auto number = static_cast<SiteNumber>(site);
        if (!power_zones.empty() && power_zones[site] != no_power_zone) {
            feeder_job_[site] = job_of_zone.at(power_zones[site]);
        }
        if (own_job_[site] != no_job) waiting.emplace_back(own_job_[site], number);
        if (feeder_job_[site] != no_job) waiting.emplace_back(feeder_job_[site], number);
    }
    sites_of_job_ = NumberLists{jobs_.size(), waiting};
}

void RestorationProblem::gather_people(const ServingSets& sets, std::span<const ServingGroups::Row> rows) {
    std::vector<Persons> people(sets.size());
    Persons all;
    for (const ServingGroups::Row& row : rows) {
        if (row.zone == counted_twice) {
            people[row.set] -= row.people;
        } else {
            people[row.set] += row.people;
            all += row.people;  // throws before any sum of some of them could
        }
    }
    for (std::size_t set = 0; set < sets.size(); ++set) {
        const auto sites = sets[static_cast<ServingSets::SetNumber>(set)];
        if (people[set] == Persons{}) continue;
        assert(people[set] > Persons{});
        people_.push_back(people[set]);
        sites_of_group_.append(sites);
    }
    assert(people_.size() < static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()));
    groups_of_site_ = sites_of_group_.turned(own_job_.size());
}

}  // namespace phusong
