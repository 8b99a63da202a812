#include "algorithms/ranking/gap_ranking.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <utility>

#include "algorithms/support/nearest_rank.hpp"

namespace phusong {

std::vector<std::size_t> ranked(std::span<const std::string> codes, std::span<const Need> needs) {
    assert(codes.size() == needs.size());
    std::vector<std::size_t> order(needs.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        if (needs[a] != needs[b]) return needs[a] > needs[b];
        return codes[a] < codes[b];
    });
    return order;
}

RankDraws::RankDraws(const std::vector<std::string>& codes)
    : by_code_(codes.size()), code_place_(codes.size()), of_commune_(codes.size()) {
    std::iota(by_code_.begin(), by_code_.end(), std::size_t{0});
    std::sort(by_code_.begin(), by_code_.end(),
              [&](std::size_t a, std::size_t b) { return codes[a] < codes[b]; });
    for (std::size_t place = 0; place < codes.size(); ++place) code_place_[by_code_[place]] = place;
}

void RankDraws::add(std::span<const Need> needs) {
    assert(needs.size() == communes());
    // By code already; those without any need come last in that order.
    std::vector<std::size_t> order = by_code_;
    const auto in_need = std::stable_partition(order.begin(), order.end(),
                                               [&](std::size_t commune) { return needs[commune] > Need{}; });
    std::sort(order.begin(), in_need, [&](std::size_t a, std::size_t b) {
        if (needs[a] != needs[b]) return needs[a] > needs[b];
        return code_place_[a] < code_place_[b];
    });
    ++draws_;
    std::int32_t level = 1;
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (i > 0 && needs[order[i]] != needs[order[i - 1]]) level = static_cast<std::int32_t>(i + 1);
        of_commune_[order[i]].ranks.push_back(static_cast<std::uint32_t>(i + 1));
        of_commune_[order[i]].levels.push_back(level);
    }
}

double RankDraws::probability_within(std::size_t commune, std::size_t k) const {
    assert(draws_ > 0);
    const std::vector<std::uint32_t>& ranks = of_commune_[commune].ranks;
    const auto within =
        std::count_if(ranks.begin(), ranks.end(), [k](std::uint32_t rank) { return rank <= k; });
    return static_cast<double>(within) / static_cast<double>(draws_);
}

RankInterval RankDraws::interval(std::size_t commune) const {
    assert(draws_ > 0);
    std::vector<std::uint32_t> sorted = of_commune_[commune].ranks;
    std::sort(sorted.begin(), sorted.end());
    return {sorted[nearest_rank(5, draws_)], sorted[nearest_rank(50, draws_)],
            sorted[nearest_rank(95, draws_)]};
}

std::size_t RankDraws::wins(std::size_t a, std::size_t b) const {
    const std::int32_t* ours = of_commune_[a].levels.data();
    const std::int32_t* theirs = of_commune_[b].levels.data();
    std::uint32_t wins = 0;
    for (std::size_t draw = 0; draw < draws_; ++draw) wins += ours[draw] < theirs[draw] ? 1U : 0U;
    return wins;
}

bool RankDraws::tied(std::size_t a, std::size_t b, std::size_t percent) const {
    return 100 * std::max(wins(a, b), wins(b, a)) < percent * draws_;
}

}  // namespace phusong
