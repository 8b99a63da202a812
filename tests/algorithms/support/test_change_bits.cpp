#include "algorithms/support/change_bits.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <vector>

namespace phusong::test {

TEST_CASE("A bit is set where any row changes, whatever the processor, the length and where bits begin") {
    std::mt19937 random{11};
    for (int round = 0; round < 300; ++round) {
        const std::size_t size = random() % 400;
        const std::size_t first = random() % 130;
        std::vector<std::vector<std::uint8_t>> rows(1 + random() % 4, std::vector<std::uint8_t>(size));
        for (auto& row : rows) {
            for (std::size_t i = 0; i < size; ++i) {
                row[i] = i > 0 && random() % 16 != 0 ? row[i - 1] : static_cast<std::uint8_t>(random() % 3);
            }
        }
        std::vector<std::uint64_t> plain((first + size) / 64 + 1);
        for (std::size_t i = 1; i < size; ++i) {
            for (const auto& row : rows) {
                if (row[i] != row[i - 1]) plain[(first + i) / 64] |= std::uint64_t{1} << ((first + i) % 64);
            }
        }
        std::vector<const std::uint8_t*> starts;
        for (const auto& row : rows) starts.push_back(row.data());
        std::vector<std::uint64_t> bits(plain.size());
        mark_changes(starts, size, first, bits);
        CHECK(bits == plain);
        std::fill(bits.begin(), bits.end(), 0);
        mark_changes_anywhere(starts, size, first, bits);
        CHECK(bits == plain);
    }
}

}  // namespace phusong::test
