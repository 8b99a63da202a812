#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "algorithms/planning/coverage_target.hpp"

namespace phusong {

/// What one more unit of Persons would be priced, in units of Cost.
struct PricePerPerson {
    double in_all = 0;
    std::vector<double> of_zone;  ///< the same for one more in a zone; not less than in all
};

/// The cheapest people that meet a target, when each group has a price and may be taken in part.
class PricedPeople {
public:
    /// @param target of the open part, not more than can be covered @pre both outlive this
    PricedPeople(const CoverageInstance& open_part, const CoverageTarget& target);

    /// Takes the cheapest of each zone up to its floor, then the cheapest of the rest up to the target.
    /// Linear in the groups. @param prices of groups, units of Cost @return what was taken is priced
    double take_cheapest(std::span<const double> prices);
    /// The part of each group that was taken.
    [[nodiscard]] std::span<const double> taken() const { return taken_; }
    [[nodiscard]] const PricePerPerson& per_person() const { return per_person_; }

private:
    struct Lot {
        double per_unit = 0;
        double units = 0;  ///< people left to take
        CoverageInstance::GroupNumber group = 0;
    };
    /// @return what the last that was taken is priced per unit
    double take(std::span<Lot> lots, double units);

    const CoverageInstance* instance_;
    const CoverageTarget* target_;
    std::vector<CoverageInstance::GroupNumber> by_zone_;  ///< groups of zones with a floor, then others
    std::vector<std::size_t> zone_begin_;                 ///< of each zone in it, and the end of the last
    std::vector<Lot> lots_;
    std::vector<double> taken_;
    PricePerPerson per_person_;
};

}  // namespace phusong
