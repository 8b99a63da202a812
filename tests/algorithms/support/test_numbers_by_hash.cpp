#include "algorithms/support/numbers_by_hash.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace phusong::test {
namespace {

/// Words that are numbered as they come, found by a hash of the caller's choice.
struct Words {
    std::vector<std::string> words;
    NumbersByHash numbers;

    std::uint32_t number_of(const std::string& word, std::uint32_t hash) {
        const auto fresh = static_cast<std::uint32_t>(words.size());
        const std::uint32_t number =
            numbers.find_or_add(hash, fresh, [&](std::uint32_t i) { return words[i] == word; });
        if (number == fresh) words.push_back(word);
        return number;
    }
};

}  // namespace

TEST_CASE("What has a number keeps it, what is new gets the next one, even where all hashes are equal") {
    // The last slot of any table, so that probing goes on at its beginning.
    for (const std::uint32_t hash : {0U, 15U, ~0U}) {
        Words words;
        for (int i = 0; i < 100; ++i)
            CHECK(words.number_of(std::to_string(i), hash) == static_cast<unsigned>(i));
        for (int i = 0; i < 100; ++i)
            CHECK(words.number_of(std::to_string(i), hash) == static_cast<unsigned>(i));
        CHECK(words.numbers.size() == 100);
    }
}

TEST_CASE("Numbers are found like those of an ordered map, good hashes or bad ones") {
    std::mt19937 random{12};
    for (const std::uint32_t kinds : {3U, 1000U, 1U << 31}) {
        Words words;
        std::map<std::string, std::uint32_t> expected;
        for (int i = 0; i < 5000; ++i) {
            const auto thing = static_cast<std::uint32_t>(random() % 2000);
            const std::string word = std::to_string(thing);
            const std::uint32_t number =
                expected.try_emplace(word, static_cast<std::uint32_t>(expected.size())).first->second;
            CHECK(words.number_of(word, hash_bits(thing % kinds)) == number);
        }
        CHECK(words.numbers.size() == expected.size());
    }
}

TEST_CASE("What was cleared is not found any more") {
    Words words;
    for (std::uint32_t i = 0; i < 40; ++i) words.number_of(std::to_string(i), hash_bits(i));
    words.words.clear();
    words.numbers.clear();
    CHECK(words.numbers.size() == 0);
    CHECK(words.number_of("39", hash_bits(39)) == 0);
    CHECK(words.number_of("0", hash_bits(0)) == 1);
    CHECK(words.number_of("39", hash_bits(39)) == 0);
}

}  // namespace phusong::test
