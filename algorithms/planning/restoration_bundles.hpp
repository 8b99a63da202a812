#pragma once

#include <chrono>
#include <cstdint>
#include <utility>
#include <vector>

#include "algorithms/planning/restoration_progress.hpp"

namespace phusong {

/// Finds what has to be done before a site is on the air.
class BundleSearch {
public:
    /// @pre the problem outlives this
    explicit BundleSearch(const RestorationProblem& problem);

    /// Appends undone jobs after which the site is on the air: those of a cheapest way up to a site that is
    /// connected (Dijkstra over the parents; a feeder met twice on a way counts once, which is not always
    /// seen in time: then the way is a good one, not the cheapest). Those further up come first.
    /// @return whether there is a way; a site that is on the air already needs nothing
    bool find(const SiteProgress& progress, SiteNumber site, std::vector<JobNumber>& jobs);

private:
    struct Label {
        std::chrono::minutes work{};
        SiteNumber below = 0;  ///< the site on the way whose parent this is
        std::uint32_t search = 0;
        bool settled = false;
    };
    using Step = std::pair<std::chrono::minutes, SiteNumber>;

    /// Undone work at a site, less the feeder that is on the way below it.
    [[nodiscard]] std::chrono::minutes work_at(const SiteProgress& progress, SiteNumber site,
                                               SiteNumber below) const;
    void reach(SiteNumber site, SiteNumber below, std::chrono::minutes work);
    void list_jobs(const SiteProgress& progress, SiteNumber top, std::vector<JobNumber>& jobs) const;

    const RestorationProblem* problem_;
    std::vector<Label> labels_;  ///< of each site
    std::vector<Step> open_;     ///< a heap
    std::uint32_t search_ = 0;
};

}  // namespace phusong
