#include "engine/targets.hpp"

#include <algorithm>

#include "algorithms/quantities/wide_integer.hpp"
#include "engine/errors.hpp"

namespace phusong {

namespace {

constexpr std::int64_t everybody = 100'000'000;  // 100 % in millionths of a per cent

const Answer& answer_of(const TargetInput& input, const TechnologyResult& result) {
    const bool best = input.rule == TargetInput::Rule::best_operator && !result.of_operator.empty();
    return best ? result.of_operator[result.best_operator] : result.any_operator;
}

std::int64_t short_of(std::int64_t millionths, Persons people, Persons served) {
    const WideInteger missing =
        WideInteger{people.units()} * millionths - WideInteger{served.units()} * everybody;
    if (missing <= 0) return 0;
    const WideInteger one = WideInteger{Persons::round(1).units()} * everybody;
    return static_cast<std::int64_t>((missing + one - 1) / one);
}

TargetStatus status_of(const TargetInput& input, const Answer& answer, double people, double error) {
    const double level = static_cast<double>(input.millionths) / static_cast<double>(everybody) * people;
    const double served = answer.served.people.value();
    const double possible = served + answer.unknown.people.value();
    if (served - 2 * error >= level) return TargetStatus::green;
    if (possible + 2 * error < level - input.tolerance_points / 100 * people) return TargetStatus::red;
    return served < level && possible >= level ? TargetStatus::measure : TargetStatus::yellow;
}

}  // namespace

std::vector<Target> targets_of(const std::vector<TargetInput>& inputs,
                               const std::vector<Technology>& technologies) {
    std::vector<Target> targets;
    for (const TargetInput& input : inputs) {
        const auto found =
            std::find_if(technologies.begin(), technologies.end(),
                         [&](const Technology& technology) { return technology.name == input.technology; });
        if (found == technologies.end()) {
            throw InputError{"the target of \"" + input.technology +
                             "\" needs a [[coverage]] layer of that technology"};
        }
        targets.push_back({input, static_cast<std::size_t>(found - technologies.begin())});
    }
    return targets;
}

TargetResult held_against(const Target& target, const PlaceResult& place) {
    const TechnologyResult& technology = place.technologies[target.technology];
    TargetResult result;
    result.answer = answer_of(target.input, technology);
    const Persons people = result.answer.people();
    result.short_people = short_of(target.input.millionths, people, result.answer.served.people);
    result.status = status_of(target.input, result.answer, people.value(), technology.sampling_error);
    return result;
}

}  // namespace phusong
