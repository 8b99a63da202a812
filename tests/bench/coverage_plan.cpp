// What a rollout plan of a large province costs: 10,000 candidates, 250,000 groups of people, 500 sites. The
// candidates are discs over people who live in towns and between them.

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <utility>
#include <vector>

#include "algorithms/planning/coverage_bound.hpp"
#include "algorithms/planning/coverage_greedy.hpp"
#include "algorithms/planning/coverage_improvement.hpp"
#include "algorithms/planning/coverage_least_cost.hpp"
#include "algorithms/support/counter_based_random.hpp"

namespace {

using namespace phusong;

/// Runs the work once and says how many seconds it took.
template <typename Work>
double seconds(const Work& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

struct Place {
    double x = 0;  ///< km
    double y = 0;
};

struct Country {
    std::size_t candidates = 0;
    std::size_t groups = 0;
    double side_km = 0;
    std::size_t towns = 0;
    ZoneNumber zones_across = 0;
    bool equal_costs = false;
};

class Draw {
public:
    explicit Draw(std::uint64_t seed) : random_{seed} {}
    double uniform() { return random_.uniform({next_++, 0, 0}); }
    double around_zero() { return uniform() + uniform() + uniform() + uniform() - 2; }

private:
    CounterBasedRandom random_;
    std::uint64_t next_ = 0;
};

/// Two thirds of the people live in towns, the larger the rarer; others anywhere.
CoverageInstance instance_of(const Country& country, std::uint64_t seed) {
    Draw draw{seed};
    std::vector<Place> towns;
    for (std::size_t i = 0; i < country.towns; ++i)
        towns.push_back({draw.uniform() * country.side_km, draw.uniform() * country.side_km});
    std::vector<Place> homes;
    std::vector<CoverageGroup> groups(country.groups);
    const double zone_km = country.side_km / country.zones_across;
    for (CoverageGroup& group : groups) {
        Place home{draw.uniform() * country.side_km, draw.uniform() * country.side_km};
        double people = 1 + 20 * draw.uniform();
        if (draw.uniform() < 0.67) {
            const double rank = draw.uniform();
            const Place town =
                towns[static_cast<std::size_t>(rank * rank * static_cast<double>(towns.size()))];
            home = {std::clamp(town.x + 4 * draw.around_zero(), 0.0, country.side_km * 0.999),
                    std::clamp(town.y + 4 * draw.around_zero(), 0.0, country.side_km * 0.999)};
            people *= 4;
        }
        group.people = Persons::round(people);
        group.zone = static_cast<ZoneNumber>(home.y / zone_km) * country.zones_across +
                     static_cast<ZoneNumber>(home.x / zone_km);
        homes.push_back(home);
    }
    // Homes by squares of the widest radius, so that a candidate looks at nine of them.
    constexpr double widest = 5;
    const auto across = static_cast<std::size_t>(country.side_km / widest) + 1;
    std::vector<std::vector<std::size_t>> square(across * across);
    const auto column = [](double km) { return static_cast<std::size_t>(std::max(0.0, km) / widest); };
    for (std::size_t i = 0; i < homes.size(); ++i)
        square[column(homes[i].y) * across + column(homes[i].x)].push_back(i);
    std::vector<CoverageCandidate> candidates;
    for (std::size_t j = 0; j < country.candidates; ++j) {
        const Place home =
            homes[static_cast<std::size_t>(draw.uniform() * static_cast<double>(homes.size()))];
        const Place mast{std::clamp(home.x + draw.around_zero(), 0.0, country.side_km * 0.999),
                         std::clamp(home.y + draw.around_zero(), 0.0, country.side_km * 0.999)};
        const double radius = 2 + 3 * draw.uniform();
        const double cost = country.equal_costs ? 1 : 40 + 12 * radius + 60 * draw.uniform();
        candidates.push_back({Cost::round(cost),
                              static_cast<ZoneNumber>(mast.y / zone_km) * country.zones_across +
                                  static_cast<ZoneNumber>(mast.x / zone_km),
                              false});
        const std::size_t row_end = std::min(across, column(mast.y + widest) + 1);
        const std::size_t column_end = std::min(across, column(mast.x + widest) + 1);
        for (std::size_t row = column(mast.y - widest); row < row_end; ++row) {
            for (std::size_t col = column(mast.x - widest); col < column_end; ++col) {
                for (const std::size_t i : square[row * across + col]) {
                    if (std::hypot(homes[i].x - mast.x, homes[i].y - mast.y) <= radius)
                        groups[i].candidates.push_back(static_cast<CandidateNumber>(j));
                }
            }
        }
    }
    // The order in which a ledger hands them over.
    std::sort(groups.begin(), groups.end(), [](const CoverageGroup& a, const CoverageGroup& b) {
        return a.zone != b.zone ? a.zone < b.zone : a.candidates < b.candidates;
    });
    return CoverageInstance{std::move(candidates), groups};
}

void bench_limit(const char* name, const CoverageInstance& instance, const CoverageLimit& limit,
                 CoverageOrder order) {
    CoverageChoice choice{instance};
    RoomLeft room{instance, limit};
    const double greedy = seconds([&] { add_greedily(choice, room, order); });
    const Persons covered = choice.covered();
    int rounds = 0;
    const double improvement = seconds([&] { rounds = improve_coverage(choice, room, 10); });
    CoverageBound bound;
    const double bounding = seconds([&] { bound = coverage_bound(instance, limit, choice, 400); });
    std::printf(
        "%-14s %6zu sites  greedy %6.3f s  improved %5.2f s in %d rounds: +%.2f %%  bound %5.2f s  "
        "people %.0f of %.0f  gap %.2f %%\n",
        name, choice.members().size(), greedy, improvement, rounds, 100 * (choice.covered() / covered - 1),
        bounding, choice.covered().value(), instance.everybody().value(),
        100 * (bound.people / choice.covered() - 1));
}

/// @param in_all per cent of everybody who can be covered @param floor the same in each commune
void bench_target(const CoverageInstance& instance, double in_all, double floor) {
    const CoverageInstance open = instance.open_part();
    CoverageTarget target{Persons::round(open.everybody().value() * in_all / 100), {}};
    for (CoverageInstance::GroupNumber group = 0; group < open.group_count() && floor > 0; ++group) {
        const auto zone = static_cast<std::size_t>(open.zone(group));
        if (zone >= target.of_zone.size()) target.of_zone.resize(zone + 1);
        target.of_zone[zone] += open.people(group);
    }
    for (Persons& people : target.of_zone) people = Persons::round(people.value() * floor / 100);
    LeastCostPlan plan;
    const double taken = seconds([&] { plan = least_cost_coverage(instance, target); });
    std::printf(
        "%3.0f %% in all, %3.0f %% of each commune: %5zu sites, cost %.0f, at least %.0f: gap %.2f %%, "
        "%.2f s\n",
        in_all, floor, plan.steps.size(), plan.cost.value(), plan.bound.value(), 100 * plan.gap(), taken);
}

}  // namespace

int main() {
    const Country large{10000, 250000, 300, 400, 58, false};
    const Country province{3000, 100000, 160, 120, 18, false};
    {
        const CoverageInstance instance = instance_of(large, 1);
        std::printf("%zu candidates, %zu groups, %zu incidences\n", instance.candidate_count(),
                    instance.group_count(), instance.incidence_count());
        bench_limit("500 sites", instance, CoverageLimit::sites(500), CoverageOrder::people);
        bench_limit("budget", instance, CoverageLimit::budget(Cost::round(50000)),
                    CoverageOrder::people_per_cost);
        bench_limit("one a commune", instance, CoverageLimit::one_per_zone(), CoverageOrder::people);
        bench_target(instance, 90, 0);
    }
    const CoverageInstance instance = instance_of(province, 1);
    std::printf("%zu candidates, %zu groups, %zu incidences\n", instance.candidate_count(),
                instance.group_count(), instance.incidence_count());
    bench_target(instance, 90, 0);
    bench_target(instance, 99, 0);
    bench_target(instance, 100, 0);
    bench_target(instance, 90, 50);
    bench_target(instance, 0, 80);
    return 0;
}
