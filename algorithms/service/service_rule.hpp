#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "algorithms/service/service.hpp"

namespace phusong {

/// What a coverage value is worth, and whether it deserves a word.
struct Reading {
    enum class Remark : std::uint8_t {
        none,
        odd,     ///< counted, but worth a notice (a "present" value that is neither 0 nor 1)
        invalid  ///< not a value of this rule: the run is refused
    };
    Service service = Service::unknown;
    Remark remark = Remark::none;
};

/// What a coverage source's values mean (DEFINITIONS 2). Thresholds are data of the study. NaN, which readers
/// give for nodata, is always unknown.
struct ServiceRule {
    enum class Kind : std::uint8_t {
        present,  ///< non-zero is served
        classes,  ///< `served` and `unserved` list the values
        signal,   ///< at or above `threshold_dbm` is served
        share     ///< part of the households that can be served; yes/no questions: served where it is >= 0.5
    };
    Kind kind = Kind::present;
    std::vector<double> served;
    std::vector<double> unserved;
    std::string quantity;      ///< of a signal: RSRP, RSCP or RSSI
    double threshold_dbm = 0;  ///< of a signal; inclusive
    double full_value = 1;     ///< of a share: the value that means every household (1 or 100)

    [[nodiscard]] Reading read(double value) const;
    /// The part of the households, 0..1, of a value that `read` did not find invalid. @pre kind is share
    [[nodiscard]] double share_of(double value) const { return value / full_value; }
    /// What the rule accepts, in words for an error message.
    [[nodiscard]] std::string accepts() const;

    friend bool operator==(const ServiceRule&, const ServiceRule&) = default;
};

/// Plausible received power; outside of it a value is a mistake (positive dBm is the commonest).
inline constexpr double weakest_signal_dbm = -150;
inline constexpr double strongest_signal_dbm = -20;

}  // namespace phusong
