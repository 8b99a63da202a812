#include "algorithms/ranking/acceptability.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <utility>

#include "algorithms/support/counter_based_random.hpp"

namespace phusong {
namespace {

/// A point among the weights. Of three criteria: the first two weights, the third is what they leave of 1. Of
/// fewer: the first weight, and a coordinate that does not matter.
struct WeightPoint {
    double x = 0;
    double y = 0;
};
using Shape = std::vector<WeightPoint>;

/// All weights, counterclockwise: a triangle for three criteria, else a square.
Shape all_weights(std::size_t criteria) {
    if (criteria == most_exact_criteria) return {{0, 0}, {1, 0}, {0, 1}};
    return {{0, 0}, {1, 0}, {1, 1}, {0, 1}};
}

double area_of(const Shape& shape) {
    double twice = 0;
    for (std::size_t i = 2; i < shape.size(); ++i) {
        twice += (shape[i - 1].x - shape[0].x) * (shape[i].y - shape[0].y) -
                 (shape[i].x - shape[0].x) * (shape[i - 1].y - shape[0].y);
    }
    return twice / 2;
}

/// By how much b is worth more than a: linear in the weights.
struct Lead {
    double constant = 0;
    double along_x = 0;
    double along_y = 0;

    Lead(std::span<const double> a, std::span<const double> b) {
        const std::size_t last = a.size() - 1;
        constant = b[last] - a[last];
        if (last > 0) along_x = b[0] - a[0] - constant;
        if (last > 1) along_y = b[1] - a[1] - constant;
    }
    [[nodiscard]] double at(const WeightPoint& weights) const {
        return constant + along_x * weights.x + along_y * weights.y;
    }
};

/// What of a convex shape lies where sign x lead >= 0.
Shape clipped(const Shape& shape, const Lead& lead, double sign) {
    Shape kept;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        const WeightPoint& here = shape[i];
        const WeightPoint& next = shape[(i + 1) % shape.size()];
        const double at_here = sign * lead.at(here);
        const double at_next = sign * lead.at(next);
        if (at_here >= 0) kept.push_back(here);
        if ((at_here > 0 && at_next < 0) || (at_here < 0 && at_next > 0)) {
            const double t = at_here / (at_here - at_next);
            kept.push_back({here.x + t * (next.x - here.x), here.y + t * (next.y - here.y)});
        }
    }
    return kept;
}

/// Weights for which everything compared so far ranks the same.
struct Piece {
    Shape shape;
    std::size_t rank = 1;
};

/// Rounding leaves slivers; those below this area are dropped, and a million of them are beyond the twelfth
/// digit.
constexpr double smallest_area = 1e-18;

void keep(std::vector<Piece>& pieces, Shape shape, std::size_t rank) {
    if (area_of(shape) > smallest_area) pieces.push_back({std::move(shape), rank});
}

/// Cuts every piece in two: where b is worth more than a, and where it is not.
std::vector<Piece> cut(const std::vector<Piece>& pieces, const Lead& lead) {
    std::vector<Piece> parts;
    for (const Piece& piece : pieces) {
        keep(parts, clipped(piece.shape, lead, 1), piece.rank + 1);
        keep(parts, clipped(piece.shape, lead, -1), piece.rank);
    }
    return parts;
}

/// Uniform on the simplex: the gaps between sorted uniform numbers (Devroye 1986, chapter V).
void draw_weights(const CounterBasedRandom& random, std::uint32_t draw, std::vector<double>& weights) {
    for (std::size_t i = 0; i + 1 < weights.size(); ++i) {
        weights[i] = random.uniform({i, draw, 0});
    }
    weights.back() = 1;
    std::sort(weights.begin(), weights.end());
    for (std::size_t i = weights.size() - 1; i > 0; --i) weights[i] -= weights[i - 1];
}

}  // namespace

double goalpost_index(double x, double none, double full) {
    assert(none != full);
    return std::clamp((x - none) / (full - none), 0.0, 1.0);
}

CriteriaTable::CriteriaTable(std::size_t criteria, std::vector<double> values)
    : criteria_{criteria}, values_{std::move(values)} {
    assert(criteria_ > 0 && values_.size() % criteria_ == 0);
}

double Acceptability::expected_rank(std::size_t alternative) const {
    double sum = 0;
    for (std::size_t r = 1; r <= alternatives_; ++r) sum += static_cast<double>(r) * rank(alternative, r);
    return sum;
}

Acceptability exact_acceptability(const CriteriaTable& table) {
    assert(table.criteria() <= most_exact_criteria);
    const std::size_t count = table.alternatives();
    const Shape everything = all_weights(table.criteria());
    const double whole = area_of(everything);
    Acceptability result{count};
    for (std::size_t a = 0; a < count; ++a) {
        std::vector<Piece> pieces = {{everything, 1}};
        for (std::size_t b = 0; b < count; ++b) {
            if (b == a) continue;
            if (std::ranges::equal(table[a], table[b])) {
                if (b > a) continue;
                for (Piece& piece : pieces) ++piece.rank;
                continue;
            }
            const Lead lead{table[a], table[b]};
            result.add_win(b, a, area_of(clipped(everything, lead, 1)) / whole);
            pieces = cut(pieces, lead);
        }
        for (const Piece& piece : pieces) result.add_rank(a, piece.rank, area_of(piece.shape) / whole);
    }
    return result;
}

Acceptability drawn_acceptability(const CriteriaTable& table, std::uint64_t seed, std::uint32_t draws) {
    assert(draws > 0);
    const std::size_t count = table.alternatives();
    const CounterBasedRandom random{seed};
    std::vector<double> weights(table.criteria());
    std::vector<double> values(count);
    std::vector<std::size_t> order(count);
    std::vector<std::uint32_t> ranks(count * count);
    std::vector<std::uint32_t> wins(count * count);
    for (std::uint32_t draw = 0; draw < draws; ++draw) {
        draw_weights(random, draw, weights);
        for (std::size_t a = 0; a < count; ++a) {
            values[a] = std::inner_product(weights.begin(), weights.end(), table[a].begin(), 0.0);
        }
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return values[a] > values[b]; });
        for (std::size_t rank = 0; rank < count; ++rank) {
            const std::size_t a = order[rank];
            ++ranks[a * count + rank];
            for (std::size_t behind = rank + 1; behind < count; ++behind) {
                if (values[a] > values[order[behind]]) ++wins[a * count + order[behind]];
            }
        }
    }
    Acceptability result{count};
    for (std::size_t a = 0; a < count; ++a) {
        for (std::size_t i = 0; i < count; ++i) {
            result.add_rank(a, i + 1, static_cast<double>(ranks[a * count + i]) / draws);
            result.add_win(a, i, static_cast<double>(wins[a * count + i]) / draws);
        }
    }
    return result;
}

}  // namespace phusong
