#include "algorithms/planning/restoration_scenarios.hpp"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>

#include "algorithms/damage/scenarios.hpp"
#include "algorithms/support/nearest_rank.hpp"

namespace phusong {
namespace {

using std::chrono::minutes;

struct Repair {
    minutes time{};
    SiteNumber site = 0;
    bool structure = false;
    bool power = false;
};

/// What works again, and when, by time.
std::vector<Repair> repairs_of(const RestorationProblem& problem, const RestorationSchedule& schedule,
                               const DamageScenarios& scenarios) {
    std::vector<minutes> end(problem.job_count());
    for (const ScheduledRepair& repair : schedule.repairs) end[place(repair.job)] = repair.end;
    std::vector<Repair> repairs;
    for (std::size_t i = 0; i < problem.site_count(); ++i) {
        const auto site = static_cast<SiteNumber>(i);
        const JobNumber own = problem.own_job(site);
        const JobNumber feeder = problem.feeder_job(site);
        const minutes planned = scenarios.repaired.empty() ? never_repaired : scenarios.repaired[i];
        const minutes structure = own != no_job ? end[place(own)] : planned;
        const minutes power = feeder != no_job ? end[place(feeder)] : structure;
        if (structure <= schedule.end) repairs.push_back({structure, site, true, false});
        if (power <= schedule.end) repairs.push_back({power, site, false, true});
    }
    std::ranges::stable_sort(repairs, {}, &Repair::time);
    return repairs;
}

class Recovery {
public:
    Recovery(const RestorationProblem& problem, const DamageScenarios& scenarios)
        : problem_{problem},
          structure_{scenarios.structure},
          power_{scenarios.power},
          on_{problem.site_count(), structure_.bits()},
          dark_{problem.group_count(), structure_.bits()},
          served_(structure_.bits()),
          lit_(structure_.words()) {
        for (std::size_t group = 0; group < dark_.rows(); ++group) {
            for (std::size_t word = 0; word < dark_.words(); ++word) {
                dark_.row(group)[word] = dark_.used(word);
            }
        }
        for (std::size_t i = 0; i < problem.site_count(); ++i) settle(static_cast<SiteNumber>(i));
        spread();
    }

    void repair(const Repair& repair) {
        if (repair.structure) std::ranges::fill(structure_.row(place(repair.site)), 0);
        if (repair.power) std::ranges::fill(power_.row(place(repair.site)), 0);
        settle(repair.site);
    }
    /// Everything downstream of what changed.
    void spread() {
        while (!changed_.empty()) {
            const SiteNumber site = changed_.back();
            changed_.pop_back();
            serve(site);
            for (const SiteNumber child : problem_.children(site)) settle(child);
        }
    }

    /// People served in each scenario.
    [[nodiscard]] std::vector<Persons> served() const {
        std::vector<Persons> people{served_};
        for (Persons& amount : people) amount += served_everywhere_;
        return people;
    }

private:
    /// Sites only ever come on, so a ring ends with as few of them on as can be.
    void settle(SiteNumber site) {
        const std::span<std::uint64_t> here = on_.row(place(site));
        bool changed = false;
        for (std::size_t word = 0; word < here.size(); ++word) {
            std::uint64_t connected = problem_.root(site) ? on_.used(word) : 0;
            for (const SiteNumber parent : problem_.parents(site)) connected |= on_.row(place(parent))[word];
            const std::uint64_t failed = structure_.row(place(site))[word] | power_.row(place(site))[word];
            const std::uint64_t now = connected & ~failed;
            changed |= now != here[word];
            here[word] = now;
        }
        if (changed) changed_.push_back(site);
    }
    void serve(SiteNumber site) {
        const std::span<const std::uint64_t> on = on_.row(place(site));
        for (const std::int32_t group : problem_.groups_of(site)) {
            const std::span<std::uint64_t> dark = dark_.row(place(group));
            bool any = false;
            bool all = true;
            for (std::size_t word = 0; word < dark.size(); ++word) {
                lit_[word] = dark[word] & on[word];
                dark[word] &= ~on[word];
                any |= lit_[word] != 0;
                all &= lit_[word] == dark_.used(word);
            }
            if (all) {
                served_everywhere_ += problem_.people(group);
            } else if (any) {
                add_where(lit_, problem_.people(group), served_);
            }
        }
    }

    const RestorationProblem& problem_;
    BitRows structure_;  ///< failed
    BitRows power_;      ///< failed
    BitRows on_;         ///< sites on the air
    BitRows dark_;       ///< groups without service
    std::vector<Persons> served_;
    Persons served_everywhere_;  ///< on top, in every scenario
    std::vector<std::uint64_t> lit_;
    std::vector<SiteNumber> changed_;
};

RecoverySpread spread_at(minutes time, std::vector<Persons> people) {
    std::ranges::sort(people);
    return {time, people[nearest_rank(5, people.size())], people[nearest_rank(50, people.size())],
            people[nearest_rank(95, people.size())]};
}

}  // namespace

ScenarioRecovery scenario_recovery(const RestorationProblem& problem, const RestorationSchedule& schedule,
                                   const DamageScenarios& scenarios) {
    const std::size_t count = scenarios.structure.bits();
    assert(count > 0 && scenarios.power.bits() == count);
    assert(scenarios.structure.rows() == problem.site_count());
    assert(scenarios.power.rows() == problem.site_count());
    const Persons everybody = schedule.curve.back().served;
    std::vector<WideInteger> dark_minutes(count);
    ScenarioRecovery result;
    Recovery recovery{problem, scenarios};
    std::vector<Persons> served = recovery.served();
    result.curve.push_back(spread_at(minutes{0}, served));
    minutes since{0};
    const auto count_until = [&](minutes time) {
        for (std::size_t i = 0; i < count; ++i) {
            dark_minutes[i] += WideInteger{(everybody - served[i]).units()} * (time - since).count();
        }
        since = time;
    };
    const std::vector<Repair> repairs = repairs_of(problem, schedule, scenarios);
    for (std::size_t next = 0; next < repairs.size();) {
        const minutes time = repairs[next].time;
        for (; next < repairs.size() && repairs[next].time == time; ++next) recovery.repair(repairs[next]);
        recovery.spread();
        std::vector<Persons> now = recovery.served();
        if (now == served) continue;
        count_until(time);
        served = std::move(now);
        const RecoverySpread spread = spread_at(time, served);
        if (time == minutes{0}) result.curve.pop_back();
        result.curve.push_back(spread);
    }
    count_until(schedule.end);
    std::ranges::sort(dark_minutes);
    result.low = people_hours_of(dark_minutes[nearest_rank(5, count)]);
    result.median = people_hours_of(dark_minutes[nearest_rank(50, count)]);
    result.high = people_hours_of(dark_minutes[nearest_rank(95, count)]);
    return result;
}

}  // namespace phusong
