#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "algorithms/support/packed_integers.hpp"

namespace phusong {

/// Eight bytes at a time. Every step can be undone, so that no single change goes unnoticed; not meant
/// against forgery.
[[nodiscard]] inline std::uint64_t byte_checksum(std::span<const std::uint8_t> bytes) {
    std::uint64_t sum = bytes.size();
    const auto mix = [&sum](std::uint64_t word) { sum = std::rotl(sum ^ word, 29) * 0xd6e8feb86659fd93U; };
    std::size_t at = 0;
    for (; at + 8 <= bytes.size(); at += 8) mix(little_endian(bytes.data() + at));
    for (; at < bytes.size(); ++at) mix(bytes[at]);
    return sum;
}

}  // namespace phusong
