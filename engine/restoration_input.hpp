#pragma once

#include <cstdint>

namespace phusong {

/// Who repairs after an event, and how long one repair takes.
struct RestorationInput {
    std::int32_t crews = 1;
    double site_hours = 24;      ///< of a damaged site that does not tell its repair hours
    double feeder_hours = 8;     ///< of the feeder of a power zone
    double generator_hours = 4;  ///< to bring a generator to a site without a power zone

    friend bool operator==(const RestorationInput&, const RestorationInput&) = default;
};

}  // namespace phusong
