#include "engine/scenario_table.hpp"

#include <algorithm>
#include <cstdint>

#include "algorithms/damage/scenarios.hpp"

namespace phusong {
namespace {

/// Which sites fail in any scenario at all.
std::vector<char> ever_failing(const BitRows& failed) {
    std::vector<char> failing(failed.rows());
    for (std::size_t site = 0; site < failed.rows(); ++site) {
        const std::span<const std::uint64_t> row = failed.row(site);
        const bool fails = std::any_of(row.begin(), row.end(), [](std::uint64_t word) { return word != 0; });
        failing[site] = fails ? 1 : 0;
    }
    return failing;
}

bool all_may_fail(std::span<const SiteNumber> sites, const std::vector<char>& failing) {
    return std::all_of(sites.begin(), sites.end(),
                       [&](SiteNumber site) { return failing[static_cast<std::size_t>(site)] != 0; });
}

/// Makes the last row, of people counted twice, one of everybody once.
void sum_up(PersonsTable& table) {
    const std::size_t everybody = table.places() - 1;
    std::vector<Persons> sums(table.scenarios());
    for (std::size_t zone = 0; zone < everybody; ++zone) {
        const std::span<const Persons> row = table.row(zone);
        for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += row[i];
    }
    const std::span<Persons> last = table.row(everybody);
    for (std::size_t i = 0; i < sums.size(); ++i) last[i] = sums[i] - last[i];
}

/// People who had one operator, lost it, and surely have another one.
class StrandedPeople {
public:
    StrandedPeople(const EventPlan& plan, const ServingSets& sets, const BitRows& failed)
        : plan_{&plan},
          sets_{&sets},
          failed_{&failed},
          failing_{ever_failing(failed)},
          lost_(failed.words()),
          dark_(failed.words()) {}

    [[nodiscard]] PersonsTable of(const LossQuestion& question, std::span<const SharedFates::Row> rows,
                                  std::size_t zones) {
        PersonsTable table{zones + 1, failed_->bits()};
        FateOf of_any{plan_->questions.front(), *plan_, *sets_};
        FateOf of_operator{question, *plan_, *sets_};
        for (const SharedFates::Row& row : rows) {
            std::size_t place = 0;
            if (!place_of(row.key.zone, zones, place)) continue;
            const Fate lost = of_operator(row);
            if (!find_lost(lost, of_operator.sets())) continue;
            const Fate any = of_any(row);
            if (any.kind == Fate::Kind::by_sites) {
                if (all_failed(of_any.sets()[any.set], *failed_, dark_)) {
                    for (std::size_t word = 0; word < lost_.size(); ++word) lost_[word] &= ~dark_[word];
                }
            } else if (any.kind != Fate::Kind::stays) {
                continue;
            }
            add_where(lost_, row.amount.people, table.row(place));
        }
        sum_up(table);
        return table;
    }

private:
    /// Scenarios in which the operator is lost. @return whether there are any
    bool find_lost(const Fate& fate, const ServingSets& sets) {
        if (fate.kind == Fate::Kind::lost_by_map) return all_failed({}, *failed_, lost_);
        return fate.kind == Fate::Kind::by_sites && all_may_fail(sets[fate.set], failing_) &&
               all_failed(sets[fate.set], *failed_, lost_);
    }

    const EventPlan* plan_;
    const ServingSets* sets_;
    const BitRows* failed_;
    std::vector<char> failing_;
    std::vector<std::uint64_t> lost_;
    std::vector<std::uint64_t> dark_;
};

}  // namespace

PersonsTable losses_of(const LossGroups& groups, const BitRows& failed) {
    const std::vector<char> failing = ever_failing(failed);
    std::vector<char> set_fails(groups.sets().size());
    for (ServingSets::SetNumber set = 0; set < set_fails.size(); ++set) {
        set_fails[set] = all_may_fail(groups.sets()[set], failing) ? 1 : 0;
    }
    PersonsTable table{groups.places(), failed.bits()};
    std::vector<std::uint64_t> dark(failed.words());
    for (std::size_t place = 0; place < groups.places(); ++place) {
        // No sum can overflow: the place's tally took all of these people together.
        for (const LossGroup& group : groups.groups(place)) {
            if (set_fails[group.set] == 0 || !all_failed(groups.sets()[group.set], failed, dark)) continue;
            add_where(dark, group.people, table.row(place));
        }
    }
    sum_up(table);
    for (std::size_t place = 0; place < groups.places(); ++place) {
        const Persons by_map = groups.tally(place).lost_by_map;
        if (by_map == Persons{}) continue;
        for (Persons& people : table.row(place)) people += by_map;
    }
    return table;
}

std::vector<double> customer_parts(const EventInput& event, const EventPlan& plan) {
    const auto is_operator = [](const LossQuestion& question) {
        return question.kind == LossQuestion::Kind::mobile_of_operator;
    };
    const auto operators = std::count_if(plan.questions.begin(), plan.questions.end(), is_operator);
    std::vector<double> parts;
    for (const LossQuestion& question : plan.questions) {
        double part = 0;
        if (is_operator(question)) {
            const auto named = std::find_if(event.customers.begin(), event.customers.end(),
                                            [&](const auto& entry) { return entry.first == question.name; });
            if (named != event.customers.end()) part = named->second;
            if (event.customers.empty()) part = 1 / static_cast<double>(operators);
        }
        parts.push_back(part);
    }
    return parts;
}

PersonsTable roaming_dividends(const EventInput& event, const EventPlan& plan,
                               std::span<const SharedFates::Row> rows, const ServingSets& sets,
                               std::size_t zones, const BitRows& failed) {
    const std::vector<double> parts = customer_parts(event, plan);
    ScenarioTable<double> people{zones + 1, failed.bits()};
    StrandedPeople stranded{plan, sets, failed};
    for (std::size_t question = 0; question < parts.size(); ++question) {
        if (!(parts[question] > 0)) continue;
        const PersonsTable lost = stranded.of(plan.questions[question], rows, zones);
        for (std::size_t place = 0; place <= zones; ++place) {
            const std::span<const Persons> from = lost.row(place);
            const std::span<double> to = people.row(place);
            for (std::size_t i = 0; i < to.size(); ++i) to[i] += parts[question] * from[i].value();
        }
    }
    PersonsTable dividends{zones + 1, failed.bits()};
    for (std::size_t place = 0; place <= zones; ++place) {
        std::transform(people.row(place).begin(), people.row(place).end(), dividends.row(place).begin(),
                       [](double amount) { return Persons::round(amount); });
    }
    return dividends;
}

}  // namespace phusong
