#pragma once

#include <bit>
#include <cstdint>
#include <string_view>

namespace phusong {

/// FNV-1a over typed fields (Fowler, Noll, Vo): names a plan; not meant against forgery.
class Fingerprint {
public:
    void add(std::uint64_t word) {
        for (int shift = 0; shift < 64; shift += 8) mix(static_cast<unsigned char>(word >> shift));
    }
    void add(std::int64_t word) { add(static_cast<std::uint64_t>(word)); }
    void add(std::int32_t word) { add(static_cast<std::uint64_t>(static_cast<std::int64_t>(word))); }
    void add(double number) { add(std::bit_cast<std::uint64_t>(number)); }
    void add(std::string_view text) {
        add(static_cast<std::uint64_t>(text.size()));
        for (const char c : text) mix(static_cast<unsigned char>(c));
    }
    [[nodiscard]] std::uint64_t value() const { return hash_; }

private:
    void mix(unsigned char byte) {
        hash_ ^= byte;
        hash_ *= 0x100000001b3U;
    }

    std::uint64_t hash_ = 0xcbf29ce484222325U;
};

}  // namespace phusong
