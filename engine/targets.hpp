#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/study_result.hpp"
#include "engine/target_input.hpp"

namespace phusong {

/// A target with its technology found among those of the study.
struct Target {
    TargetInput input;
    std::size_t technology = 0;  ///< number of Plan::technologies
};

/// @throws InputError when the study has no layer of a technology
[[nodiscard]] std::vector<Target> targets_of(const std::vector<TargetInput>& inputs,
                                             const std::vector<Technology>& technologies);

/// How planners report a place against a target.
enum class TargetStatus : std::uint8_t {
    green,   ///< XANH: reached for certain
    yellow,  ///< VÀNG: close to it
    red,     ///< ĐỎ: farther away than the tolerance, whatever is not known
    measure  ///< CẦN ĐO: those whose service is unknown decide
};

/// One place against one target.
struct TargetResult {
    Answer answer;  ///< by the target's rule
    /// People still to be served for the level to be reached: the next whole number, never negative.
    std::int64_t short_people = 0;
    TargetStatus status = TargetStatus::green;
};

/// Two standard errors of sampling stand between green and red and the people counted.
/// @pre people live in the place
[[nodiscard]] TargetResult held_against(const Target& target, const PlaceResult& place);

}  // namespace phusong
