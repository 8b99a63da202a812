#include "algorithms/ranking/gap_ranking.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

namespace phusong::test {
namespace {

Need need(double dark, double hours = 0, Floor floor = Floor::kept) {
    return {floor, Persons::round(dark), PeopleHours::round(hours)};
}

using Order = std::vector<std::size_t>;

}  // namespace

TEST_CASE("The floor comes before people, people before people-hours, and codes settle the rest") {
    const std::vector<std::string> codes = {"00010", "00004", "00003", "00002", "00001"};
    const std::vector<Need> needs = {need(5, 1, Floor::missed), need(900, 1), need(900, 2), need(7, 7),
                                     need(7, 7)};
    CHECK(ranked(codes, needs) == Order{0, 2, 1, 4, 3});
    CHECK(ranked({}, {}).empty());
}

TEST_CASE("A commune more changes nothing in the order of the others, nor does the order of the list") {
    std::mt19937 random{2};
    std::vector<std::string> codes;
    std::vector<Need> needs;
    for (int i = 0; i < 30; ++i) {
        codes.push_back(std::to_string(1000 + i));
        needs.push_back(need(static_cast<int>(random() % 5), static_cast<int>(random() % 3),
                             random() % 4 == 0 ? Floor::missed : Floor::kept));
    }
    const auto names = [](const std::vector<std::string>& listed, const Order& order) {
        std::vector<std::string> in_order;
        for (const std::size_t i : order) in_order.push_back(listed[i]);
        return in_order;
    };
    std::vector<std::string> before = names(codes, ranked(codes, needs));
    std::reverse(codes.begin(), codes.end());
    std::reverse(needs.begin(), needs.end());
    CHECK(names(codes, ranked(codes, needs)) == before);
    std::erase(before, codes.back());
    codes.pop_back();
    needs.pop_back();
    CHECK(names(codes, ranked(codes, needs)) == before);
}

TEST_CASE("A rank carries its interval over the draws") {
    // Over twenty draws A is worst in 19, B always second, C worst once.
    RankDraws draws{{"A", "B", "C"}};
    for (int i = 0; i < 20; ++i) {
        draws.add(i == 7 ? std::vector{need(1), need(5), need(9)} : std::vector{need(9), need(5), need(1)});
    }
    CHECK(draws.draws() == 20);
    CHECK(draws.probability_within(0, 1) == 0.95);
    CHECK(draws.probability_within(0, 3) == 1);
    CHECK(draws.probability_within(1, 1) == 0);
    CHECK(draws.interval(0) == RankInterval{1, 1, 1});
    CHECK(draws.interval(1) == RankInterval{2, 2, 2});
    CHECK(draws.interval(2) == RankInterval{1, 3, 3});
    CHECK(draws.wins(0, 2) == 19);
    CHECK(draws.wins(2, 0) == 1);
    CHECK_FALSE(draws.tied(0, 2));
}

TEST_CASE("Two communes are tied when neither beats the other in 80 per cent of the draws") {
    const auto won = [](int of_ten) {
        RankDraws draws{{"A", "B"}};
        for (int i = 0; i < 10; ++i) draws.add(std::vector{need(i < of_ten ? 2 : 0), need(1)});
        return draws;
    };
    CHECK(won(7).tied(0, 1));
    CHECK_FALSE(won(8).tied(0, 1));
    CHECK_FALSE(won(8).tied(1, 0));
    CHECK(won(3).tied(0, 1));
    CHECK_FALSE(won(2).tied(0, 1));
}

TEST_CASE("Equal needs are tied, although their codes rank them") {
    RankDraws draws{{"B", "A"}};
    for (int i = 0; i < 10; ++i) draws.add(std::vector{need(3), need(3)});
    CHECK(draws.wins(0, 1) == 0);
    CHECK(draws.wins(1, 0) == 0);
    CHECK(draws.tied(0, 1));
    CHECK(draws.interval(1) == RankInterval{1, 1, 1});
    CHECK(draws.interval(0) == RankInterval{2, 2, 2});
}

}  // namespace phusong::test
