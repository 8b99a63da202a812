#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "algorithms/planning/coverage_choice.hpp"

namespace phusong {

/// A price for covering each group, between nothing and all its people. Whatever the prices are, a choice
/// covers at most what is not priced plus the charges of its candidates: so a bound on the charges is a bound
/// on people. Everything is in units of Persons and in integers: no bound suffers from rounding, and the
/// order of groups changes no bit.
/// Fisher, "The Lagrangian relaxation method for solving integer programming problems", 1981.
class CoverageMultipliers {
public:
    /// A whole candidate, where a bound takes only a part of one.
    static constexpr std::int32_t whole = 1024;

    /// Starts from a choice: whom it leaves out are priced at all their people, others the less the more of
    /// its candidates cover them.
    CoverageMultipliers(const CoverageInstance& instance, const CoverageChoice& start);

    /// People who are not priced.
    [[nodiscard]] std::int64_t unpriced() const { return unpriced_; }
    /// The prices of all groups of each candidate, added up.
    [[nodiscard]] std::span<const std::int64_t> charges() const { return charges_; }

    /// Prices fall where the candidates taken cover a group more than once, and rise where they do not cover
    /// it: one step of the subgradient method, in proportion to the people of a group.
    /// @param taken of each candidate, in parts of `whole`
    /// @param distance people between the bound of these prices and the value aimed at (Polyak's step),
    ///     times a factor of the caller's
    /// @return whether any price changed
    bool step(std::span<const std::int32_t> taken, double distance);

private:
    void see(std::span<const std::int32_t> taken);
    /// How much of a group is covered beyond once, or missing when negative, in parts of `whole`; nothing
    /// where its price cannot follow.
    [[nodiscard]] std::int64_t surplus(CoverageInstance::GroupNumber group) const;

    const CoverageInstance* instance_;
    std::vector<std::int64_t> prices_;
    std::vector<std::int64_t> charges_;
    std::vector<std::int32_t> taken_;    ///< at the last step
    std::vector<std::int32_t> covered_;  ///< of each group: how often, by what was taken, in parts of `whole`
    std::int64_t unpriced_ = 0;
};

}  // namespace phusong
