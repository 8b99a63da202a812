#pragma once

#include <cstdint>

/// What a draw is for. Written into results: a number never gets another meaning.
namespace phusong::draw_purpose {

inline constexpr std::uint32_t storm_error = 0;
inline constexpr std::uint32_t structure = 1;
inline constexpr std::uint32_t own_power = 2;
inline constexpr std::uint32_t power_zone = 3;
inline constexpr std::uint32_t link = 4;
inline constexpr std::uint32_t flood = 5;
inline constexpr std::uint32_t battery = 6;
inline constexpr std::uint32_t generator = 7;

}  // namespace phusong::draw_purpose
