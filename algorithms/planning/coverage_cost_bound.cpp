#include "algorithms/planning/coverage_cost_bound.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

#include "algorithms/planning/coverage_plan.hpp"
#include "algorithms/planning/priced_people.hpp"
#include "algorithms/quantities/wide_integer.hpp"

namespace phusong {
namespace {

using GroupNumber = CoverageInstance::GroupNumber;

/// What a group cost when the greedy order first covered it, in units of Cost: where a site serves few people
/// a price has to be high. These are the first prices, and the scale on which they move.
std::vector<double> greedy_prices(const CoverageInstance& instance, const CoverageChoice& known) {
    std::vector<double> prices(instance.group_count(), -1);
    double dearest = 0;
    for (const CoverageStep& step : steps_of(instance, known.members(), CoverageOrder::people_per_cost)) {
        const double per_unit =
            static_cast<double>(step.cost.units()) / static_cast<double>(step.people.units());
        dearest = std::max(dearest, per_unit);
        for (const GroupNumber group : instance.groups_of(step.candidate)) {
            if (prices[group] < 0)
                prices[group] = per_unit * static_cast<double>(instance.people(group).units());
        }
    }
    for (GroupNumber group = 0; group < prices.size(); ++group) {
        if (prices[group] < 0) prices[group] = dearest * static_cast<double>(instance.people(group).units());
    }
    return prices;
}

/// The bound at given prices, exactly: weak duality holds for whole numbers of 2^-40 of a unit of cost.
Cost exact_bound(const CoverageInstance& instance, const CoverageTarget& target,
                 std::span<const double> prices, const PricePerPerson& per_person) {
    constexpr double scale = 0x1p40;
    const auto whole = [](double amount) { return static_cast<WideInteger>(std::nearbyint(amount * scale)); };
    const WideInteger in_all = whole(per_person.in_all);
    WideInteger bound = in_all * target.in_all.units();
    std::vector<WideInteger> of_zone(target.of_zone.size(), in_all);
    for (std::size_t zone = 0; zone < of_zone.size(); ++zone) {
        of_zone[zone] = std::max(in_all, whole(per_person.of_zone[zone]));
        bound += (of_zone[zone] - in_all) * target.of_zone[zone].units();
    }
    std::vector<WideInteger> charges(instance.candidate_count());
    for (GroupNumber group = 0; group < instance.group_count(); ++group) {
        const WideInteger price = whole(prices[group]);
        for (const CandidateNumber j : instance.candidates_of(group))
            charges[static_cast<std::size_t>(j)] += price;
        const ZoneNumber zone = instance.zone(group);
        const bool named = zone >= 0 && static_cast<std::size_t>(zone) < of_zone.size();
        const WideInteger worth =
            (named ? of_zone[static_cast<std::size_t>(zone)] : in_all) * instance.people(group).units();
        bound -= std::max<WideInteger>(0, worth - price);
    }
    const WideInteger unit = whole(1);
    for (std::size_t j = 0; j < charges.size(); ++j) {
        const Cost cost = instance.candidate(static_cast<CandidateNumber>(j)).cost;
        bound -= std::max<WideInteger>(0, charges[j] - unit * cost.units());
    }
    if (bound <= 0) return Cost{};
    return Cost::of_units(static_cast<std::int64_t>((bound + unit - 1) / unit));
}

/// Every plan costs a multiple of what all costs are multiples of.
Cost rounded_up(const CoverageInstance& instance, Cost cost) {
    std::int64_t common = 0;
    for (const CoverageCandidate& candidate : instance.candidates()) {
        if (!candidate.locked_in) common = std::gcd(common, candidate.cost.units());
    }
    return common == 0 ? cost : Cost::of_units((cost.units() + common - 1) / common * common);
}

/// Prices of groups on their way to the best bound.
class CostPrices {
public:
    CostPrices(const CoverageInstance& instance, const CoverageTarget& target, const CoverageChoice& known)
        : instance_{&instance},
          people_{instance, target},
          scale_{greedy_prices(instance, known)},
          prices_{scale_},
          charges_(instance.candidate_count()),
          covered_(instance.group_count()) {}

    /// The bound at these prices, to rounding.
    double find() {
        std::fill(charges_.begin(), charges_.end(), 0);
        for (GroupNumber group = 0; group < prices_.size(); ++group) {
            for (const CandidateNumber j : instance_->candidates_of(group))
                charges_[static_cast<std::size_t>(j)] += prices_[group];
        }
        double bound = people_.take_cheapest(prices_);
        std::fill(covered_.begin(), covered_.end(), 0);
        for (std::size_t i = 0; i < charges_.size(); ++i) {
            const auto j = static_cast<CandidateNumber>(i);
            const double gain = charges_[i] - static_cast<double>(instance_->candidate(j).cost.units());
            if (gain <= 0) continue;
            bound -= gain;
            for (const GroupNumber group : instance_->groups_of(j)) ++covered_[group];
        }
        return bound;
    }

    /// Prices rise where people are wanted and nobody covers them. @return whether any could move
    bool step(double distance) {
        double norm = 0;
        for (GroupNumber group = 0; group < prices_.size(); ++group)
            norm += scale_[group] * wanted(group) * wanted(group);
        if (norm <= 0) return false;
        const double length = distance / norm;
        for (GroupNumber group = 0; group < prices_.size(); ++group)
            prices_[group] = std::max(0.0, prices_[group] + length * scale_[group] * wanted(group));
        return true;
    }

    [[nodiscard]] const std::vector<double>& prices() const { return prices_; }
    [[nodiscard]] const PricePerPerson& per_person() const { return people_.per_person(); }

private:
    [[nodiscard]] double wanted(GroupNumber group) const {
        const double wanted = people_.taken()[group] - covered_[group];
        return wanted < 0 && prices_[group] <= 0 ? 0 : wanted;
    }

    const CoverageInstance* instance_;
    PricedPeople people_;
    std::vector<double> scale_;
    std::vector<double> prices_;  ///< units of Cost
    std::vector<double> charges_;
    std::vector<double> covered_;  ///< how many of the candidates that charge more than they cost
};

}  // namespace

Cost coverage_cost_bound(const CoverageInstance& open_part, const CoverageTarget& target,
                         const CoverageChoice& known, int most_steps, StopFlag stop) {
    constexpr int patience = 12;
    Cost aim;
    for (const CandidateNumber j : known.members()) aim += open_part.candidate(j).cost;
    if (aim == Cost{}) return aim;
    const auto aim_units = static_cast<double>(aim.units());
    CostPrices prices{open_part, target, known};
    double best = -1;
    Cost bound;
    std::vector<double> best_prices = prices.prices();
    PricePerPerson best_per_person;
    double factor = 1;
    int waited = 0;
    for (int step = 0;; ++step) {
        const double here = prices.find();
        if (step == 0 || here > best) {
            best = here;
            best_prices = prices.prices();
            best_per_person = prices.per_person();
            waited = 0;
        } else if (++waited == patience) {
            factor /= 2;
            waited = 0;
        }
        if (step == most_steps || stop_asked(stop) || here >= aim_units ||
            !prices.step(factor * (aim_units - here)))
            break;
    }
    bound = exact_bound(open_part, target, best_prices, best_per_person);
    return rounded_up(open_part, bound);
}

}  // namespace phusong
