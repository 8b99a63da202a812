#include "io/what_if.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "engine/errors.hpp"
#include "io/text/kept_results.hpp"
#include "io/text/status_file.hpp"

namespace phusong::io {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_ids_named = 5;

Json place_json(const EventPlan& plan, const WhatIfPlace& place) {
    Json json{{"code", place.code},
              {"name", place.name},
              {"people", place.people.value()},
              {"people_lost", place.dark(0).value()}};
    json["people_lost_by_operator"] = Json::object();
    for (const std::size_t question : any_and_operators(plan)) {
        if (question == 0) continue;
        json["people_lost_by_operator"][plan.questions[question].name] = place.dark(question).value();
    }
    json["roaming_dividend"] = place.outlook->roaming_dividend.mean;
    return json;
}

}  // namespace

EventArchive read_event_archive(const std::filesystem::path& folder) {
    const std::vector<std::uint8_t> bytes =
        read_kept(folder, "event.phusong",
                  "a study without an event; add [event] with [event.sites] to the study and run it again");
    try {
        return decode_archive(bytes);
    } catch (const ArchiveFormatError& bad) {
        throw InputError{"'" + (folder / "event.phusong").string() + "': " + bad.what()};
    }
}

std::vector<SupposedStatus> read_supposed(const EventArchive& archive, const std::string& path) {
    const std::vector<SiteRecord>& sites = archive.plan.sites.sites;
    if (sites.empty()) {
        throw InputError{"the study has no table of sites; add [event.sites] to it and run it again"};
    }
    std::unordered_map<std::string, std::size_t> number_of;
    for (std::size_t number = 0; number < sites.size(); ++number) number_of[sites[number].id] = number;
    std::vector<SupposedStatus> supposed;
    std::string strangers;
    std::size_t strange = 0;
    for (const StatusRow& row : read_status_file(path)) {
        const auto found = number_of.find(row.id);
        if (found != number_of.end()) {
            supposed.push_back({found->second, row.status, row.cause});
        } else if (++strange <= most_ids_named) {
            strangers += (strangers.empty() ? "'" : ", '") + row.id + "'";
        }
    }
    if (strange > most_ids_named) strangers += " and " + std::to_string(strange - most_ids_named) + " more";
    if (strange > 0) {
        throw InputError{"'" + path + "': the study has no site " + strangers +
                         "; its sites.csv lists their ids"};
    }
    return supposed;
}

std::vector<std::size_t> any_and_operators(const EventPlan& plan) {
    std::vector<std::size_t> questions{0};
    for (std::size_t q = 1; q < plan.questions.size(); ++q) {
        if (plan.questions[q].kind == LossQuestion::Kind::mobile_of_operator) questions.push_back(q);
    }
    return questions;
}

std::vector<WhatIfPlace> dark_communes(const EventArchive& archive, const EventOutlook& outlook) {
    const std::vector<std::size_t> questions = any_and_operators(archive.plan);
    std::vector<WhatIfPlace> places;
    for (const RankedGap& gap : outlook.ranking) {
        WhatIfPlace place{archive.codes[gap.zone], archive.names[gap.zone], archive.people[gap.zone],
                          &outlook.zones[gap.zone]};
        const bool dark = std::any_of(questions.begin(), questions.end(),
                                      [&](std::size_t question) { return place.dark(question) > Persons{}; });
        if (dark) places.push_back(std::move(place));
    }
    return places;
}

WhatIfPlace everything(const EventArchive& archive, const EventOutlook& outlook) {
    Persons people;
    for (const Persons commune : archive.people) people += commune;
    return {"total", "", people, &outlook.total};
}

std::string what_if_json(const EventArchive& archive, const EventOutlook& outlook, std::size_t most) {
    const auto off = std::count_if(outlook.sites.begin(), outlook.sites.end(),
                                   [](const SiteOutlook& site) { return site.outage.front() > 0; });
    const std::vector<WhatIfPlace> places = dark_communes(archive, outlook);
    Json json{{"study", archive.study_name},
              {"event", archive.event.name},
              {"synthetic_inputs", archive.synthetic},
              {"sites", outlook.sites.size()},
              {"sites_off", off},
              {"total", place_json(archive.plan, everything(archive, outlook))},
              {"communes_dark", places.size()},
              {"communes", Json::array()}};
    for (std::size_t i = 0; i < std::min(most, places.size()); ++i) {
        json["communes"].push_back(place_json(archive.plan, places[i]));
    }
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace phusong::io
