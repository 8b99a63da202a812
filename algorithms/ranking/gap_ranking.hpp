#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "algorithms/quantities/people_hours.hpp"
#include "algorithms/quantities/persons.hpp"

namespace phusong {

/// Whether a commune has the least that the study grants everybody; missing it is the greater need.
enum class Floor : std::uint8_t {
    kept,
    missed  ///< no operator at all, or below the study's floor
};

/// What a commune lacks, in natural units. Greater is worse: communes under their floor come first, then
/// people in the dark count, then people-hours.
struct Need {
    Floor floor = Floor::kept;
    Persons people_dark;
    PeopleHours people_hours;

    friend auto operator<=>(const Need&, const Need&) = default;
};

/// Places of the communes in `needs`, the worst first; equal needs by code.
/// @pre as many codes as needs; codes differ
[[nodiscard]] std::vector<std::size_t> ranked(std::span<const std::string> codes,
                                              std::span<const Need> needs);

struct RankInterval {
    std::size_t low = 0;  ///< in 5 % of the draws the commune ranks here or before
    std::size_t median = 0;
    std::size_t high = 0;  ///< in 95 % of the draws the commune ranks here or before

    friend bool operator==(const RankInterval&, const RankInterval&) = default;
};

/// How communes rank over draws of the scenarios; communes by their place, ranks from 1, the worst off. What
/// it answers does not depend on the order of the draws. Memory: 8 bytes a commune and draw.
class RankDraws {
public:
    /// How often one commune must beat another for the order of the two to be told, in per cent of the draws.
    static constexpr std::size_t decisive_percent = 80;

    /// @pre codes differ
    explicit RankDraws(const std::vector<std::string>& codes);

    /// One draw: the needs of all communes. Those without any need are not sorted. @pre as many as codes
    void add(std::span<const Need> needs);

    [[nodiscard]] std::size_t communes() const { return of_commune_.size(); }
    [[nodiscard]] std::size_t draws() const { return draws_; }
    /// P(rank <= k). @pre there are draws
    [[nodiscard]] double probability_within(std::size_t commune, std::size_t k) const;
    /// @pre there are draws
    [[nodiscard]] RankInterval interval(std::size_t commune) const;
    /// In how many draws the need of `a` is greater than that of `b`; the code decides nothing here.
    [[nodiscard]] std::size_t wins(std::size_t a, std::size_t b) const;
    /// Neither beats the other in at least `percent` of the draws: their order is not to be relied on.
    [[nodiscard]] bool tied(std::size_t a, std::size_t b, std::size_t percent = decisive_percent) const;

private:
    struct Draws {
        std::vector<std::uint32_t> ranks;  ///< from 1, all different within a draw
        /// Rank of the first commune with the same need; signed, as processors compare such in bulk.
        std::vector<std::int32_t> levels;
    };

    std::vector<std::size_t> by_code_;     ///< communes
    std::vector<std::size_t> code_place_;  ///< of each commune in `by_code_`
    std::size_t draws_ = 0;
    std::vector<Draws> of_commune_;  ///< so that two communes are compared along memory
};

}  // namespace phusong
