#include "io/text/event_section.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "io/text/coverage_section.hpp"
#include "io/text/curve_file.hpp"
#include "io/text/event_parts.hpp"
#include "io/text/moment.hpp"
#include "io/text/words.hpp"

namespace phusong::io {

namespace {

constexpr std::uint32_t most_scenarios = 65536;

/// Every table of a list, such as [[event.damage]].
template <typename Read>
auto all_of(const EventPart& event, std::string_view key, Read read) {
    std::vector<decltype(read(event))> all;
    const auto sections = event.section.sections(key);
    if (!sections) return all;
    for (const Section& section : *sections) all.push_back(read({section, event.coverage, event.folder}));
    return all;
}

template <typename Read>
auto one_of(const EventPart& event, std::string_view key, Read read) -> std::optional<decltype(read(event))> {
    const auto section = event.section.section(key);
    if (!section) return std::nullopt;
    return read({*section, event.coverage, event.folder});
}

std::vector<CoverageInput> all_after(const EventPart& event) {
    std::vector<CoverageInput> all = all_of(event, "after", after_of);
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) {
            if (all[k].label() != all[i].label()) continue;
            event.section.fail("\"" + all[i].label() + "\" is named twice in [[event.after]]");
        }
    }
    return all;
}

std::vector<std::pair<std::string, double>> customers_of(const Section& event) {
    std::vector<std::pair<std::string, double>> customers;
    const auto section = event.section("customers");
    if (!section) return customers;
    double sum = 0;
    for (const std::string& key : section->keys()) {
        const double part = section->number(key).value_or(0);
        if (!(part >= 0) || !std::isfinite(part)) {
            section->fail("'" + key + "' must be a part of all customers, 0 or more", section->node(key));
        }
        customers.emplace_back(composed(key), part);
        sum += part;
    }
    constexpr double tolerance = 1e-6;
    const bool in_percent = std::abs(sum - 100) <= 100 * tolerance;
    if (!in_percent && std::abs(sum - 1) > tolerance) {
        section->fail("the parts of all customers must add up to 1 (or to 100), not to " +
                      std::to_string(sum));
    }
    if (in_percent) {
        for (auto& [name, part] : customers) part /= 100;
    }
    return customers;
}

void read_time(const Section& section, EventInput& event) {
    if (section.node("time") == nullptr) return;
    event.time_text = section.needed_text("time", "time = \"2025-09-29T00:00:00+07:00\"");
    const Moment moment = moment_of(event.time_text);
    if (!moment.seconds) section.fail("'time': " + moment.fault, section.node("time"));
    event.time = moment.seconds;
}

void read_hours(const Section& section, EventInput& event) {
    if (section.node("hours") == nullptr) return;
    event.hours = section.numbers("hours");
    const bool ascending = std::adjacent_find(event.hours.begin(), event.hours.end(), [](double a, double b) {
                               return !(a < b);
                           }) == event.hours.end();
    if (event.hours.empty() || !ascending || !(event.hours.front() >= 0) ||
        !std::isfinite(event.hours.back())) {
        section.fail("'hours' are hours after the event, from 0 on and ascending: hours = [0, 6, 12, 24]",
                     section.node("hours"));
    }
}

void read_draws(const Section& section, EventInput& event) {
    if (const auto scenarios = section.integer("scenarios")) {
        if (*scenarios < 1 || static_cast<std::uint32_t>(*scenarios) > most_scenarios) {
            section.fail("'scenarios' must be 1 to 65536", section.node("scenarios"));
        }
        event.scenarios = static_cast<std::uint32_t>(*scenarios);
    }
    if (const toml::node* node = section.node("seed")) {
        const auto seed = node->value_exact<std::int64_t>();
        if (!seed || *seed < 0) section.fail("'seed' must be a whole number, 0 or more", node);
        event.seed = static_cast<std::uint64_t>(*seed);
    }
}

void read_curves(const EventPart& part, EventInput& event) {
    const auto curves = part.section.section("curves");
    if (!curves) return;
    curves->allow_only({"structure", "grid_power", "battery"});
    const auto named = [&](std::string_view key) {
        const std::string name = curves->text(key).value_or("");
        return name.empty() || is_shipped_curve(name) ? name : joined_path(name, part.folder);
    };
    event.structure_curve = named("structure");
    event.grid_power_curve = named("grid_power");
    event.battery_curve = named("battery");
}

/// What is known of sites means nothing without a table of them.
void require_sites(const Section& section, const EventInput& event) {
    if (event.sites) return;
    for (const char* key : {"status", "wind", "flood", "power", "curves"}) {
        if (section.node(key) == nullptr) continue;
        section.fail("'" + std::string{key} +
                         "' tells of sites; name their table: [event.sites] path = "
                         "\"sites.csv\"",
                     section.node(key));
    }
}

}  // namespace

EventInput event_of(const Section& section, const std::vector<CoverageInput>& coverage,
                    const std::filesystem::path& folder) {
    section.allow_only({"name", "time", "hours", "scenarios", "seed", "generators", "floor_share", "curves",
                        "customers", "after", "damage", "sites", "status", "wind", "flood", "power", "index",
                        "one_hardened_site_per_commune"});
    const EventPart part{section, coverage, folder};
    EventInput event;
    event.name = section.text("name").value_or("");
    read_time(section, event);
    read_hours(section, event);
    read_draws(section, event);
    const std::string a_part = "a part, 0 to 1";
    event.share_with_generators = section.number_within("generators", 0, 1, a_part).value_or(0);
    event.floor_share = section.number_within("floor_share", 0, 1, a_part).value_or(0);
    event.hardened_site_per_commune = section.yes_or_no("one_hardened_site_per_commune").value_or(false);
    read_curves(part, event);
    event.customers = customers_of(section);
    event.after = all_after(part);
    event.damage = all_of(part, "damage", damage_of);
    event.sites = one_of(part, "sites", sites_of);
    event.status = one_of(part, "status", [](const EventPart& status) {
        status.section.allow_only({"path", "encoding"});
        return file_of(status.section, status.folder);
    });
    event.wind = one_of(part, "wind", wind_of);
    event.flood_depth = one_of(part, "flood", [](const EventPart& flood) {
        flood.section.allow_only({"depth", "band", "crs"});
        return file_of(flood.section, flood.folder, "depth");
    });
    event.power = all_of(part, "power", power_of);
    event.index = all_of(part, "index", criterion_of);
    require_sites(section, event);
    return event;
}

}  // namespace phusong::io
