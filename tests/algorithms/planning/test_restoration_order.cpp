#include "algorithms/planning/restoration_order.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <set>
#include <vector>

#include "algorithms/planning/restoration_bundles.hpp"
#include "algorithms/planning/restoration_greedy.hpp"
#include "algorithms/planning/restoration_offers.hpp"
#include "tests/algorithms/planning/restoration_cases.hpp"

namespace phusong::test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using Jobs = std::vector<JobNumber>;
using Sites = std::vector<SiteNumber>;

PeopleHours hours_of(const RestorationProblem& problem, const Jobs& order, std::int32_t crews = 1) {
    return schedule_repairs(problem, order, crews).people_hours;
}

/// Roots with a job each. @param people who are reached by each site alone
DamageCase masts(const std::vector<double>& people, const std::vector<int>& repair_hours) {
    DamageCase damage;
    for (std::size_t i = 0; i < people.size(); ++i) {
        const auto site = static_cast<SiteNumber>(i);
        damage.sites.push_back({"mast " + std::to_string(i), {}});
        damage.jobs.push_back(repair_of_site(site, hours{repair_hours[i]}));
        if (people[i] > 0) damage.groups.add(0, Sites{site}, Persons::round(people[i]));
    }
    return damage;
}

/// The greedy order without laziness: all offers are looked at again in every round.
class EagerGreedy {
public:
    explicit EagerGreedy(const RestorationProblem& problem)
        : problem_{problem}, progress_{problem}, served_{problem, progress_}, search_{problem} {}

    Jobs order() {
        while (take_best()) {
        }
        Jobs rest;
        for (std::size_t i = 0; i < problem_.job_count(); ++i) {
            if (!progress_.done(static_cast<JobNumber>(i))) rest.push_back(static_cast<JobNumber>(i));
        }
        std::ranges::stable_sort(rest, {}, [&](JobNumber job) { return problem_.duration(job); });
        order_.insert(order_.end(), rest.begin(), rest.end());
        return order_;
    }

private:
    [[nodiscard]] std::vector<Sites> dark_sites_of_offers() const {
        std::vector<Sites> offers;
        for (int kind = 0; kind < 2; ++kind) {
            for (std::size_t i = 0; i < problem_.site_count(); ++i) {
                const auto site = static_cast<SiteNumber>(i);
                offers.push_back({site});
                if (kind == 0) continue;
                for (const SiteNumber child : problem_.children(site)) offers.back().push_back(child);
            }
        }
        for (std::size_t i = 0; i < problem_.job_count(); ++i) {
            const auto sites = problem_.sites_of(static_cast<JobNumber>(i));
            offers.emplace_back(sites.begin(), sites.end());
        }
        for (Sites& sites : offers) {
            std::erase_if(sites, [&](SiteNumber site) { return progress_.on(site); });
        }
        return offers;
    }
    Jobs jobs_of(const Sites& sites) {
        Jobs jobs;
        for (const SiteNumber site : sites) {
            Jobs found;
            search_.find(progress_, site, found);
            for (const JobNumber job : found) {
                if (std::ranges::count(jobs, job) == 0) jobs.push_back(job);
            }
        }
        return jobs;
    }
    RestorationOffer offer_of(const Jobs& jobs) {
        const SiteProgress::Moment before = progress_.now();
        RestorationOffer offer;
        for (const JobNumber job : jobs) {
            progress_.finish(job);
            offer.work += problem_.duration(job);
        }
        offer.people = served_.would_bring(progress_.came_on_since(before));
        progress_.go_back(before);
        return offer;
    }
    Jobs best_of(const std::vector<Sites>& offers, Sites& sites) {
        RestorationOffer best;
        Jobs chosen;
        for (const Sites& offer : offers) {
            const Jobs jobs = jobs_of(offer);
            const RestorationOffer here = offer_of(jobs);
            if (!here.beats(best)) continue;
            best = here;
            chosen = jobs;
            sites = offer;
        }
        return chosen;
    }
    bool take_best() {
        Sites sites;
        Jobs jobs = best_of(dark_sites_of_offers(), sites);
        std::vector<Sites> parts;
        for (const SiteNumber site : sites) parts.push_back({site});
        if (const Jobs part = best_of(parts, sites); !part.empty()) jobs = part;
        const SiteProgress::Moment before = progress_.now();
        for (const JobNumber job : jobs) progress_.finish(job);
        served_.bring_on(progress_.came_on_since(before));
        order_.insert(order_.end(), jobs.begin(), jobs.end());
        return !jobs.empty();
    }

    const RestorationProblem& problem_;
    SiteProgress progress_;
    ServedPeople served_;
    BundleSearch search_;
    Jobs order_;
};

}  // namespace

TEST_CASE("Most people per hour come first, whatever the size of the job") {
    const RestorationProblem problem = masts({100, 300, 10}, {1, 6, 1}).problem();
    CHECK(restoration_order(problem, 1) == Jobs{0, 1, 2});
    CHECK(biggest_first_order(problem) == Jobs{1, 0, 2});
    CHECK(best_rate_first_order(problem) == Jobs{0, 1, 2});
    CHECK(listed_order(problem) == Jobs{0, 1, 2});
}

TEST_CASE("People whom two masts reach are a reason for one of them only") {
    // 100 people reach masts 0 and 1; 30 reach mast 2.
    DamageCase damage = masts({0, 0, 30}, {1, 1, 1});
    damage.groups.add(0, Sites{0, 1}, Persons::round(100));
    const RestorationProblem problem = damage.problem();
    CHECK(restoration_order(problem, 1) == Jobs{0, 2, 1});
    CHECK(best_rate_first_order(problem) == Jobs{0, 1, 2});
    CHECK(schedule_repairs(problem, Jobs{0, 2, 1}, 1).repairs[2].brings_nobody());
}

TEST_CASE("A hub that serves nobody comes first where many hang on it") {
    //         hub (4 h, serves nobody)              alone (2 h, 35 people)
    //    /     |      |     \                       .
    //   a      b      c      d   1 h and 40 people each
    DamageCase damage{
        {{"alone", {}}, {"hub", {}}, {"a", {"hub"}}, {"b", {"hub"}}, {"c", {"hub"}}, {"d", {"hub"}}},
        {},
        {repair_of_site(0, hours{2}), repair_of_site(1, hours{4})},
        {}};
    damage.groups.add(0, Sites{0}, Persons::round(35));
    for (const SiteNumber site : {2, 3, 4, 5}) {
        damage.jobs.push_back(repair_of_site(site, hours{1}));
        damage.groups.add(0, Sites{site}, Persons::round(40));
    }
    const RestorationProblem problem = damage.problem();
    // Any one of the four with the hub brings 8 people an hour back, less than the mast alone: only together,
    // 160 people in 8 hours, do they come first.
    const Jobs order = greedy_order(problem);
    CHECK(order == Jobs{1, 2, 3, 4, 5, 0});
    CHECK(hours_of(problem, order) == least_people_hours(damage));
    CHECK(hours_of(problem, best_rate_first_order(problem)) > hours_of(problem, order));
    CHECK(best_rate_first_order(problem).back() == 1);  // by itself the hub is worth nothing
}

TEST_CASE("A feeder comes before the masts that wait for power and for repair") {
    // Masts 0 to 2 hang on feeder 0 (3 h) and need 1 h each themselves; mast 3 needs nothing but 1 h.
    DamageCase damage = masts({50, 50, 50, 12}, {1, 1, 1, 1});
    damage.power_zones = {0, 0, 0, no_power_zone};
    damage.jobs.push_back(repair_of_feeder(0, hours{3}));
    const RestorationProblem problem = damage.problem();
    CHECK(greedy_order(problem) == Jobs{4, 0, 1, 2, 3});
    CHECK(hours_of(problem, greedy_order(problem)) == least_people_hours(damage));
    CHECK(schedule_repairs(problem, greedy_order(problem), 1).repairs[0].people_per_hour == 12.5);
}

TEST_CASE("The cheaper of two parents is repaired, and a feeder met twice is paid once") {
    //   west (9 h)   east (feeder 1, 4 h)
    //         \      /
    //          valley (feeder 1 too, 2 h itself)
    DamageCase damage{
        {{"west", {}}, {"east", {}}, {"valley", {"west", "east"}}},
        {no_power_zone, 1, 1},
        {repair_of_site(0, hours{9}), repair_of_feeder(1, hours{8}), repair_of_site(2, hours{2})},
        {}};
    damage.groups.add(0, Sites{2}, Persons::round(10));
    const RestorationProblem problem = damage.problem();
    BundleSearch search{problem};
    const SiteProgress progress{problem};
    Jobs bundle;
    CHECK(search.find(progress, 2, bundle));
    CHECK(bundle == Jobs{1, 2});
    CHECK(restoration_order(problem, 1) == Jobs{1, 2, 0});
}

TEST_CASE("A site that no repair can reach is in no bundle") {
    DamageCase damage{{{"x", {"y"}}, {"y", {"x"}}}, {}, {repair_of_site(0, hours{1})}, {}};
    damage.groups.add(0, Sites{0}, Persons::round(10));
    const RestorationProblem problem = damage.problem();
    Jobs bundle;
    CHECK_FALSE(BundleSearch{problem}.find(SiteProgress{problem}, 0, bundle));
    CHECK(bundle.empty());
    CHECK(restoration_order(problem, 1) == Jobs{0});
    CHECK(hours_of(problem, Jobs{0}) == PeopleHours{});
}

TEST_CASE("What brings nobody back comes last, the shortest first") {
    const RestorationProblem problem = masts({0, 5, 0, 0}, {3, 9, 1, 3}).problem();
    CHECK(restoration_order(problem, 2) == Jobs{1, 2, 0, 3});
    CHECK(restoration_order(DamageCase{}.problem(), 2).empty());
}

TEST_CASE("Looking again only where it matters takes the same bundles as looking everywhere") {
    std::mt19937 random{7};
    for (int i = 0; i < 300; ++i) {
        const DamageCase damage = random_damage(random, 3 + random() % 20, 1 + random() % 20);
        const RestorationProblem problem = damage.problem();
        REQUIRE(greedy_order(problem) == EagerGreedy{problem}.order());
    }
}

TEST_CASE("Greedy is within four times the optimum where sites stand alone, and mostly far closer") {
    std::mt19937 random{11};
    double sum = 0;
    const int cases = 60;
    for (int i = 0; i < cases; ++i) {
        const DamageCase damage = random_damage(random, 1 + random() % 10, 10, true);
        const RestorationProblem problem = damage.problem();
        const PeopleHours least = least_people_hours(damage);
        const PeopleHours greedy = hours_of(problem, greedy_order(problem));
        REQUIRE(least <= greedy);
        REQUIRE(greedy <= least * 4);
        sum += least == PeopleHours{} ? 1 : greedy / least;
    }
    CHECK(sum / cases < 1.02);
}

TEST_CASE("With hubs and feeders the order stays near the optimum, and beats those without bundles") {
    std::mt19937 random{12};
    double ours = 0;
    double by_rate = 0;
    double by_size = 0;
    int cases = 0;
    for (int i = 0; i < 60; ++i) {
        const DamageCase damage = random_damage(random, 8, 9);
        const RestorationProblem problem = damage.problem();
        const PeopleHours least = least_people_hours(damage);
        const Jobs greedy = greedy_order(problem);
        const PeopleHours best = hours_of(problem, restoration_order(problem, 1));
        REQUIRE(least <= best);
        REQUIRE(best <= hours_of(problem, greedy));
        if (least == PeopleHours{}) continue;
        ours += best / least;
        by_rate += hours_of(problem, best_rate_first_order(problem)) / least;
        by_size += hours_of(problem, biggest_first_order(problem)) / least;
        ++cases;
    }
    REQUIRE(cases > 50);
    CHECK(ours / cases < 1.03);
    CHECK(by_rate / cases > 1.2);
    CHECK(by_size / cases > 1.2);
}

TEST_CASE("Two crews: near the best of all lists") {
    std::mt19937 random{13};
    double ours = 0;
    int cases = 0;
    for (int i = 0; i < 25; ++i) {
        const DamageCase damage = random_damage(random, 5, 6);
        const RestorationProblem problem = damage.problem();
        Jobs order = listed_order(problem);
        PeopleHours least = hours_of(problem, order, 2);
        while (std::ranges::next_permutation(order).found) {
            least = std::min(least, hours_of(problem, order, 2));
        }
        const PeopleHours planned = hours_of(problem, restoration_order(problem, 2), 2);
        REQUIRE(least <= planned);
        if (least == PeopleHours{}) continue;
        ours += planned / least;
        ++cases;
    }
    REQUIRE(cases > 15);
    CHECK(ours / cases < 1.08);
}

TEST_CASE("Improving an order keeps every job and never costs one crew people-hours") {
    std::mt19937 random{14};
    int better = 0;
    for (int i = 0; i < 60; ++i) {
        const DamageCase damage = random_damage(random, 10, 12);
        const RestorationProblem problem = damage.problem();
        const Jobs listed = listed_order(problem);
        const Jobs improved = improved_order(problem, listed);
        REQUIRE(std::set<JobNumber>(improved.begin(), improved.end()).size() == listed.size());
        REQUIRE(improved.size() == listed.size());
        REQUIRE(hours_of(problem, improved) <= hours_of(problem, listed));
        better += hours_of(problem, improved) < hours_of(problem, listed) ? 1 : 0;
    }
    CHECK(better > 40);
}

TEST_CASE("The order of the groups changes no job") {
    std::mt19937 random{15};
    for (int i = 0; i < 20; ++i) {
        DamageCase damage = random_damage(random, 12, 12);
        const RestorationProblem problem = damage.problem();
        std::vector<ServingGroups::Row> rows = damage.groups.rows();
        std::shuffle(rows.begin(), rows.end(), random);
        ServingGroups other;
        for (const ServingGroups::Row& row : rows)
            other.add(row.zone, damage.groups.sets()[row.set], row.people);
        damage.groups = other;
        const Jobs order = restoration_order(problem, 3);
        REQUIRE(restoration_order(damage.problem(), 3) == order);
        REQUIRE(schedule_repairs(damage.problem(), order, 3) == schedule_repairs(problem, order, 3));
    }
}

}  // namespace phusong::test
