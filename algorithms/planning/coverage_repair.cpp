#include "algorithms/planning/coverage_repair.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

#include "algorithms/planning/coverage_greedy.hpp"
#include "algorithms/planning/look_again.hpp"

namespace phusong {
namespace {

CoverageOffer offer_of(const TargetProgress& progress, CandidateNumber j) {
    return {progress.progress(j), progress.choice().instance().candidate(j).cost, j};
}

/// Members, the dearest first; among equals the later number goes first.
std::vector<CandidateNumber> dearest_first(const TargetProgress& progress) {
    std::vector<CandidateNumber> members = progress.choice().members();
    std::sort(members.begin(), members.end(), [&](CandidateNumber a, CandidateNumber b) {
        const Cost here = progress.choice().instance().candidate(a).cost;
        const Cost there = progress.choice().instance().candidate(b).cost;
        return here != there ? here > there : a > b;
    });
    return members;
}

class Replacement {
public:
    /// @pre both outlive this
    Replacement(TargetProgress& progress, LookAgain& look_again)
        : progress_{&progress}, look_again_{&look_again} {}

    bool try_without(std::span<const CandidateNumber> out, CandidateNumber never) {
        const Persons before = progress_->choice().covered();
        Cost saved;
        added_.clear();
        spared_.clear();
        for (const CandidateNumber j : out) {
            saved += cost(j);
            progress_->drop(j);
        }
        while (!progress_->met()) {
            const std::optional<CandidateNumber> best = best_affordable(never, saved);
            if (!best) return undo(out);
            saved -= cost(*best);
            progress_->add(*best);
            added_.push_back(*best);
        }
        // What came in may make a neighbour redundant.
        for (const CandidateNumber j : neighbours_of_added()) {
            if (!progress_->can_spare(j)) continue;
            saved += cost(j);
            progress_->drop(j);
            if (std::ranges::count(added_, j) == 0 && std::ranges::count(out, j) == 0) spared_.push_back(j);
        }
        if (saved > Cost{} || progress_->choice().covered() > before) {
            for (const auto& changed : {out, std::span<const CandidateNumber>{added_}, {spared_}}) {
                for (const CandidateNumber j : changed) look_again_->changed(j);
            }
            return true;
        }
        return undo(out);
    }

    [[nodiscard]] std::vector<CandidateNumber> with_neighbours(CandidateNumber j) const {
        const CoverageChoice& choice = progress_->choice();
        std::vector<CandidateNumber> all{j};
        for (const auto group : choice.instance().groups_of(j)) {
            if (choice.times_covered(group) < 2) continue;
            for (const CandidateNumber other : choice.instance().candidates_of(group)) {
                if (choice.holds(other)) all.push_back(other);
            }
        }
        std::sort(all.begin(), all.end());
        all.erase(std::unique(all.begin(), all.end()), all.end());
        return all;
    }

private:
    [[nodiscard]] Cost cost(CandidateNumber j) const {
        return progress_->choice().instance().candidate(j).cost;
    }
    bool undo(std::span<const CandidateNumber> out) {
        for (const CandidateNumber j : added_) {
            if (progress_->choice().holds(j)) progress_->drop(j);
        }
        for (const CandidateNumber j : out) progress_->add(j);
        for (const CandidateNumber j : spared_) progress_->add(j);
        return false;
    }
    [[nodiscard]] std::vector<CandidateNumber> neighbours_of_added() const {
        std::vector<CandidateNumber> all;
        for (const CandidateNumber j : added_) {
            const std::vector<CandidateNumber> some = with_neighbours(j);
            all.insert(all.end(), some.begin(), some.end());
        }
        std::sort(all.begin(), all.end());
        all.erase(std::unique(all.begin(), all.end()), all.end());
        return all;
    }

    [[nodiscard]] std::optional<CandidateNumber> best_affordable(CandidateNumber never, Cost most) const {
        std::optional<CoverageOffer> best;
        const bool twice = progress_->any_zone_short();
        for (const CandidateNumber j : progress_->helpers()) {
            const Persons worth = progress_->choice().worth(j);
            if (worth == Persons{} || cost(j) > most) continue;
            const Persons at_most = twice ? worth + worth : worth;
            if (best && surely_behind(at_most, cost(j), *best, CoverageOrder::people_per_cost)) continue;
            if (j == never || progress_->choice().holds(j)) continue;
            const CoverageOffer offer = offer_of(*progress_, j);
            if (offer.people == Persons{}) continue;
            if (!best || comes_before(offer, *best, CoverageOrder::people_per_cost)) best = offer;
        }
        if (!best) return std::nullopt;
        return best->number;
    }

    TargetProgress* progress_;
    LookAgain* look_again_;
    std::vector<CandidateNumber> added_;
    std::vector<CandidateNumber> spared_;  ///< had been on before, and is neither in nor out
};

}  // namespace

void reach_target(TargetProgress& progress) {
    const auto comes_after = [](const CoverageOffer& a, const CoverageOffer& b) {
        return comes_before(b, a, CoverageOrder::people_per_cost);
    };
    std::vector<CoverageOffer> heap;
    for (std::size_t i = 0; i < progress.choice().instance().candidate_count(); ++i) {
        const auto j = static_cast<CandidateNumber>(i);
        if (progress.choice().holds(j)) continue;
        const CoverageOffer offer = offer_of(progress, j);
        if (offer.people > Persons{}) heap.push_back(offer);
    }
    std::make_heap(heap.begin(), heap.end(), comes_after);
    while (!heap.empty() && !progress.met()) {
        std::pop_heap(heap.begin(), heap.end(), comes_after);
        CoverageOffer& top = heap.back();
        const Persons now = progress.progress(top.number);
        if (now == Persons{}) {
            heap.pop_back();
        } else if (now < top.people) {
            top.people = now;
            std::push_heap(heap.begin(), heap.end(), comes_after);
        } else {
            progress.add(top.number);
            heap.pop_back();
        }
    }
}

void drop_redundant(TargetProgress& progress) {
    for (const CandidateNumber j : dearest_first(progress)) {
        if (progress.can_spare(j)) progress.drop(j);
    }
}

int cheapen(TargetProgress& progress, int most_rounds, StopFlag stop) {
    LookAgain look_again{progress.choice().instance(), 2};
    Replacement replacement{progress, look_again};
    for (int round = 0; round < most_rounds; ++round) {
        bool improved = false;
        for (const bool neighbours : {false, true}) {
            for (const CandidateNumber j : dearest_first(progress)) {
                if (stop_asked(stop)) return round + 1;
                if (!progress.choice().holds(j) || !look_again.take(j, neighbours ? 1 : 0)) continue;
                const std::vector<CandidateNumber> out =
                    neighbours ? replacement.with_neighbours(j) : std::vector{j};
                if (neighbours && out.size() == 1) continue;
                improved |= replacement.try_without(out, j);
            }
        }
        drop_redundant(progress);
        if (!improved) return round + 1;
    }
    return most_rounds;
}

}  // namespace phusong
