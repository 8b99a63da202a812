#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace phusong {

/// Philox4x32 with 10 rounds: scrambles a counter under a key, so that any draw can be had without those
/// before it. Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
[[nodiscard]] constexpr std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter,
                                                            std::array<std::uint32_t, 2> key) {
    constexpr int rounds = 10;
    for (int round = 0; round < rounds; ++round) {
        const std::uint64_t even = std::uint64_t{0xD2511F53U} * counter[0];
        const std::uint64_t odd = std::uint64_t{0xCD9E8D57U} * counter[2];
        counter = {
            static_cast<std::uint32_t>(odd >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(odd),
            static_cast<std::uint32_t>(even >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(even)};
        key[0] += 0x9E3779B9U;
        key[1] += 0xBB67AE85U;
    }
    return counter;
}

/// A number that stands for a name on every machine (FNV-1a, 64 bits). Draws that are keyed by it do not
/// depend on where the name stands in a list.
[[nodiscard]] constexpr std::uint64_t stable_key(std::string_view name) {
    std::uint64_t key = 0xcbf29ce484222325U;
    for (const char c : name) {
        key ^= static_cast<unsigned char>(c);
        key *= 0x100000001b3U;
    }
    return key;
}

/// What a draw is for. Equal keys give equal draws, others are independent.
struct DrawKey {
    std::uint64_t subject = 0;   ///< whose fate it is: the stable key of a site, for example
    std::uint32_t scenario = 0;  ///< or the number of the draw
    std::uint32_t purpose = 0;   ///< tells apart several draws for one subject in one scenario

    friend bool operator==(const DrawKey&, const DrawKey&) = default;
};

/// Random numbers without a state: pure functions of the seed and the key, in any order, on any thread.
class CounterBasedRandom {
public:
    explicit constexpr CounterBasedRandom(std::uint64_t seed) : seed_{seed} {}

    [[nodiscard]] constexpr std::uint64_t bits(const DrawKey& key) const {
        const std::array<std::uint32_t, 4> block = philox(
            {key.scenario, key.purpose, low(key.subject), high(key.subject)}, {low(seed_), high(seed_)});
        return std::uint64_t{block[1]} << 32 | block[0];
    }
    /// Uniform on [0, 1), a multiple of 2^-53.
    [[nodiscard]] constexpr double uniform(const DrawKey& key) const {
        return static_cast<double>(bits(key) >> 11) * 0x1p-53;
    }

private:
    static constexpr std::uint32_t low(std::uint64_t word) { return static_cast<std::uint32_t>(word); }
    static constexpr std::uint32_t high(std::uint64_t word) { return static_cast<std::uint32_t>(word >> 32); }

    std::uint64_t seed_;
};

}  // namespace phusong
