#include "io/text/event_writer.hpp"

#include <fmt/format.h>

#include "io/text/curve_file.hpp"
#include "io/text/event_words.hpp"
#include "io/text/number.hpp"

namespace phusong::io {

namespace {

std::string text_line(const std::string& key, const std::string& text, const std::string& comment = "") {
    if (text.empty()) return "";
    return key + " = " + quoted(text) + (comment.empty() ? "" : "  # " + comment) + "\n";
}

std::string number_line(const std::string& key, const std::optional<double>& number) {
    return number ? key + " = " + shortest(*number) + "\n" : "";
}

std::string curve_lines(const EventInput& event, const FileWriter& files) {
    std::string items;
    const auto add = [&](const std::string& key, const std::string& curve) {
        if (curve.empty()) return;
        items += (items.empty() ? "" : ", ") + key + " = " +
                 quoted(is_shipped_curve(curve) ? curve : files.path(curve));
    };
    add("structure", event.structure_curve);
    add("grid_power", event.grid_power_curve);
    add("battery", event.battery_curve);
    return items.empty() ? "" : "curves = { " + items + " }\n";
}

std::string customer_lines(const EventInput& event) {
    std::string items;
    for (const auto& [name, part] : event.customers) {
        items += (items.empty() ? "" : ", ") + quoted(name) + " = " + shortest(part);
    }
    return items.empty() ? "" : "customers = { " + items + " }  # parts of all\n";
}

std::string damage_lines(const DamageInput& damage, const FileWriter& files) {
    std::string out = "\n[[event.damage]]\n" + files.lines(damage.file);
    out += text_line("severity", damage.severity_field, "field, 0..1");
    out += text_line("technology", damage.technology_field, "field");
    if (!damage.technologies.empty()) out += "technologies = " + quoted_list(damage.technologies) + "\n";
    out += text_line("cause", damage.cause);
    if (damage.redundancy > 0) {
        out += fmt::format("redundancy = {}  # independent layers that serve a place\n", damage.redundancy);
    }
    return out;
}

std::string site_lines(const SiteTableInput& sites, const FileWriter& files) {
    std::string out = "\n[event.sites]\n" + files.lines(sites.file);
    out += number_line("radius_m", sites.radius_m);
    std::string items;
    for (const auto& [meaning, column] : sites.fields) {
        items += (items.empty() ? "" : ", ") + meaning + " = " + quoted(column);
    }
    if (!items.empty()) out += "fields = { " + items + " }\n";
    if (!sites.footprints.path.empty()) {
        const FileLayer& polygons = sites.footprints;
        out +=
            "footprints = " +
            quoted(files.path(polygons.path) + (polygons.layer.empty() ? "" : "[" + polygons.layer + "]")) +
            "\n";
    }
    return out + text_line("footprint_id", sites.footprint_id_field, "field of the polygons");
}

std::string wind_lines(const WindInput& wind, const FileWriter& files) {
    std::string out = "\n[event.wind]\n";
    if (wind.track.path.empty()) {
        out += files.lines(wind.raster, "gust");
        out += "averaging = " + quoted(std::string{word_for(averaging_words, wind.averaging)}) + "\n";
    } else {
        out += files.lines(wind.track, "track") + text_line("storm", wind.storm);
        out += number_line("radius_of_maximum_km", wind.radius_of_maximum_km);
        out += fmt::format("inland_decay = {}\n", wind.inland_decay);
        out += "extend_hours = " + shortest(wind.extend_hours) + "\n";
    }
    return out + number_line("design_gust_ms", wind.default_design_gust_ms);
}

}  // namespace

std::string event_lines(const EventInput& event, const FileWriter& files) {
    std::string out = "\n[event]\n" + text_line("name", event.name);
    out += text_line("time", event.time_text, "moment 0 of the hours, with its zone");
    out += "hours = " + list(event.hours) + "\n";
    out += fmt::format("scenarios = {}\nseed = {}\n", event.scenarios, event.seed);
    out += "generators = " + shortest(event.share_with_generators) +
           "  # part of the sites that have one, where the table does not say\n";
    out += "floor_share = " + shortest(event.floor_share) + "\n";
    if (event.hardened_site_per_commune) out += "one_hardened_site_per_commune = true\n";
    out += curve_lines(event, files) + customer_lines(event);
    for (const CoverageInput& layer : event.after) {
        out += "\n[[event.after]]\n" + coverage_lines(layer, files);
    }
    for (const DamageInput& damage : event.damage) out += damage_lines(damage, files);
    if (event.sites) out += site_lines(*event.sites, files);
    if (event.status) out += "\n[event.status]\n" + files.lines(*event.status);
    if (event.wind) out += wind_lines(*event.wind, files);
    if (event.flood_depth) out += "\n[event.flood]\n" + files.lines(*event.flood_depth, "depth");
    for (const PowerOutageInput& power : event.power) {
        out += "\n[[event.power]]\n" + files.lines(power.file);
        out += text_line("lost", power.lost_field, "field or column");
        out += text_line("restored", power.restored_field, "field or column");
    }
    for (const IndexCriterion& criterion : event.index) {
        out += "\n[[event.index]]\n";
        out += text_line("criterion", std::string{word_for(criterion_words, criterion.kind)});
        out += "none = " + shortest(criterion.none) + "\nfull = " + shortest(criterion.full) + "\n";
    }
    return out;
}

}  // namespace phusong::io
