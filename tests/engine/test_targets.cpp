#include "engine/targets.hpp"

#include <catch2/catch.hpp>

#include "engine/errors.hpp"

namespace phusong::test {
namespace {

constexpr std::int64_t percent = 1'000'000;

PlaceResult place(double served, double unserved, double unknown, double error = 0) {
    PlaceResult place;
    TechnologyResult technology;
    technology.any_operator = {
        {Persons::round(served), {}}, {Persons::round(unserved), {}}, {Persons::round(unknown), {}}};
    // Of two operators the second serves a person fewer than both together.
    Answer best = technology.any_operator;
    best.served.people -= Persons::round(1);
    best.unserved.people += Persons::round(1);
    technology.of_operator = {{}, best};
    technology.best_operator = 1;
    technology.sampling_error = error;
    place.people = technology.any_operator.people();
    place.technologies = {technology};
    return place;
}

Target target(std::int64_t millionths, TargetInput::Rule rule = TargetInput::Rule::any_operator) {
    TargetInput input;
    input.technology = "5g";
    input.millionths = millionths;
    input.rule = rule;
    return targets_of({input}, {{"4g", "", {0}}, {"5g", "", {1}}}).front();
}

TargetResult held(std::int64_t millionths, const PlaceResult& place,
                  TargetInput::Rule rule = TargetInput::Rule::any_operator) {
    Target asked = target(millionths, rule);
    asked.technology = 0;
    return held_against(asked, place);
}

}  // namespace

TEST_CASE("Short of a target are the people still to be served, the next whole number") {
    CHECK(held(90 * percent, place(20, 80, 0)).short_people == 70);
    CHECK(held(90 * percent, place(20.5, 79.5, 0)).short_people == 70);
    CHECK(held(90 * percent, place(89.999, 10.001, 0)).short_people == 1);
    CHECK(held(90 * percent, place(90, 10, 0)).short_people == 0);
    CHECK(held(90 * percent, place(100, 0, 0)).short_people == 0);
    CHECK(held(100 * percent, place(99, 1, 0)).short_people == 1);
    CHECK(held(999 * percent / 10, place(0, 1000, 0)).short_people == 999);
    CHECK(held(90 * percent, place(20, 0, 80)).short_people == 70);  // unknown is not served
}

TEST_CASE("The best operator alone counts where the target says so") {
    CHECK(held(90 * percent, place(90, 10, 0), TargetInput::Rule::best_operator).short_people == 1);
    CHECK(held(90 * percent, place(90, 10, 0), TargetInput::Rule::best_operator).status ==
          TargetStatus::yellow);
}

TEST_CASE("Green, yellow, red, and the people of whom nobody knows") {
    const std::int64_t level = 90 * percent;  // red below 85
    CHECK(held(level, place(90, 10, 0)).status == TargetStatus::green);
    CHECK(held(level, place(89, 11, 0)).status == TargetStatus::yellow);
    CHECK(held(level, place(85, 15, 0)).status == TargetStatus::yellow);
    CHECK(held(level, place(84.9, 15.1, 0)).status == TargetStatus::red);
    CHECK(held(level, place(50, 10, 40)).status == TargetStatus::measure);
    CHECK(held(level, place(50, 11, 39)).status == TargetStatus::yellow);  // not even all of them would do
    CHECK(held(level, place(50, 20, 30)).status == TargetStatus::red);
    CHECK(held(level, place(90, 0, 10)).status == TargetStatus::green);
}

TEST_CASE("Within two standard errors of sampling nobody is green or red") {
    CHECK(held(90 * percent, place(91, 9, 0, 0.6)).status == TargetStatus::yellow);
    CHECK(held(90 * percent, place(91, 9, 0, 0.4)).status == TargetStatus::green);
    CHECK(held(90 * percent, place(84, 16, 0, 0.6)).status == TargetStatus::yellow);
    CHECK(held(90 * percent, place(84, 16, 0, 0.4)).status == TargetStatus::red);
}

TEST_CASE("A target finds its technology or says that there is none") {
    CHECK(target(90 * percent).technology == 1);
    CHECK_THROWS_AS(targets_of({TargetInput{}}, {{"4g", "", {0}}}), InputError);
}

}  // namespace phusong::test
