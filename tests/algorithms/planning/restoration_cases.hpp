#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "algorithms/damage/storm.hpp"
#include "algorithms/planning/restoration_progress.hpp"
#include "algorithms/planning/restoration_schedule.hpp"

namespace phusong::test {

constexpr RepairJob repair_of_site(SiteNumber site, std::chrono::minutes duration) {
    return {RepairJob::Target::site, site, duration};
}
constexpr RepairJob repair_of_feeder(std::int32_t zone, std::chrono::minutes duration) {
    return {RepairJob::Target::feeder, zone, duration};
}

/// A storm's damage, drawn by hand.
struct DamageCase {
    std::vector<Site> sites;
    std::vector<std::int32_t> power_zones;  ///< of each site, or empty
    std::vector<RepairJob> jobs;
    ServingGroups groups;

    [[nodiscard]] RestorationProblem problem() const {
        return {SiteNetwork{sites}, power_zones, jobs, groups.sets(), groups.rows()};
    }
};

/// Random damage: up to `sites` sites and `jobs` jobs. Plain: every site a root, with a job of its own only.
inline DamageCase random_damage(std::mt19937& random, std::size_t sites, std::size_t jobs,
                                bool plain = false) {
    DamageCase damage;
    const auto duration = [&] { return std::chrono::minutes{30 + random() % 600}; };
    const std::size_t zones = 3;
    for (std::size_t i = 0; i < sites; ++i) {
        Site site{"site " + std::to_string(i), {}};
        for (std::size_t k = plain || i == 0 ? 0 : random() % 3; k > 0; --k) {
            // Mostly earlier sites; now and then any site, so that there are rings.
            const std::size_t parent = random() % (random() % 4 == 0 ? sites : i);
            const std::string id = "site " + std::to_string(parent);
            if (parent != i && std::ranges::count(site.parents, id) == 0) site.parents.push_back(id);
        }
        damage.sites.push_back(site);
        damage.power_zones.push_back(plain ? no_power_zone
                                           : static_cast<std::int32_t>(random() % (zones + 1)) - 1);
    }
    for (std::size_t zone = 0; zone < zones; ++zone) {
        const auto number = static_cast<std::int32_t>(zone);
        if (std::ranges::count(damage.power_zones, number) == 0 || random() % 3 == 0) continue;
        if (damage.jobs.size() < jobs) damage.jobs.push_back(repair_of_feeder(number, duration()));
    }
    for (std::size_t i = 0; i < sites && damage.jobs.size() < jobs; ++i) {
        if (plain || random() % 4 != 0) {
            damage.jobs.push_back(repair_of_site(static_cast<SiteNumber>(i), duration()));
        }
    }
    std::shuffle(damage.jobs.begin(), damage.jobs.end(), random);
    for (std::size_t i = 0; i < 3 * sites; ++i) {
        std::vector<SiteNumber> serving;
        for (std::size_t site = 0; site < sites; ++site) {
            if (random() % 4 == 0) serving.push_back(static_cast<SiteNumber>(site));
        }
        damage.groups.add(static_cast<ZoneNumber>(random() % 3), serving,
                          Persons::round(static_cast<double>(random() % 1000)));
    }
    return damage;
}

/// People served when some jobs are done, from the definition: sites that can come on do, until none can.
inline Persons served_after(const DamageCase& damage, const std::vector<bool>& done) {
    std::vector<bool> repaired(damage.sites.size(), true);
    for (std::size_t job = 0; job < damage.jobs.size(); ++job) {
        for (std::size_t site = 0; site < damage.sites.size(); ++site) {
            const bool of_site = damage.jobs[job].target == RepairJob::Target::site;
            const std::int32_t number = of_site                      ? static_cast<std::int32_t>(site)
                                        : damage.power_zones.empty() ? no_power_zone
                                                                     : damage.power_zones[site];
            if (number == damage.jobs[job].number && !done[job]) repaired[site] = false;
        }
    }
    std::vector<bool> on(damage.sites.size());
    for (bool changed = true; changed;) {
        changed = false;
        for (std::size_t site = 0; site < on.size(); ++site) {
            bool connected = damage.sites[site].parents.empty();
            for (std::size_t other = 0; other < on.size(); ++other) {
                connected |=
                    on[other] && std::ranges::count(damage.sites[site].parents, damage.sites[other].id) > 0;
            }
            if (on[site] || !repaired[site] || !connected) continue;
            on[site] = changed = true;
        }
    }
    Persons served;
    for (const ServingGroups::Row& row : damage.groups.rows()) {
        const auto sites = damage.groups.sets()[row.set];
        if (std::ranges::any_of(sites, [&](SiteNumber site) { return on[place(site)]; })) {
            served += row.people;
        }
    }
    return served;
}

/// People served after every set of jobs, by bits.
inline std::vector<Persons> served_after_all_sets(const DamageCase& damage) {
    std::vector<Persons> served;
    for (std::size_t set = 0; set < std::size_t{1} << damage.jobs.size(); ++set) {
        std::vector<bool> done(damage.jobs.size());
        for (std::size_t job = 0; job < done.size(); ++job) done[job] = (set >> job & 1U) != 0;
        served.push_back(served_after(damage, done));
    }
    return served;
}

/// The least people-hours of any order of one crew: dynamic programming over the sets of jobs that are done.
inline PeopleHours least_people_hours(const DamageCase& damage) {
    const std::vector<Persons> served = served_after_all_sets(damage);
    std::vector<WideInteger> least(served.size(), -1);
    least[0] = 0;
    for (std::size_t set = 0; set < served.size(); ++set) {
        for (std::size_t job = 0; job < damage.jobs.size(); ++job) {
            if ((set >> job & 1U) != 0) continue;
            WideInteger& next = least[set | std::size_t{1} << job];
            const WideInteger dark = (served.back() - served[set]).units();
            const WideInteger here = least[set] + dark * damage.jobs[job].duration.count();
            if (next < 0 || here < next) next = here;
        }
    }
    return people_hours_of(least.back());
}

}  // namespace phusong::test
