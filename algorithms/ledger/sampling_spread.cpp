#include "algorithms/ledger/sampling_spread.hpp"

#include <cmath>

namespace phusong {

void SamplingSpread::add(const ShareKey& key, Persons people) {
    const auto square = static_cast<WideInteger>(people.units()) * people.units();
    squares_[key] += square >> 32;  // 2 x 24 fraction bits, 16 kept
}

void SamplingSpread::merge(const SamplingSpread& other) {
    for (const auto& [key, squares] : other.squares_) squares_[key] += squares;
}

double SamplingSpread::standard_error(const ShareKey& key, double sigma) const {
    const auto found = squares_.find(key);
    return found == squares_.end() ? 0
                                   : sigma * std::sqrt(std::ldexp(static_cast<double>(found->second), -16));
}

double standard_error_of_cell(std::int32_t refine) {
    const double k = refine;
    return std::sqrt(1 / (12 * k * k * k));
}

}  // namespace phusong
