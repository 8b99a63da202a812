#include "io/text/rollout_section.hpp"

#include <fmt/format.h>

#include "io/text/coverage_section.hpp"
#include "io/text/number.hpp"
#include "io/text/target_section.hpp"

namespace phusong::io {

namespace {

constexpr double longest_radius_m = 200'000;
constexpr double highest_cost = 1e14;  // what can be counted, with room for a sum

std::optional<Cost> cost_of(const Section& section, std::string_view key) {
    const auto cost = section.number_within(key, 0, highest_cost, "a cost of zero or more");
    if (!cost) return std::nullopt;
    return Cost::round(*cost);
}

CandidatesInput candidates_of(const Section& section, const std::filesystem::path& folder) {
    section.allow_only({"path", "layer", "crs", "encoding", "id", "cost", "radius", "existing"});
    CandidatesInput input;
    input.file = file_of(section, folder);
    input.id_field = section.text("id").value_or("");
    input.cost_field = section.text("cost").value_or("");
    input.radius_field = section.text("radius").value_or("");
    input.existing_field = section.text("existing").value_or("");
    return input;
}

RolloutAsk ask_of(const Section& section) {
    RolloutAsk ask;
    if (const auto sites = section.integer("sites")) ask.sites = static_cast<std::size_t>(*sites);
    ask.budget = cost_of(section, "budget");
    ask.target_millionths = millionths_of(section, "percent");
    ask.floor_millionths = millionths_of(section, "floor_percent").value_or(0);
    ask.alternative_cost_per_person = cost_of(section, "satellite_cost_per_person");
    return ask;
}

std::string cost_line(const char* key, const std::optional<Cost>& cost, const char* comment) {
    if (!cost) return fmt::format("# {} = ...  # {}\n", key, comment);
    return fmt::format("{} = {}  # {}\n", key, shortest(cost->value()), comment);
}

std::string field_line(const char* key, const std::string& field) {
    return field.empty() ? "" : fmt::format("{} = {}\n", key, quoted(field));
}

}  // namespace

RolloutInput rollout_of(const Section& section, const std::vector<std::string>& known,
                        const std::filesystem::path& folder) {
    section.allow_only({"technology", "candidates", "radius_m", "site_cost", "mast_cost", "masts",
                        "most_found", "currency", "sites", "budget", "percent", "floor_percent",
                        "satellite_cost_per_person"});
    RolloutInput input;
    input.technology = technology_of(section, known);
    if (const auto candidates = section.section("candidates")) {
        for (const char* key : {"masts", "mast_cost", "most_found"}) {
            if (const toml::node* node = section.node(key)) {
                section.fail(fmt::format("'{}' is of candidates that phusong looks for, but "
                                         "[rollout.candidates] names them; remove one of both",
                                         key),
                             node);
            }
        }
        input.candidates = candidates_of(*candidates, folder);
    }
    input.radius_m = section.number_within("radius_m", 1, longest_radius_m, "metres, 1 to 200000")
                         .value_or(input.radius_m);
    input.site_cost = cost_of(section, "site_cost").value_or(input.site_cost);
    input.mast_cost = cost_of(section, "mast_cost");
    input.masts = section.yes_or_no("masts").value_or(input.masts);
    if (const auto most = section.integer("most_found")) input.most_found = static_cast<std::size_t>(*most);
    input.currency = section.text("currency").value_or("");
    input.ask = ask_of(section);
    return input;
}

std::string rollout_lines(const RolloutInput& input, const FileWriter& writer) {
    std::string out = fmt::format("\n[rollout]\ntechnology = {}\n", quoted(input.technology));
    out += fmt::format("radius_m = {}  # of a site that does not tell\n", shortest(input.radius_m));
    out += fmt::format("site_cost = {}  # of a site that does not tell\n", shortest(input.site_cost.value()));
    if (!input.currency.empty()) out += fmt::format("currency = {}\n", quoted(input.currency));
    if (!input.candidates) {
        out += fmt::format("masts = {}  # masts without the technology are candidates\n", input.masts);
        out += cost_line("mast_cost", input.mast_cost, "of the technology on a mast that stands");
        out += fmt::format("most_found = {}  # candidates where many live without it\n", input.most_found);
    }
    const RolloutAsk& ask = input.ask;
    out += ask.sites ? fmt::format("sites = {}  # how many may be built\n", *ask.sites)
                     : "# sites = ...  # how many may be built\n";
    out += cost_line("budget", ask.budget, "what may be spent");
    out += ask.target_millionths ? fmt::format("percent = {}  # of the people, at least cost\n",
                                               percent_of(*ask.target_millionths))
                                 : "# percent = ...  # of the people, at least cost\n";
    if (ask.floor_millionths > 0) {
        out += fmt::format("floor_percent = {}  # of the people of every commune on the way there\n",
                           percent_of(ask.floor_millionths));
    }
    out += cost_line("satellite_cost_per_person", ask.alternative_cost_per_person,
                     "from which on a site is no longer worth it");
    if (!input.candidates) return out;
    out += "\n[rollout.candidates]\n" + writer.lines(input.candidates->file);
    out += field_line("id", input.candidates->id_field) + field_line("cost", input.candidates->cost_field);
    out += field_line("radius", input.candidates->radius_field);
    return out + field_line("existing", input.candidates->existing_field);
}

}  // namespace phusong::io
