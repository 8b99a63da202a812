#include "algorithms/ranking/inequality.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>
#include <vector>

namespace phusong {
namespace {

struct Commune {
    std::size_t group = 0;
    double rate = 0;
    double people = 0;

    friend auto operator<=>(const Commune&, const Commune&) = default;
};

/// In one order whatever the order of the input, so that sums round the same.
std::vector<Commune> sorted(std::span<const double> rates, std::span<const Persons> people,
                            std::span<const std::size_t> group) {
    assert(rates.size() == people.size() && (group.empty() || group.size() == rates.size()));
    std::vector<Commune> communes;
    for (std::size_t i = 0; i < rates.size(); ++i) {
        assert(rates[i] >= 0 && people[i] >= Persons{});
        communes.push_back({group.empty() ? 0 : group[i], rates[i], people[i].value()});
    }
    std::sort(communes.begin(), communes.end(),
              [](const Commune& a, const Commune& b) { return (a <=> b) < 0; });
    return communes;
}

struct Sums {
    double people = 0;
    double amount = 0;

    void add(const Commune& commune) {
        people += commune.people;
        amount += commune.people * commune.rate;
    }
    [[nodiscard]] double mean() const { return amount / people; }
};

/// What shares `amount` of all contribute when they have `ratio` of the mean; nothing has no logarithm, and
/// x ln x goes to 0.
double term(double amount, double ratio) {
    return amount > 0 ? amount * std::log(ratio) : 0;
}

}  // namespace

double gini(std::span<const double> rates, std::span<const Persons> people) {
    Sums all;
    // Twice the area between the curve of amounts over people, poorest first, and the diagonal.
    double under_curve = 0;
    for (const Commune& commune : sorted(rates, people, {})) {
        const double before = all.amount;
        all.add(commune);
        under_curve += commune.people * (before + all.amount);
    }
    assert(all.people > 0);
    return all.amount > 0 ? std::max(0.0, 1 - under_curve / (all.people * all.amount)) : 0;
}

TheilSplit theil(std::span<const double> rates, std::span<const Persons> people,
                 std::span<const std::size_t> group) {
    assert(group.size() == rates.size());
    const std::vector<Commune> communes = sorted(rates, people, group);
    Sums all;
    std::map<std::size_t, Sums> groups;
    for (const Commune& commune : communes) {
        all.add(commune);
        groups[commune.group].add(commune);
    }
    assert(all.people > 0);
    TheilSplit split;
    if (all.amount <= 0) return split;
    for (const Commune& commune : communes) {
        const double amount = commune.people * commune.rate / all.amount;
        split.within += term(amount, commune.rate / groups[commune.group].mean());
    }
    for (const auto& [number, sums] : groups)
        split.between += term(sums.amount / all.amount, sums.mean() / all.mean());
    return split;
}

}  // namespace phusong
