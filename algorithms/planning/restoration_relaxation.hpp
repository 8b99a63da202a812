#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <vector>

#include "algorithms/planning/restoration_problem.hpp"
#include "algorithms/quantities/wide_integer.hpp"

namespace phusong {

/// What some jobs can bring back at most: `constant`, and the value of each of them that is done. In units of
/// a person; exact.
struct JobValues {
    WideInteger constant = 0;
    std::vector<WideInteger> of_job;
    std::vector<JobNumber> best_first;  ///< by value per minute, then number; those without value left out
    std::chrono::minutes until{};       ///< holds before that time; later, more sites may be on
};

/// People whom some jobs bring back, as a problem of coverage that is easier than the real one.
///
/// A dark group comes back only after one of its dark sites. A site that has no job itself comes on only
/// after one of those that carry it, so such sites are replaced by the nearest ones up the network that have
/// a job, its gates. A gate is on only if its own job is done, and its feeder's job is done, and one of the
/// gates that carry it is on. With y_g for a group that is back, z_s for a gate that is on, x_j for a job
/// that is done, every state of the real network satisfies
///     y_g <= 1, y_g <= sum of z_s, z_s <= x_own, z_s <= x_feeder, z_s <= sum of z_carriers.
/// Take any price 0 <= l_g <= W_g of a group. Then, because y_g <= 1 and y_g <= sum of z_s,
///     people back = sum W_g y_g <= sum (W_g - l_g) + sum over g of l_g x sum of z_s.
/// The second sum gives each gate a value v_s z_s, and v_s may be split between the three conditions in any
/// parts that add up to v_s: z_s is no more than any of them. What falls to carriers is added to their values
/// in full, each of them. In the end only jobs have value. Prices and parts only decide how close the bound
/// is, never whether it holds.
///
/// Before a gate can be on at all, z_s is 0 and its value nothing: every job it needs takes its time, and
/// crews have to do all the work on the way up to a root.
class RestorationRelaxation {
public:
    /// @pre the problem outlives this; crews > 0
    RestorationRelaxation(const RestorationProblem& problem, std::int32_t crews);

    /// People in the dark whom all jobs together bring back, units of a person.
    [[nodiscard]] WideInteger in_the_dark() const { return in_the_dark_; }

    /// Looks for prices with a low bound on the people who can be back after some time: projected subgradient
    /// steps for the prices (Polyak's length), multiplicative ones for the parts. Starts where the last
    /// search ended. O(steps x (pairs of groups and gates + jobs log jobs))
    /// @param target people who can be back by then, units of a person: the aim of the steps
    [[nodiscard]] JobValues values_for(std::chrono::minutes time, double target, int steps);
    /// As long as no site can be on.
    [[nodiscard]] JobValues values_at_first() const;

private:
    struct Gate {
        SiteNumber site = 0;
        JobNumber own = no_job;
        JobNumber feeder = no_job;
        // Parts of its value, and at the best bound so far; they add up to 1.
        double to_own = 0, to_feeder = 0, to_carriers = 0;
        double best_to_own = 0, best_to_feeder = 0;
        std::chrono::minutes earliest{};  ///< it can be on
    };
    void find_earliest();
    [[nodiscard]] std::chrono::minutes first_after(std::chrono::minutes time) const;
    /// @return the bound; leaves the values of jobs, which of them fit, and the marginal values of gates
    double bound(std::chrono::minutes time);
    void fill_crews(std::chrono::minutes time, double& people);
    void step(std::chrono::minutes time, double excess, double rate);
    void remember_best();
    [[nodiscard]] JobValues best_values(std::chrono::minutes time) const;

    const RestorationProblem* problem_;
    std::int32_t crews_;
    WideInteger in_the_dark_ = 0;
    std::vector<Gate> gates_;  ///< no carrier of a gate comes after it
    NumberLists carriers_;     ///< gates of each gate; empty: nothing is asked of them
    NumberLists gates_of_group_;
    std::vector<std::int64_t> people_;  ///< of each group, units
    std::vector<double> price_;
    std::vector<double> best_price_;
    std::vector<double> slopes_;
    std::vector<double> gate_value_;
    std::vector<double> gate_price_;  ///< how much of one more unit of value is paid for
    std::vector<double> job_value_;
    std::vector<double> job_done_;
    std::vector<JobNumber> job_order_;
};

}  // namespace phusong
