#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace phusong {

/// Where x lies between two fixed goalposts, 0 at `none` and 1 at `full`, never outside. Goalposts are
/// parameters, not the extremes of the data: a commune more or less moves nobody else.
/// @pre none != full; either may be the greater
[[nodiscard]] double goalpost_index(double x, double none, double full);

/// Alternatives x criteria, every value better the greater.
class CriteriaTable {
public:
    /// @pre criteria > 0 and a whole number of rows
    CriteriaTable(std::size_t criteria, std::vector<double> values);

    [[nodiscard]] std::size_t criteria() const { return criteria_; }
    [[nodiscard]] std::size_t alternatives() const { return values_.size() / criteria_; }
    [[nodiscard]] std::span<const double> operator[](std::size_t alternative) const {
        return std::span{values_}.subspan(alternative * criteria_, criteria_);
    }

private:
    std::size_t criteria_;
    std::vector<double> values_;
};

/// SMAA-2 (Lahdelma and Salminen 2001): how alternatives rank when nothing is known of the weights of the
/// criteria but that they are not negative and add up to 1, all equally likely, and values add up.
class Acceptability {
public:
    explicit Acceptability(std::size_t alternatives)
        : alternatives_{alternatives},
          ranks_(alternatives * alternatives),
          wins_(alternatives * alternatives) {}

    [[nodiscard]] std::size_t alternatives() const { return alternatives_; }
    /// Share of the weights that give the alternative this rank. @pre 1 <= rank <= alternatives()
    [[nodiscard]] double rank(std::size_t alternative, std::size_t rank) const {
        return ranks_[alternative * alternatives_ + rank - 1];
    }
    /// Share of the weights that give `a` a greater value than `b`.
    [[nodiscard]] double wins(std::size_t a, std::size_t b) const { return wins_[a * alternatives_ + b]; }
    [[nodiscard]] double expected_rank(std::size_t alternative) const;

    void add_rank(std::size_t alternative, std::size_t rank, double share) {
        ranks_[alternative * alternatives_ + rank - 1] += share;
    }
    void add_win(std::size_t a, std::size_t b, double share) { wins_[a * alternatives_ + b] += share; }

private:
    std::size_t alternatives_;
    std::vector<double> ranks_;
    std::vector<double> wins_;
};

inline constexpr std::size_t most_exact_criteria = 3;

/// Exact up to rounding (1e-12): the triangle of weights is cut along the lines on which two alternatives are
/// worth the same. O(alternatives cubed): 130 took 3 s. Equal alternatives rank in the order of the table.
/// @pre at most `most_exact_criteria` criteria
[[nodiscard]] Acceptability exact_acceptability(const CriteriaTable& table);

/// The same from weights drawn at random, for any number of criteria: standard error at most
/// 0.5 / sqrt(draws). Equal values rank in the order of the table. @pre draws > 0
[[nodiscard]] Acceptability drawn_acceptability(const CriteriaTable& table, std::uint64_t seed,
                                                std::uint32_t draws);

}  // namespace phusong
