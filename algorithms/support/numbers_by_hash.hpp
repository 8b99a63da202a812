#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace phusong {

/// Finds the numbers of things that are kept elsewhere: a hash table with open addressing (linear probing, at
/// most half full), eight bytes a slot and no allocation a number.
class NumbersByHash {
public:
    /// The number of the thing that is there already, or else `number`, which is noted.
    /// @param hash of the thing; all of its bits look random
    /// @param is_it whether a number of the same hash is that of the thing
    /// @pre number < 2^32 - 1, and fewer than 2^31 numbers
    template <typename IsIt>
    std::uint32_t find_or_add(std::uint32_t hash, std::uint32_t number, const IsIt& is_it) {
        if (2 * (size_ + 1) > slots_.size()) grow();
        Slot* slot = &slots_[hash & (slots_.size() - 1)];
        while (slot->number != none) {
            if (slot->hash == hash && is_it(slot->number)) return slot->number;
            slot = next(slot);
        }
        *slot = {hash, number};
        ++size_;
        return number;
    }
    /// Notes a number of a thing that is known not to be there. @pre as `find_or_add`
    void add(std::uint32_t hash, std::uint32_t number) {
        find_or_add(hash, number, [](std::uint32_t) { return false; });
    }

    [[nodiscard]] std::size_t size() const { return size_; }
    /// Keeps its memory.
    void clear() {
        slots_.assign(slots_.size(), Slot{});
        size_ = 0;
    }

private:
    static constexpr std::uint32_t none = ~std::uint32_t{0};
    struct Slot {
        std::uint32_t hash = 0;
        std::uint32_t number = none;
    };

    Slot* next(Slot* slot) { return slot == &slots_.back() ? slots_.data() : slot + 1; }
    void grow() {
        constexpr std::size_t fewest = 16;
        std::vector<Slot> old(slots_.empty() ? fewest : 2 * slots_.size());
        std::swap(old, slots_);
        size_ = 0;
        for (const Slot& slot : old) {
            if (slot.number != none) add(slot.hash, slot.number);
        }
    }

    std::vector<Slot> slots_;  ///< as many as a power of two
    std::size_t size_ = 0;
};

/// 32 bits of a hash that look random. Steele, Lea and Flood 2014 (SplitMix64).
[[nodiscard]] constexpr std::uint32_t hash_bits(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
    return static_cast<std::uint32_t>(x >> 32);
}

}  // namespace phusong
