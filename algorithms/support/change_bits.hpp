#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace phusong {

/// One bit for each of 64 places: whether bytes[place] differs from bytes[place - 1].
[[nodiscard]] inline std::uint64_t changes_in_64(const std::uint8_t* bytes) {
    std::uint64_t changes = 0;
#if defined(__SSE2__)
    for (std::size_t part = 0; part < 4; ++part) {
        const auto load = [&](const std::uint8_t* from) {
            return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
        };
        const __m128i same = _mm_cmpeq_epi8(load(bytes + 16 * part), load(bytes + 16 * part - 1));
        const auto differ = static_cast<std::uint32_t>(_mm_movemask_epi8(same)) ^ 0xFFFFU;
        changes |= std::uint64_t{differ} << (16 * part);
    }
#else
    for (std::size_t part = 0; part < 8; ++part) {
        std::uint64_t here = 0;
        std::uint64_t before = 0;
        std::memcpy(&here, bytes + 8 * part, sizeof here);
        std::memcpy(&before, bytes + 8 * part - 1, sizeof before);
        if (here == before) continue;  // mostly
        for (std::size_t i = 8 * part; i < 8 * (part + 1); ++i) {
            changes |= std::uint64_t{bytes[i] != bytes[i - 1]} << i;
        }
    }
#endif
    return changes;
}

/// Sets bit first + i of `bits` for every i > 0 where bytes[i] differs from bytes[i - 1].
/// @pre bits holds first + bytes.size() bits
inline void mark_changes(std::span<const std::uint8_t> bytes, std::size_t first,
                         std::span<std::uint64_t> bits) {
    std::size_t i = 1;
    for (; i + 64 <= bytes.size(); i += 64) {
        const std::uint64_t changes = changes_in_64(&bytes[i]);
        if (changes == 0) continue;
        const std::size_t word = (first + i) / 64;
        const std::size_t shift = (first + i) % 64;
        bits[word] |= changes << shift;
        if (shift != 0) bits[word + 1] |= changes >> (64 - shift);
    }
    for (; i < bytes.size(); ++i) {
        if (bytes[i] != bytes[i - 1]) bits[(first + i) / 64] |= std::uint64_t{1} << ((first + i) % 64);
    }
}

}  // namespace phusong
