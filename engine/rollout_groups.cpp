#include "engine/rollout_groups.hpp"

#include <algorithm>
#include <utility>

#include "algorithms/damage/reach_sets.hpp"
#include "algorithms/ledger/rake.hpp"
#include "engine/unserved_cells.hpp"

namespace phusong {

namespace {

/// Books runs of cells under the candidates that reach them.
class ReachBooks {
public:
    ReachBooks(const Plan& plan, std::vector<SiteArea> candidates)
        : reach_{plan.study_grid, plan.surface, std::move(candidates)} {}

    void next_tile(Window window) {
        hand_over();
        window_ = window;
        runs_ = reach_.runs(window);
        row_ = -1;
    }
    void add(const UnservedRun& run) {
        if (run.row != row_) {
            row_ = run.row;
            segments_.clear();
            at_ = 0;
            sets_.segments(runs_[static_cast<std::size_t>(row_ - window_.row)], window_.column,
                           window_.column_end(), segments_);
        }
        while (segments_[at_].end <= run.first) ++at_;
        for (std::size_t segment = at_; segment < segments_.size() && segments_[segment].first < run.end;
             ++segment) {
            const std::int32_t first = std::max(run.first, segments_[segment].first);
            const std::int32_t end = std::min(run.end, segments_[segment].end);
            Persons people;
            for (std::int32_t column = first; column < end; ++column) {
                people += run.people[static_cast<std::size_t>(column - run.first)];
            }
            if (people > Persons{}) booked_.push_back({run.zone, segments_[segment].set, people});
        }
    }
    [[nodiscard]] ServingGroups take() {
        hand_over();
        return std::move(groups_);
    }

private:
    struct Booked {
        ZoneNumber zone = outside_every_zone;
        std::uint32_t set = 0;
        Persons people;
    };
    /// Of one tile: each commune and set once.
    void hand_over() {
        std::sort(booked_.begin(), booked_.end(), [](const Booked& a, const Booked& b) {
            return a.zone != b.zone ? a.zone < b.zone : a.set < b.set;
        });
        for (std::size_t i = 0; i < booked_.size();) {
            const Booked& first = booked_[i];
            Persons people;
            for (; i < booked_.size() && booked_[i].zone == first.zone && booked_[i].set == first.set; ++i) {
                people += booked_[i].people;
            }
            groups_.add(first.zone, sets_.sites(first.set), people);
        }
        booked_.clear();
        sets_.clear();
    }

    SiteReach reach_;
    ReachSets sets_;
    Window window_;
    std::vector<std::vector<ReachRun>> runs_;
    std::int32_t row_ = -1;
    std::vector<ReachSegment> segments_;
    std::size_t at_ = 0;
    std::vector<Booked> booked_;
    ServingGroups groups_;
};

/// Makes the rows of each commune add up to what it has. People who live in cells that a neighbour owns are
/// in nobody's reach here.
void rake_by_commune(RolloutGroups& groups, std::vector<Persons> without) {
    for (auto first = groups.rows.begin(); first != groups.rows.end();) {
        const auto end = std::find_if(first, groups.rows.end(),
                                      [&](const ServingGroups::Row& row) { return row.zone != first->zone; });
        std::vector<Persons> amounts;
        for (auto row = first; row != end; ++row) amounts.push_back(row->people);
        Persons& target = without[static_cast<std::size_t>(first->zone)];
        const std::vector<Persons> scaled = raked(amounts, std::exchange(target, Persons{}));
        for (auto row = first; row != end; ++row) row->people = scaled[static_cast<std::size_t>(row - first)];
        first = end;
    }
    const ServingSets::SetNumber nobody = groups.sets.intern({});
    const auto by_zone = [](const ServingGroups::Row& row, ZoneNumber zone) { return row.zone < zone; };
    for (std::size_t zone = 0; zone < without.size(); ++zone) {
        if (without[zone] == Persons{}) continue;
        const auto number = static_cast<ZoneNumber>(zone);
        const auto at = std::lower_bound(groups.rows.begin(), groups.rows.end(), number, by_zone);
        groups.rows.insert(at, {number, nobody, without[zone]});
    }
}

}  // namespace

RolloutGroups rollout_groups(const Plan& plan, const TileRecords& records, const StudyResult& result,
                             std::size_t technology, std::vector<SiteArea> candidates,
                             const std::atomic<bool>* cancel) {
    ReachBooks books{plan, std::move(candidates)};
    each_unserved_run(
        plan, records, plan.technologies[technology].layers, cancel,
        [&books](Window window) { books.next_tile(window); },
        [&books](const UnservedRun& run) { books.add(run); });
    const ServingGroups counted = books.take();

    RolloutGroups groups;
    groups.sets = counted.sets();
    groups.rows = counted.rows();
    std::vector<Persons> without(plan.zones.size());
    for (const PlaceResult& commune : result.communes) {
        without[commune.zone] = commune.technologies[technology].yes_no.unserved.people;
    }
    rake_by_commune(groups, without);
    return groups;
}

}  // namespace phusong
