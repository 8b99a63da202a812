#include "engine/restoration.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "algorithms/planning/restoration_bound.hpp"
#include "algorithms/planning/restoration_order.hpp"
#include "engine/loss_groups.hpp"
#include "engine/site_model.hpp"

namespace phusong {

namespace {

std::chrono::minutes minutes_of(double hours) {
    constexpr double least = 1;  // a repair takes time
    const double minutes =
        std::clamp(std::round(hours * 60), least, static_cast<double>(longest_repair.count()));
    return std::chrono::minutes{static_cast<std::chrono::minutes::rep>(minutes)};
}

void take_away(std::span<std::uint64_t> from, std::span<const std::uint64_t> what) {
    for (std::size_t word = 0; word < from.size(); ++word) from[word] &= ~what[word];
}

void add(std::span<std::uint64_t> to, std::span<const std::uint64_t> what) {
    for (std::size_t word = 0; word < to.size(); ++word) to[word] |= what[word];
}

/// What repairs can mend: a row a site, a bit a scenario. A site that was seen off for a reason that does not
/// lie in its power needs somebody to come.
struct Broken {
    BitRows structure;
    BitRows power;

    explicit Broken(const NetworkFailures& failures) : structure{failures.structure}, power{failures.power} {
        for (std::size_t site = 0; site < structure.rows(); ++site) {
            if (failures.seen_cut.rows() > 0) add(structure.row(site), failures.seen_cut.row(site));
            if (failures.seen_silent.rows() > 0) add(structure.row(site), failures.seen_silent.row(site));
            if (failures.seen_on.rows() == 0) continue;
            take_away(structure.row(site), failures.seen_on.row(site));
            take_away(power.row(site), failures.seen_on.row(site));
        }
    }
};

bool mostly(std::span<const std::uint64_t> row, std::size_t scenarios) {
    std::size_t bits = 0;
    for (const std::uint64_t word : row) bits += static_cast<std::size_t>(std::popcount(word));
    return 2 * bits >= scenarios;
}

/// Repairs, and the power zone whose feeder each site waits for.
struct Works {
    std::vector<RestorationTask> tasks;
    std::vector<RepairJob> jobs;
    std::vector<std::int32_t> zones;      ///< of each site, where its power is what is lost
    std::vector<std::int32_t> all_zones;  ///< of each site, where its zone's feeder is repaired at all
};

Works works_of(const RestorationInput& input, const SiteTable& table, const Broken& broken) {
    Works works;
    const std::size_t sites = table.sites.size();
    const std::size_t scenarios = broken.structure.bits();
    works.zones.assign(sites, no_power_zone);
    works.all_zones.assign(sites, no_power_zone);
    std::unordered_map<std::string_view, std::int32_t> zone_of;
    std::vector<std::size_t> task_of_zone;
    for (std::size_t at = 0; at < sites; ++at) {
        const SiteRecord& site = table.sites[at];
        const auto number = static_cast<SiteNumber>(at);
        const bool stands = !mostly(broken.structure.row(at), scenarios);
        const bool dark = mostly(broken.power.row(at), scenarios);
        const bool needs_generator = dark && site.power_zone.empty();
        if (dark && !needs_generator) {
            const auto [zone, first] =
                zone_of.emplace(site.power_zone, static_cast<std::int32_t>(task_of_zone.size()));
            if (first) {
                task_of_zone.push_back(works.tasks.size());
                works.tasks.push_back(
                    {RestorationTask::Kind::feeder, site.power_zone, {}, minutes_of(input.feeder_hours)});
                works.jobs.push_back({RepairJob::Target::feeder, zone->second, works.tasks.back().duration});
            }
            works.zones[at] = zone->second;
            works.tasks[task_of_zone[static_cast<std::size_t>(zone->second)]].sites.push_back(number);
        }
        if (stands && !needs_generator) continue;
        const double mend = stands ? 0 : site.repair_hours.value_or(input.site_hours);
        const double hours = mend + (needs_generator ? input.generator_hours : 0);
        works.tasks.push_back({stands ? RestorationTask::Kind::generator : RestorationTask::Kind::site,
                               site.id,
                               {number},
                               minutes_of(hours)});
        works.jobs.push_back({RepairJob::Target::site, number, works.tasks.back().duration});
    }
    for (std::size_t at = 0; at < sites; ++at) {
        const auto found = zone_of.find(table.sites[at].power_zone);
        if (found != zone_of.end()) works.all_zones[at] = found->second;
    }
    return works;
}

/// People of the first question by the sites that they live by.
std::vector<ServingGroups::Row> people_by_sites(FateOf& fate_of, std::span<const SharedFates::Row> rows) {
    std::vector<ServingGroups::Row> people;
    for (const SharedFates::Row& row : rows) {
        if (row.key.zone < 0 && row.key.zone != counted_twice) continue;
        const Fate fate = fate_of(row);
        if (fate.kind == Fate::Kind::by_sites) people.push_back({row.key.zone, fate.set, row.amount.people});
    }
    return people;
}

}  // namespace

double Restoration::gap() const {
    return phusong::gap(schedule.people_hours, bound);
}

Restoration restoration_of(const RestorationInput& input, const EventInput& event, const EventPlan& plan,
                           std::span<const SharedFates::Row> rows, const ServingSets& sets, double hour) {
    const SiteModel model{plan.sites, event.share_with_generators};
    const std::uint32_t scenarios = model.certain(std::span{&hour, 1}) ? 1 : event.scenarios;
    const Broken broken{model.failures(model.draw(event.seed, {0, scenarios}), hour)};
    Works works = works_of(input, plan.sites, broken);

    FateOf fate_of{plan.questions.front(), plan, sets};
    const std::vector<ServingGroups::Row> people = people_by_sites(fate_of, rows);
    const RestorationProblem problem{model.network(), works.zones, works.jobs, fate_of.sets(), people};

    Restoration result;
    result.hour = hour;
    result.crews = input.crews;
    result.schedule = schedule_repairs(problem, restoration_order(problem, input.crews), input.crews);
    const auto hours_of = [&](const std::vector<JobNumber>& order) {
        return schedule_repairs(problem, order, input.crews).people_hours;
    };
    result.listed = hours_of(listed_order(problem));
    result.biggest_first = hours_of(biggest_first_order(problem));
    result.best_rate_first = hours_of(best_rate_first_order(problem));
    result.bound = people_hours_bound(problem, input.crews, result.schedule);

    DamageScenarios damage{broken.structure, broken.power, {}};
    for (const SiteRecord& site : plan.sites.sites) {
        const double wait = site.repair_hours.value_or(-1) - hour;
        damage.repaired.push_back(wait > 0 ? minutes_of(wait) : never_repaired);
    }
    // In some scenarios a site waits for its feeder that has power in most of them.
    const RestorationProblem whole{model.network(), works.all_zones, std::move(works.jobs), fate_of.sets(),
                                   people};
    result.recovery = scenario_recovery(whole, result.schedule, damage);
    result.tasks = std::move(works.tasks);
    return result;
}

}  // namespace phusong
