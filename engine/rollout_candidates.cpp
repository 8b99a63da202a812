#include "engine/rollout_candidates.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "algorithms/planning/candidate_places.hpp"
#include "engine/unserved_cells.hpp"

namespace phusong {

namespace {

std::vector<RolloutCandidate> given(const CandidatesSource& source) {
    std::vector<RolloutCandidate> candidates;
    candidates.reserve(source.candidates.size());
    for (const CandidateSite& site : source.candidates) {
        candidates.push_back({RolloutCandidate::Origin::given, site.id, site.position, site.radius_m,
                              site.cost, site.existing, outside_every_zone});
    }
    return candidates;
}

/// Several operators may stand on one mast: each place once.
class Masts {
public:
    explicit Masts(const RolloutInput& input) : input_{input} {}

    void add(const std::string& id, Point place) {
        if (!places_.emplace(place.x, place.y).second) return;
        candidates_.push_back({RolloutCandidate::Origin::mast, id, place, input_.radius_m,
                               input_.mast_cost.value_or(input_.site_cost), false, outside_every_zone});
    }
    [[nodiscard]] std::vector<RolloutCandidate> take() { return std::move(candidates_); }

private:
    const RolloutInput& input_;
    std::set<std::pair<double, double>> places_;
    std::vector<RolloutCandidate> candidates_;
};

/// The table of sites of an event knows technologies; a layer of masts does not, and each of them counts.
std::vector<RolloutCandidate> masts_without(const RolloutInput& input, const Sources& sources) {
    Masts masts{input};
    if (sources.event && sources.event->sites) {
        for (const SiteRecord& site : sources.event->sites->sites) {
            const auto& has = site.technologies;
            if (std::find(has.begin(), has.end(), input.technology) == has.end()) {
                masts.add(site.id, site.position);
            }
        }
    } else if (sources.sites) {
        for (const Place& place : sources.sites->places) masts.add(place.id, place.position);
    }
    return masts.take();
}

/// People without the technology by block of population cells.
DemandMap demand_of(const Plan& plan, const TileRecords& records, std::size_t technology, double radius_m,
                    const std::atomic<bool>* cancel) {
    const std::int32_t side = demand_block_side(plan.population_grid, plan.surface, radius_m);
    DemandMap demand{demand_grid(plan.population_grid, side), {}};
    const Window blocks = demand.grid.window();
    demand.people.resize(blocks.cell_count());
    const std::int32_t cells = plan.refine * side;
    each_unserved_run(
        plan, records, plan.technologies[technology].layers, cancel, [](Window) {},
        [&](const UnservedRun& run) {
            for (std::int32_t column = run.first; column < run.end; ++column) {
                demand.people[blocks.index_of({run.row / cells, column / cells})] +=
                    run.people[static_cast<std::size_t>(column - run.first)].value();
            }
        });
    return demand;
}

}  // namespace

std::vector<RolloutCandidate> rollout_candidates(const Plan& plan, const Sources& sources,
                                                 const TileRecords& records, std::size_t technology,
                                                 const std::atomic<bool>* cancel) {
    const RolloutInput& input = *plan.study.rollout;
    if (sources.rollout_candidates) return given(*sources.rollout_candidates);
    std::vector<RolloutCandidate> candidates;
    if (input.masts) candidates = masts_without(input, sources);
    if (input.most_found == 0) return candidates;
    const DemandMap demand = demand_of(plan, records, technology, input.radius_m, cancel);
    std::size_t number = 0;
    for (const Point& place : candidate_places(demand, plan.surface, input.radius_m, input.most_found)) {
        candidates.push_back({RolloutCandidate::Origin::found, "new-" + std::to_string(++number), place,
                              input.radius_m, input.site_cost, false, outside_every_zone});
    }
    return candidates;
}

}  // namespace phusong
