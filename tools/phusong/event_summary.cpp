#include "tools/phusong/event_summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "engine/lost_people.hpp"
#include "io/event_basis.hpp"
#include "io/ranking_tables.hpp"
#include "tools/phusong/display.hpp"

namespace phusong::cli {

namespace {

constexpr std::size_t most_communes = 10;

std::string people_text(double people) {
    return cli::people_text(Persons::round(people));
}

/// "1,200 (800 to 1,500)", or one number where all three read alike.
std::string interval_text(double low, double headline, double high) {
    std::string middle = people_text(headline);
    if (people_text(low) == middle && people_text(high) == middle) return middle;
    return fmt::format("{} ({} to {})", middle, people_text(low), people_text(high));
}

std::string interval_text(const PeopleInterval& dark) {
    return interval_text(dark.low, dark.headline, dark.high);
}

std::string heading(const Plan& plan, const EventOutlook& outlook) {
    const EventInput& event = *plan.study.event;
    const std::string name = event.name.empty() ? "The event" : printable(event.name);
    const std::string time = event.time_text.empty() ? "" : " of " + printable(event.time_text);
    const std::string scenarios = outlook.certain ? "" : fmt::format(", {} scenarios", outlook.scenarios);
    return fmt::format("{}{}, {:g} h after it{}:\n", name, time, outlook.hours[outlook.headline], scenarios);
}

std::string people_lines(const Plan& plan, const EventResult& event) {
    const EventOutlook& outlook = event.outlook;
    const PeopleInterval lost = lost_people(event.total, outlook.total, 0);
    const PeopleInterval hours = dark_people_hours(event.total, outlook.total, outlook.hours);
    const Transitions& moved = event.total.of_question.front();
    const std::string service = plan.event->questions.front().name;
    std::string out = fmt::format("  {} people lost {}{} of the {} who had it; {} for certain\n",
                                  interval_text(lost), service, service == "mobile" ? " service" : "",
                                  people_text(moved.before().served.people.value()),
                                  people_text(outlook.total.of_question.front().certain.value()));
    if (event.total.degraded > Persons{}) {
        out += fmt::format("  {} people keep {} and lost one of its technologies\n",
                           cli::people_text(event.total.degraded), service);
    }
    if (moved.gained().people > Persons{}) {
        out += fmt::format("  {} people gained it\n", cli::people_text(moved.gained().people));
    }
    if (outlook.hours.size() > 1) {
        out += fmt::format("  {} people-hours of all without it from {:g} to {:g} h\n", interval_text(hours),
                           outlook.hours.front(), outlook.hours.back());
    }
    return out;
}

std::string cause_line(const EventResult& event) {
    const CauseSplit& causes = event.outlook.total.causes;
    const PeopleInterval lost = lost_people(event.total, event.outlook.total, 0);
    const std::array parts{std::pair{"damage", causes.structure}, std::pair{"power", causes.power},
                           std::pair{"transport", causes.transport},
                           std::pair{"several causes", causes.mixed},
                           std::pair{"cause not known", causes.unattributed + lost.by_severity}};
    double all = 0;
    for (const auto& [name, people] : parts) all += people;
    if (!(all > 0) || event.outlook.sites.empty()) return "";
    std::vector<std::string> words;
    for (const auto& [name, people] : parts) {
        if (people > 0) words.push_back(fmt::format("{} {:.1f} %", name, 100 * people / all));
    }
    return fmt::format("  Of those who lost it: {}\n", fmt::join(words, ", "));
}

std::string dividend_line(const EventResult& event) {
    const LossSpread& dividend = event.outlook.total.roaming_dividend;
    if (!(dividend.mean > 0)) return "";
    return fmt::format("  Roaming between operators would keep {} customers connected\n",
                       interval_text(dividend.low.value(), dividend.mean, dividend.high.value()));
}

std::string basis_line(const Plan& plan, const EventOutlook& outlook) {
    const io::EventBasis basis = io::basis_of(plan, outlook);
    std::vector<std::string> observed;
    if (!plan.study.event->after.empty()) observed.emplace_back("coverage after the event");
    if (!plan.study.event->damage.empty()) observed.emplace_back("areas of damage");
    if (basis.sites_seen > 0) {
        observed.push_back(fmt::format("{} of {} sites", basis.sites_seen, outlook.sites.size()));
    }
    std::string out = fmt::format("  Observed: {}", observed.empty() ? "nothing" : "");
    out += fmt::format("{}", fmt::join(observed, ", "));
    if (basis.sites_left_to_chance > 0) {
        out += fmt::format("; left to chance at some hour: {} sites, by winds, floods, power and batteries",
                           basis.sites_left_to_chance);
    }
    return out + '\n';
}

std::string rank_text(const RankedGap& gap) {
    const RankInterval& interval = gap.interval;
    if (interval.low == gap.rank && interval.high == gap.rank) return fmt::format("{:>3}", gap.rank);
    return fmt::format("{:>3} [{}-{}]", gap.rank, interval.low, interval.high);
}

std::string gap_lines(const Plan& plan, const StudyResult& result) {
    std::vector<io::GapRow> rows = io::gap_rows(result);
    rows.resize(static_cast<std::size_t>(
        std::find_if(rows.begin(), rows.end(), [](const io::GapRow& row) { return !row.in_need; }) -
        rows.begin()));
    if (rows.empty()) return "";
    const std::size_t in_need = rows.size();
    rows.resize(std::min(most_communes, in_need));
    const auto name_of = [](const io::GapRow& row) {
        return printable(row.commune->name.empty() ? row.commune->code : row.commune->name);
    };
    const EventResult& event = *result.event;
    const auto dark_text = [&](const io::GapRow& row) {
        const std::size_t zone = row.gap->zone;
        return interval_text(dark_people(event.zones[zone], event.outlook.zones[zone]));
    };
    std::size_t rank_width = 0;
    std::size_t width = 0;
    std::size_t dark_width = 0;
    for (const io::GapRow& row : rows) {
        rank_width = std::max(rank_width, display_width(rank_text(*row.gap)));
        width = std::max(width, display_width(name_of(row)));
        dark_width = std::max(dark_width, display_width(dark_text(row)));
    }
    std::string out = fmt::format("Communes most in need ({} in all):\n", in_need);
    for (const io::GapRow& row : rows) {
        const RankedGap& gap = *row.gap;
        const PlaceImpact& impact = event.zones[gap.zone];
        const PlaceOutlook& outlook = event.outlook.zones[gap.zone];
        const PeopleInterval hours = dark_people_hours(impact, outlook, event.outlook.hours);
        out += fmt::format("  {} {} {} people dark, {} people-hours", padded(rank_text(gap), rank_width),
                           padded(name_of(row), width), padded_left(dark_text(row), dark_width),
                           padded_left(people_text(hours.headline), 10));
        if (gap.need.floor == Floor::missed) out += ", under the floor";
        if (!gap.tied.empty()) {
            const Zone& first = plan.zones[gap.tied.front()];
            out += fmt::format(", tied with {}", printable(first.name.empty() ? first.code : first.name));
            if (gap.tied.size() > 1) out += fmt::format(" and {} more", gap.tied.size() - 1);
        }
        out += '\n';
    }
    return out;
}

}  // namespace

std::string event_text(const Plan& plan, const StudyResult& result) {
    if (!result.event) return "";
    const EventResult& event = *result.event;
    return heading(plan, event.outlook) + people_lines(plan, event) + cause_line(event) +
           dividend_line(event) + basis_line(plan, event.outlook) + gap_lines(plan, result);
}

}  // namespace phusong::cli
