#include "io/text/event_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "io/text/coverage_section.hpp"
#include "io/text/event_words.hpp"

namespace phusong::io {

namespace {

template <typename Words>
std::string listed(const Words& words) {
    std::string list;
    for (const auto& [word, value] : words) list += (list.empty() ? "\"" : ", \"") + std::string{word} + "\"";
    return list;
}

template <typename Words>
auto value_for(const Words& words, const std::string& written, const Section& section, std::string_view key) {
    for (const auto& [word, value] : words) {
        if (word == written) return value;
    }
    section.fail("'" + std::string{key} + "' is one of " + listed(words), section.node(key));
}

std::string technologies_in(const std::vector<CoverageInput>& coverage) {
    std::string list;
    std::vector<std::string> seen;
    for (const CoverageInput& layer : coverage) {
        if (std::find(seen.begin(), seen.end(), layer.technology) != seen.end()) continue;
        seen.push_back(layer.technology);
        list += (list.empty() ? "" : ", ") + layer.technology;
    }
    return list;
}

}  // namespace

CoverageInput after_of(const EventPart& part) {
    const Section& section = part.section;
    CoverageInput after = coverage_of(section, part.folder);
    std::string known;
    for (const CoverageInput& before : part.coverage) {
        known += (known.empty() ? "" : ", ") + before.label();
        if (before.technology != after.technology || before.operator_name != after.operator_name) continue;
        if (before.rule.kind == ServiceRule::Kind::share || after.rule.kind == ServiceRule::Kind::share) {
            section.fail(
                "coverage by shares of households (rule \"share\") cannot be compared before and "
                "after yet; give a layer of yes and no",
                section.node("rule"));
        }
        if (after.meaning.empty()) after.meaning = before.meaning;
        return after;
    }
    section.fail("no [[coverage]] says what \"" + after.label() + "\" was before; known are " + known,
                 section.node("technology"));
}

DamageInput damage_of(const EventPart& part) {
    const Section& section = part.section;
    section.allow_only({"path", "layer", "band", "crs", "encoding", "severity", "technology", "technologies",
                        "cause", "redundancy"});
    DamageInput input;
    input.file = file_of(section, part.folder);
    input.severity_field = section.text("severity").value_or("");
    input.technology_field = section.text("technology").value_or("");
    input.technologies = section.texts("technologies");
    for (const std::string& technology : input.technologies) {
        const bool known =
            std::any_of(part.coverage.begin(), part.coverage.end(),
                        [&](const CoverageInput& layer) { return layer.technology == technology; });
        if (known) continue;
        section.fail("no [[coverage]] has the technology \"" + technology + "\"; known are " +
                         technologies_in(part.coverage),
                     section.node("technologies"));
    }
    if (!input.technology_field.empty() && !input.technologies.empty()) {
        section.fail("'technology' names a field of the file and 'technologies' is for all of it; give one",
                     section.node("technologies"));
    }
    input.cause = section.text("cause").value_or(input.cause);
    if (const auto redundancy = section.integer("redundancy")) {
        if (*redundancy < 1 || *redundancy > 100) {
            section.fail(
                "'redundancy' is how many independent layers serve a place, 1 to 100; leave it out "
                "where that is not known",
                section.node("redundancy"));
        }
        input.redundancy = *redundancy;
    }
    return input;
}

SiteTableInput sites_of(const EventPart& part) {
    const Section& section = part.section;
    section.allow_only(
        {"path", "layer", "crs", "encoding", "radius_m", "fields", "footprints", "footprint_id"});
    SiteTableInput input;
    input.file = file_of(section, part.folder);
    input.radius_m = section.number("radius_m");
    if (input.radius_m && !(*input.radius_m > 0 && std::isfinite(*input.radius_m))) {
        section.fail("'radius_m' must be metres, more than 0", section.node("radius_m"));
    }
    if (const auto fields = section.section("fields")) {
        for (const std::string& meaning : fields->keys()) {
            if (std::find(site_columns.begin(), site_columns.end(), meaning) == site_columns.end()) {
                std::string known;
                for (const std::string_view column : site_columns) {
                    known += (known.empty() ? "" : ", ") + std::string{column};
                }
                fields->fail(
                    fmt::format("no column of a table of sites means '{}'; known are {}", meaning, known),
                    fields->node(meaning));
            }
            input.fields.emplace_back(meaning, fields->needed_text(meaning, meaning + " = \"column\""));
        }
        if ((fields->node("lon") == nullptr) != (fields->node("lat") == nullptr)) {
            fields->fail("name both columns of the position: lon and lat");
        }
    }
    if (section.node("footprints") != nullptr) {
        input.footprints =
            file_named(section.needed_text("footprints", "footprints = \"file\""), part.folder);
    }
    input.footprint_id_field = section.text("footprint_id").value_or("");
    if (!input.footprint_id_field.empty() && input.footprints.path.empty()) {
        section.fail("'footprint_id' is a field of the polygons; name their file: footprints = \"file\"",
                     section.node("footprint_id"));
    }
    return input;
}

WindInput wind_of(const EventPart& part) {
    const Section& section = part.section;
    section.allow_only({"gust", "band", "crs", "averaging", "track", "storm", "radius_of_maximum_km",
                        "inland_decay", "extend_hours", "design_gust_ms"});
    WindInput input;
    const bool raster = section.node("gust") != nullptr;
    if (raster == (section.node("track") != nullptr)) {
        section.fail(
            "name either a raster, gust = \"gust.tif\", or a storm's track, track = \"ibtracs.csv\"");
    }
    const auto refuse = [&](std::initializer_list<std::string_view> keys, const std::string& belongs) {
        for (const std::string_view key : keys) {
            if (section.node(key) != nullptr) {
                section.fail("'" + std::string{key} + "' belongs to " + belongs, section.node(key));
            }
        }
    };
    if (raster) {
        refuse({"storm", "radius_of_maximum_km", "inland_decay", "extend_hours"}, "a track");
        input.raster = file_of(section, part.folder, "gust");
        input.averaging = value_for(averaging_words,
                                    section.needed_text("averaging",
                                                        "over which time the wind is averaged (a raster of "
                                                        "winds means nothing without it): one of " +
                                                            listed(averaging_words)),
                                    section, "averaging");
    } else {
        refuse({"averaging", "band", "crs"}, "a raster");
        input.track.path = joined_path(section.needed_text("track", "track = \"ibtracs.csv\""), part.folder);
        input.storm = section.needed_text("storm", "storm = \"BUALOI\" or the storm's SID");
        input.radius_of_maximum_km = section.number_within("radius_of_maximum_km", 1, 299, "km, 1 to 299");
        input.inland_decay = section.yes_or_no("inland_decay").value_or(false);
        input.extend_hours = section.number_within("extend_hours", 0, 48, "hours, 0 to 48").value_or(0);
    }
    input.default_design_gust_ms =
        section.number_within("design_gust_ms", 10, 150, "a 3-s gust in m/s, 10 to 150");
    return input;
}

PowerOutageInput power_of(const EventPart& part) {
    const Section& section = part.section;
    section.allow_only({"path", "layer", "crs", "encoding", "lost", "restored"});
    PowerOutageInput input;
    input.file = file_of(section, part.folder);
    input.lost_field = section.text("lost").value_or("");
    input.restored_field = section.text("restored").value_or("");
    return input;
}

IndexCriterion criterion_of(const EventPart& part) {
    const Section& section = part.section;
    section.allow_only({"criterion", "none", "full"});
    IndexCriterion criterion;
    criterion.kind =
        value_for(criterion_words, section.needed_text("criterion", "one of " + listed(criterion_words)),
                  section, "criterion");
    criterion.none = section.number("none").value_or(0);
    const auto full = section.number("full");
    if (!full || !std::isfinite(*full) || !std::isfinite(criterion.none) || *full == criterion.none) {
        section.fail("'full' is the value that counts 1, other than 'none', which counts 0; write both");
    }
    criterion.full = *full;
    return criterion;
}

}  // namespace phusong::io
