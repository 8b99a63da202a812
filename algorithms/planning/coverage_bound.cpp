#include "algorithms/planning/coverage_bound.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "algorithms/planning/coverage_greedy.hpp"
#include "algorithms/planning/coverage_multipliers.hpp"
#include "algorithms/quantities/wide_integer.hpp"

namespace phusong {
namespace {

/// The most that candidates within a limit can charge, and which they are.
class BestCharge {
public:
    BestCharge(const CoverageInstance& instance, const CoverageLimit& limit)
        : instance_{&instance}, limit_{limit}, taken_(instance.candidate_count()) {
        const RoomLeft room{instance, limit};
        for (std::size_t i = 0; i < taken_.size(); ++i) {
            const auto j = static_cast<CandidateNumber>(i);
            if (!room.fits(j) || instance.groups_of(j).empty()) continue;
            offers_.push_back({{}, instance.candidate(j).cost, j});
        }
    }

    std::int64_t find(std::span<const std::int64_t> charges) {
        std::fill(taken_.begin(), taken_.end(), 0);
        for (CoverageOffer& offer : offers_)
            offer.people = Persons::of_units(charges[static_cast<std::size_t>(offer.number)]);
        switch (limit_.kind()) {
            case CoverageLimit::Kind::budget:
                return fill_budget();
            case CoverageLimit::Kind::sites:
                return top_sites();
            case CoverageLimit::Kind::one_per_zone:
                return best_of_each_zone();
        }
        return 0;
    }
    [[nodiscard]] std::span<const std::int32_t> taken() const { return taken_; }

private:
    std::int64_t take(const CoverageOffer& offer) {
        taken_[static_cast<std::size_t>(offer.number)] = CoverageMultipliers::whole;
        return offer.people.units();
    }

    std::int64_t fill_budget() {
        // What charges nothing would make the order of prices ambiguous, and adds nothing.
        const auto end = std::partition(offers_.begin(), offers_.end(),
                                        [](const CoverageOffer& offer) { return offer.people > Persons{}; });
        std::sort(offers_.begin(), end, [](const CoverageOffer& a, const CoverageOffer& b) {
            return comes_before(a, b, CoverageOrder::people_per_cost);
        });
        std::int64_t sum = 0;
        std::int64_t left = limit_.cost().units();
        for (auto offer = offers_.begin(); offer != end; ++offer) {
            if (offer->cost.units() <= left) {
                left -= offer->cost.units();
                sum += take(*offer);
                continue;
            }
            const WideInteger part = WideInteger{offer->people.units()} * left;
            const WideInteger cost = offer->cost.units();
            taken_[static_cast<std::size_t>(offer->number)] =
                static_cast<std::int32_t>(WideInteger{CoverageMultipliers::whole} * left / cost);
            return sum + static_cast<std::int64_t>((part + cost - 1) / cost);
        }
        return sum;
    }

    std::int64_t top_sites() {
        const std::size_t count = std::min(limit_.count(), offers_.size());
        std::nth_element(offers_.begin(), offers_.begin() + static_cast<std::ptrdiff_t>(count), offers_.end(),
                         [](const CoverageOffer& a, const CoverageOffer& b) {
                             return comes_before(a, b, CoverageOrder::people);
                         });
        std::int64_t sum = 0;
        for (std::size_t i = 0; i < count; ++i) sum += take(offers_[i]);
        return sum;
    }

    std::int64_t best_of_each_zone() {
        std::sort(offers_.begin(), offers_.end(), [this](const CoverageOffer& a, const CoverageOffer& b) {
            const ZoneNumber here = instance_->candidate(a.number).zone;
            const ZoneNumber there = instance_->candidate(b.number).zone;
            return here != there ? here < there : comes_before(a, b, CoverageOrder::people);
        });
        std::int64_t sum = 0;
        ZoneNumber last = outside_every_zone;
        for (const CoverageOffer& offer : offers_) {
            const ZoneNumber zone = instance_->candidate(offer.number).zone;
            if (zone != last) sum += take(offer);
            last = zone;
        }
        return sum;
    }

    const CoverageInstance* instance_;
    CoverageLimit limit_;
    std::vector<std::int32_t> taken_;
    std::vector<CoverageOffer> offers_;
};

}  // namespace

CoverageBound coverage_bound(const CoverageInstance& instance, const CoverageLimit& limit,
                             const CoverageChoice& known, int most_steps, StopFlag stop) {
    // A factor that starts at one and is halved when the bound has not moved for a while: Held, Wolfe and
    // Crowder, 1974.
    constexpr int patience = 12;
    double factor = 1;
    int waited = 0;
    CoverageMultipliers multipliers{instance, known};
    BestCharge best_charge{instance, limit};
    const std::int64_t aim = known.covered().units();
    std::int64_t best = std::numeric_limits<std::int64_t>::max();
    int steps = 0;
    for (;; ++steps) {
        const std::int64_t here = multipliers.unpriced() + best_charge.find(multipliers.charges());
        if (here < best) {
            best = here;
            waited = 0;
        } else if (++waited == patience) {
            factor /= 2;
            waited = 0;
        }
        if (best <= aim || steps == most_steps || stop_asked(stop)) break;
        if (!multipliers.step(best_charge.taken(), factor * static_cast<double>(here - aim))) break;
    }
    // Prices that have not settled may say more than everybody.
    return {std::min(Persons::of_units(best), instance.everybody()), steps};
}

}  // namespace phusong
