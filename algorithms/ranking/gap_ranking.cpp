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

RankDraws::RankDraws(std::vector<std::string> codes) : codes_{std::move(codes)} {}

void RankDraws::add(std::span<const Need> needs) {
    const std::vector<std::size_t> order = ranked(codes_, needs);
    const std::size_t draw = draws_++;
    ranks_.resize(draws_ * codes_.size());
    levels_.resize(draws_ * codes_.size());
    std::uint32_t level = 1;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const auto rank = static_cast<std::uint32_t>(i + 1);
        if (i > 0 && needs[order[i]] != needs[order[i - 1]]) level = rank;
        ranks_[at(draw, order[i])] = rank;
        levels_[at(draw, order[i])] = level;
    }
}

double RankDraws::probability_within(std::size_t commune, std::size_t k) const {
    assert(draws_ > 0);
    std::size_t within = 0;
    for (std::size_t draw = 0; draw < draws_; ++draw) within += ranks_[at(draw, commune)] <= k ? 1U : 0U;
    return static_cast<double>(within) / static_cast<double>(draws_);
}

RankInterval RankDraws::interval(std::size_t commune) const {
    assert(draws_ > 0);
    std::vector<std::uint32_t> sorted;
    sorted.reserve(draws_);
    for (std::size_t draw = 0; draw < draws_; ++draw) sorted.push_back(ranks_[at(draw, commune)]);
    std::sort(sorted.begin(), sorted.end());
    return {sorted[nearest_rank(5, draws_)], sorted[nearest_rank(50, draws_)],
            sorted[nearest_rank(95, draws_)]};
}

std::size_t RankDraws::wins(std::size_t a, std::size_t b) const {
    std::size_t wins = 0;
    for (std::size_t draw = 0; draw < draws_; ++draw) {
        wins += levels_[at(draw, a)] < levels_[at(draw, b)] ? 1U : 0U;
    }
    return wins;
}

bool RankDraws::tied(std::size_t a, std::size_t b, std::size_t percent) const {
    return 100 * std::max(wins(a, b), wins(b, a)) < percent * draws_;
}

}  // namespace phusong
