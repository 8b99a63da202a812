#include "algorithms/planning/coverage_lp.hpp"

#include <catch2/catch.hpp>
#include <sstream>
#include <string>
#include <vector>

namespace phusong::test {
namespace {

CoverageInstance small() {
    return CoverageInstance{
        {{Cost::round(2.5), 0, false}, {Cost::round(1), 1, false}, {Cost::round(7), 1, true}},
        std::vector<CoverageGroup>{
            {0, Persons::round(10.5), {0, 1}}, {1, Persons::round(4), {1, 2}}, {1, Persons::round(3), {}}}};
}

template <typename Question>
std::string lp_of(const Question& question) {
    std::ostringstream out;
    write_lp(out, small(), question);
    return out.str();
}

}  // namespace

TEST_CASE("The most people under a budget are written as a linear program") {
    CHECK(lp_of(CoverageLimit::budget(Cost::round(3.25))) ==
          "\\ the most people within a limit\n"
          "Maximize\n"
          " people: 10.5 y0 + 4 y1\n"
          "Subject To\n"
          " g0: y0 - x0 - x1 <= 0\n"
          " g1: y1 - x1 - x2 <= 0\n"
          " budget: 2.5 x0 + x1 <= 3.25\n"
          "Bounds\n"
          " y0 <= 1\n"
          " y1 <= 1\n"
          " x2 = 1\n"
          "Binary\n"
          " x0\n"
          " x1\n"
          "End\n");
}

TEST_CASE("Other limits are other rows of the program") {
    CHECK(lp_of(CoverageLimit::sites(2)).find(" sites: x0 + x1 <= 2\n") != std::string::npos);
    CHECK(lp_of(CoverageLimit::one_per_zone()).find(" zone0: x0 <= 1\n zone1: x1 <= 1\n") !=
          std::string::npos);
}

TEST_CASE("The least cost of a target and of floors is written as a linear program") {
    CHECK(lp_of(CoverageTarget{Persons::round(12), {Persons::round(5), {}, Persons::round(1)}}) ==
          "\\ the least cost of a target\n"
          "Minimize\n"
          " cost: 2.5 x0 + x1\n"
          "Subject To\n"
          " g0: y0 - x0 - x1 <= 0\n"
          " g1: y1 - x1 - x2 <= 0\n"
          " target: 10.5 y0 + 4 y1 >= 12\n"
          " floor0: 10.5 y0 >= 5\n"
          " floor2: 0 y0 >= 1\n"
          "Bounds\n"
          " y0 <= 1\n"
          " y1 <= 1\n"
          " x2 = 1\n"
          "Binary\n"
          " x0\n"
          " x1\n"
          "End\n");
}

TEST_CASE("No line of the program is longer than CPLEX reads") {
    std::vector<CoverageGroup> groups(100, {0, Persons::round(1234567.891), {0}});
    std::ostringstream out;
    write_lp(out, CoverageInstance{{{Cost::round(1), 0, false}}, groups}, CoverageLimit::sites(1));
    std::istringstream lines{out.str()};
    for (std::string line; std::getline(lines, line);) CHECK(line.size() < 560);
}

}  // namespace phusong::test
