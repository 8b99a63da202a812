#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "engine/event.hpp"

namespace phusong::io {

/// How studies and manifests spell what an event is made of.
inline constexpr std::array averaging_words{
    std::pair<std::string_view, WindInput::Averaging>{"3 s", WindInput::Averaging::three_seconds},
    std::pair<std::string_view, WindInput::Averaging>{"1 min", WindInput::Averaging::one_minute},
    std::pair<std::string_view, WindInput::Averaging>{"10 min", WindInput::Averaging::ten_minutes}};

inline constexpr std::array criterion_words{
    std::pair<std::string_view, IndexCriterion::Kind>{"people_dark", IndexCriterion::Kind::people_dark},
    std::pair<std::string_view, IndexCriterion::Kind>{"share_dark", IndexCriterion::Kind::share_dark},
    std::pair<std::string_view, IndexCriterion::Kind>{"people_hours", IndexCriterion::Kind::people_hours},
    std::pair<std::string_view, IndexCriterion::Kind>{"roaming_dividend",
                                                      IndexCriterion::Kind::roaming_dividend}};

/// The word of a value. @pre the table has it
template <typename Words, typename Value>
[[nodiscard]] std::string_view word_for(const Words& words, Value value) {
    for (const auto& [word, meant] : words) {
        if (meant == value) return word;
    }
    return {};
}

/// What a column of a table of sites can mean, as [event.sites] fields = {...} names it.
inline constexpr std::array<std::string_view, 17> site_columns{
    "id",      "lon",        "lat",           "operator",  "technologies", "radius_m",       "footprint",
    "parents", "power_zone", "battery_hours", "generator", "plinth_m",     "design_gust_ms", "status",
    "cause",   "since",      "repair_hours"};

}  // namespace phusong::io
