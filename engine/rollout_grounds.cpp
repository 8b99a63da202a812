#include "engine/rollout_grounds.hpp"

#include <utility>

namespace phusong {

CoverageInstance RolloutGrounds::instance() const {
    std::vector<CoverageCandidate> sites;
    sites.reserve(candidates.size());
    for (const RolloutCandidate& candidate : candidates) {
        sites.push_back({candidate.cost, candidate.home, candidate.existing});
    }
    return CoverageInstance{std::move(sites), sets, rows};
}

}  // namespace phusong
