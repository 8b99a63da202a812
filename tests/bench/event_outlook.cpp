// What scenarios cost: a country of 3,321 communes and 10,000 sites, 250,000 groups of people, 1,024
// scenarios. The kernel that adds people where bits are set, against adding bit by bit; then the whole
// outlook.

#include <algorithm>
#include <bit>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "algorithms/damage/scenarios.hpp"
#include "engine/event_outlook.hpp"

namespace {

using namespace phusong;

constexpr std::size_t communes = 3321;
constexpr std::size_t sites = 10000;
constexpr std::size_t groups = 250000;
constexpr std::uint32_t scenarios = 1024;

/// Best of three, in seconds.
template <typename Work>
double seconds(const Work& work) {
    double best = 1e9;
    for (int i = 0; i < 3; ++i) {
        const auto start = std::chrono::steady_clock::now();
        work();
        best =
            std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    return best;
}

struct Group {
    std::size_t zone = 0;
    std::vector<SiteNumber> sites;
    Persons people;
};

/// Neighbouring communes are served by neighbouring sites, one to five of them.
std::vector<Group> country(std::mt19937_64& random) {
    std::vector<Group> all(groups);
    for (std::size_t i = 0; i < groups; ++i) {
        all[i].zone = i * communes / groups;
        const std::size_t home = all[i].zone * sites / communes;
        const std::size_t count = 1 + random() % 5;
        for (std::size_t k = 0; k < count; ++k) {
            all[i].sites.push_back(static_cast<SiteNumber>(std::min(sites - 1, home + random() % 12)));
        }
        std::sort(all[i].sites.begin(), all[i].sites.end());
        all[i].sites.erase(std::unique(all[i].sites.begin(), all[i].sites.end()), all[i].sites.end());
        all[i].people = Persons::of_units(static_cast<std::int64_t>(random() % 10'000'000'000));
    }
    return all;
}

BitRows failing(std::mt19937_64& random, double probability) {
    BitRows failed{sites, scenarios};
    std::bernoulli_distribution fails{probability};
    for (std::size_t site = 0; site < sites; ++site) {
        for (std::size_t i = 0; i < scenarios; ++i) {
            if (fails(random)) failed.set(site, i);
        }
    }
    return failed;
}

void bit_by_bit(const std::vector<Group>& all, const BitRows& failed, std::vector<Persons>& sums) {
    for (const Group& group : all) {
        for (std::size_t word = 0; word < failed.words(); ++word) {
            std::uint64_t dark = failed.used(word);
            for (const SiteNumber site : group.sites) {
                dark &= failed.row(static_cast<std::size_t>(site))[word];
            }
            for (; dark != 0; dark &= dark - 1) {
                sums[group.zone * scenarios + word * 64 + static_cast<std::size_t>(std::countr_zero(dark))] +=
                    group.people;
            }
        }
    }
}

void word_by_word(const std::vector<Group>& all, const BitRows& failed, std::vector<Persons>& sums) {
    std::vector<std::uint64_t> dark(failed.words());
    for (const Group& group : all) {
        if (!all_failed(group.sites, failed, dark)) continue;
        add_where(dark, group.people, std::span{sums}.subspan(group.zone * scenarios, scenarios));
    }
}

void bench_kernel(const std::vector<Group>& all, std::mt19937_64& random) {
    std::printf("%12s %12s %12s %8s\n", "P(fail)", "by bit, s", "by word, s", "ratio");
    for (const double probability : {0.01, 0.1, 0.3, 0.6, 0.9}) {
        const BitRows failed = failing(random, probability);
        std::vector<Persons> one(communes * scenarios);
        std::vector<Persons> other(communes * scenarios);
        const double before = seconds([&] {
            std::fill(one.begin(), one.end(), Persons{});
            bit_by_bit(all, failed, one);
        });
        const double after = seconds([&] {
            std::fill(other.begin(), other.end(), Persons{});
            word_by_word(all, failed, other);
        });
        std::printf("%12g %12.3f %12.3f %8.2f%s\n", probability, before, after, before / after,
                    one == other ? "" : "  DIFFERENT");
    }
}

/// Three operators that take turns site by site, under a storm over part of the country.
void bench_outlook(const std::vector<Group>& all, double part_hit) {
    EventInput event;
    event.scenarios = scenarios;
    EventPlan plan;
    plan.after_layer = {3, 4, 5};
    plan.questions = {{LossQuestion::Kind::any_mobile, "mobile", {0, 1, 2}},
                      {LossQuestion::Kind::mobile_of_operator, "a", {0}},
                      {LossQuestion::Kind::mobile_of_operator, "b", {1}},
                      {LossQuestion::Kind::mobile_of_operator, "c", {2}}};
    SiteTable table;
    for (std::size_t i = 0; i < sites; ++i) {
        SiteRecord site;
        site.id = "site-" + std::to_string(i);
        if (i % 10 != 0) site.parents = {"site-" + std::to_string(i / 10 * 10)};
        if (static_cast<double>(i) < part_hit * sites)
            site.gust = Gust::of_metres_per_second(20 + static_cast<double>(i % 25));
        site.design_gust = Gust::of_metres_per_second(35);
        site.power_zone = "feeder-" + std::to_string(i / 50);
        table.sites.push_back(site);
        plan.site_layers.push_back({i % 3});
    }
    SharedFates fates;
    for (const Group& group : all) {
        ServiceState state;
        for (const SiteNumber site : group.sites) {
            const auto layer = static_cast<std::size_t>(site) % 3;
            state = state.with(layer, Service::served).with(layer + 3, Service::served);
        }
        fates.add({static_cast<ZoneNumber>(group.zone), state}, group.sites, {group.people, {}});
    }
    std::vector<std::string> codes;
    for (std::size_t zone = 0; zone < communes; ++zone) codes.push_back(std::to_string(10000 + zone));
    const std::vector<Persons> people(communes, Persons::round(10000));
    const std::vector<SharedFates::Row> rows = fates.rows();
    double dark = 0;
    const double taken = seconds([&] {
        dark = outlook_of(event, plan, table, rows, fates.sets(), codes, people)
                   .total.of_question[0]
                   .spread.mean;
    });
    std::printf(
        "outlook: %zu rows, %zu hours, %zu questions, %.0f %% of the sites hit: %.2f s, %.0f people\n",
        rows.size(), event.hours.size(), plan.questions.size(), 100 * part_hit, taken, dark);
}

}  // namespace

int main() {
    std::mt19937_64 random{1};
    const std::vector<Group> all = country(random);
    bench_kernel(all, random);
    bench_outlook(all, 0.1);
    bench_outlook(all, 1);
    return 0;
}
