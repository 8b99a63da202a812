#include "algorithms/planning/coverage_limit.hpp"

#include <algorithm>

namespace phusong {

RoomLeft::RoomLeft(const CoverageInstance& instance, const CoverageLimit& limit)
    : instance_{&instance}, limit_{limit}, cost_{limit.cost()}, count_{limit.count()} {
    if (limit.kind() != CoverageLimit::Kind::one_per_zone) return;
    ZoneNumber last = 0;
    for (const CoverageCandidate& candidate : instance.candidates()) last = std::max(last, candidate.zone);
    zone_used_.resize(static_cast<std::size_t>(last) + 1);
}

void RoomLeft::use(CandidateNumber j, bool taken) {
    const CoverageCandidate& candidate = instance_->candidate(j);
    switch (limit_.kind()) {
        case CoverageLimit::Kind::budget:
            if (taken)
                cost_ -= candidate.cost;
            else
                cost_ += candidate.cost;
            break;
        case CoverageLimit::Kind::sites:
            if (taken)
                --count_;
            else
                ++count_;
            break;
        case CoverageLimit::Kind::one_per_zone:
            zone_used_[static_cast<std::size_t>(candidate.zone)] = taken;
            break;
    }
}

}  // namespace phusong
