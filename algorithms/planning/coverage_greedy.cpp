#include "algorithms/planning/coverage_greedy.hpp"

#include <algorithm>
#include <numeric>

namespace phusong {

std::vector<CandidateNumber> add_greedily(CoverageChoice& choice, RoomLeft& room, CoverageOrder order) {
    std::vector<CandidateNumber> all(choice.instance().candidate_count());
    std::iota(all.begin(), all.end(), 0);
    return add_greedily(choice, room, order, all);
}

std::vector<CandidateNumber> add_greedily(CoverageChoice& choice, RoomLeft& room, CoverageOrder order,
                                          std::span<const CandidateNumber> among) {
    const auto comes_after = [order](const CoverageOffer& a, const CoverageOffer& b) {
        return comes_before(b, a, order);
    };
    std::vector<CoverageOffer> heap;
    for (const CandidateNumber j : among) {
        if (choice.holds(j) || choice.worth(j) == Persons{} || !room.fits(j)) continue;
        heap.push_back({choice.worth(j), choice.instance().candidate(j).cost, j});
    }
    std::make_heap(heap.begin(), heap.end(), comes_after);
    std::vector<CandidateNumber> added;
    while (!heap.empty()) {
        std::pop_heap(heap.begin(), heap.end(), comes_after);
        CoverageOffer& top = heap.back();
        const Persons now = choice.worth(top.number);
        // Room only shrinks here: what does not fit never will.
        if (now == Persons{} || !room.fits(top.number)) {
            heap.pop_back();
        } else if (now < top.people) {
            top.people = now;
            std::push_heap(heap.begin(), heap.end(), comes_after);
        } else {
            choice.add(top.number);
            room.take(top.number);
            added.push_back(top.number);
            heap.pop_back();
        }
    }
    return added;
}

}  // namespace phusong
