#include "io/text/restoration_section.hpp"

#include <fmt/format.h>

#include <cmath>

namespace phusong::io {

namespace {

constexpr double longest_hours = 24 * 366;
constexpr std::int32_t most_crews = 10000;

void read_hours(const Section& section, const char* key, double& hours) {
    const auto value = section.number(key);
    if (!value) return;
    if (!(*value > 0 && *value <= longest_hours)) {
        section.fail(
            fmt::format("'{}' must be hours of work, more than 0 and at most {}", key, longest_hours),
            section.node(key));
    }
    hours = *value;
}

}  // namespace

RestorationInput restoration_input_of(const Section& section) {
    section.allow_only({"crews", "site_hours", "feeder_hours", "generator_hours"});
    RestorationInput input;
    input.crews = section.integer("crews").value_or(input.crews);
    if (input.crews < 1 || input.crews > most_crews) {
        section.fail(fmt::format("'crews' must be 1 to {}", most_crews), section.node("crews"));
    }
    read_hours(section, "site_hours", input.site_hours);
    read_hours(section, "feeder_hours", input.feeder_hours);
    read_hours(section, "generator_hours", input.generator_hours);
    return input;
}

std::string restoration_lines(const RestorationInput& input) {
    return fmt::format(
        "\n[restoration]\n"
        "crews = {}  # that work side by side\n"
        "site_hours = {}  # of work at a damaged site that does not tell its own\n"
        "feeder_hours = {}  # of work until a power zone has power again\n"
        "generator_hours = {}  # to bring a generator to a site without a power zone\n",
        input.crews, input.site_hours, input.feeder_hours, input.generator_hours);
}

}  // namespace phusong::io
