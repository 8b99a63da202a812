#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace phusong {

/// Where a number stands in a vector. @pre it is not negative
[[nodiscard]] constexpr std::size_t place(std::int32_t number) {
    return static_cast<std::size_t>(number);
}

/// A list of numbers for each of 0, 1 ..., one behind the other in one block of memory.
class NumberLists {
public:
    using Pair = std::pair<std::int32_t, std::int32_t>;

    /// No lists.
    NumberLists() = default;
    /// The second of every pair, listed under the first, in the order of the pairs. O(keys + pairs)
    /// @pre 0 <= first < keys
    NumberLists(std::size_t keys, std::span<const Pair> pairs) : begin_(keys + 1), numbers_(pairs.size()) {
        for (const Pair& pair : pairs) ++begin_[place(pair.first) + 1];
        for (std::size_t key = 0; key < keys; ++key) begin_[key + 1] += begin_[key];
        std::vector<std::size_t> next{begin_.begin(), begin_.end() - 1};
        for (const auto& [key, number] : pairs) numbers_[next[place(key)]++] = number;
    }

    /// One more list behind the others.
    void append(std::span<const std::int32_t> numbers) {
        numbers_.insert(numbers_.end(), numbers.begin(), numbers.end());
        begin_.push_back(numbers_.size());
    }

    [[nodiscard]] std::size_t size() const { return begin_.size() - 1; }
    /// @pre 0 <= key < size()
    [[nodiscard]] std::span<const std::int32_t> operator[](std::int32_t key) const {
        assert(place(key) < size());
        const std::size_t first = begin_[place(key)];
        return std::span{numbers_}.subspan(first, begin_[place(key) + 1] - first);
    }

    /// The same pairs, listed under the second of them. @pre 0 <= number < keys
    [[nodiscard]] NumberLists turned(std::size_t keys) const {
        std::vector<Pair> pairs;
        pairs.reserve(numbers_.size());
        for (std::size_t key = 0; key < size(); ++key) {
            const auto number = static_cast<std::int32_t>(key);
            for (const std::int32_t other : (*this)[number]) pairs.emplace_back(other, number);
        }
        return {keys, pairs};
    }

private:
    std::vector<std::size_t> begin_{0};
    std::vector<std::int32_t> numbers_;
};

}  // namespace phusong
