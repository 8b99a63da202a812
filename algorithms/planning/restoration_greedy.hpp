#pragma once

#include <vector>

#include "algorithms/planning/restoration_problem.hpp"

namespace phusong {

/// An order of all jobs: again and again the bundle that brings most people back per hour of work, overlap
/// counted once. A bundle is what one dark site needs to come on the air, or what all sites of a feeder need,
/// or a dark site and all it carries; of the larger ones only the best site's part is taken at a time. Jobs
/// that bring nobody back come last, by duration, then number.
///
/// Greedy by people per hour is within 4 times the least people-hours where every site has one job of its own
/// and hangs on no other (min-sum set cover: Feige, Lovasz and Tetali, Algorithmica 40, 2004).
///
/// Lazy: an offer is looked at again only where it may have become the best. What happens in one part of the
/// network, dark sites joined by links and feeders, can only make the offers of other parts smaller, because
/// they share people and nothing else. Within a part all offers are bounded anew, by the people in the dark
/// at each site that would come on, without a look at groups. Groups only move sums of integers, so their
/// order changes no bit.
[[nodiscard]] std::vector<JobNumber> greedy_order(const RestorationProblem& problem);

}  // namespace phusong
