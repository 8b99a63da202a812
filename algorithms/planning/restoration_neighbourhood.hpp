#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "algorithms/planning/restoration_progress.hpp"

namespace phusong {

/// The dark sites for which finishing some jobs may change what other jobs are worth.
///
/// Let J be the jobs and B the jobs that bring some site on. B has to be looked for anew, or may bring on
/// more sites than before, only if a site u that waits for J, or hangs on one that does, is among those B
/// works for: B holds an undone job of u, or of a dark site that u hangs on. For let u be the first site that
/// needs J and B together. Either J does a job of u itself; then B must do another one, or bring on what
/// carries u. Or what carries u comes on with J; then B does a job of u. For all other B no further site
/// comes on, and people whom J has brought back count no more: B is worth what it was, or less.
class RestorationNeighbourhood {
public:
    /// @pre the problem outlives this
    explicit RestorationNeighbourhood(const RestorationProblem& problem);

    /// Of jobs that are about to be done: the sites, each once, that may be worth more for them, because a
    /// bundle that brings them on is such a B. @pre the jobs are not done
    [[nodiscard]] std::span<const SiteNumber> of(const SiteProgress& progress,
                                                 std::span<const JobNumber> jobs);

private:
    /// Dark sites, each once.
    struct Found {
        std::vector<SiteNumber> sites;
        std::vector<std::uint32_t> visit;  ///< the last, of each site
    };
    void add(const SiteProgress& progress, SiteNumber site, Found& found) const;
    void add_carried(const SiteProgress& progress, Found& found) const;
    void add_carriers(const SiteProgress& progress, Found& found) const;

    const RestorationProblem* problem_;
    Found waiting_;
    Found carriers_;
    Found touched_;
    std::vector<std::uint32_t> job_visit_;
    std::uint32_t visit_ = 0;
};

}  // namespace phusong
