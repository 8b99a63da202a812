#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <vector>

#include "engine/errors.hpp"
#include "io/what_if.hpp"
#include "tools/phusong/commands.hpp"
#include "tools/phusong/display.hpp"
#include "tools/phusong/exit_code.hpp"

namespace phusong::cli {

namespace {

constexpr std::size_t number_width = 12;

std::string name_of(const io::WhatIfPlace& place) {
    return printable(place.name.empty() ? place.code : place.name);
}

std::string line_of(const io::WhatIfPlace& place, const std::vector<std::size_t>& questions,
                    std::size_t name_width) {
    std::string line = fmt::format("  {} {}", padded(name_of(place), name_width),
                                   padded_left(people_text(place.people), number_width));
    for (const std::size_t question : questions) {
        line += ' ' + padded_left(people_text(place.dark(question)), number_width);
    }
    const Persons dividend = Persons::round(place.outlook->roaming_dividend.mean);
    return line + ' ' + padded_left(people_text(dividend), number_width) + '\n';
}

std::string table_text(const EventArchive& archive, const EventOutlook& outlook, std::size_t most) {
    std::vector<io::WhatIfPlace> places = io::dark_communes(archive, outlook);
    const std::size_t all = places.size();
    places.resize(std::min(most, all));
    places.push_back(io::everything(archive, outlook));
    std::size_t width = 0;
    for (const io::WhatIfPlace& place : places) width = std::max(width, display_width(name_of(place)));
    const std::vector<std::size_t> questions = io::any_and_operators(archive.plan);

    std::string out = fmt::format("  {} {}", padded("", width), padded_left("people", number_width));
    for (const std::size_t question : questions) {
        const std::string name = question == 0 ? "lost" : printable(archive.plan.questions[question].name);
        out += ' ' + padded_left(name, number_width);
    }
    out += ' ' + padded_left("roaming", number_width) + '\n';
    for (const io::WhatIfPlace& place : places) out += line_of(place, questions, width);
    if (all > most) out += fmt::format("  {} more communes: --top {}\n", all - most, all);
    return out;
}

}  // namespace

int whatif_command(const WhatIfArguments& arguments) {
    EventArchive archive = io::read_event_archive(arguments.results);
    const std::vector<SupposedStatus> supposed = io::read_supposed(archive, arguments.down);
    const EventOutlook outlook = what_if(archive, supposed);
    if (arguments.json) {
        std::cout << io::what_if_json(archive, outlook, arguments.top);
    } else {
        const auto off = std::count_if(outlook.sites.begin(), outlook.sites.end(),
                                       [](const SiteOutlook& site) { return site.outage.front() > 0; });
        if (archive.synthetic) {
            std::cout
                << "SYNTHETIC: some inputs are made by a generator; the numbers describe no real network.\n";
        }
        std::cout
            << fmt::format("{}: {} sites supposed, {} of {} off the air; people who lost their service:\n",
                           printable(archive.study_name), supposed.size(), off, outlook.sites.size())
            << table_text(archive, outlook, arguments.top)
            << "lost: no operator any more; by operator: its own service; roaming: customers whom other "
               "operators could serve\n";
    }
    std::cout.flush();
    if (!std::cout) throw StorageError{"the answer could not be written to standard output"};
    return done;
}

}  // namespace phusong::cli
