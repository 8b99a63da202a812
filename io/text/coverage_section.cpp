#include "io/text/coverage_section.hpp"

#include <algorithm>

#include "io/text/file_argument.hpp"
#include "io/text/remote_name.hpp"
#include "io/text/signal_profiles.hpp"
#include "io/text/words.hpp"

namespace phusong::io {

std::string joined_path(const std::string& text, const std::filesystem::path& folder) {
    if (names_remote(text)) return text;
    const std::filesystem::path path{text};
    return (path.is_absolute() || folder.empty() ? path : (folder / path).lexically_normal()).string();
}

FileLayer file_named(const std::string& text, const std::filesystem::path& folder) {
    const FileArgument argument = parse_file_argument(text);
    FileLayer file;
    file.path = joined_path(argument.path, folder);
    set_bracket(file, argument.bracket);
    return file;
}

FileLayer file_of(const Section& section, const std::filesystem::path& folder, const std::string& key) {
    FileLayer file = file_named(section.needed_text(key, key + " = \"file\""), folder);
    if (const auto layer = section.text("layer")) file.layer = *layer;
    if (const auto band = section.integer("band")) file.band = *band;
    file.crs = section.text("crs").value_or("");
    file.encoding = section.text("encoding").value_or("");
    return file;
}

std::string technology_of(const Section& section, const std::vector<std::string>& known) {
    std::string technology = section.needed_text("technology", "technology = \"" + known.front() + "\"");
    if (std::find(known.begin(), known.end(), technology) != known.end()) return technology;
    std::string list;
    for (const std::string& other : known) list += (list.empty() ? "" : ", ") + other;
    section.fail("no [[coverage]] is of technology \"" + technology + "\"; there are " + list,
                 section.node("technology"));
}

namespace {

ServiceRule rule_of(const Section& section, const std::string& technology) {
    ServiceRule rule;
    const std::string kind = section.text("rule").value_or("present");
    if (kind == "present") {
        rule.kind = ServiceRule::Kind::present;
    } else if (kind == "classes") {
        rule.kind = ServiceRule::Kind::classes;
        rule.served = section.numbers("served");
        rule.unserved = section.numbers("unserved");
        if (rule.served.empty())
            section.fail("rule \"classes\" needs the values that mean served: served = [1]");
    } else if (kind == "signal") {
        rule.kind = ServiceRule::Kind::signal;
        rule.quantity = section.text("quantity").value_or("RSRP");
        const auto threshold = section.number("threshold_dbm");
        const auto profile = section.text("profile");
        if (threshold) {
            rule.threshold_dbm = *threshold;
        } else if (profile) {
            rule.threshold_dbm = profile_threshold_dbm(*profile, technology);
        } else {
            section.fail("rule \"signal\" needs threshold_dbm = -110 or profile = \"trai-2024\"");
        }
        if (!(rule.threshold_dbm >= weakest_signal_dbm && rule.threshold_dbm <= strongest_signal_dbm)) {
            section.fail("threshold_dbm must lie between -150 and -20 dBm", section.node("threshold_dbm"));
        }
    } else if (kind == "share") {
        rule.kind = ServiceRule::Kind::share;
        rule.full_value = section.number("full_value").value_or(1);
        if (rule.full_value != 1 && rule.full_value != 100) {
            section.fail("full_value is the value that means every household: 1 or 100",
                         section.node("full_value"));
        }
    } else {
        section.fail("rule \"" + kind + "\" is not known; write present, classes, signal or share",
                     section.node("rule"));
    }
    return rule;
}

}  // namespace

CoverageInput coverage_of(const Section& section, const std::filesystem::path& folder) {
    section.allow_only({"technology", "operator", "meaning", "path", "layer", "band", "crs", "encoding",
                        "rule", "served", "unserved", "quantity", "threshold_dbm", "profile", "full_value",
                        "where"});
    CoverageInput input;
    input.technology = section.needed_text("technology", "technology = \"4g\"");
    for (const char c : input.technology) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) continue;
        section.fail("technology names columns: small letters and digits only, such as \"4g\" or \"fibre\"",
                     section.node("technology"));
    }
    input.operator_name = composed(section.text("operator").value_or(""));
    input.meaning = section.text("meaning").value_or("");
    if (!input.meaning.empty() && input.meaning != "passed" && input.meaning != "connected" &&
        input.meaning != "subscribed") {
        section.fail("meaning is passed, connected or subscribed", section.node("meaning"));
    }
    input.file = file_of(section, folder);
    input.rule = rule_of(section, input.technology);
    if (const auto where = section.section("where")) {
        where->allow_only({"field", "values"});
        input.where.field = where->needed_text("field", "field = \"name\"");
        input.where.values = where->texts("values");
    }
    return input;
}

}  // namespace phusong::io
