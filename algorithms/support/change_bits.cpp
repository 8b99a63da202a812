#include "algorithms/support/change_bits.hpp"

#include <cstring>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

namespace phusong {

namespace {

using Rows = std::span<const std::uint8_t* const>;

/// One bit for each of 64 places from `at` on: whether a row's byte there differs from the one before.
#if defined(__SSE2__)
std::uint64_t changes_in_64(Rows rows, std::size_t at) {
    std::uint64_t changes = 0;
    for (std::size_t part = 0; part < 4; ++part) {
        __m128i differ = _mm_setzero_si128();
        for (const std::uint8_t* const row : rows) {
            const auto load = [](const std::uint8_t* from) {
                return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
            };
            const std::uint8_t* const here = row + at + 16 * part;
            differ = _mm_or_si128(differ, _mm_xor_si128(load(here), load(here - 1)));
        }
        const int same = _mm_movemask_epi8(_mm_cmpeq_epi8(differ, _mm_setzero_si128()));
        changes |= std::uint64_t{static_cast<std::uint32_t>(same) ^ 0xFFFFU} << (16 * part);
    }
    return changes;
}
#else
std::uint64_t changes_in_64(Rows rows, std::size_t at) {
    std::uint64_t changes = 0;
    for (const std::uint8_t* const row : rows) {
        for (std::size_t part = 0; part < 64; part += 8) {
            std::uint64_t here = 0;
            std::uint64_t before = 0;
            std::memcpy(&here, row + at + part, sizeof here);
            std::memcpy(&before, row + at + part - 1, sizeof before);
            if (here == before) continue;  // mostly
            for (std::size_t i = part; i < part + 8; ++i) {
                changes |= std::uint64_t{row[at + i] != row[at + i - 1]} << i;
            }
        }
    }
    return changes;
}
#endif

void put(std::uint64_t changes, std::size_t place, std::span<std::uint64_t> bits) {
    if (changes == 0) return;
    const std::size_t shift = place % 64;
    bits[place / 64] |= changes << shift;
    if (shift != 0 && changes >> (64 - shift) != 0) bits[place / 64 + 1] |= changes >> (64 - shift);
}

#if defined(__SSE2__) && defined(__GNUC__)
/// On processors that compare 32 bytes at once. @return the first place not looked at
__attribute__((target("avx2"))) std::size_t mark_in_64_avx2(Rows rows, std::size_t size, std::size_t first,
                                                            std::span<std::uint64_t> bits) {
    const __m256i zero = _mm256_setzero_si256();
    std::size_t at = 1;
    for (; at + 64 <= size; at += 64) {
        __m256i low = zero;
        __m256i high = zero;
        for (const std::uint8_t* const row : rows) {
            const auto* const here = reinterpret_cast<const __m256i*>(row + at);
            const auto* const before = reinterpret_cast<const __m256i*>(row + at - 1);
            low =
                _mm256_or_si256(low, _mm256_xor_si256(_mm256_loadu_si256(here), _mm256_loadu_si256(before)));
            high = _mm256_or_si256(
                high, _mm256_xor_si256(_mm256_loadu_si256(here + 1), _mm256_loadu_si256(before + 1)));
        }
        const auto same_low = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, zero)));
        const auto same_high =
            static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, zero)));
        put(~(std::uint64_t{same_low} | std::uint64_t{same_high} << 32U), first + at, bits);
    }
    return at;
}
#endif

void mark_rest(Rows rows, std::size_t at, std::size_t size, std::size_t first,
               std::span<std::uint64_t> bits) {
    for (; at < size; ++at) {
        for (const std::uint8_t* const row : rows) {
            if (row[at] != row[at - 1]) bits[(first + at) / 64] |= std::uint64_t{1} << ((first + at) % 64);
        }
    }
}

}  // namespace

void mark_changes(Rows rows, std::size_t size, std::size_t first, std::span<std::uint64_t> bits) {
#if defined(__SSE2__) && defined(__GNUC__)
    static const auto has_avx2 = static_cast<bool>(__builtin_cpu_supports("avx2"));
    if (has_avx2) {
        mark_rest(rows, mark_in_64_avx2(rows, size, first, bits), size, first, bits);
        return;
    }
#endif
    mark_changes_anywhere(rows, size, first, bits);
}

void mark_changes_anywhere(Rows rows, std::size_t size, std::size_t first, std::span<std::uint64_t> bits) {
    std::size_t at = 1;
    for (; at + 64 <= size; at += 64) put(changes_in_64(rows, at), first + at, bits);
    mark_rest(rows, at, size, first, bits);
}

}  // namespace phusong
