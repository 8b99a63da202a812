#include "algorithms/ranking/inequality.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <vector>

namespace phusong::test {
namespace {

std::vector<Persons> people(std::initializer_list<double> counts) {
    std::vector<Persons> amounts;
    for (const double count : counts) amounts.push_back(Persons::round(count));
    return amounts;
}

using Numbers = std::vector<double>;
using Groups = std::vector<std::size_t>;

}  // namespace

TEST_CASE("Gini and Theil are those worked by hand") {
    // hand_mcda.csv: "Gini 1..5", "Theil T 1..5", "weighted Gini", "weighted Theil T".
    const Numbers steps = {1, 2, 3, 4, 5};
    const std::vector<Persons> one_each = people({1, 1, 1, 1, 1});
    CHECK(gini(steps, one_each) == Approx(0.2666666667).epsilon(1e-9));
    CHECK(theil(steps, one_each, Groups{0, 0, 0, 0, 0}).total() == Approx(0.1196875936).epsilon(1e-9));
    const Numbers covered = {.99, .95, .8, .6, .2};
    const std::vector<Persons> weights = people({50, 30, 10, 7, 3});
    CHECK(gini(covered, weights) == Approx(0.0700881057).epsilon(1e-9));
    CHECK(theil(covered, weights, Groups{0, 1, 0, 1, 2}).total() == Approx(0.0210083751).epsilon(1e-8));
}

TEST_CASE("Everybody alike is no inequality, and one who has all is nearly everything") {
    CHECK(gini(Numbers{0.5, 0.5}, people({3, 8})) == Approx(0).margin(1e-15));
    CHECK(theil(Numbers{0.5, 0.5}, people({3, 8}), Groups{0, 1}).total() == Approx(0).margin(1e-15));
    CHECK(gini(Numbers{0, 0}, people({3, 8})) == 0);
    CHECK(theil(Numbers{0, 0}, people({3, 8}), Groups{0, 1}).total() == 0);
    CHECK(gini(Numbers{0, 1}, people({99, 1})) == Approx(0.99));
    CHECK(theil(Numbers{0, 1}, people({99, 1}), Groups{0, 0}).total() == Approx(std::log(100)));
    // Nobody lives there: it does not count.
    CHECK(gini(Numbers{0.5, 0.5, 9}, people({3, 8, 0})) == Approx(0).margin(1e-15));
}

TEST_CASE("Theil within and between groups adds up to the index of all, and order changes no bit") {
    std::mt19937 random{4};
    for (int round = 0; round < 20; ++round) {
        Numbers rates;
        std::vector<Persons> counts;
        Groups groups;
        std::vector<std::size_t> order;
        double sum = 0;
        double amount = 0;
        for (std::size_t i = 0; i < 40; ++i) {
            rates.push_back(static_cast<double>(random() % 100) / 100);
            counts.push_back(Persons::round(static_cast<int>(random() % 5000)));
            groups.push_back(random() % 4);
            order.push_back(i);
            sum += counts[i].value();
            amount += counts[i].value() * rates[i];
        }
        double direct = 0;
        double differences = 0;
        for (std::size_t i = 0; i < 40; ++i) {
            const double x = rates[i] * sum / amount;
            if (x > 0) direct += counts[i].value() / sum * x * std::log(x);
            for (std::size_t k = 0; k < 40; ++k) {
                differences += counts[i].value() * counts[k].value() * std::abs(rates[i] - rates[k]);
            }
        }
        const TheilSplit split = theil(rates, counts, groups);
        CHECK(split.total() == Approx(direct).epsilon(1e-12));
        CHECK(split.within >= 0);
        CHECK(split.between >= 0);
        CHECK(gini(rates, counts) == Approx(differences / (2 * sum * amount)).epsilon(1e-12));

        std::shuffle(order.begin(), order.end(), random);
        Numbers rates_again;
        std::vector<Persons> counts_again;
        Groups groups_again;
        for (const std::size_t i : order) {
            rates_again.push_back(rates[i]);
            counts_again.push_back(counts[i]);
            groups_again.push_back(groups[i]);
        }
        CHECK(gini(rates_again, counts_again) == gini(rates, counts));
        CHECK(theil(rates_again, counts_again, groups_again).within == split.within);
        CHECK(theil(rates_again, counts_again, groups_again).between == split.between);
    }
}

}  // namespace phusong::test
