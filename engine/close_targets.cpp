#include "engine/close_targets.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

#include "engine/fold_in_order.hpp"

namespace phusong {

namespace {

class Closer {
public:
    Closer(const RolloutResult& rollout, const RolloutAsk& ask, const TargetInput& target, StopFlag stop)
        : rollout_{rollout}, ask_{ask}, target_{target}, stop_{stop} {}

    [[nodiscard]] TargetClosing commune(std::size_t zone) const {
        const auto number = static_cast<ZoneNumber>(zone);
        const RolloutCommune& commune = grounds().communes[zone];
        return close_target(grounds(), std::span{&number, 1}, missing(commune.people, commune.served), stop_);
    }
    [[nodiscard]] TargetClosing province(const std::string& name) const {
        std::vector<ZoneNumber> zones;
        Persons people;
        Persons served;
        for (std::size_t zone = 0; zone < grounds().communes.size(); ++zone) {
            const RolloutCommune& commune = grounds().communes[zone];
            if (commune.province != name) continue;
            zones.push_back(static_cast<ZoneNumber>(zone));
            people += commune.people;
            served += commune.served;
        }
        return close_target(grounds(), zones, missing(people, served), stop_);
    }
    /// The rollout's own plan where it is for the same level.
    [[nodiscard]] TargetClosing everything() const {
        const auto& plan = rollout_.plans.to_target;
        const bool same = ask_.target_millionths == target_.millionths && ask_.floor_millionths == 0;
        if (plan && same) {
            return {plan->steps, plan->cost, plan->bound, std::max(Persons{}, plan->asked - plan->reachable)};
        }
        std::vector<ZoneNumber> zones(grounds().communes.size());
        std::iota(zones.begin(), zones.end(), 0);
        return close_target(grounds(), zones, missing(grounds().people, grounds().served), stop_);
    }

private:
    [[nodiscard]] const RolloutGrounds& grounds() const { return rollout_.grounds; }
    [[nodiscard]] Persons missing(Persons people, Persons served) const {
        return people_at(target_.millionths, people) - served;
    }

    const RolloutResult& rollout_;
    const RolloutAsk& ask_;
    const TargetInput& target_;
    StopFlag stop_;
};

TargetClosings close(const Plan& plan, const StudyResult& result, const TargetInput& target,
                     const RunOptions& options) {
    const Closer closer{*result.rollout, plan.study.rollout->ask, target, options.cancel};
    TargetClosings closings;
    closings.communes.resize(plan.zones.size());
    closings.provinces.resize(result.provinces.size());
    if (target.technology != plan.study.rollout->technology ||
        target.rule != TargetInput::Rule::any_operator) {
        return closings;
    }
    const std::size_t threads = std::max<std::size_t>(1, options.threads);
    const auto make_worker = [&] {
        return [&](std::size_t zone) {
            if (stop_asked(options.cancel)) throw Cancelled{};
            return closer.commune(zone);
        };
    };
    fold_in_order(
        plan.zones.size(), threads, 2 * threads, make_worker,
        [&](std::size_t zone, TargetClosing closing) { closings.communes[zone] = std::move(closing); });
    if (target.scope == TargetInput::Scope::province) {
        for (std::size_t i = 0; i < result.provinces.size(); ++i) {
            closings.provinces[i] = closer.province(result.provinces[i].name);
        }
    }
    if (target.scope == TargetInput::Scope::everything) closings.everything = closer.everything();
    if (stop_asked(options.cancel)) throw Cancelled{};
    return closings;
}

}  // namespace

std::vector<TargetClosings> close_targets(const Plan& plan, const StudyResult& result,
                                          const RunOptions& options) {
    std::vector<TargetClosings> closings;
    for (const TargetInput& target : plan.study.targets) {
        closings.push_back(close(plan, result, target, options));
    }
    return closings;
}

}  // namespace phusong
