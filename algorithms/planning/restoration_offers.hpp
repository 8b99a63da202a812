#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "algorithms/quantities/persons.hpp"
#include "algorithms/quantities/wide_integer.hpp"

namespace phusong {

/// What a bundle of jobs brings, or at most brings, and for how much work.
struct RestorationOffer {
    Persons people;
    std::chrono::minutes work{};

    /// More people per hour; exactly. Nobody is nothing, however little the work.
    [[nodiscard]] bool beats(const RestorationOffer& other) const {
        if (other.people == Persons{}) return people > Persons{};
        return WideInteger{people.units()} * other.work.count() >
               WideInteger{other.people.units()} * work.count();
    }
};

/// The best of many offers that change one at a time: a tournament, O(log offers) a change. Of equal offers
/// the first is the best.
class OfferTournament {
public:
    /// None of them offers anything. @pre some
    explicit OfferTournament(std::size_t offers) : offers_(offers) {
        while (leaves_ < offers) leaves_ *= 2;
        winners_.resize(2 * leaves_);
        for (std::size_t i = 0; i < leaves_; ++i) winners_[leaves_ + i] = i;
        for (std::size_t node = leaves_; node-- > 1;) winners_[node] = winners_[2 * node];
    }

    [[nodiscard]] const RestorationOffer& operator[](std::size_t number) const { return offers_[number]; }
    [[nodiscard]] std::size_t best() const { return winners_[1]; }

    void change(std::size_t number, const RestorationOffer& offer) {
        offers_[number] = offer;
        for (std::size_t node = (leaves_ + number) / 2; node > 0; node /= 2) {
            const std::size_t left = winners_[2 * node];
            const std::size_t right = winners_[2 * node + 1];
            winners_[node] = right < offers_.size() && offers_[right].beats(offers_[left]) ? right : left;
        }
    }

private:
    std::vector<RestorationOffer> offers_;
    std::size_t leaves_ = 1;
    std::vector<std::size_t> winners_;  ///< a binary tree, its root at 1
};

}  // namespace phusong
