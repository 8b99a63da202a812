#include "io/gdal/site_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "engine/errors.hpp"
#include "io/gdal/field_choice.hpp"
#include "io/gdal/points_into_study.hpp"
#include "io/text/moment.hpp"
#include "io/text/number.hpp"
#include "io/text/text_encoding.hpp"
#include "io/text/words.hpp"

namespace phusong::io {

namespace {

/// A column by what it means: its usual names, and what follows when it is not there.
struct ColumnMeaning {
    std::string_view meaning;
    std::array<const char*, 4> names;  ///< in order of trust; the rest empty
    const char* without;               ///< empty: nothing worth a word; null: it must be there
};
constexpr std::array meanings{
    ColumnMeaning{"id", {"id", "site_id", "ma_tram", "ma"}, nullptr},
    ColumnMeaning{"technologies", {"technologies", "technology", "tech", "cong_nghe"}, nullptr},
    ColumnMeaning{"operator",
                  {"operator", "operator_name", "nha_mang", ""},
                  "each site serves the layers of its technologies of every operator"},
    ColumnMeaning{"radius_m", {"radius_m", "ban_kinh_m", "", ""}, ""},
    ColumnMeaning{"footprint", {"footprint", "", "", ""}, ""},
    ColumnMeaning{"parents",
                  {"parents", "parent", "tram_cha", ""},
                  "backhaul is not known, every site counts as connected on its own"},
    ColumnMeaning{"power_zone", {"power_zone", "", "", ""}, "no sites are known to lose grid power together"},
    ColumnMeaning{"battery_hours",
                  {"battery_hours", "", "", ""},
                  "how long sites run without grid power is drawn from the battery's curve"},
    ColumnMeaning{"generator",
                  {"generator", "may_no", "", ""},
                  "which sites have a generator follows from the event's 'generators'"},
    ColumnMeaning{"plinth_m", {"plinth_m", "", "", ""}, "any depth of water at a site counts as flooded"},
    ColumnMeaning{"design_gust_ms",
                  {"design_gust_ms", "", "", ""},
                  "what gust masts were built for follows from 'design_gust_ms' of [event.wind]; without it "
                  "masts do not fail"},
    ColumnMeaning{"status",
                  {"status", "trang_thai", "", ""},
                  "whether sites are on the air, why and since when, is not known from the table"},
    ColumnMeaning{"cause",
                  {"cause", "nguyen_nhan", "", ""},
                  "outages that the table tells have no cause (unattributed)"},
    ColumnMeaning{"since", {"since", "", "", ""}, "outages that the table tells begin with the event"},
    ColumnMeaning{"repair_hours", {"repair_hours", "", "", ""}, "no repairs are known from the table"}};

class SiteColumns {
public:
    SiteColumns(const VectorLayer& layer, const SiteTableInput& input, const EventInput& event,
                Problems& problems) {
        const std::string subject = "sites " + layer.quoted();
        const std::map<std::string, std::string> named{input.fields.begin(), input.fields.end()};
        for (const ColumnMeaning& column : meanings) {
            const std::string meaning{column.meaning};
            const auto own = named.find(meaning);
            if (own != named.end()) {
                fields_[meaning] = layer.field(own->second, meaning + " of the sites");
                continue;
            }
            const std::optional<std::string> usual = obvious_field(layer.fields(), column.names);
            if (usual) {
                fields_[meaning] = layer.find_field(*usual).value();
            } else if (column.without == nullptr) {
                throw InputError{
                    fmt::format("{0} has no column '{1}'; say which it is with fields = {{ {1} = "
                                "\"...\" }}; its columns are: {2}",
                                subject, meaning, layer.field_list())};
            } else if (column.without[0] != '\0' && matters(meaning, event)) {
                problems.push_back({subject, "no column '" + meaning + "': " + column.without});
            }
        }
    }

    [[nodiscard]] std::string text(const VectorLayer::Feature& feature, const std::string& meaning) const {
        const auto field = fields_.find(meaning);
        return field == fields_.end() ? "" : trimmed(feature.text(field->second).value_or(""));
    }
    [[nodiscard]] bool has(const std::string& meaning) const { return fields_.contains(meaning); }

private:
    /// What another part of the event tells, or nothing asks for, is not missed.
    [[nodiscard]] bool matters(const std::string& meaning, const EventInput& event) const {
        if (meaning == "status") return !event.status;
        if (meaning == "cause" || meaning == "since" || meaning == "repair_hours") {
            return !event.status && has("status");
        }
        if (meaning == "plinth_m") return event.flood_depth.has_value();
        if (meaning == "design_gust_ms") return event.wind.has_value();
        return true;
    }

    std::map<std::string, int> fields_;
};

class SiteReader {
public:
    SiteReader(VectorLayer& layer, const EventInput& event, Problems& problems)
        : layer_{layer}, event_{event}, columns_{layer, *event.sites, event, problems} {}

    std::vector<SiteRow> read() {
        std::vector<SiteRow> rows;
        layer_.for_each([&](const VectorLayer::Feature& feature) { rows.push_back(row_of(feature)); });
        return rows;
    }

private:
    SiteRow row_of(const VectorLayer::Feature& feature) {
        ++number_;
        row_ = layer_.has_rows() ? fmt::format("row {}", number_ + 1) : feature.words();
        const auto text = [&](const char* meaning) { return columns_.text(feature, meaning); };
        SiteRow row;
        row.row = row_;
        SiteRecord& site = row.site;
        site.id = text("id");
        if (site.id.empty()) fail("the id is missing");
        site.operator_name = text("operator");
        site.technologies = technologies_in(text("technologies"));
        site.position = position_of(feature);
        const auto radius = number("radius_m", text("radius_m"), "metres, more than 0");
        if (radius && *radius == 0) fail("radius_m is '0'; write metres, more than 0");
        site.radius_m = radius.value_or(0);
        row.footprint = text("footprint");
        site.parents = parents_in(text("parents"), site.id);
        site.power_zone = text("power_zone");
        site.battery_hours = number("battery_hours", text("battery_hours"), "hours, 0 or more");
        site.generator = generator_in(text("generator"));
        site.plinth_m = number("plinth_m", text("plinth_m"), "metres over the ground, 0 or more");
        if (const auto gust = number("design_gust_ms", text("design_gust_ms"), "a 3-s gust in m/s")) {
            if (*gust == 0) fail("design_gust_ms is '0'; write a 3-s gust in m/s");
            site.design_gust = Gust::of_metres_per_second(*gust);
        }
        read_status(text("status"), text("cause"), site);
        if (const std::string since = text("since"); !since.empty()) {
            site.since_hours = hours_from_event(since, event_, where() + ": since");
        }
        site.repair_hours =
            number("repair_hours", text("repair_hours"), "hours from the event's time, 0 or more");
        return row;
    }
    [[nodiscard]] std::vector<std::string> technologies_in(const std::string& text) const {
        std::vector<std::string> technologies = split(small_letters(text), ";,/ |");
        if (technologies.empty()) fail("the technologies are missing; write such as 4g;5g");
        std::sort(technologies.begin(), technologies.end());
        technologies.erase(std::unique(technologies.begin(), technologies.end()), technologies.end());
        return technologies;
    }
    [[nodiscard]] Point position_of(const VectorLayer::Feature& feature) const {
        const GatheredPoint gathered = feature.point();
        if (!gathered.fault.empty()) fail(gathered.fault);
        if (!gathered.position) fail("the site has no position");
        if (gathered.positions > 1) fail("the site has several positions; give it one");
        if (layer_.crs_assumed()) require_degrees(*gathered.position, where());
        return *gathered.position;
    }
    [[nodiscard]] std::vector<std::string> parents_in(const std::string& text, const std::string& id) const {
        std::vector<std::string> parents = split(text, ";|");
        if (parents.size() > Site::most_parents) {
            fail(fmt::format("site '{}' has {} parents ({}); at most {} can be told", id, parents.size(),
                             text, Site::most_parents));
        }
        if (std::find(parents.begin(), parents.end(), id) != parents.end()) {
            fail("site '" + id + "' is its own parent");
        }
        if (parents.size() == 2 && parents[0] == parents[1]) {
            fail("site '" + id + "' names the parent '" + parents[0] + "' twice");
        }
        return parents;
    }
    [[nodiscard]] std::optional<bool> generator_in(const std::string& text) const {
        if (text.empty()) return std::nullopt;
        const auto answer = yes_or_no(text);
        if (!answer) fail("generator is '" + text + "'; write yes or no, and nothing where it is not known");
        return answer;
    }
    void read_status(const std::string& status_text, const std::string& cause_text, SiteRecord& site) const {
        const auto status = status_of(status_text);
        if (!status) fail("status '" + status_text + "' is not known; write " + status_words);
        site.status = *status;
        const auto cause = cause_of(cause_text);
        if (!cause) fail("cause '" + cause_text + "' is not known; write " + cause_words + ", or nothing");
        site.cause = *cause;
    }
    /// Zero or more, or nothing.
    [[nodiscard]] std::optional<double> number(const std::string& meaning, const std::string& text,
                                               const std::string& wanted) const {
        if (text.empty()) return std::nullopt;
        const auto value = number_of(text);
        if (!value || *value < 0) fail(meaning + " is '" + text + "'; write " + wanted);
        return value;
    }
    [[nodiscard]] std::string where() const { return "sites " + layer_.quoted() + ", " + row_; }
    [[noreturn]] void fail(const std::string& what) const { throw InputError{where() + ": " + what}; }

    VectorLayer& layer_;
    const EventInput& event_;
    SiteColumns columns_;
    std::size_t number_ = 0;
    std::string row_;
};

}  // namespace

double hours_from_event(const std::string& text, const EventInput& event, const std::string& where) {
    const Moment moment = moment_of(text);
    if (!moment.seconds) throw InputError{where + " " + moment.fault};
    if (!event.time) {
        throw InputError{where + " '" + text +
                         "' is a moment, but [event] has no time to count its hours from; "
                         "write time = \"2025-09-29T00:00:00+07:00\" in [event]"};
    }
    return hours_between(*event.time, *moment.seconds);
}

std::vector<SiteRow> read_site_rows(VectorLayer& layer, const EventInput& event, Problems& problems) {
    return SiteReader{layer, event, problems}.read();
}

}  // namespace phusong::io
