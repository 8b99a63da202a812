#include "algorithms/planning/coverage_improvement.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "algorithms/planning/coverage_greedy.hpp"
#include "algorithms/planning/look_again.hpp"

namespace phusong {
namespace {

class Improvement {
public:
    /// @pre all outlive this
    Improvement(CoverageChoice& choice, RoomLeft& room, LookAgain& look_again)
        : choice_{&choice},
          room_{&room},
          look_again_{&look_again},
          is_rival_(choice.instance().candidate_count()) {
        of_zone_.resize(one_per_zone() ? room.zones() : 1);
        for (std::size_t i = 0; i < choice.instance().candidate_count(); ++i) {
            const auto j = static_cast<CandidateNumber>(i);
            if (choice.instance().groups_of(j).empty()) continue;
            if (const std::optional<std::size_t> zone = zone_of(j)) of_zone_[*zone].push_back(j);
        }
    }

    [[nodiscard]] bool one_per_zone() const {
        return room_->limit().kind() == CoverageLimit::Kind::one_per_zone;
    }

    /// @return whether more people are covered than before
    bool replace(std::span<const CandidateNumber> out, CandidateNumber never_again, CoverageOrder order) {
        const Persons before = choice_->covered();
        for (const CandidateNumber j : out) drop(j);
        added_.clear();
        const std::span<const CandidateNumber> among = one_per_zone() ? rivals_of(out) : of_zone_.front();
        while (add_best(among, never_again, order)) continue;
        if (choice_->covered() > before) {
            for (const CandidateNumber j : out) look_again_->changed(j);
            for (const CandidateNumber j : added_) look_again_->changed(j);
            return true;
        }
        for (const CandidateNumber j : added_) drop(j);
        for (const CandidateNumber j : out) add(j);
        return false;
    }

    /// A candidate that is on, and others that are on and share people with it.
    [[nodiscard]] std::vector<CandidateNumber> with_neighbours(CandidateNumber j) const {
        std::vector<CandidateNumber> all;
        for (const auto group : choice_->instance().groups_of(j)) {
            if (choice_->times_covered(group) < 2) continue;
            for (const CandidateNumber other : choice_->instance().candidates_of(group)) {
                if (choice_->holds(other)) all.push_back(other);
            }
        }
        std::sort(all.begin(), all.end());
        all.erase(std::unique(all.begin(), all.end()), all.end());
        return all;
    }

private:
    void add(CandidateNumber j) {
        room_->take(j);
        choice_->add(j);
    }
    void drop(CandidateNumber j) {
        room_->give_back(j);
        choice_->drop(j);
    }

    /// The list in which a candidate competes: that of its zone, where zones are apart.
    [[nodiscard]] std::optional<std::size_t> zone_of(CandidateNumber j) const {
        if (!one_per_zone()) return 0;
        const ZoneNumber zone = choice_->instance().candidate(j).zone;
        if (zone < 0) return std::nullopt;
        return static_cast<std::size_t>(zone);
    }

    /// Who may follow, where zones are apart: candidates of the same zones, and those anywhere that people
    /// now left out could turn to. Nobody else has become better than it was.
    std::span<const CandidateNumber> rivals_of(std::span<const CandidateNumber> out) {
        rivals_.clear();
        const auto note = [this](CandidateNumber j) {
            if (is_rival_[static_cast<std::size_t>(j)]) return;
            is_rival_[static_cast<std::size_t>(j)] = true;
            rivals_.push_back(j);
        };
        for (const CandidateNumber j : out) {
            for (const CandidateNumber other : of_zone_[*zone_of(j)]) note(other);
            for (const auto group : choice_->instance().groups_of(j)) {
                if (choice_->times_covered(group) > 0) continue;
                for (const CandidateNumber other : choice_->instance().candidates_of(group)) note(other);
            }
        }
        for (const CandidateNumber j : rivals_) is_rival_[static_cast<std::size_t>(j)] = false;
        return rivals_;
    }

    bool add_best(std::span<const CandidateNumber> among, CandidateNumber never, CoverageOrder order) {
        std::optional<CoverageOffer> best;
        for (const CandidateNumber j : among) {
            const CoverageOffer offer{choice_->worth(j), choice_->instance().candidate(j).cost, j};
            if (offer.people == Persons{}) continue;
            if (best && surely_behind(offer.people, offer.cost, *best, order)) continue;
            if (best && !comes_before(offer, *best, order)) continue;
            if (j != never && !choice_->holds(j) && room_->fits(j)) best = offer;
        }
        if (!best) return false;
        add(best->number);
        added_.push_back(best->number);
        return true;
    }

    CoverageChoice* choice_;
    RoomLeft* room_;
    LookAgain* look_again_;
    std::vector<std::vector<CandidateNumber>> of_zone_;  ///< one list, where zones do not matter
    std::vector<CandidateNumber> added_;
    std::vector<CandidateNumber> rivals_;
    std::vector<bool> is_rival_;  ///< scratch: all false between calls
};

}  // namespace

int improve_coverage(CoverageChoice& choice, RoomLeft& room, int most_rounds, StopFlag stop) {
    // Where cost is no limit, what people cost is no reason.
    std::vector<CoverageOrder> orders{CoverageOrder::people};
    if (room.limit().kind() == CoverageLimit::Kind::budget) orders.push_back(CoverageOrder::people_per_cost);
    LookAgain look_again{choice.instance(), 2 * orders.size()};
    Improvement improvement{choice, room, look_again};
    for (int round = 0; round < most_rounds; ++round) {
        bool improved = false;
        for (const bool neighbours : {false, true}) {
            for (const CandidateNumber j : choice.members()) {
                if (stop_asked(stop)) return round + 1;
                for (std::size_t order = 0; order < orders.size(); ++order) {
                    if (!choice.holds(j)) break;
                    if (!look_again.take(j, 2 * order + (neighbours ? 1 : 0))) continue;
                    const std::vector<CandidateNumber> out =
                        neighbours ? improvement.with_neighbours(j) : std::vector{j};
                    if (out.empty() || (neighbours && out.size() == 1)) continue;
                    improved |= improvement.replace(out, j, orders[order]);
                }
            }
        }
        for (const CandidateNumber j : add_greedily(choice, room, orders.back())) {
            look_again.changed(j);
            improved = true;
        }
        if (!improved) return round + 1;
    }
    return most_rounds;
}

}  // namespace phusong
