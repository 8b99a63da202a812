// Writes questions of coverage as linear programs, and says what phusong answers: for a solver to disagree.
// Usage: coverage_probe FOLDER. A line each: file, the value of the plan, the bound.

#include <cstdio>
#include <exception>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "algorithms/planning/coverage_least_cost.hpp"
#include "algorithms/planning/coverage_lp.hpp"
#include "tests/algorithms/planning/random_coverage.hpp"

namespace {

using namespace phusong;

template <typename Question>
void write(const std::string& path, const CoverageInstance& instance, const Question& question) {
    std::ofstream file{path};
    write_lp(file, instance, question);
}

constexpr ZoneNumber zones = 6;

void ask(const std::string& folder, unsigned seed) {
    std::mt19937 random{seed};
    const CoverageInstance instance = test::random_instance(
        {.candidates = 60, .groups = 90, .zones = zones, .locked_in = seed % 3, .equal_costs = seed % 2 == 0},
        random);
    int number = 0;
    for (const CoverageLimit& limit :
         {CoverageLimit::budget(Cost::round(9)), CoverageLimit::sites(5), CoverageLimit::one_per_zone()}) {
        const std::string path =
            folder + "/people-" + std::to_string(seed) + "-" + std::to_string(number++) + ".lp";
        write(path, instance, limit);
        const CoveragePlan plan = maximum_coverage(instance, limit);
        std::printf("%s %.9f %.9f\n", path.c_str(), plan.covered.value(), plan.bound.value());
    }
    const auto part = [](Persons people, double of_all) { return Persons::round(of_all * people.value()); };
    std::vector<Persons> of_zone = instance.covered_already_by_zone(std::size_t{zones});
    const CoverageInstance open = instance.open_part();
    for (CoverageInstance::GroupNumber group = 0; group < open.group_count(); ++group)
        of_zone[static_cast<std::size_t>(open.zone(group))] += open.people(group);
    for (Persons& people : of_zone) people = part(people, 0.8);
    const Persons reachable = instance.covered_already() + open.everybody();
    for (const CoverageTarget& target :
         {CoverageTarget{part(reachable, 0.9), {}}, CoverageTarget{part(reachable, 0.5), of_zone}}) {
        const std::string path =
            folder + "/cost-" + std::to_string(seed) + "-" + std::to_string(number++) + ".lp";
        write(path, instance, target);
        const LeastCostPlan plan = least_cost_coverage(instance, target);
        std::printf("%s %.9f %.9f\n", path.c_str(), plan.cost.value(), plan.bound.value());
    }
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 2) return 2;
    try {
        for (unsigned seed = 1; seed <= 3; ++seed) ask(arguments[1], seed);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "coverage_probe: %s\n", error.what());
        return 1;
    }
    return 0;
}
